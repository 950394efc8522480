//! Helpers for JavaScript.

/// Names and sources, in the order in which they are written.
pub(super) const ALL: &[(&str, &str)] = &[
    ("_exact", "/** Integers are exact up to 2 ** 53; beyond, this raises an error in place of a wrong value. */
function _exact(value) {
  if (!Number.isSafeInteger(value)) throw new RangeError(\"overflow: the integer is too large\");
  return value + 0;
}"),
    ("_divide", "function _divide(a, b) {
  if (b === 0) throw new RangeError(\"division by zero\");
  return a / b;
}"),
    ("_floorDivide", "function _floorDivide(a, b) {
  if (b === 0) throw new RangeError(\"division by zero\");
  return (a - _modulo(a, b)) / b + 0;
}"),
    ("_modulo", "/** The remainder has the sign of the divisor. */
function _modulo(a, b) {
  if (b === 0) throw new RangeError(\"division by zero\");
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}"),
    ("_contains", "function _contains(items, wanted) {
  return items.some((item) => _equal(item, wanted));
}"),
    ("_equal", "function _equal(a, b) {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== \"object\" || typeof b !== \"object\") return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && _equal(a[key], b[key]));
}"),
    ("_compare", "function _compare(a, b) {
  if (typeof a === \"number\" || typeof b === \"number\") return a - b;
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = left[index].codePointAt(0) - right[index].codePointAt(0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}"),
    ("_effect", "/** Replace this by what answers the request. */
function _effect(name) {
  throw new Error(`not_available: nothing is connected for ${name}`);
}"),
    ("_sortedByKey", "function _sortedByKey(keyed, descending) {
  if (keyed.some(([key]) => Number.isNaN(key))) throw new RangeError(\"nan has no place in an order\");
  const sign = descending ? -1 : 1;
  return keyed.sort(([a], [b]) => sign * _compare(a, b)).map(([, item]) => item);
}"),
    ("_itemAt", "function _itemAt(items, index) {
  const at = index < 0 ? items.length + index : index;
  if (!(at in items)) throw new RangeError(`there is no position ${index}`);
  return items[at];
}"),
    ("_entryOf", "function _entryOf(entries, key) {
  if (!Object.hasOwn(entries, key)) throw new RangeError(`there is no entry \"${key}\"`);
  return entries[key];
}"),
    ("_numberText", "function _numberText(x) {
  if (Number.isNaN(x)) return \"nan\";
  if (!Number.isFinite(x)) return x > 0 ? \"infinity\" : \"-infinity\";
  if (Object.is(x, -0)) return \"-0.0\";
  const [digits, exponent] = x.toExponential().split(\"e\");
  if (x !== 0 && (Number(exponent) < -4 || Number(exponent) >= 16)) {
    return `${digits}e${Number(exponent) < 0 ? \"-\" : \"+\"}${String(Math.abs(Number(exponent))).padStart(2, \"0\")}`;
  }
  const plain = String(x);
  return Number.isInteger(x) ? `${plain}.0` : plain.includes(\"e\") ? x.toFixed(20).replace(/0+$/, \"\") : plain;
}"),
    ("_textOf", "/** The value as people read it. */
function _textOf(value) {
  if (typeof value === \"string\") return value;
  return _literal(value);
}"),
    ("_literal", "function _literal(value) {
  if (value === null) return \"none\";
  if (typeof value === \"string\") return JSON.stringify(value);
  if (typeof value === \"number\") return Number.isInteger(value) ? String(value) : _numberText(value);
  if (Array.isArray(value)) return `[${value.map(_literal).join(\", \")}]`;
  if (typeof value === \"object\") {
    return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${_literal(item)}`).join(\", \")}}`;
  }
  return String(value);
}"),
    ("_roundHalfEven", "function _roundHalfEven(x) {
  if (!Number.isFinite(x)) throw new RangeError(\"nan and infinity have no integer\");
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return _exact(rest < 0.5 ? floor : floor + 1);
  return _exact(floor % 2 === 0 ? floor : floor + 1);
}"),
    ("_fixed", "/** Exactly so many decimals, by the exact value of the number; a half goes to the even neighbor. */
function _fixed(x, digits) {
  if (!Number.isFinite(x) || digits < 0 || digits > 15) throw new RangeError(\"nan and infinity have no decimals\");
  const exactDigits = Math.abs(x).toFixed(100).split(\".\");
  const kept = exactDigits[1].slice(0, digits);
  const rest = exactDigits[1].slice(digits);
  let units = BigInt(exactDigits[0] + kept);
  const half = `5${\"0\".repeat(rest.length - 1)}`;
  if (rest > half || (rest === half && units % 2n === 1n)) units += 1n;
  const text = String(units).padStart(digits + 1, \"0\");
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return x < 0 || Object.is(x, -0) ? `-${whole}` : whole;
}"),
    ("_roundDigits", "function _roundDigits(x, digits) {
  return Number(_fixed(x, digits));
}"),
    ("_squareRoot", "function _squareRoot(x) {
  if (x < 0) throw new RangeError(\"a negative number has no square root\");
  return Math.sqrt(x);
}"),
    ("_integerRoot", "function _integerRoot(x) {
  if (x < 0) throw new RangeError(\"a negative integer has no square root\");
  let root = Math.floor(Math.sqrt(x));
  while (root * root > x) root--;
  while ((root + 1) * (root + 1) <= x) root++;
  return root;
}"),
    ("_logarithm", "function _logarithm(x) {
  if (x <= 0) throw new RangeError(\"only numbers above zero have a logarithm\");
  return Math.log(x);
}"),
    ("_gcd", "function _gcd(a, b) {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}"),
    ("_lcm", "function _lcm(a, b) {
  return a === 0 || b === 0 ? 0 : _exact((Math.abs(a) / _gcd(a, b)) * Math.abs(b));
}"),
    ("_nonempty", "function _nonempty(part) {
  if (part === \"\") throw new RangeError(\"the part must not be empty\");
  return part;
}"),
    ("_words", "function _words(text) {
  return text.split(/\\s+/u).filter((word) => word !== \"\");
}"),
    ("_lines", "function _lines(text) {
  const all = text.split(/\\r?\\n/);
  if (all.at(-1) === \"\") all.pop();
  return all;
}"),
    ("_find", "function _find(text, part) {
  const at = text.indexOf(part);
  return at < 0 ? -1 : [...text.slice(0, at)].length;
}"),
    ("_padLeft", "function _padLeft(text, width, fill) {
  return fill.repeat(Math.max(0, width - [...text].length)) + text;
}"),
    ("_padRight", "function _padRight(text, width, fill) {
  return text + fill.repeat(Math.max(0, width - [...text].length));
}"),
    ("_codeOf", "function _codeOf(character) {
  if ([...character].length !== 1) throw new RangeError(\"exactly one character is needed\");
  return character.codePointAt(0);
}"),
    ("_toInt", "function _toInt(value) {
  if (typeof value === \"string\") {
    if (!/^[+-]?[0-9]+$/.test(value.trim())) throw new RangeError(`\"${value}\" is not an integer`);
    return _exact(Number(value));
  }
  if (typeof value !== \"number\" && typeof value !== \"boolean\") throw new RangeError(\"not an integer\");
  return _exact(Math.trunc(Number(value)));
}"),
    ("_toNumber", "function _toNumber(value) {
  const valid = typeof value === \"number\" || (typeof value === \"string\" && /^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(value.trim()));
  if (!valid) throw new RangeError(`\"${value}\" is not a number`);
  return Number(value);
}"),
    ("_fromBase", "function _fromBase(text, base) {
  const digits = text.trim().toLowerCase();
  const valid = [...digits.replace(/^[+-]/, \"\")].every((digit) => \"0123456789abcdefghijklmnopqrstuvwxyz\".indexOf(digit) >= 0 && \"0123456789abcdefghijklmnopqrstuvwxyz\".indexOf(digit) < base);
  if (!valid || digits.replace(/^[+-]/, \"\") === \"\") throw new RangeError(`\"${text}\" is no integer in base ${base}`);
  return _exact(parseInt(digits, base));
}"),
    ("_range", "function _range(start, end, step = 1) {
  if (step === 0) throw new RangeError(\"the step must not be zero\");
  const items = [];
  for (let item = start; step > 0 ? item < end : item > end; item += step) items.push(item);
  return items;
}"),
    ("_insertAt", "function _insertAt(items, at, item) {
  const place = at < 0 ? items.length + 1 + at : at;
  if (place < 0 || place > items.length) throw new RangeError(`there is no position ${at}`);
  return [...items.slice(0, place), item, ...items.slice(place)];
}"),
    ("_setItem", "function _setItem(items, at, item) {
  _itemAt(items, at);
  const place = at < 0 ? items.length + at : at;
  return items.map((other, index) => (index === place ? item : other));
}"),
    ("_removeAt", "function _removeAt(items, at) {
  _itemAt(items, at);
  const place = at < 0 ? items.length + at : at;
  return items.filter((_, index) => index !== place);
}"),
    ("_unique", "function _unique(items) {
  const kept = [];
  for (const item of items) {
    if (!kept.some((other) => _equal(other, item))) kept.push(item);
  }
  return kept;
}"),
    ("_countItems", "function _countItems(items, wanted) {
  return items.filter((item) => _equal(item, wanted)).length;
}"),
    ("_indexOf", "function _indexOf(items, wanted) {
  return items.findIndex((item) => _equal(item, wanted));
}"),
    ("_extreme", "function _extreme(items, side) {
  if (items.length === 0) throw new RangeError(\"the list is empty\");
  return items.reduce((best, item) => (_compare(item, best) * side > 0 ? item : best));
}"),
    ("_chunk", "function _chunk(items, size) {
  if (size < 1) throw new RangeError(\"the size must be at least 1\");
  return _range(0, items.length, size).map((start) => items.slice(start, start + size));
}"),
    ("_pairs", "function _pairs(a, b) {
  return a.slice(0, b.length).map((first, index) => ({ first, second: b[index] }));
}"),
    ("_without", "function _without(entries, key) {
  return Object.fromEntries(Object.entries(entries).filter(([other]) => other !== key));
}"),
    ("_asType", "function _asType(value, wanted) {
  if (_typeOf(value) !== wanted) throw new TypeError(`expected ${wanted}`);
  return value;
}"),
    ("_typeOf", "function _typeOf(value) {
  if (value === null) return \"none\";
  if (Array.isArray(value)) return \"list\";
  if (typeof value === \"number\") return Number.isInteger(value) ? \"int\" : \"number\";
  return { boolean: \"bool\", string: \"text\" }[typeof value] ?? \"map\";
}"),
    ("_parseCsv", "function _parseCsv(text, separator) {
  const rows = [];
  let [row, field, quoted, wasQuoted] = [[], \"\", false, false];
  const endRow = () => {
    if (row.length > 0 || field !== \"\" || wasQuoted) rows.push([...row, field]);
    [row, field, wasQuoted] = [[], \"\", false];
  };
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at];
    if (quoted) {
      if (character !== '\"') field += character;
      else if (characters[at + 1] === '\"') field += characters[++at];
      else quoted = false;
    } else if (character === '\"' && field === \"\" && !wasQuoted) {
      [quoted, wasQuoted] = [true, true];
    } else if (character === separator) {
      row.push(field);
      [field, wasQuoted] = [\"\", false];
    } else if (character === \"\\n\") {
      endRow();
    } else if (character !== \"\\r\" || characters[at + 1] !== \"\\n\") {
      field += character;
    }
  }
  if (quoted) throw new RangeError(\"a quote is not closed\");
  endRow();
  return rows;
}"),
    ("_toCsv", "function _toCsv(rows, separator) {
  const write = (field, alone) =>
    [separator, '\"', \"\\n\", \"\\r\"].some((mark) => field.includes(mark)) || (alone && field === \"\")
      ? `\"${field.replaceAll('\"', '\"\"')}\"`
      : field;
  return rows.map((row) => `${row.map((field) => write(field, row.length === 1)).join(separator)}\\n`).join(\"\");
}"),
    ("_base64Decode", "function _base64Decode(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.trim())) throw new RangeError(\"the text is not Base64\");
  return new TextDecoder(\"utf-8\", { fatal: true, ignoreBOM: true }).decode(Buffer.from(text.trim(), \"base64\"));
}"),
    ("_hexDecode", "function _hexDecode(text) {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text.trim())) throw new RangeError(\"the text is not pairs of hexadecimal digits\");
  return new TextDecoder(\"utf-8\", { fatal: true, ignoreBOM: true }).decode(Buffer.from(text.trim(), \"hex\"));
}"),
    ("_urlEncode", "function _urlEncode(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}"),
    ("_htmlEscape", "function _htmlEscape(text) {
  const entities = { \"&\": \"&amp;\", \"<\": \"&lt;\", \">\": \"&gt;\", '\"': \"&quot;\", \"'\": \"&#x27;\" };
  return text.replace(/[&<>\"']/g, (mark) => entities[mark]);
}"),
    ("_digest", "function _digest(algorithm, text) {
  return createHash(algorithm).update(text, \"utf8\").digest(\"hex\");
}"),
    ("_hmac", "function _hmac(key, text) {
  return createHmac(\"sha256\", key).update(text, \"utf8\").digest(\"hex\");
}"),
    ("_dateParts", "function _dateParts(text) {
  const match = /^(\\d{4})-(\\d{2})-(\\d{2})$/.exec(text.trim());
  const parts = match ? match.slice(1).map(Number) : [0, 0, 0];
  _makeDate(...parts);
  return parts;
}"),
    ("_makeDate", "function _makeDate(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists) throw new RangeError(`there is no date ${year}-${month}-${day}`);
  return [String(year).padStart(4, \"0\"), String(month).padStart(2, \"0\"), String(day).padStart(2, \"0\")].join(\"-\");
}"),
    ("_dayNumber", "function _dayNumber(text) {
  const [year, month, day] = _dateParts(text);
  const date = new Date(0);
  return date.setUTCFullYear(year, month - 1, day) / 86400000;
}"),
    ("_dateOf", "function _dateOf(days) {
  const date = new Date(days * 86400000);
  return _makeDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}"),
    ("_weekday", "function _weekday(text) {
  return _modulo(_dayNumber(text) + 3, 7) + 1;
}"),
    ("_addMonths", "function _addMonths(text, months) {
  const [year, month, day] = _dateParts(text);
  const total = year * 12 + month - 1 + months;
  const last = new Date(Date.UTC(2000 + _modulo(Math.floor(total / 12), 400), _modulo(total, 12) + 1, 0)).getUTCDate();
  return _makeDate(Math.floor(total / 12), _modulo(total, 12) + 1, Math.min(day, last));
}"),
];
