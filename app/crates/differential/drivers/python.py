"""Runs generated modules: reads their list as JSON from standard input, writes one line for each."""

import importlib.util
import json
import struct
import sys
import traceback

sys.set_int_max_str_digits(0)

CODES = [
    (ZeroDivisionError, "division_by_zero"),
    (OverflowError, "overflow"),
    (IndexError, "index_out_of_range"),
    (KeyError, "missing_key"),
    (AssertionError, "assertion"),
    (RecursionError, "depth"),
    (ValueError, "invalid_argument"),
    (TypeError, "wrong_type"),
]


def encode(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"n": "nan" if value != value else struct.pack(">d", value).hex()}
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return [encode(item) for item in value]
    if hasattr(value, "_asdict"):
        value = value._asdict()
    elif hasattr(value, "__dataclass_fields__"):
        value = {name: getattr(value, name) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {"m": [[key, encode(item)] for key, item in value.items()]}
    return {"unknown": repr(value)}


def outputs(result, count):
    if count == 0:
        return []
    return [result] if count == 1 else list(result)


def code_of(error):
    code = getattr(error, "code", None)
    if isinstance(code, str):
        return code
    for kind, code in CODES:
        if isinstance(error, kind):
            return code
    return "!" + type(error).__name__


def run(case):
    path = case["path"]
    try:
        spec = importlib.util.spec_from_file_location(case["module"], path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[case["module"]] = module
        spec.loader.exec_module(module)
        function = getattr(module, case["function"])
    except BaseException as error:
        return {"code": "!" + type(error).__name__, "says": str(error)}
    try:
        return {"ok": [encode(value) for value in outputs(function(), case["count"])]}
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in reversed(frames) if frame.filename == path]
        return {"code": code_of(error), "says": f"{type(error).__name__}: {error}", "lines": lines}


for case in json.load(sys.stdin):
    print(json.dumps(run(case)), flush=True)
