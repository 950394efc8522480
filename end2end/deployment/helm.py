"""Renders the templates of a Helm chart, as far as the charts of the block language go, and refuses anything else.

Strict where Helm is lenient: a value that values.yaml does not have, an include that is not defined, a function that
is not known here and an action that is not closed are errors.
"""

import re

import yaml

ACTION = re.compile(r"\{\{(-?)\s*(.*?)\s*(-?)\}\}", re.DOTALL)
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[().|]|\$?[\w.]+|:=|,|\$|\S')


def tokens_of(template):
    """Texts and actions, white space trimmed as the hyphens say."""
    parts, at, trims = [], 0, False
    for match in ACTION.finditer(template):
        text = template[at : match.start()]
        text = text.lstrip() if trims else text
        parts.append(("text", text.rstrip() if match[1] else text))
        if not match[2].startswith("/*"):
            parts.append(("action", match[2]))
        at, trims = match.end(), bool(match[3])
    rest = template[at:]
    parts.append(("text", rest.lstrip() if trims else rest))
    if any("{{" in text or "}}" in text for kind, text in parts if kind == "text"):
        raise ValueError("braces are not balanced")
    return parts


def tree_of(parts):
    """The nested form: texts, outputs, and blocks with their branches."""
    root = []
    stack = [root]
    blocks = []
    for kind, text in parts:
        word, _, rest = text.partition(" ")
        if kind == "text":
            stack[-1].append(("text", text))
        elif word in ("if", "with", "range", "define"):
            block = (word, [(rest, [])])
            stack[-1].append(block)
            stack.append(block[1][0][1])
            blocks.append(block)
        elif word == "else":
            if not blocks or blocks[-1][0] not in ("if", "with"):
                raise ValueError("an else stands alone")
            branch = (rest.removeprefix("if ").strip() if rest else "true", [])
            blocks[-1][1].append(branch)
            stack[-1] = branch[1]
        elif word == "end":
            if not blocks:
                raise ValueError("an end stands alone")
            blocks.pop()
            stack.pop()
        else:
            stack[-1].append(("output", text))
    if blocks:
        raise ValueError(f"{blocks[-1][0]} is not closed")
    return root


class Chart:
    """A chart's files, ready to render."""

    def __init__(self, files):
        chart = yaml.safe_load(files["Chart.yaml"])
        self.root = {
            "Values": yaml.safe_load(files["values.yaml"]),
            "Chart": {"Name": chart["name"], "Version": chart["version"], "AppVersion": chart["appVersion"]},
            "Release": {"Name": "test", "Namespace": "default", "Service": "Helm"},
        }
        self.templates = {
            path: tree_of(tokens_of(text)) for path, text in files.items() if path.startswith("templates/")
        }
        self.defined = {}
        self.included = set()
        for tree in self.templates.values():
            for kind, branches in tree:
                if kind == "define":
                    self.defined[branches[0][0].strip('" -')] = branches[0][1]

    def render(self, path):
        return self.write(self.templates[path], self.root, {})

    def write(self, tree, dot, names):
        return "".join(self.node(kind, body, dot, names) for kind, body in tree)

    def node(self, kind, body, dot, names):
        if kind == "text":
            return body
        if kind == "output":
            return self.show(self.pipeline(body, dot, names))
        if kind == "define":
            return ""
        if kind == "range":
            ((head, inner),) = body
            match = re.fullmatch(r"\$(\w+), \$(\w+) := (.*)", head)
            if not match:
                raise ValueError(f"range {head} is not known here")
            over = self.pipeline(match[3], dot, names)
            pairs = sorted(over.items())
            return "".join(self.write(inner, dot, {**names, match[1]: key, match[2]: value}) for key, value in pairs)
        for condition, inner in body:
            value = True if condition == "true" else self.pipeline(condition, dot, names)
            if value:
                return self.write(inner, value if kind == "with" and condition != "true" else dot, names)
        return ""

    @staticmethod
    def show(value):
        return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)

    def pipeline(self, text, dot, names):
        self.tokens = [*TOKEN.findall(text), None]
        tokens, value = self.tokens, None
        value = self.stages(tokens, dot, names)
        if tokens != [None]:
            raise ValueError(f"{text}: {tokens[0]} is not expected")
        return value

    def stages(self, tokens, dot, names):
        value = self.command(tokens, dot, names, [])
        while tokens[0] == "|":
            tokens.pop(0)
            value = self.command(tokens, dot, names, [value])
        return value

    def command(self, tokens, dot, names, piped):
        word = tokens[0]
        if word in FUNCTIONS or word == "include":
            tokens.pop(0)
            arguments = []
            while tokens[0] not in (None, "|", ")"):
                arguments.append(self.operand(tokens, dot, names))
            arguments += piped
            return self.include(*arguments) if word == "include" else FUNCTIONS[word](*arguments)
        if piped:
            raise ValueError(f"the function {word} is not known here")
        return self.operand(tokens, dot, names)

    def operand(self, tokens, dot, names):
        token = tokens.pop(0)
        if token == "(":
            value = self.stages(tokens, dot, names)
            if tokens.pop(0) != ")":
                raise ValueError("a parenthesis is not closed")
            return value
        if token.startswith('"'):
            return token[1:-1]
        if token.isdigit():
            return int(token)
        if token == ".":
            if re.fullmatch(r"[A-Za-z][\w.]*", tokens[0] or ""):
                return self.walk(dot, tokens.pop(0))
            return dot
        if token.startswith("$"):
            return names[token[1:]]
        if token.startswith("."):
            return self.walk(dot, token[1:])
        raise ValueError(f"{token} is not known here")

    @staticmethod
    def walk(dot, path):
        for name in path.split("."):
            if name not in dot:
                raise ValueError(f"there is no value .{path}")
            dot = dot[name]
        return dot

    def include(self, name, dot):
        if name not in self.defined:
            raise ValueError(f'"{name}" is included and not defined')
        self.included.add(name)
        outer = self.tokens
        text = self.write(self.defined[name], dot, {})
        self.tokens = outer
        return text


def to_yaml(value):
    return yaml.safe_dump(value, sort_keys=True, default_flow_style=False).rstrip("\n")


def nindent(width, text):
    return "\n" + "\n".join(" " * width + line if line else line for line in text.split("\n"))


def format_text(pattern, *values):
    return pattern % values


FUNCTIONS = {
    "contains": lambda part, text: part in text,
    "default": lambda default, value="": value or default,
    "nindent": nindent,
    "printf": format_text,
    "quote": lambda value: '"' + Chart.show(value).replace("\\", "\\\\").replace('"', '\\"') + '"',
    "replace": lambda old, new, text: text.replace(old, new),
    "toYaml": to_yaml,
    "trimSuffix": lambda suffix, text: text.removesuffix(suffix),
    "trunc": lambda length, text: text[:length],
}
