import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Server } from './server';

const question = 'Write a Python function that returns the nth Fibonacci number, and tell me the 50th';
const server = new Server();

test.beforeAll(() => server.start());
test.afterAll(() => server.remove());

test('sign in, ask, watch, reload, restart, find', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));

  await page.goto(server.link);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page).not.toHaveURL(/#/);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();

  const field = page.getByRole('textbox', { name: 'What should be done?' });
  await field.fill(question);
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: question })).toBeVisible();
  await expect(page.getByText('Fibonacci number 50 is 12586269025')).toBeVisible();
  await expect(page.getByText('Verified', { exact: true })).toBeVisible();
  await expect(page.getByText('4 tests passed, 0 failed')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Why Full stack developer' })).toBeVisible();
  await page.getByRole('button', { name: 'Useful', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Useful', exact: true })).toHaveAttribute('aria-pressed', 'true');

  await page.reload();
  await expect(page.getByText('Fibonacci number 50 is 12586269025')).toBeVisible();
  expect(problems).toEqual([]);
});

test('a task that no recipe answers says how it could be answered', async ({ page }) => {
  await server.stop();
  await server.start();
  await page.goto(server.link);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByText(question)).toBeVisible();
  const field = page.getByRole('textbox', { name: 'What should be done?' });
  await field.fill('Write a haiku about autumn');
  await field.press('Enter');
  await expect(page.getByText('Needs a model', { exact: true })).toBeVisible();
  await expect(page.getByText('No verified recipe answers this')).toBeVisible();
});

test('no page has a serious accessibility problem, wide or narrow', async ({ page }) => {
  await server.stop();
  await server.start();
  await page.goto(server.link);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['/', '/tasks', '/agents', '/knowledge', '/programs', '/programs/recipe-fibonacci_number', '/models', '/settings']) {
      await page.goto(server.url + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const found = await new AxeBuilder({ page }).analyze();
      const serious = found.violations.filter((violation) => ['serious', 'critical'].includes(violation.impact ?? ''));
      expect(serious.map((violation) => `${path}: ${violation.id}: ${violation.nodes[0].html}`)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});

test('a program runs in the browser and on the server alike', async ({ page }) => {
  await server.stop();
  await server.start();
  await page.goto(server.link);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.goto(server.url + '/programs/recipe-fibonacci_number');
  await page.getByLabel(/^n/).fill('100');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByText('{"value":354224848179261915075}')).toHaveCount(2);
});
