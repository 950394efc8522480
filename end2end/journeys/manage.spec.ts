// Knowledge and programs: making, changing, deleting; nothing is lost on bad input.
import { expect, test } from '@playwright/test';

import { Server } from './server';

const server = new Server();
test.beforeAll(() => server.start());
test.afterAll(() => server.remove());

test.beforeEach(async ({ page }) => {
  await server.stop();
  await server.start();
  await page.goto(server.link);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
});

test('knowledge is added, changed, found and deleted', async ({ page }) => {
  await page.goto(server.url + '/knowledge');
  await page.getByText('Add an item').click();
  await page.getByLabel('Title').fill('Staging database');
  await page.getByLabel('Content').fill('It is called heron.');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('It is called heron.')).toBeVisible();

  await page.getByRole('button', { name: 'Change' }).click();
  const item = page.locator('form.edit');
  await item.getByLabel('Content').fill('It is called egret.');
  await item.getByLabel('Category').fill('databases');
  await item.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('It is called egret.')).toBeVisible();
  await expect(page.getByText(/Databases/)).toBeVisible();

  await page.getByRole('searchbox', { name: 'Search' }).fill('egret');
  await expect(page.locator('mark', { hasText: 'egret' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('');

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete this item for good' }).click();
  await expect(page.getByText('No knowledge yet.')).toBeVisible();
});

test('a recipe is copied, changed with findings at hand, and deleted', async ({ page }) => {
  await page.goto(server.url + '/programs/recipe-is_prime');
  await page.getByText('Change a copy of the text').click();
  const text = page.getByLabel('Its text form');
  const source = await text.inputValue();
  await text.fill(source.replace('program 1 "Is prime"', 'program 1 "Primality"'));
  await expect(page.getByText('No problems.')).toBeVisible();
  await page.getByRole('button', { name: 'Save as a new program' }).click();
  await expect(page.getByRole('heading', { name: 'Primality' })).toBeVisible();

  // The form stays open.
  await expect(page.getByText('Change the text')).toBeVisible();
  await page.getByLabel('Its text form').fill(source + '\nnonsense: no_such_kind\n');
  await expect(page.getByText(/no_such_kind/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo the changes' }).click();
  await expect(page.getByText('No problems.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete this program for good' }).click();
  await expect(page).toHaveURL(server.url + '/programs');
});
