// Runs programs on the virtual machine as WebAssembly: reads their texts as a JSON list from standard input, writes one
// line for each.
import { readFileSync } from "node:fs";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const { give, run, take } = instance.exports;

for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  for (const byte of new TextEncoder().encode(text)) give(byte);
  const length = run();
  const out = new Uint8Array(length);
  for (let place = 0; place < length; place++) out[place] = take(place);
  console.log(new TextDecoder().decode(out));
}
