"""The kinetic energy of three bodies after many steps of gravity, each body a record of numbers."""

import math


def run(steps=2000):
    bodies = [
        {"x": 0.0, "y": 0.0, "vx": 0.0, "vy": 0.0, "mass": 10.0},
        {"x": 5.0, "y": 0.0, "vx": 0.0, "vy": 1.4, "mass": 1.0},
        {"x": -8.0, "y": 0.0, "vx": 0.0, "vy": -1.1, "mass": 0.5},
    ]
    for _ in range(steps):
        moved = []
        for body in bodies:
            ax, ay = 0.0, 0.0
            for other in bodies:
                dx = other["x"] - body["x"]
                dy = other["y"] - body["y"]
                square = dx * dx + dy * dy + 0.01
                force = other["mass"] / (square * math.sqrt(square))
                ax = ax + dx * force
                ay = ay + dy * force
            vx = body["vx"] + ax * 0.01
            vy = body["vy"] + ay * 0.01
            moved.append({
                "x": body["x"] + vx * 0.01, "y": body["y"] + vy * 0.01, "vx": vx, "vy": vy, "mass": body["mass"],
            })
        bodies = moved
    return sum(0.5 * body["mass"] * (body["vx"] * body["vx"] + body["vy"] * body["vy"]) for body in bodies)
