"""A JSON text of orders is read, filtered and summed by customer, and written again."""

import json


def run(orders=3000):
    made = [
        {"id": n, "customer": "c" + str(n % 50), "items": [{"price": n % 13 + 1, "count": n % 3}]}
        for n in range(orders)
    ]
    sums = {}
    for order in json.loads(json.dumps(made, separators=(",", ":"))):
        total = order["items"][0]["price"] * order["items"][0]["count"]
        customer = order["customer"]
        if total > 0:
            sums[customer] = sums.get(customer, 0) + total
    return len(json.dumps(sums, separators=(",", ":")))
