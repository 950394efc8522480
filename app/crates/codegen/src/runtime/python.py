"""What generated modules bring along, only as far as they need it."""

import base64
import calendar
import datetime
import hashlib
import hmac
import json
import math
import re
import sqlite3
import unicodedata
import urllib.error
import urllib.parse
import urllib.request


class ProgramError(Exception):
    """An error that the program raises itself, with its code."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


_CATCHABLE = (
    ArithmeticError,
    AssertionError,
    LookupError,
    ProgramError,
    TypeError,
    ValueError,
)


_SENTENCES = {
    ZeroDivisionError: ("division_by_zero", "division by zero"),
    OverflowError: ("overflow", "the integer is too large"),
    IndexError: ("index_out_of_range", "there is no such position"),
    KeyError: ("missing_key", "there is no such entry"),
    TypeError: ("wrong_type", "the value is of another type"),
    ValueError: ("invalid_argument", "the argument is not valid"),
}


def _caught(error: Exception) -> dict[str, str]:
    """The code and message of an error."""
    if isinstance(error, (ProgramError, AssertionError)):
        code = error.code if isinstance(error, ProgramError) else "assertion"
        return {"code": code, "message": str(error)}
    for kind, (code, sentence) in _SENTENCES.items():
        if isinstance(error, kind):
            return {"code": code, "message": sentence}
    raise error


def _text(value) -> str:
    """The value as people read it."""
    return value if isinstance(value, str) else _literal(value)


def _literal(value) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).replace("inf", "infinity")
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, dict):
        entries = (f"{_quoted(key)}: {_literal(item)}" for key, item in value.items())
        return "{" + ", ".join(entries) + "}"
    return str(value)


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    text = text.replace("\r", "\\r").replace("\t", "\\t")
    escaped = re.sub(
        r"[\x00-\x1f\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", text
    )
    return f'"{escaped}"'


_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def _trim(text: str) -> str:
    return text.strip(_SPACE)


def _words(text: str) -> list[str]:
    return [word for word in re.split(f"[{_SPACE}]+", text) if word]


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _replace(text: str, old: str, new: str) -> str:
    if not old:
        raise ValueError("the old part must not be empty")
    return text.replace(old, new)


def _count_parts(text: str, part: str) -> int:
    if not part:
        raise ValueError("the part must not be empty")
    return text.count(part)


def _repeat_text(text: str, times: int) -> str:
    return text * _small(times) if text else ""


def _pad_left(text: str, width: int, fill: str) -> str:
    return _character(fill) * (_small(width) - len(text)) + text


def _pad_right(text: str, width: int, fill: str) -> str:
    return text + _character(fill) * (_small(width) - len(text))


def _character(text: str) -> str:
    if len(text) != 1:
        raise ValueError("exactly one character is needed")
    return text


def _code(character: str) -> int:
    return ord(_character(character))


def _char(code: int) -> str:
    if not 0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise ValueError(f"there is no character {code}")
    return chr(code)


def _is_letter(text: str) -> bool:
    return bool(text) and all(
        character.isalpha() or unicodedata.category(character) == "Nl"
        for character in text
    )


def _is_digit(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _join(items: list[str], separator: str) -> str:
    return separator.join(items)


def _finite(x: float) -> float:
    if not math.isfinite(x):
        raise ValueError("nan and infinity have no such value")
    return x


def _small(x: int) -> int:
    if not -(2**63) <= x < 2**63:
        raise ValueError(f"{x} is too large")
    return x


def _round(x: float, digits: int) -> float:
    return round(_finite(x), _decimals(digits))


def _fixed(x: float, digits: int) -> str:
    return f"{_finite(x):.{_decimals(digits)}f}"


def _decimals(digits: int) -> int:
    if not 0 <= digits <= 15:
        raise ValueError(f"the number of decimals must be 0 to 15, not {digits}")
    return digits


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _sin(x: float) -> float:
    return math.nan if math.isinf(x) else math.sin(x)


def _cos(x: float) -> float:
    return math.nan if math.isinf(x) else math.cos(x)


def _tan(x: float) -> float:
    return math.nan if math.isinf(x) else math.tan(x)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        raise ZeroDivisionError("a negative power of zero")
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


def _integer_power(base: int, exponent: int) -> int:
    if exponent < 0:
        raise ValueError("an integer has no negative power")
    return base**exponent


def _bit_and(a: int, b: int) -> int:
    if a < 0 or b < 0:
        raise ValueError("only integers from zero have bits")
    return a & b


def _bit_xor(a: int, b: int) -> int:
    if a < 0 or b < 0:
        raise ValueError("only integers from zero have bits")
    return a ^ b


def _to_int(value) -> int:
    if isinstance(value, str):
        text = value.strip(_SPACE)
        if not re.fullmatch(r"[+-]?[0-9]{1,300000}", text):
            raise ValueError(f"{value[:40]!r} is not an integer")
        return int(text)
    if not isinstance(value, (bool, int, float)):
        raise ValueError("the value is not an integer")
    return int(_finite(value)) if isinstance(value, float) else int(value)


def _to_number(value) -> float:
    if isinstance(value, str):
        text = value.strip(_SPACE)
        if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text):
            raise ValueError(f"{value[:40]!r} is not a number")
        return float(text)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("the value is not a number")
    return float(value)


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _to_base(x: int, base: int) -> str:
    if not 2 <= base <= 36:
        raise ValueError(f"the base must be 2 to 36, not {base}")
    digits = []
    rest = abs(x)
    while rest:
        rest, digit = divmod(rest, base)
        digits.append(_DIGITS[digit])
    return ("-" if x < 0 else "") + ("".join(reversed(digits)) or "0")


def _from_base(text: str, base: int) -> int:
    if not 2 <= base <= 36:
        raise ValueError(f"the base must be 2 to 36, not {base}")
    trimmed = text.strip(_SPACE)
    digits = (
        trimmed.removeprefix("-") if trimmed[:1] == "-" else trimmed.removeprefix("+")
    )
    valid = digits.isascii() and digits.isalnum() and len(digits) <= 300000
    if not valid or any(_DIGITS.index(digit) >= base for digit in digits.lower()):
        raise ValueError(f"{text[:40]!r} is no integer in base {base}")
    return int(trimmed, base)


def _equal(a, b) -> bool:
    """Equality of values: true is not 1, and nan equals nothing."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(_equal, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_equal(a[key], b[key]) for key in a)
    return a == b


