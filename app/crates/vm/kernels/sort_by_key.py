"""Records sorted by a computed key."""


def run(count=20000):
    records = [{"id": n, "score": n * 7919 % 10007} for n in range(count)]
    records = sorted(records, key=lambda record: -record["score"] * 1000 + record["id"] % 1000)
    return [record["id"] for record in records][:5]
