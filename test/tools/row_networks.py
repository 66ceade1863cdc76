"""Random networks with rows that are normalised, each spelling of which
exporters print: see SPELLINGS."""

import random

FULL, KEPT, COLUMN = ("affine_map<(d0, d1) -> (d0, d1)>",
                      "affine_map<(d0, d1) -> (d0, 0)>",
                      "affine_map<(d0, d1) -> (d1)>")
BATCH = "affine_map<(d0, d1) -> (0, d1)>"


def dense(value):
    if isinstance(value, list):
        return "[" + ", ".join(map(dense, value)) + "]"
    return f"{value:.9e}"


class Writer:
    """Prints a function of rows x columns numbers, op by op. Sums are those of
    rows or, with is_batch, of columns."""

    def __init__(self, seed, rows, columns, number, ends, is_batch):
        self.number, self.count, self.is_batch = number, 0, is_batch
        self.rows, self.columns = rows, columns
        self.gain, self.offset = [1.0] * columns, [0.0] * columns
        self.full = self.type(rows, columns)
        self.kept = self.type(*((1, columns) if is_batch else (rows, 1)))
        self.sum_map, self.terms = ((BATCH, rows) if is_batch else (KEPT, columns))
        domain = "{act.domain = #act.box<[%s], [%s]>}" % tuple(map(dense, ends))
        print(f"func.func @net{seed}(%x: {self.full} {domain}) -> {self.full} {{")

    def type(self, *sizes):
        return f"tensor<{'x'.join(map(str, sizes))}x{self.number}>"

    def emit(self, text):
        self.count += 1
        print(f"  %k{self.count} = {text}")
        return f"%k{self.count}"

    def constant(self, value, kind=None):
        kind = kind or self.number
        text = dense(value) if kind == self.number else f"dense<{dense(value)}>"
        return self.emit(f"arith.constant {text} : {kind}")

    def generic(self, operands, out, lines, reduced=False, start=None):
        """Operands of type full, kept or of one row. The body computes %r of
        %a, %b, ... and, of a reduction, %o."""
        maps, types = [], []
        for _, kind in operands:
            is_kept = kind == self.kept and kind != self.full
            maps.append(FULL if out == self.kept and not reduced else
                        self.sum_map if is_kept else
                        COLUMN if kind == self.type(self.columns) else FULL)
            types.append(kind)
        last = self.sum_map if reduced else FULL
        loops = ["parallel", "parallel"]
        if reduced:
            loops[0 if self.is_batch else 1] = "reduction"
        start = start or self.emit(f"tensor.empty() : {out}")
        names = "abcdefg"[:len(operands)]
        arguments = ", ".join(f"%{name}: {self.number}" for name in names + "o")
        body = "".join(f"    {line} : {self.number}\n" for line in lines)
        iterators = ", ".join(f'"{loop}"' for loop in loops)
        return self.emit(
            f"linalg.generic {{indexing_maps = [{', '.join(maps + [last])}], "
            f"iterator_types = [{iterators}]}} "
            f"ins({', '.join(value for value, _ in operands)} : {', '.join(types)}) "
            f"outs({start} : {out}) {{\n  ^bb0({arguments}):\n{body}"
            f"    linalg.yield {'%r' if lines else '%a'} : {self.number}\n  }} -> {out}")

    def sum(self, operands, lines):
        zero = self.constant(0.0)
        empty = self.emit(f"tensor.empty() : {self.kept}")
        start = self.emit(f"linalg.fill ins({zero} : {self.number}) "
                          f"outs({empty} : {self.kept}) -> {self.kept}")
        return self.generic(operands, self.kept,
                            lines + [f"%r = arith.addf %o, {'%t' if lines else '%a'}"],
                            reduced=True, start=start)

    def share(self, value, by_factor):
        """1 / n of sums."""
        number = self.constant(1.0 / self.terms if by_factor else float(self.terms))
        op = "mulf" if by_factor else "divf"
        return self.generic([(value, self.kept)], self.kept, [f"%r = arith.{op} %a, {number}"])

    def statistics(self, x, by_factor):
        return self.share(self.sum([(x, self.full)], []), by_factor)


def ends_of_scale(rng, eps):
    """The lines from a variance %v to the product of %c and the scale."""
    if rng.random() < 0.5:
        return [f"%e = arith.addf %v, {eps}", "%s = math.rsqrt %e", "%r = arith.mulf %c, %s"]
    return [f"%e = arith.addf %v, {eps}", "%s = math.sqrt %e", "%r = arith.divf %c, %s"]


def two_passes(w, rng, x, eps, by_factor):
    """Each op by itself, as torch-mlir lowers a layer norm."""
    mean = w.statistics(x, by_factor)
    if rng.random() < 0.5:
        wide = w.generic([(mean, w.kept)], w.full, [])
        c = w.generic([(x, w.full), (wide, w.full)], w.full, ["%r = arith.subf %a, %b"])
    else:
        c = w.generic([(x, w.full), (mean, w.kept)], w.full, ["%r = arith.subf %a, %b"])
    square = w.generic([(c, w.full), (c, w.full)], w.full, ["%r = arith.mulf %a, %b"])
    v = w.statistics(square, by_factor)
    scale = w.generic([(v, w.kept)], w.kept,
                      [f"%e = arith.addf %a, {eps}", "%r = math.rsqrt %e"])
    return w.generic([(c, w.full), (scale, w.kept)], w.full, ["%r = arith.mulf %a, %b"])