def _compare(a, b) -> float:
    """Below, at or above zero as the first stands to the second; nan if neither."""
    if isinstance(a, list):
        for left, right in zip(a, b):
            order = _compare(left, right)
            if order != 0:
                return order
        return len(a) - len(b)
    if a == b:
        return 0
    return -1 if a < b else 1 if a > b else math.nan


def _contains(item, items: list) -> bool:
    return any(_equal(item, other) for other in items)


def _count(items: list, item) -> int:
    return sum(_equal(item, other) for other in items)


def _index_of(items: list, item) -> int:
    found = (index for index, other in enumerate(items) if _equal(item, other))
    return next(found, -1)


def _unique(items: list) -> list:
    kept = []
    for item in items:
        if not _contains(item, kept):
            kept.append(item)
    return kept


def _ordered(items: list[float]) -> list[float]:
    if any(math.isnan(item) for item in items):
        raise ValueError("nan has no order")
    return items


def _sorted(items: list[float]) -> list[float]:
    return sorted(_ordered(items))


def _sorted_by(items: list, keys: list, descending: bool = False) -> list:
    if any(key != key for key in keys):
        raise ValueError("nan has no place in an order")
    places = sorted(range(len(items)), key=keys.__getitem__, reverse=descending)
    return [items[place] for place in places]


def _total(items: list[float]) -> float:
    total = 0.0
    for item in items:
        total += item
    return total


def _range(start: int, end: int, step: int = 1) -> list[int]:
    return list(range(_small(start), _small(end), _small(step)))


