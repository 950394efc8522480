// Times generated JavaScript: `node javascript.mjs MODULE ROUNDS` prints the value and the best time.
import { pathToFileURL } from 'node:url';

const [, , path, rounds] = process.argv;
const module = await import(pathToFileURL(path).href);
const functions = Object.values(module).filter((found) => typeof found === 'function' && !(found.prototype instanceof Error));
const run = functions.at(-1);

let [best, value] = [Infinity];
const start = performance.now();
for (let round = 0; round < Number(rounds) && performance.now() - start < 4000; round++) {
  const began = performance.now();
  value = run();
  best = Math.min(best, performance.now() - began);
}
const plain = (_, item) => (item instanceof Map ? Object.fromEntries(item) : typeof item === 'bigint' ? Number(item) : item);
console.log(JSON.stringify(value, plain));
console.log(best);
