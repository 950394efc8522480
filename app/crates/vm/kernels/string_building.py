"""A long text, piece by piece."""


def run(lines=20000):
    text = ""
    for turn in range(lines):
        text += f"line {turn}: {'abc'.upper()}\n"
    return len(text)