def _insert(items: list, at: int, item) -> list:
    if not -len(items) - 1 <= at <= len(items):
        raise IndexError(f"there is no position {at}")
    place = at if at >= 0 else len(items) + 1 + at
    return [*items[:place], item, *items[place:]]


def _set_item(items: list, at: int, item) -> list:
    copy = list(items)
    copy[at] = item
    return copy


def _remove_at(items: list, at: int) -> list:
    copy = list(items)
    del copy[at]
    return copy


def _chunk(items: list, size: int) -> list[list]:
    if _small(size) < 1:
        raise ValueError("the size must be at least 1")
    return [items[start : start + size] for start in range(0, len(items), size)]


def _pairs(a: list, b: list) -> list[dict]:
    return [{"first": first, "second": second} for first, second in zip(a, b)]


def _entries(entries: dict) -> list[dict]:
    return [{"key": key, "value": value} for key, value in entries.items()]


def _from_entries(entries: list[dict]) -> dict:
    return {entry["key"]: entry["value"] for entry in entries}


def _remove(entries: dict, key: str) -> dict:
    return {other: value for other, value in entries.items() if other != key}


def _default(value, default):
    return default if value is None else value


def _widen(value, shape):
    """The value with its parts converted by the functions in a shape like its own."""
    if value is None or shape is None:
        return value
    if callable(shape):
        return shape(value)
    if isinstance(shape, list):
        return [_widen(item, shape[0]) for item in value]
    return {
        key: _widen(item, shape.get(key, shape.get(None)))
        for key, item in value.items()
    }


def _item(value, index: int):
    if isinstance(value, dict):
        raise TypeError("a map has no positions")
    return value[index]


def _plain(value, limit: float):
    """Whole numbers up to a limit as integers; JSON does not tell them apart."""
    if isinstance(value, float):
        whole = _finite(value).is_integer() and abs(value) < limit
        return int(value) if whole else value
    if isinstance(value, list):
        return [_plain(item, limit) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item, limit) for key, item in value.items()}
    return value


def _json(value):
    return _plain(value, 2**53)


def _to_json(value, indent: int | None = None) -> str:
    if indent is not None and not 1 <= indent <= 8:
        raise ValueError(f"the indent must be 1 to 8, not {indent}")
    separators = (",", ":") if indent is None else (",", ": ")
    plain = _plain(value, 1e16)
    return json.dumps(plain, ensure_ascii=False, indent=indent, separators=separators)


def _to_yaml(value) -> str:
    """The value as YAML in block style."""
    return _yaml(value, 0)


def _yaml(value, depth: int) -> str:
    pad = "  " * depth
    if isinstance(value, list) and value:
        return pad.join("- " + _yaml(item, depth + 1) for item in value)
    if isinstance(value, dict) and value:
        return pad.join(_yaml_entry(key, item, depth) for key, item in value.items())
    return (
        _yaml_text(value, depth) if isinstance(value, str) else f"{_to_json(value)}\n"
    )


def _yaml_entry(key: str, item, depth: int) -> str:
    pad = "  " * depth
    name = _yaml_line(key)
    start = f"? {name}\n{pad}:" if len(name) > 1000 else f"{name}:"
    below = f"\n{pad}  " if isinstance(item, (list, dict)) and item else " "
    return start + below + _yaml(item, depth + 1)


def _yaml_text(text: str, depth: int) -> str:
    """Several lines stand as a literal block if every reader gives them back."""
    lines = text.split("\n")
    is_block = (
        len(lines) > 1
        and not text.startswith((" ", "\t", "\n"))
        and not _must_be_escaped(text.replace("\n", "").replace("\t", ""))
        and all(line == "" or line.strip(" \t") != "" for line in lines)
    )
    if not is_block:
        return f"{_yaml_line(text)}\n"
    ends = len(text) - len(text.rstrip("\n"))
    if ends > 0:
        lines.pop()
    pad = "  " * max(depth, 1)
    body = "".join(f"{pad}{line}\n" if line else "\n" for line in lines)
    return ("|-\n", "|\n", "|+\n")[min(ends, 2)] + body