def one_body(w, rng, x, eps, by_factor):
    """Sums, and a body that computes all the rest."""
    mean = w.statistics(x, by_factor)
    q = w.sum([(x, w.full), (mean, w.kept)], ["%c = arith.subf %a, %b", "%t = arith.mulf %c, %c"])
    n = w.constant(float(w.terms))
    return w.generic([(x, w.full), (mean, w.kept), (q, w.kept)], w.full,
                     ["%p = arith.subf %a, %b", f"%v = arith.divf %c, {n}"] +
                     [line.replace("%c", "%p") for line in ends_of_scale(rng, eps)])


def moments(w, rng, x, eps, by_factor):
    """E[x^2] - E[x]^2, which flax takes, at least 0 or not."""
    mean = w.statistics(x, by_factor)
    squares = w.share(w.sum([(x, w.full)], ["%t = arith.mulf %a, %a"]), by_factor)
    zero = w.constant(0.0)
    lines = ["%m = arith.mulf %b, %b",
             "%v = arith.subf %a, %m" if rng.random() < 0.5 else
             f"%u = arith.subf %a, %m : {w.number}\n    %v = arith.maximumf %u, {zero}"]
    if rng.random() < 0.5:
        scale = w.generic([(squares, w.kept), (mean, w.kept)], w.kept, lines + [
            f"%e = arith.addf %v, {eps}", "%r = math.rsqrt %e"])
        return w.generic([(x, w.full), (mean, w.kept), (scale, w.kept)], w.full,
                         ["%d = arith.subf %a, %b", "%r = arith.mulf %d, %c"])
    rest = [line.replace("%c", "%d") for line in ends_of_scale(rng, eps)]
    lines = [line.replace("%a", "%A").replace("%b", "%a").replace("%A", "%b") for line in lines]
    lines = ["%d = arith.subf %c, %a"] + lines
    return w.generic([(mean, w.kept), (squares, w.kept), (x, w.full)], w.full, lines + rest)


def root_mean_square(w, rng, x, eps, by_factor):
    q = w.share(w.sum([(x, w.full)], ["%t = arith.mulf %a, %a"]), by_factor)
    return w.generic([(x, w.full), (q, w.kept)], w.full,
                     [line.replace("%v", "%b").replace("%c", "%a")
                      for line in ends_of_scale(rng, eps)])


def draw_weights(w, rng):
    w.gain = [rng.choice([-1, 1]) * rng.uniform(0.25, 2) for _ in range(w.columns)]
    w.offset = [rng.uniform(-1, 1) for _ in range(w.columns)]
    column = w.type(w.columns)
    return (w.constant(w.gain, column), column), (w.constant(w.offset, column), column)


def scaled(w, rng, x, eps, by_factor):
    """Weights that are multiplied with the scale first: of TensorFlow, x r + (b -
    m r), or of flax, (x - m) r + b."""
    gain, offset = draw_weights(w, rng)
    mean = w.statistics(x, by_factor)
    c = w.generic([(x, w.full), (mean, w.kept)], w.full, ["%r = arith.subf %a, %b"])
    square = w.generic([(c, w.full), (c, w.full)], w.full, ["%r = arith.mulf %a, %b"])
    v = w.statistics(square, by_factor)
    scale = [f"%e = arith.addf %a, {eps}", "%s = math.rsqrt %e", "%r = arith.mulf %s, %b"]
    product = w.generic([(v, w.kept), gain], w.full, scale)
    if rng.random() < 0.5:
        return w.generic([(c, w.full), (product, w.full), offset], w.full,
                         ["%p = arith.mulf %a, %b", "%r = arith.addf %p, %c"])
    return w.generic([(x, w.full), (product, w.full), (mean, w.kept), offset], w.full,
                     ["%p = arith.mulf %a, %b", "%q = arith.mulf %c, %b",
                      "%t = arith.subf %d, %q", "%r = arith.addf %p, %t"])


SPELLINGS = [two_passes, one_body, moments, root_mean_square, scaled]


def print_rows(seed, number):
    rng = random.Random(seed)
    is_batch = rng.random() < 0.3
    rows, columns = 1 + int(3 * rng.random()) + is_batch, 2 + int(4 * rng.random())
    scale = 2.0 ** int(rng.uniform(-4, 6))
    middle = scale * round(rng.uniform(-8, 8)) if rng.random() < 0.3 else 0.0
    w = Writer(seed, rows, columns, number, (middle - scale, middle + scale), is_batch)
    eps = w.constant(10 ** rng.uniform(-6, -1))
    spelling = SPELLINGS[seed % len(SPELLINGS)]
    y = spelling(w, rng, "%x", eps, rng.random() < 0.5)
    # The layer behind fires or not at the edge of what a norm allows.
    weights = [[rng.uniform(-1, 1) for _ in range(columns)] for _ in range(columns)]
    terms = rows if is_batch else columns
    bias = []
    for k in range(columns):
        column = [row[k] * gain for row, gain in zip(weights, w.gain)]
        mean = 0.0 if is_batch or spelling is root_mean_square else sum(column) / columns
        norm = sum(abs(c) for c in column) if is_batch else sum(
            (c - mean) ** 2 for c in column) ** 0.5
        shift = sum(row[k] * offset for row, offset in zip(weights, w.offset))
        bias.append(-norm * terms ** 0.5 * rng.choice([0.5, 0.9, 0.99, 1.001, 1.05]) - shift)
    matrix = w.constant(weights, w.type(columns, columns))
    start = w.constant([bias] * rows, w.full)
    z = w.emit(f"linalg.matmul ins({y}, {matrix} : {w.full}, {w.type(columns, columns)}) "
               f"outs({start} : {w.full}) -> {w.full}")
    h = w.emit(f"act.relu {z} : {w.full}")
    print(f"  return {h} : {w.full}\n}}")
