// Measures what `make run` built and prints a table: `node bench.mjs FOLDER`. Nothing here is a test.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = process.argv[2];
const binary = join(built, 'agent-lightning');
const token = 'bench-token-0123456789';
const rows = [];
const row = (what, value) => rows.push([what, value]);

const cold = join(built, 'cold-build.json');
if (existsSync(cold)) {
  const { app, server, on, cores } = JSON.parse(readFileSync(cold, 'utf8'));
  const minutes = (seconds) => `${(seconds / 60).toFixed(1)} min`;
  row('cold build, app for the browser', `${minutes(app)} (${on}, ${cores} cores)`);
  row('cold build, server', minutes(server));
} else {
  row('cold build', 'not measured here; run `make bench-cold`');
}

const site = new URL('../frontend/site/', import.meta.url).pathname;
let [raw, small] = [0, 0];
for (const folder of [site, join(site, 'pkg')]) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    // The worker is fetched by the first page that shows a program.
    if (statSync(path).isDirectory() || /\.(br|gz)$/.test(name) || /^worker[.-]/.test(name)) continue;
    raw += statSync(path).size;
    small += existsSync(path + '.br') ? statSync(path + '.br').size : statSync(path).size;
  }
}
row('first load, raw', `${(raw / 1024).toFixed(0)} KiB`);
row('first load, brotli', `${(small / 1024).toFixed(0)} KiB`);

const folder = mkdtempSync(join(tmpdir(), 'agent-lightning-bench-'));
async function start() {
  const began = performance.now();
  const child = spawn(binary, ['--data', join(folder, 'data'), '--listen', '127.0.0.1:0'], {
    env: { ...process.env, AGENT_LIGHTNING_TOKEN: token, AGENT_LIGHTNING_MIN_FREE: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  const url = await new Promise((ready) => child.stdout.on('data', (chunk) => {
    printed += chunk;
    const found = printed.match(/ready at (\S+)/);
    if (found) ready(found[1]);
  }));
  return { child, url, ms: performance.now() - began };
}
async function stop({ child }) {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

const first = await start();
row('ready after start, empty store', `${first.ms.toFixed(0)} ms`);
await stop(first);
const server = await start();
row('ready after start, existing store', `${server.ms.toFixed(0)} ms`);
const rss = () => Number(readFileSync(`/proc/${server.child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
row('idle memory', `${rss().toFixed(0)} MiB`);

const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
async function task(number) {
  const began = performance.now();
  const description = `What is Fibonacci number ${number % 90}?`;
  let answer = await (await fetch(`${server.url}/api/v1/tasks`, { method: 'POST', headers, body: JSON.stringify({ description }) })).json();
  while (answer.state === 'queued' || answer.state === 'running') {
    answer = await (await fetch(`${server.url}/api/v1/tasks/${answer.id}`, { headers })).json();
  }
  if (answer.state !== 'succeeded') throw new Error(JSON.stringify(answer));
  return performance.now() - began;
}
async function load(count, clients) {
  const times = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, async () => {
    while (next < count) times.push(await task(next++));
  }));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  return `${(count / seconds).toFixed(0)} tasks/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}
await load(50, 4);
row('Recall tasks through REST, 1 client', await load(200, 1));
row('Recall tasks through REST, 16 clients', await load(1000, 16));
row('memory after that', `${rss().toFixed(0)} MiB`);
await stop(server);
rmSync(folder, { recursive: true, force: true });

const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, value] of rows) console.log(`${what.padEnd(width)}  ${value}`);

// The checker: a whole program, and after an edit.
const examples = join(built, '..', 'release', 'examples');
spawnSync(join(examples, 'check_time'), { stdio: 'inherit' });

// The virtual machine natively and as WebAssembly, generated JavaScript, and what a person writes in Python for the same.
const module = join(built, '..', 'wasm32-unknown-unknown', 'wasm', 'kernels.wasm');
const kernels = spawnSync(join(examples, 'kernels'), [module], { stdio: 'inherit' });
process.exitCode = kernels.status ?? 1;
