"""How many points of a grid stay bounded."""


def run(size=60):
    inside = 0
    for row in range(size):
        y = 2 * row / size - 1
        for column in range(size):
            x = 3 * column / size - 2
            a, b, steps = 0.0, 0.0, 0
            while steps < 50 and a * a + b * b <= 4:
                a, b = a * a - b * b + x, 2 * a * b + y
                steps += 1
            inside += steps == 50
    return inside