def _yaml_line(text: str) -> str:
    """The text on one line, quoted if a reader could take it for something else."""
    is_special = (
        text == ""
        or re.match(r"---|\.\.\.|- |-\Z|[?:,\[\]{}#&*!|>'\"%@` =<]", text)
        or re.search(r"[ :]\Z|: | #", text)
        or _must_be_escaped(text)
        or re.fullmatch(r"(?ai:null|~|true|false|yes|no|on|off|y|n)", text)
        or re.fullmatch(r"(?ai:[-+]?\.(inf|nan))", text)
        or re.fullmatch(r"[-+]?\.?[0-9][0-9a-fA-FxXoOtTzZ_.:+\- ]*", text)
    )
    if not is_special:
        return text
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

    def escape(character: str) -> str:
        code = f"\\u{ord(character):04x}" if _must_be_escaped(character) else character
        return short.get(character, code)

    return f'"{"".join(escape(character) for character in text)}"'


def _must_be_escaped(text: str) -> bool:
    special = r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]"
    return re.search(special, text) is not None


def _parse_json(text: str):
    def refuse(word: str):
        raise ValueError(f"{word} is not JSON")

    try:
        value = json.loads(text, parse_constant=refuse)
        _check_json(value, 0)
    except RecursionError:
        raise ValueError("the JSON text is nested too deep") from None
    return _plain(value, 2**53)


def _check_json(value, depth: int):
    if depth > 128:
        raise ValueError("the JSON text is nested too deep")
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, list):
        for item in value:
            _check_json(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            key.encode()
            _check_json(item, depth + 1)


def _as_type(value, wanted: type):
    if not isinstance(value, wanted):
        raise TypeError(f"expected {wanted.__name__}")
    return value


def _type_of(value) -> str:
    kinds = {bool: "bool", int: "int", float: "number", str: "text", list: "list"}
    return "none" if value is None else kinds.get(type(value), "map")


def _separator(separator: str) -> str:
    if len(separator) != 1 or separator in '"\r\n':
        raise ValueError(
            "the separator must be one character, and no quote or line end"
        )
    return separator


def _parse_csv(text: str, separator: str) -> list[list[str]]:
    """The rows of a CSV text (RFC 4180); empty lines are passed over."""
    separator = _separator(separator)
    rows, row, field = [], [], ""
    quoted = was_quoted = False
    at = 0
    while at < len(text):
        character, following = text[at], text[at + 1 : at + 2]
        at += 1
        if character == '"' and quoted and following == '"':
            field += '"'
            at += 1
        elif character == '"' and quoted:
            quoted = False
        elif character == '"' and not field and not was_quoted:
            quoted = was_quoted = True
        elif quoted:
            field += character
        elif character == separator:
            row.append(field)
            field, was_quoted = "", False
        elif character == "\n":
            if row or field or was_quoted:
                rows.append([*row, field])
            row, field, was_quoted = [], "", False
        elif character != "\r" or following != "\n":
            field += character
    if quoted:
        raise ValueError("a quote is not closed")
    if row or field or was_quoted:
        rows.append([*row, field])
    return rows


def _to_csv(rows: list[list[str]], separator: str) -> str:
    separator = _separator(separator)
    marks = {separator, '"', "\n", "\r"}

    def write(field: str, alone: bool) -> str:
        if marks.isdisjoint(field) and not (alone and not field):
            return field
        return '"' + field.replace('"', '""') + '"'

    return "".join(
        separator.join(write(field, len(row) == 1) for field in row) + "\n"
        for row in rows
    )


def _base64_encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _base64_decode(text: str) -> str:
    trimmed = text.strip(_SPACE)
    data = base64.b64decode(trimmed, validate=True)
    if base64.b64encode(data).decode() != trimmed:
        raise ValueError("the text is not Base64")
    return data.decode()


def _hex_decode(text: str) -> str:
    trimmed = text.strip(_SPACE)
    if not re.fullmatch(r"([0-9a-fA-F]{2})*", trimmed):
        raise ValueError("the text is not pairs of hexadecimal digits")
    return bytes.fromhex(trimmed).decode()


def _url_decode(text: str) -> str:
    if re.search(r"%(?![0-9a-fA-F]{2})", text):
        raise ValueError("a percent sign is not followed by two hexadecimal digits")
    return urllib.parse.unquote_to_bytes(text).decode()


def _hmac_sha256(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _date(text: str) -> datetime.date:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip(_SPACE))
    if found is None:
        raise ValueError(f"{text[:40]!r} is not a date such as 2024-02-29")
    year, month, day = map(int, found.groups())
    return datetime.date(year, month, day)


def _make_date(year: int, month: int, day: int) -> str:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError(f"there is no date {year}-{month}-{day}")
    return datetime.date(year, month, day).isoformat()


def _day_number(text: str) -> int:
    return _date(text).toordinal() - 719163


def _date_of(days: int) -> str:
    if not -719162 <= days <= 2932896:
        raise ValueError("the date is beyond the years 1 to 9999")
    return datetime.date.fromordinal(days + 719163).isoformat()


def _add_days(text: str, days: int) -> str:
    return _date_of(_day_number(text) + days)


def _add_months(text: str, months: int) -> str:
    date = _date(text)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("the date is beyond the years 1 to 9999")
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(date.day, last)).isoformat()


