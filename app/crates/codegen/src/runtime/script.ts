// What generated modules bring along, only as far as they need it. The types between « and » belong to TypeScript.

«/** Whatever JSON can say; objects are maps, which keep their order. */
export type Json =
  null | boolean | number | string | Json[] | Map<string, Json>;»

const _SENTENCES«: Record<string, string>» = {
  division_by_zero: "division by zero",
  invalid_argument: "the argument is not valid",
  index_out_of_range: "there is no such position",
  missing_key: "there is no such entry",
  wrong_type: "the value is of another type",
  overflow: "the integer is too large",
  not_granted: "the capability was not granted",
};

/** An error of the program, with its code. */
export class ProgramError extends Error {
  «readonly code: string;
  »constructor(code«: string», message«: string» = _SENTENCES[code]«!») {
    super(message);
    this.name = "ProgramError";
    this.code = code;
  }
}

/** The code and message of an error of the program; any other error goes on. */
function _caught(error«: unknown»)«: { code: string; message: string }» {
  if (!(error instanceof ProgramError)) throw error;
  return { code: error.code, message: error.message };
}

/** Integers are exact up to 2 ** 53; beyond, this is an error and never a wrong value. */
function _exact(value«: number»)«: number» {
  if (!Number.isSafeInteger(value)) throw new ProgramError("overflow");
  return value + 0;
}

function _divide(a«: number», b«: number»)«: number» {
  if (b === 0) throw new ProgramError("division_by_zero");
  return a / b;
}

/** The quotient of integers, rounded down. */
function _floorDivide(a«: number», b«: number»)«: number» {
  if (b === 0) throw new ProgramError("division_by_zero");
  const rest = a % b;
  const quotient = (a - rest) / b;
  return (rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient) + 0;
}

