//! Helpers for Python.

/// Names and sources, in the order in which they are written.
pub(super) const ALL: &[(&str, &str)] = &[
    (
        "_effect",
        "def _effect(name, *arguments):
    \"\"\"Replace this by what answers the request.\"\"\"
    raise NotImplementedError(f\"not_available: nothing is connected for {name}\")",
    ),
    (
        "_sortedByKey",
        "def _sortedByKey(keyed, descending):
    if any(key != key for key, _ in keyed):
        raise ValueError(\"nan has no place in an order\")
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0], reverse=descending)]",
    ),
    ("_text", "def _text(value):
    \"\"\"The value as people read it.\"\"\"
    if isinstance(value, str):
        return value
    return _literal(value)"),
    ("_literal", "def _literal(value):
    if value is None:
        return \"none\"
    if isinstance(value, bool):
        return \"true\" if value else \"false\"
    if isinstance(value, float):
        return {\"inf\": \"infinity\", \"-inf\": \"-infinity\"}.get(repr(value), repr(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return \"[\" + \", \".join(_literal(item) for item in value) + \"]\"
    if isinstance(value, dict):
        return \"{\" + \", \".join(f\"{_literal(key)}: {_literal(item)}\" for key, item in value.items()) + \"}\"
    return str(value)"),
    ("_lines", "def _lines(text):
    lines = [line.removesuffix(\"\\r\") for line in text.split(\"\\n\")]
    return lines[:-1] if lines[-1] == \"\" else lines"),
    ("_replace", "def _replace(text, old, new):
    if not old:
        raise ValueError(\"the old part must not be empty\")
    return text.replace(old, new)"),
    ("_fixed", "def _fixed(x, digits):
    if not math.isfinite(x) or not 0 <= digits <= 15:
        raise ValueError(\"nan and infinity have no decimals\")
    return f\"{x:.{digits}f}\""),
    ("_to_int", "def _to_int(value):
    if value is None or isinstance(value, (list, dict)):
        raise ValueError(\"not an integer\")
    if isinstance(value, str) and not value.strip().removeprefix(\"-\").removeprefix(\"+\").isdecimal():
        raise ValueError(f\"{value!r} is not an integer\")
    return int(value)"),
    ("_to_number", "def _to_number(value):
    if isinstance(value, str) and not set(value.strip()) <= set(\"0123456789+-.eE\"):
        raise ValueError(f\"{value!r} is not a number\")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(\"not a number\")
    return float(value)"),
    ("_to_base", "def _to_base(x, base):
    if not 2 <= base <= 36:
        raise ValueError(f\"the base must be 2 to 36, not {base}\")
    digits = \"\"
    rest = abs(x)
    while rest:
        rest, digit = divmod(rest, base)
        digits = \"0123456789abcdefghijklmnopqrstuvwxyz\"[digit] + digits
    return (\"-\" if x < 0 else \"\") + (digits or \"0\")"),
    ("_insert", "def _insert(items, at, item):
    if not -len(items) - 1 <= at <= len(items):
        raise IndexError(f\"there is no position {at}\")
    copy = list(items)
    copy.insert(at if at >= 0 else len(items) + 1 + at, item)
    return copy"),
    ("_set_item", "def _set_item(items, at, item):
    copy = list(items)
    copy[at] = item
    return copy"),
    ("_remove_at", "def _remove_at(items, at):
    copy = list(items)
    del copy[at]
    return copy"),
    ("_unique", "def _unique(items):
    kept = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept"),
    ("_index_of", "def _index_of(items, item):
    return items.index(item) if item in items else -1"),
    ("_total", "def _total(items):
    total = 0.0
    for item in items:
        total += item
    return total"),
    ("_chunk", "def _chunk(items, size):
    if size < 1:
        raise ValueError(\"the size must be at least 1\")
    return [items[start : start + size] for start in range(0, len(items), size)]"),
    ("_without", "def _without(entries, key):
    return {other: value for other, value in entries.items() if other != key}"),
    ("_default", "def _default(value, default):
    return default if value is None else value"),
    ("_plain", "def _plain(value):
    \"\"\"JSON does not tell integers from whole numbers.\"\"\"
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(\"JSON cannot say nan and infinity\")
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value"),
    ("_parse_json", "def _parse_json(text):
    def refuse(word):
        raise ValueError(f\"{word} is not JSON\")

    return _plain(json.loads(text, parse_constant=refuse))"),
    ("_to_json", "def _to_json(value, indent=None):
    separators = (\",\", \":\") if indent is None else (\",\", \": \")
    return json.dumps(_plain(value), ensure_ascii=False, indent=indent, separators=separators)"),
    ("_as_type", "def _as_type(value, wanted):
    if not isinstance(value, wanted):
        raise TypeError(f\"expected {wanted.__name__}\")
    return value"),
    ("_type_of", "def _type_of(value):
    for kind, name in ((bool, \"bool\"), (int, \"int\"), (float, \"number\"), (str, \"text\"), (list, \"list\"), (dict, \"map\")):
        if isinstance(value, kind):
            return name
    return \"none\""),
    ("_parse_csv", "def _parse_csv(text, separator):
    rows = csv.reader(io.StringIO(text, newline=\"\"), delimiter=separator, strict=True)
    return [row for row in rows if row]"),
    ("_to_csv", "def _to_csv(rows, separator):
    out = io.StringIO(newline=\"\")
    csv.writer(out, delimiter=separator, lineterminator=\"\\n\").writerows(rows)
    return out.getvalue()"),
    ("_url_decode", "def _url_decode(text):
    for part in text.split(\"%\")[1:]:
        int(part[:2].ljust(2, \"x\"), 16)
    return urllib.parse.unquote(text, errors=\"strict\")"),
    ("_date", "def _date(text):
    return datetime.datetime.strptime(text.strip(), \"%Y-%m-%d\").date()"),
    ("_day_number", "def _day_number(text):
    return (_date(text) - datetime.date(1970, 1, 1)).days"),
    ("_date_of", "def _date_of(days):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=days)).isoformat()"),
    ("_add_days", "def _add_days(text, days):
    return (_date(text) + datetime.timedelta(days=days)).isoformat()"),
    ("_add_months", "def _add_months(text, months):
    date = _date(text)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    day = date.day
    while True:
        try:
            return datetime.date(year, month + 1, day).isoformat()
        except ValueError:
            if day <= 28:
                raise
            day -= 1"),
];
