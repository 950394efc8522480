"""The trace of a product of two square matrices of numbers."""


def run(size=60):
    a = [[(i * j + 1) / (i + j + 1) for j in range(size)] for i in range(size)]
    product = []
    for row in a:
        line = []
        for column in range(size):
            total = 0.0
            for k in range(size):
                total = total + row[k] * a[k][column]
            line.append(total)
        product.append(line)
    trace = 0.0
    for i, row in enumerate(product):
        trace = trace + row[i]
    return trace
