// Runs generated modules: reads their list as JSON from standard input, writes one line for each.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const bits = new DataView(new ArrayBuffer(8));

function number(value) {
  if (Number.isNaN(value)) return { n: "nan" };
  bits.setFloat64(0, value);
  return { n: bits.getBigUint64(0).toString(16).padStart(16, "0") };
}

function integer(value) {
  if (typeof value === "bigint") return { i: value.toString() };
  // No integer is a negative zero, and none beyond the exact range may come out.
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? { i: String(value) } : { wrong: `${value} as an int` };
}

// What JSON can say tells no integers from whole numbers.
function anything(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "bigint") return { i: value.toString() };
  if (typeof value === "number") return Number.isSafeInteger(value) ? integer(value) : number(value);
  if (Array.isArray(value)) return value.map(anything);
  return { m: entries(value).map(([key, item]) => [key, anything(item)]) };
}

function entries(value) {
  return value instanceof Map ? [...value] : Object.entries(value);
}

function encode(value, type) {
  if (type === "int") return integer(value);
  if (type === "number") return typeof value === "number" ? number(value) : { wrong: `${value} as a number` };
  if (typeof type === "string") return anything(value);
  if (type.optional) return value === null || value === undefined ? null : encode(value, type.optional);
  if (type.list) return Array.isArray(value) ? value.map((item) => encode(item, type.list)) : { wrong: `${value} as a list` };
  if (value === null || typeof value !== "object") return { wrong: `${value} as a map or record` };
  if (type.map) return { m: entries(value).map(([key, item]) => [key, encode(item, type.map)]) };
  const fields = new Map(type.record);
  return { m: entries(value).map(([key, item]) => [key, fields.has(key) ? encode(item, fields.get(key)) : { wrong: key }]) };
}

function outputs(result, count) {
  if (count === 0) return [];
  return count === 1 ? [result] : Array.isArray(result) ? result : Object.values(result);
}

async function run(one) {
  let call;
  try {
    call = (await import(pathToFileURL(one.path).href))[one.function];
  } catch (error) {
    return { code: "!load", says: String(error) };
  }
  try {
    const result = outputs(await call(), one.count);
    return { ok: result.map((value, place) => encode(value, one.types[place])) };
  } catch (error) {
    const code = typeof error?.code === "string" ? error.code : `!${error?.name}`;
    const file = one.path.replace(/\.\w+$/, ".");
    const lines = String(error?.stack).split("\n").filter((line) => line.includes(file));
    return { code, says: String(error), lines: lines.map((line) => Number(/:(\d+):\d+\)?$/.exec(line)?.[1])) };
  }
}

for (const one of JSON.parse(readFileSync(0, "utf8"))) {
  console.log(JSON.stringify(await run(one)));
}
