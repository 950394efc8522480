"""How often the words of a long text occur."""


def run(times=2000):
    text = "the quick brown fox jumps over the lazy dog and the cat " * times
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts
