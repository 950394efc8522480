"""The start below a limit with the longest Collatz sequence."""


def run(limit=10000):
    start, best = 1, 0
    for turn in range(limit):
        value, steps = turn + 1, 0
        while value != 1:
            value = value // 2 if value % 2 == 0 else 3 * value + 1
            steps += 1
        if steps > best:
            start, best = turn + 1, steps
    return start
