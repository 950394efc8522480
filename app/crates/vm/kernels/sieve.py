"""How many primes there are below a limit, by the sieve of Eratosthenes."""


def run(limit=100000):
    flags = []
    for _ in range(limit):
        flags.append(True)
    for number in range(2, int(limit**0.5) + 1):
        if flags[number]:
            at = number * number
            while at < limit:
                flags[at] = False
                at += number
    return flags.count(True) - 2