/** The remainder of integers; it has the sign of the divisor. */
function _modulo(a«: number», b«: number»)«: number» {
  if (b === 0) throw new ProgramError("division_by_zero");
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

function _floorDivideNumbers(a«: number», b«: number»)«: number» {
  if (b === 0) throw new ProgramError("division_by_zero");
  const rest = a % b;
  const down = rest !== 0 && rest < 0 !== b < 0;
  const quotient = (a - rest) / b - (down ? 1 : 0);
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function _moduloNumbers(a«: number», b«: number»)«: number» {
  if (b === 0) throw new ProgramError("division_by_zero");
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function _power(base«: number», exponent«: number»)«: number» {
  if (base === 0 && exponent < 0) throw new ProgramError("division_by_zero");
  const finite = Number.isFinite(base) && Number.isFinite(exponent);
  if (base < 0 && finite && !Number.isInteger(exponent)) {
    throw new ProgramError("invalid_argument");
  }
  const unit = base === 1 || (base === -1 && Math.abs(exponent) === Infinity);
  return unit ? 1 : base ** exponent;
}

function _integerPower(base«: number», exponent«: number»)«: number» {
  if (exponent < 0) throw new ProgramError("invalid_argument");
  if (exponent === 0) return 1;
  if (Math.abs(base) < 2) return exponent % 2 === 0 ? base * base : base;
  let power = 1;
  for (let turn = 0; turn < exponent; turn++) power = _exact(power * base);
  return power;
}

/** Equality of values: by what they hold. */
function _equal(a«: unknown», b«: unknown»)«: boolean» {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((item, index) => _equal(item, b[index]))
    );
  }
  if (Array.isArray(a) || Array.isArray(b)) return false;
  if (!_isObject(a) || !_isObject(b)) return false;
  const [left, right] = [_mapOf(a), _mapOf(b)];
  const same = [...left].every(
    ([key, item]) => right.has(key) && _equal(item, right.get(key)),
  );
  return same && left.size === right.size;
}

function _isObject(value«: unknown»)«: value is object» {
  return typeof value === "object" && value !== null;
}

function _mapOf(value«: object»)«: Map<string, unknown>» {
  return value instanceof Map ? value : new Map(Object.entries(value));
}

/** Below, at or above zero as the first stands to the second; nan if neither. */
function _compare(a«: unknown», b«: unknown»)«: number» {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index++) {
      const order = _compare(a[index], b[index]);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  if (typeof a === "string" && typeof b === "string")
    return _compareTexts(a, b);
  const [left, right] = [Number(a), Number(b)];
  return left < right ? -1 : left > right ? 1 : left === right ? 0 : NaN;
}

/** By code points; JavaScript's own order is by halves of them. */
function _compareTexts(a«: string», b«: string»)«: number» {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  if (at === a.length || at === b.length) return a.length - b.length;
  const rank = (unit«: number») =>
    unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
  return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
}

function _itemAt«<T = any>»(items«: T[]», index«: number»)«: T» {
  return items[_place(index, items.length)]«!»;
}

function _place(index«: number», length«: number»)«: number» {
  const place = index < 0 ? length + index : index;
  if (place < 0 || place >= length)
    throw new ProgramError("index_out_of_range");
  return place;
}

function _characterAt(text«: string», index«: number»)«: string» {
  return _itemAt([...text], index);
}

function _entryOf«<T = any>»(entries«: Map<string, T>», key«: string»)«: T» {
  if (!entries.has(key)) throw new ProgramError("missing_key");
  return entries.get(key)« as T»;
}

function _fieldOf(record«: object», key«: string»)«: any» {
  return _entryOf(_mapOf(record), key);
}

function _jsonAt(value«: Json», key«: number | string»)«: Json» {
  if (typeof key === "number" && Array.isArray(value))
    return _itemAt(value, key);
  if (typeof key === "number" && typeof value === "string")
    return _characterAt(value, key);
  if (typeof key === "string" && value instanceof Map)
    return _entryOf(value, key);
  throw new ProgramError("wrong_type");
}

function _jsonHas(part«: string», value«: Json»)«: boolean» {
  if (typeof value === "string") return value.includes(part);
  if (Array.isArray(value)) return value.includes(part);
  if (value instanceof Map) return value.has(part);
  throw new ProgramError("wrong_type");
}

function _has(key«: string», entries«: object»)«: boolean» {
  return _mapOf(entries).has(key);
}

function _includes(part«: string», text«: string»)«: boolean» {
  return text.includes(part);
}

function _contains(item«: unknown», items«: unknown[]»)«: boolean» {
  return items.some((other) => _equal(item, other));
}

function _count(items«: unknown[]», item«: unknown»)«: number» {
  return items.filter((other) => _equal(item, other)).length;
}

function _indexOf(items«: unknown[]», item«: unknown»)«: number» {
  return items.findIndex((other) => _equal(item, other));
}

function _unique«<T = any>»(items«: T[]»)«: T[]» {
  const kept«: T[]» = [];
  for (const item of items) {
    if (!_contains(item, kept)) kept.push(item);
  }
  return kept;
}

function _slice(text«: string», from«?: number», until«?: number»)«: string» {
  return [...text].slice(from, until).join("");
}

function _reversed(text«: string»)«: string» {
  return [...text].reverse().join("");
}

/** The number as people read it: with a fraction, and with an exponent where it is long. */
function _numberText(x«: number»)«: string» {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "infinity" : "-infinity";
  if (Object.is(x, -0)) return "-0.0";
  const [digits, exponent] = x.toExponential().split("e")« as [string, string]»;
  const size = Number(exponent);
  if (x !== 0 && (size < -4 || size >= 16)) {
    return `${digits}e${size < 0 ? "-" : "+"}${String(Math.abs(size)).padStart(2, "0")}`;
  }
  return Number.isInteger(x) ? `${x}.0` : String(x);
}

/** The text of a number that may be an integer. */
function _wholeText(x«: number»)«: string» {
  return Number.isSafeInteger(x) ? String(x) : _numberText(x);
}

«type _Write = (x: number) => string;»

/** The value as people read it; `number` writes its numbers. */
function _text(value«: unknown», number«: _Write» = _wholeText)«: string» {
  return typeof value === "string" ? value : _literal(value, number);
}

function _literal(value«: unknown», number«: _Write»)«: string» {
  if (typeof value === "string") return _quoted(value);
  if (typeof value === "number") return number(value);
  if (Array.isArray(value))
    return `[${value.map((item) => _literal(item, number)).join(", ")}]`;
  if (!_isObject(value)) return value === null ? "none" : String(value);
  const entries = [..._mapOf(value)].map(
    ([key, item]) => `${_quoted(key)}: ${_literal(item, number)}`,
  );
  return `{${entries.join(", ")}}`;
}

function _quoted(text«: string»)«: string» {
  const short«: Record<string, string>» = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
  };
  const escape = (mark«: string») =>
    short[mark] ?? `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${text.replace(/["\\\x00-\x1f\x7f-\x9f]/g, escape)}"`;
}