def _not_granted(name: str) -> ProgramError:
    """Nothing answers by itself; whoever owns the code connects something."""
    return ProgramError("not_granted", "the capability was not granted")


def _http(
    method: str,
    url: str,
    body: str | None,
    headers: dict[str, str] | None,
    seconds: float,
) -> dict:
    data = None if body is None else body.encode()
    request = urllib.request.Request(url, data, headers or {}, method=method)
    try:
        answer = urllib.request.urlopen(request, timeout=seconds)
    except urllib.error.HTTPError as error:
        answer = error
    except OSError as error:
        raise ProgramError("network", str(error)) from error
    with answer:
        text = answer.read().decode(errors="replace")
        found = {name.lower(): value for name, value in answer.headers.items()}
        return {"status": answer.status, "headers": found, "body": text}


def _sql(connection: str, statement: str, parameters: list | None) -> tuple[list, int]:
    """Rows and the number of changed ones, of an SQLite database file."""
    try:
        with sqlite3.connect(connection.removeprefix("sqlite:")) as database:
            database.row_factory = sqlite3.Row
            cursor = database.execute(statement, parameters or [])
            return [dict(row) for row in cursor.fetchall()], max(0, cursor.rowcount)
    except sqlite3.Error as error:
        raise ProgramError("database", str(error)) from error


def _arguments(text: str, inputs: dict) -> dict:
    """The inputs in a JSON object as the arguments that they are."""
    given = _as_type(_parse_json(text), dict)
    for name in given:
        if name not in inputs:
            raise ProgramError("input", f"there is no input {name}")
    return {
        parameter: _shaped(given.get(name), shape, name)
        for name, (parameter, shape, needed) in inputs.items()
        if needed or name in given
    }


def _shaped(value, shape, name: str):
    """A JSON value as the value of a type, which its shape describes."""
    if shape is object:
        return value
    if isinstance(shape, list) and shape[0] is None:
        return None if value is None else _shaped(value, shape[1], name)
    if shape is float and type(value) in (int, float):
        return float(value)
    if isinstance(shape, list) and isinstance(value, list):
        return [_shaped(item, shape[0], name) for item in value]
    if isinstance(shape, dict) and isinstance(value, dict):
        if None in shape:
            return {
                key: _shaped(item, shape[None], name) for key, item in value.items()
            }
        return {
            key: _shaped(value.get(key), inner, name) for key, inner in shape.items()
        }
    if shape is not float and type(value) is shape:
        return value
    raise ProgramError("input", f"the input {name} is missing or does not fit")
