"""Times a kernel in Python: `python3 python.py MODULE ROUNDS` prints the value and the best time."""

import json
import runpy
import sys
import time

run = runpy.run_path(sys.argv[1])["run"]
best = float("inf")
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    value = run()
    best = min(best, time.perf_counter() - began)
print(json.dumps(value))
print(best * 1000)