function _finite(x«: number»)«: number» {
  if (!Number.isFinite(x)) throw new ProgramError("invalid_argument");
  return x;
}

function _round(x«: number»)«: number» {
  const floor = Math.floor(_finite(x));
  const rest = x - floor;
  const down = rest < 0.5 || (rest === 0.5 && floor % 2 === 0);
  return _exact(down ? floor : floor + 1);
}

function _roundTo(x«: number», digits«: number»)«: number» {
  return Number(_fixed(x, digits));
}

/** Exactly so many decimals, by the exact value of the number; a half goes to the even neighbor. */
function _fixed(x«: number», digits«: number»)«: string» {
  _finite(x);
  if (digits < 0 || digits > 15) throw new ProgramError("invalid_argument");
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const [whole, fraction] = _decimals(Math.abs(x));
  const rest = fraction.slice(digits);
  const half = "5".padEnd(rest.length, "0");
  let units = BigInt(whole + fraction.slice(0, digits));
  if (rest > half || (rest === half && units % 2n === 1n)) units += 1n;
  const text = String(units).padStart(digits + 1, "0");
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** All digits before and after the point of a number from zero. */
function _decimals(x«: number»)«: [string, string]» {
  let [mantissa, places] = [x, 0];
  while (!Number.isInteger(mantissa))
    [mantissa, places] = [mantissa * 2, places + 1];
  const digits = String(BigInt(mantissa) * 5n ** BigInt(places)).padStart(
    places + 1,
    "0",
  );
  return [
    digits.slice(0, digits.length - places),
    digits.slice(digits.length - places) + "0".repeat(16),
  ];
}

function _squareRoot(x«: number»)«: number» {
  if (x < 0) throw new ProgramError("invalid_argument");
  return Math.sqrt(x);
}

function _integerRoot(x«: number»)«: number» {
  let root = Math.floor(_squareRoot(x));
  while (root > 0 && BigInt(root) ** 2n > BigInt(x)) root--;
  return root;
}

function _logarithm(x«: number»)«: number» {
  if (x <= 0) throw new ProgramError("invalid_argument");
  return Math.log(x);
}

function _gcd(a«: number», b«: number»)«: number» {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function _lcm(a«: number», b«: number»)«: number» {
  return a === 0 || b === 0
    ? 0
    : _exact((Math.abs(a) / _gcd(a, b)) * Math.abs(b));
}

/** The smaller of two; the first where neither is. */
function _min«<T = any>»(a«: T», b«: T»)«: T» {
  return _compare(b, a) < 0 ? b : a;
}

/** The larger of two; the first where neither is. */
function _max«<T = any>»(a«: T», b«: T»)«: T» {
  return _compare(b, a) > 0 ? b : a;
}

«type _Combine = (a: bigint, b: bigint) => bigint;»

function _bits(a«: number», b«: number», combine«: _Combine»)«: number» {
  if (a < 0 || b < 0) throw new ProgramError("invalid_argument");
  return Number(combine(BigInt(a), BigInt(b)));
}

function _bitAnd(a«: number», b«: number»)«: number» {
  return _bits(a, b, (x, y) => x & y);
}

function _bitXor(a«: number», b«: number»)«: number» {
  return _bits(a, b, (x, y) => x ^ y);
}

const _SPACE =
  "[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";

function _trim(text«: string»)«: string» {
  return text.replace(new RegExp(`^${_SPACE}|${_SPACE}$`, "g"), "");
}

function _words(text«: string»)«: string[]» {
  return text.split(new RegExp(_SPACE)).filter((word) => word !== "");
}

function _lines(text«: string»)«: string[]» {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function _nonempty(part«: string»)«: string» {
  if (part === "") throw new ProgramError("invalid_argument");
  return part;
}

function _split(text«: string», separator«: string»)«: string[]» {
  return text.split(_nonempty(separator));
}

function _join(items«: string[]», separator«: string»)«: string» {
  return items.join(separator);
}

function _replace(text«: string», old«: string», replacement«: string»)«: string» {
  return text.replaceAll(_nonempty(old), () => replacement);
}

function _countParts(text«: string», part«: string»)«: number» {
  return text.split(_nonempty(part)).length - 1;
}

function _find(text«: string», part«: string»)«: number» {
  const at = text.indexOf(part);
  return at < 0 ? -1 : [...text.slice(0, at)].length;
}

function _repeatText(text«: string», times«: number»)«: string» {
  return text.repeat(Math.max(0, text === "" ? 0 : times));
}

function _padding(text«: string», width«: number», fill«: string»)«: string» {
  return _character(fill).repeat(Math.max(0, width - [...text].length));
}

function _padLeft(text«: string», width«: number», fill«: string»)«: string» {
  return _padding(text, width, fill) + text;
}

function _padRight(text«: string», width«: number», fill«: string»)«: string» {
  return text + _padding(text, width, fill);
}

function _character(text«: string»)«: string» {
  if ([...text].length !== 1) throw new ProgramError("invalid_argument");
  return text;
}

function _code(character«: string»)«: number» {
  return _character(character).codePointAt(0) ?? 0;
}

function _char(code«: number»)«: string» {
  const none = code < 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
  if (none) throw new ProgramError("invalid_argument");
  return String.fromCodePoint(code);
}

function _isLetter(text«: string»)«: boolean» {
  return /^\p{Alphabetic}+$/u.test(text);
}

function _isDigit(text«: string»)«: boolean» {
  return /^[0-9]+$/.test(text);
}

function _toInt(value«: Json»)«: number» {
  if (typeof value === "string") {
    const digits = _trim(value);
    if (!/^[+-]?[0-9]{1,300000}$/.test(digits))
      throw new ProgramError("invalid_argument");
    return _exact(Number(digits));
  }
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "number") throw new ProgramError("invalid_argument");
  return _exact(Math.trunc(_finite(value)));
}

function _toNumber(value«: Json»)«: number» {
  if (typeof value === "number") return value;
  const digits = typeof value === "string" ? _trim(value) : "";
  if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(digits)) {
    throw new ProgramError("invalid_argument");
  }
  return Number(digits);
}

function _base(base«: number»)«: number» {
  if (base < 2 || base > 36) throw new ProgramError("invalid_argument");
  return base;
}

function _toBase(x«: number», base«: number»)«: string» {
  return x.toString(_base(base));
}

function _fromBase(text«: string», base«: number»)«: number» {
  const [, sign, digits] =
    /^([+-]?)([0-9a-z]{1,300000})$/.exec(_trim(text).toLowerCase()) ?? [];
  const values = [...(digits ?? "")].map((digit) => parseInt(digit, 36));
  if (values.length === 0 || values.some((value) => value >= _base(base))) {
    throw new ProgramError("invalid_argument");
  }
  const size = values.reduce((total, value) => _exact(total * base + value), 0);
  return sign === "-" ? 0 - size : size;
}

function _range(start«: number», end«: number», step«: number» = 1)«: number[]» {
  if (step === 0) throw new ProgramError("invalid_argument");
  const items«: number[]» = [];
  for (let item = start; step > 0 ? item < end : item > end; item += step)
    items.push(item);
  return items;
}

function _insert«<T = any>»(items«: T[]», at«: number», item«: T»)«: T[]» {
  const place = _place(at, items.length + 1);
  return [...items.slice(0, place), item, ...items.slice(place)];
}

function _setItem«<T = any>»(items«: T[]», at«: number», item«: T»)«: T[]» {
  const place = _place(at, items.length);
  return [...items.slice(0, place), item, ...items.slice(place + 1)];
}

function _removeAt«<T = any>»(items«: T[]», at«: number»)«: T[]» {
  const place = _place(at, items.length);
  return [...items.slice(0, place), ...items.slice(place + 1)];
}

function _ordered«<T = any>»(items«: T[]»)«: T[]» {
  if (items.some((item) => Number.isNaN(item)))
    throw new ProgramError("invalid_argument");
  return items;
}

function _sorted«<T = any>»(items«: T[]»)«: T[]» {
  return [..._ordered(items)].sort(_compare);
}

function _sortedBy«<T = any>»(items«: T[]», keys«: unknown[]», falling = false)«: T[]» {
  const sign = falling ? -1 : 1;
  const places = [..._ordered(keys).keys()];
  places.sort((a, b) => sign * _compare(keys[a], keys[b]));
  return places.map((place) => items[place]«!»);
}

function _extreme«<T = any>»(items«: T[]», choose«: (a: T, b: T) => T»)«: T» {
  if (items.length === 0) throw new ProgramError("invalid_argument");
  return _ordered(items).reduce((best, item) => choose(best, item));
}

function _smallest«<T = any>»(items«: T[]»)«: T» {
  return _extreme«<T>»(items, _min);
}

function _largest«<T = any>»(items«: T[]»)«: T» {
  return _extreme«<T>»(items, _max);
}

function _sum(items«: number[]»)«: number» {
  return items.reduce((total, item) => _exact(total + item), 0);
}

function _product(items«: number[]»)«: number» {
  return items.reduce((total, item) => _exact(total * item), 1);
}

function _sumOfNumbers(items«: number[]»)«: number» {
  return items.reduce((total, item) => total + item, 0);
}

function _productOfNumbers(items«: number[]»)«: number» {
  return items.reduce((total, item) => total * item, 1);
}

function _chunk«<T = any>»(items«: T[]», size«: number»)«: T[][]» {
  if (size < 1) throw new ProgramError("invalid_argument");
  return _range(0, items.length, size).map((start) =>
    items.slice(start, start + size),
  );
}

function _pairs«<T = any, U = any>»(a«: T[]», b«: U[]»)«: { first: T; second: U }[]» {
  return a
    .slice(0, b.length)
    .map((first, index) => ({ first, second: b[index]«!» }));
}

function _entries«<T = any>»(
  entries«: Map<string, T>»,
)«: { key: string; value: T }[]» {
  return [...entries].map(([key, value]) => ({ key, value }));
}

function _fromEntries«<T = any>»(
  entries«: { key: string; value: T }[]»,
)«: Map<string, T>» {
  return new Map(entries.map(({ key, value }) => [key, value]));
}

function _get«<T = any>»(entries«: Map<string, T>», key«: string», standard«: T»)«: T» {
  if (!entries.has(key)) return standard;
  return entries.get(key)« as T»;
}

function _remove«<T = any>»(
  entries«: Map<string, T>»,
  key«: string»,
)«: Map<string, T>» {
  return new Map([...entries].filter(([other]) => other !== key));
}

function _default«<T = any>»(value«: T | null», standard«: T»)«: T» {
  return value ?? standard;
}

/** The value as JSON says it: records as maps, whole numbers as integers. */
function _json(value«: unknown»)«: Json» {
  if (typeof value === "number") return _finite(value) === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(_json);
  if (!_isObject(value)) return value« as Json»;
  return new Map([..._mapOf(value)].map(([key, item]) => [key, _json(item)]));
}

/** The same value with its records as maps. */
function _asJson(value«: unknown»)«: Json» {
  if (Array.isArray(value)) return value.map(_asJson);
  if (!_isObject(value)) return value« as Json»;
  return new Map([..._mapOf(value)].map(([key, item]) => [key, _asJson(item)]));
}

function _toJson(value«: unknown», indent«?: number»)«: string» {
  if (indent !== undefined && (indent < 1 || indent > 8))
    throw new ProgramError("invalid_argument");
  return _writeJson(value, "\n", indent);
}

function _writeJson(value«: unknown», end«: string», indent«?: number»)«: string» {
  if (typeof value === "number")
    return _wholeText(_finite(value) + 0).replace(/\.0$/, "");
  if (!_isObject(value)) return JSON.stringify(value);
  const deeper = indent === undefined ? "" : end + " ".repeat(indent);
  const write = (item«: unknown») => deeper + _writeJson(item, deeper, indent);
  const list = Array.isArray(value);
  const colon = indent === undefined ? ":" : ": ";
  const parts = list
    ? value.map(write)
    : [..._mapOf(value)].map(
        ([key, item]) =>
          deeper +
          JSON.stringify(key) +
          colon +
          _writeJson(item, deeper, indent),
      );
  const close = parts.length > 0 && indent !== undefined ? end : "";
  return list ? `[${parts.join(",")}${close}]` : `{${parts.join(",")}${close}}`;
}

/** The value as YAML in block style. */
function _toYaml(value«: unknown»)«: string» {
  return _yaml(value, 0);
}

function _yaml(value«: unknown», depth«: number»)«: string» {
  const pad = "  ".repeat(depth);
  if (typeof value === "string") return _yamlText(value, depth);
  if (!_nests(value)) return `${_toJson(value)}\n`;
  if (Array.isArray(value))
    return value.map((item) => `- ${_yaml(item, depth + 1)}`).join(pad);
  const entries = [..._mapOf(value«!»)].map(([key, item]) => {
    const name = _yamlLine(key);
    const start = [...name].length > 1000 ? `? ${name}\n${pad}:` : `${name}:`;
    const below = _nests(item) ? `\n${pad}  ` : " ";
    return start + below + _yaml(item, depth + 1);
  });
  return entries.join(pad);
}

/** Whether a value has lines of its own. */
function _nests(value«: unknown»)«: boolean» {
  if (Array.isArray(value)) return value.length > 0;
  return _isObject(value) && [..._mapOf(value)].length > 0;
}

/** Several lines stand as a literal block if every reader gives them back. */
function _yamlText(text«: string», depth«: number»)«: string» {
  const lines = text.split("\n");
  const isBlock =
    lines.length > 1 &&
    !/^[ \t\n]/.test(text) &&
    !_mustBeEscaped(text.replace(/[\n\t]/g, "")) &&
    lines.every((line) => line === "" || /[^ \t]/.test(line));
  if (!isBlock) return `${_yamlLine(text)}\n`;
  let ends = 0;
  while (text[text.length - 1 - ends] === "\n") ends += 1;
  if (ends > 0) lines.pop();
  const pad = "  ".repeat(Math.max(depth, 1));
  const mark = ends === 0 ? "|-\n" : ends === 1 ? "|\n" : "|+\n";
  const body = lines.map((line) => (line === "" ? "\n" : `${pad}${line}\n`));
  return mark + body.join("");
}

/** The text on one line, quoted if a reader could take it for something else. */
function _yamlLine(text«: string»)«: string» {
  const isSpecial =
    text === "" ||
    /^(---|\.\.\.|- |-$|[?:,[\]{}#&*!|>'"%@` =<])/.test(text) ||
    /[ :]$|: | #/.test(text) ||
    _mustBeEscaped(text) ||
    /^(null|~|true|false|yes|no|on|off|y|n)$/i.test(text) ||
    /^[-+]?\.(inf|nan)$/i.test(text) ||
    /^[-+]?\.?[0-9][0-9a-fA-FxXoOtTzZ_.:+\- ]*$/.test(text);
  if (!isSpecial) return text;
  const short«: Record<string, string>» = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
  };
  const escape = (character«: string») =>
    short[character] ??
    (_mustBeEscaped(character)
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
      : character);
  return `"${[...text].map(escape).join("")}"`;
}

function _mustBeEscaped(text«: string»)«: boolean» {
  const special = /[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/;
  return special.test(text);
}

/** JSON.parse loses the order of keys such as "10", and the digits of long integers. */
function _parseJson(text«: string»)«: Json» {
  const token =
    /[ \t\n\r]*([[\]{},:]|true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")[ \t\n\r]*/y;
  const next = ()«: string» => {
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new ProgramError("invalid_argument");
    return found;
  };
  const value = _parseValue(next(), next, 0);
  if (token.lastIndex !== text.length)
    throw new ProgramError("invalid_argument");
  return value;
}

function _parseValue(token«: string», next«: () => string», depth«: number»)«: Json» {
  if (depth > 128) throw new ProgramError("invalid_argument");
  if (token === "[") return _parseItems(next, depth + 1);
  if (token === "{") return _parseEntries(next, depth + 1);
  if (token.startsWith('"')) return _parseText(token);
  if (token === "true" || token === "false") return token === "true";
  if (token === "null") return null;
  const number = Number(token);
  if (Number.isNaN(number)) throw new ProgramError("invalid_argument");
  if (/^-?[0-9]+$/.test(token)) return _exact(number);
  return _finite(number) + 0;
}

function _parseItems(next«: () => string», depth«: number»)«: Json[]» {
  const items«: Json[]» = [];
  let token = next();
  while (token !== "]") {
    items.push(_parseValue(token, next, depth));
    token = _following(next, "]");
  }
  return items;
}

/** The token after a comma, or the closing bracket. */
function _following(next«: () => string», close«: string»)«: string» {
  const token = next();
  if (token === close) return close;
  if (token !== ",") throw new ProgramError("invalid_argument");
  const following = next();
  if (following === close) throw new ProgramError("invalid_argument");
  return following;
}

function _parseEntries(next«: () => string», depth«: number»)«: Map<string, Json>» {
  const entries«: Map<string, Json>» = new Map();
  let key = next();
  while (key !== "}") {
    const named = key.startsWith('"') && next() === ":";
    if (!named) throw new ProgramError("invalid_argument");
    entries.set(_parseText(key), _parseValue(next(), next, depth));
    key = _following(next, "}");
  }
  return entries;
}

function _parseText(token«: string»)«: string» {
  const text«: string» = JSON.parse(token);
  if (/\p{Surrogate}/u.test(text)) throw new ProgramError("invalid_argument");
  return text;
}

function _asList(value«: Json»)«: Json[]» {
  if (!Array.isArray(value)) throw new ProgramError("wrong_type");
  return value;
}

function _asMap(value«: Json»)«: Map<string, Json>» {
  if (!(value instanceof Map)) throw new ProgramError("wrong_type");
  return value;
}

function _asText(value«: Json»)«: string» {
  if (typeof value !== "string") throw new ProgramError("wrong_type");
  return value;
}

function _typeOf(value«: unknown», number«: string» = "")«: string» {
  if (value === null) return "none";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number")
    return number || (Number.isSafeInteger(value) ? "int" : "number");
  if (typeof value === "boolean") return "bool";
  return typeof value === "string" ? "text" : "map";
}

function _separator(separator«: string»)«: string» {
  if (/["\r\n]/.test(_character(separator)))
    throw new ProgramError("invalid_argument");
  return separator;
}

/** The rows of a CSV text (RFC 4180); empty lines are passed over. */
function _parseCsv(text«: string», separator«: string»)«: string[][]» {
  _separator(separator);
  const rows«: string[][]» = [];
  let row«: string[]» = [];
  let field = "";
  let [quoted, wasQuoted] = [false, false];
  const endRow = () => {
    if (row.length > 0 || field !== "" || wasQuoted) rows.push([...row, field]);
    row = [];
    field = "";
    wasQuoted = false;
  };
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]«!»;
    const following = characters[at + 1];
    if (character === '"' && quoted && following === '"') {
      field += '"';
      at++;
    } else if (character === '"' && quoted) {
      quoted = false;
    } else if (character === '"' && field === "" && !wasQuoted) {
      [quoted, wasQuoted] = [true, true];
    } else if (quoted) {
      field += character;
    } else if (character === separator) {
      row.push(field);
      field = "";
      wasQuoted = false;
    } else if (character === "\n") {
      endRow();
    } else if (character !== "\r" || following !== "\n") {
      field += character;
    }
  }
  if (quoted) throw new ProgramError("invalid_argument");
  endRow();
  return rows;
}

function _toCsv(rows«: string[][]», separator«: string»)«: string» {
  const marks = [_separator(separator), '"', "\n", "\r"];
  const write = (field«: string», alone«: boolean») =>
    marks.some((mark) => field.includes(mark)) || (alone && field === "")
      ? `"${field.replaceAll('"', '""')}"`
      : field;
  const line = (row«: string[]») =>
    row.map((field) => write(field, row.length === 1)).join(separator);
  return rows.map((row) => `${line(row)}\n`).join("");
}

/** The text that bytes mean as UTF-8. */
function _decode(bytes«: Uint8Array»)«: string» {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    throw new ProgramError("invalid_argument");
  }
}

function _base64Encode(text«: string»)«: string» {
  return Buffer.from(text, "utf8").toString("base64");
}

function _base64Decode(text«: string»)«: string» {
  const bytes = Buffer.from(_trim(text), "base64");
  if (bytes.toString("base64") !== _trim(text))
    throw new ProgramError("invalid_argument");
  return _decode(bytes);
}

function _hexEncode(text«: string»)«: string» {
  return Buffer.from(text, "utf8").toString("hex");
}

function _hexDecode(text«: string»)«: string» {
  if (!/^([0-9a-fA-F]{2})*$/.test(_trim(text)))
    throw new ProgramError("invalid_argument");
  return _decode(Buffer.from(_trim(text), "hex"));
}

function _urlEncode(text«: string»)«: string» {
  const escape = (mark«: string») =>
    `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, escape);
}

function _urlDecode(text«: string»)«: string» {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ProgramError("invalid_argument");
  }
}

function _htmlEscape(text«: string»)«: string» {
  const entities«: Record<string, string>» = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#x27;",
  };
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}

function _digest(algorithm«: string», text«: string»)«: string» {
  return createHash(algorithm).update(text, "utf8").digest("hex");
}

function _hmacSha256(key«: string», text«: string»)«: string» {
  return createHmac("sha256", key).update(text, "utf8").digest("hex");
}

/** Year, month and day of a date. */
function _date(text«: string»)«: [number, number, number]» {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(_trim(text));
  const [year, month, day] = [
    Number(found?.[1]),
    Number(found?.[2]),
    Number(found?.[3]),
  ];
  _makeDate(year, month, day);
  return [year, month, day];
}

function _makeDate(year«: number», month«: number», day«: number»)«: string» {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!same || !(year >= 1 && year <= 9999))
    throw new ProgramError("invalid_argument");
  return date.toISOString().slice(0, 10);
}

function _dayNumber(text«: string»)«: number» {
  const [year, month, day] = _date(text);
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86400000;
}

function _dateOf(days«: number»)«: string» {
  const date = new Date(days * 86400000);
  return _makeDate(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
  );
}

function _weekday(text«: string»)«: number» {
  return ((((_dayNumber(text) + 3) % 7) + 7) % 7) + 1;
}

function _addDays(text«: string», days«: number»)«: string» {
  return _dateOf(_dayNumber(text) + days);
}

function _addMonths(text«: string», months«: number»)«: string» {
  const [year, month, day] = _date(text);
  const total = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [
    Math.floor(total / 12),
    (((total % 12) + 12) % 12) + 1,
  ];
  const last = new Date(
    Date.UTC(2000 + (((newYear % 400) + 400) % 400), newMonth, 0),
  ).getUTCDate();
  return _makeDate(newYear, newMonth, Math.min(day, last));
}

«type Headers_ = Map<string, string> | null;»

«export type Reply = {
  status: number;
  headers: Map<string, string>;
  body: string;
};»

«export type Report = { state: string; text: string; verified: boolean };»

«export type Found = {
  id: string;
  title: string;
  content: string;
  score: number;
};»

function _found«<T = any>»(act«: () => T»)«: T» {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new ProgramError("not_found", error.message);
    }
    throw error;
  }
}

async function _http(
  method«: string»,
  url«: string»,
  body«: string | null»,
  headers«: Headers_»,
  seconds«: number»,
)«: Promise<Reply>» {
  const signal = AbortSignal.timeout(seconds * 1000);
  const sent = Object.fromEntries(headers ?? []);
  try {
    const reply = await fetch(url, { method, body, headers: sent, signal });
    const found = new Map([...reply.headers]);
    return { status: reply.status, headers: found, body: await reply.text() };
  } catch (error) {
    throw new ProgramError("network", String(error));
  }
}

«type Shape = string | [string, Shape] | { [field: string]: Shape };»

/** The inputs in a JSON object; these names are known. */
function _given(text«: string», names«: string[]»)«: Map<string, Json>» {
  const given = _asMap(_parseJson(text));
  for (const name of given.keys()) {
    if (!names.includes(name)) {
      throw new ProgramError("input", `there is no input ${name}`);
    }
  }
  return given;
}

/** An input by its name; undefined where a default holds. */
function _input(
  given«: Map<string, Json>»,
  name«: string»,
  shape«: Shape»,
  hasDefault = false,
)«: any» {
  if (!given.has(name) && hasDefault) return undefined;
  return _shaped(given.get(name) ?? null, shape, name);
}

/** A JSON value as the value of a type. */
function _shaped(value«: Json», shape«: Shape», name«: string»)«: any» {
  if (shape === "json") return value;
  if (typeof shape === "string") {
    const kinds = [_typeOf(value), shape === "number" ? "int" : shape];
    if (kinds[0] === shape || kinds[0] === kinds[1]) return value;
  } else if (!Array.isArray(shape)) {
    if (value instanceof Map) {
      const record«: Record<string, unknown>» = {};
      for (const [key, inner] of Object.entries(shape)) {
        record[key] = _shaped(value.get(key) ?? null, inner, name);
      }
      return record;
    }
  } else if (shape[0] === "optional") {
    return value === null ? null : _shaped(value, shape[1], name);
  } else if (shape[0] === "list" && Array.isArray(value)) {
    return value.map((item) => _shaped(item, shape[1], name));
  } else if (shape[0] === "map" && value instanceof Map) {
    const entries«: Map<string, unknown>» = new Map();
    for (const [key, item] of value) {
      entries.set(key, _shaped(item, shape[1], name));
    }
    return entries;
  }
  const message = `the input ${name} is missing or does not fit`;
  throw new ProgramError("input", message);
}
