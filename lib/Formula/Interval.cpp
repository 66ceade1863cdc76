//===- Interval.cpp - Outward-rounded enclosure of a formula --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Interval.h"
#include "FlatProgram.h"
#include "RoundedFunctions.h"
#include <algorithm>
#include <cmath>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

double roundedDown(double x) { return std::nextafter(x, -kInfinity); }
double roundedUp(double x) { return std::nextafter(x, kInfinity); }

double Interval::middle() const {
  if (lo == hi)
    return lo;
  constexpr double largest = std::numeric_limits<double>::max();
  double a = std::max(lo, -largest), b = std::min(hi, largest);
  // Far from 0, and on the same side of it, floats are spread geometrically.
  if (a > 0 && b / a > 4)
    return std::sqrt(a) * std::sqrt(b);
  if (b < 0 && a / b > 4)
    return -std::sqrt(-a) * std::sqrt(-b);
  if (a < 0 && b > 0 && (a < -1e3 || b > 1e3))
    return 0.0;
  return a / 2 + b / 2;
}

double Interval::magnitude() const {
  return std::max(std::abs(lo), std::abs(hi));
}

Interval hull(Interval a, Interval b) {
  return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)};
}

Interval intersect(Interval a, Interval b) {
  return {std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

namespace {
/// A rounded result with the sign of what was lost: negative where the exact
/// result is below it.
struct Rounded {
  double value, error;
};
} // namespace

static Rounded sum(double a, double b) {
  double s = a + b;
  if (!std::isfinite(s))
    return {s, 0.0};
  double part = s - a;
  return {s, (a - (s - part)) + (b - part)};
}

static Rounded product(double a, double b) {
  // An infinite end stands for arbitrarily large reals: 0 times them is 0.
  if (a == 0.0 || b == 0.0)
    return {0.0, 0.0};
  double p = a * b;
  if (!std::isfinite(p))
    return {p, 0.0};
  double error = std::fma(a, b, -p);
  // Near the smallest numbers the error itself underflows.
  if (error == 0.0 && std::abs(p) < 0x1p-900)
    error = std::abs(a) < 1 || std::abs(b) < 1 ? kInfinity : 0.0;
  return {p, error};
}

/// A lower end: overflow is no bound, but the largest double is.
static double down(Rounded r) {
  if (r.value == kInfinity)
    return std::numeric_limits<double>::max();
  return r.error < 0 || r.error == kInfinity ? roundedDown(r.value) : r.value;
}
static double up(Rounded r) {
  if (r.value == -kInfinity)
    return -std::numeric_limits<double>::max();
  return r.error > 0 ? roundedUp(r.value) : r.value;
}

Interval operator+(Interval a, Interval b) {
  double lo = a.lo == -kInfinity || b.lo == -kInfinity ? -kInfinity
                                                       : down(sum(a.lo, b.lo));
  double hi =
      a.hi == kInfinity || b.hi == kInfinity ? kInfinity : up(sum(a.hi, b.hi));
  return {lo, hi};
}

Interval operator-(Interval a) { return {-a.hi, -a.lo}; }
Interval operator-(Interval a, Interval b) { return a + -b; }

/// The lower and upper ends of one of the four products.
static Interval endProduct(double a, double b) {
  // The product with an unbounded end is unbounded.
  if ((std::isinf(a) && b != 0.0) || (std::isinf(b) && a != 0.0))
    return Interval(a * b);
  Rounded p = product(a, b);
  return {down(p), up(p)};
}

Interval operator*(Interval a, Interval b) {
  Interval result = endProduct(a.lo, b.lo);
  result = hull(result, endProduct(a.lo, b.hi));
  result = hull(result, endProduct(a.hi, b.lo));
  return hull(result, endProduct(a.hi, b.hi));
}

/// a/b for b away from 0.
static Interval endQuotient(double a, double b) {
  if (std::isinf(b))
    return std::isinf(a) ? Interval(std::min(0.0, a * b), std::max(0.0, a * b))
                         : Interval(0.0);
  if (std::isinf(a))
    return Interval(b > 0 ? a : -a);
  if (a == 0.0)
    return Interval(0.0);
  double q = a / b;
  if (!std::isfinite(q))
    return q > 0 ? Interval(std::numeric_limits<double>::max(), kInfinity)
                 : Interval(-kInfinity, -std::numeric_limits<double>::max());
  bool exact = std::abs(q) > 0x1p-900 && std::abs(a) > 0x1p-900 &&
               std::fma(q, b, -a) == 0.0;
  return exact ? Interval(q) : Interval(roundedDown(q), roundedUp(q));
}

Interval operator/(Interval a, Interval b) {
  if (b.lo <= 0 && b.hi >= 0) {
    // One-sided at 0: the quotient is unbounded on one side only.
    if (b.lo == 0 && b.hi > 0 && a.lo >= 0)
      return {endQuotient(a.lo, b.hi).lo, kInfinity};
    if (b.lo == 0 && b.hi > 0 && a.hi <= 0)
      return {-kInfinity, endQuotient(a.hi, b.hi).hi};
    return Interval();
  }
  Interval result = endQuotient(a.lo, b.lo);
  result = hull(result, endQuotient(a.lo, b.hi));
  result = hull(result, endQuotient(a.hi, b.lo));
  return hull(result, endQuotient(a.hi, b.hi));
}

static Interval square(Interval a) {
  if (a.lo < 0 && a.hi > 0)
    return {0.0,
            std::max(endProduct(a.lo, a.lo).hi, endProduct(a.hi, a.hi).hi)};
  Interval lo = endProduct(a.lo, a.lo), hi = endProduct(a.hi, a.hi);
  return hull(lo, hi);
}

static Interval absolute(Interval a) {
  if (a.lo >= 0)
    return a;
  if (a.hi <= 0)
    return -a;
  return {0.0, std::max(-a.lo, a.hi)};
}

//===----------------------------------------------------------------------===//
// Elementary functions
//===----------------------------------------------------------------------===//

/// sin or cos, whose value at the ends is `lo` and `hi` and whose extrema lie
/// at `phase` + k pi: +1 for even k.
static Interval wave(Interval x, Interval lo, Interval hi, double phase) {
  // Reduced in doubles, this holds for arguments where k is small.
  if (!x.isBounded() || x.magnitude() > 0x1p20 || x.width() >= 2 * M_PI)
    return {-1.0, 1.0};
  Interval result = hull(lo, hi);
  double first = std::ceil((x.lo - phase) / M_PI - 1e-9);
  double last = std::floor((x.hi - phase) / M_PI + 1e-9);
  for (double k = first; k <= last; ++k)
    result =
        hull(result, Interval(std::fmod(std::abs(k), 2.0) == 0 ? 1.0 : -1.0));
  return intersect(result, {-1.0, 1.0});
}

/// A function of one operand, as enclose() applies it.
static Interval applyUnary(Primitive primitive, Interval x) {
  switch (primitive) {
  case Primitive::Neg:
    return -x;
  case Primitive::Abs:
    return absolute(x);
  case Primitive::Sin:
    return wave(x, roundedValue(primitive, x.lo), roundedValue(primitive, x.hi),
                M_PI_2);
  case Primitive::Cos:
    return wave(x, roundedValue(primitive, x.lo), roundedValue(primitive, x.hi),
                0.0);
  case Primitive::Erfc:
    return {roundedValue(primitive, x.hi).lo, roundedValue(primitive, x.lo).hi};
  case Primitive::Sqrt:
  case Primitive::Log: {
    if (x.hi < 0)
      return Interval();
    double lo = x.lo <= 0 ? (primitive == Primitive::Sqrt ? 0.0 : -kInfinity)
                          : roundedValue(primitive, x.lo).lo;
    return {lo, roundedValue(primitive, x.hi).hi};
  }
  case Primitive::Log1p:
    if (x.hi < -1)
      return Interval();
    return {x.lo <= -1 ? -kInfinity : roundedValue(primitive, x.lo).lo,
            roundedValue(primitive, x.hi).hi};
  default:
    // The others increase on the whole line.
    return {roundedValue(primitive, x.lo).lo, roundedValue(primitive, x.hi).hi};
  }
}

//===----------------------------------------------------------------------===//
// enclose
//===----------------------------------------------------------------------===//

namespace {

/// Whether a condition holds on a whole box.
enum class Truth { Always, Never, Sometimes };

/// Evaluates a flat program; `where` narrows a variable and evaluates each
/// side anew, as deep as a budget allows.
class Encloser {
public:
  explicit Encloser(const FlatProgram &program) : program(program) {}

  Interval run(const Interval *box, unsigned size) {
    return evaluate(program.root(), box, size);
  }

private:
  using Step = FlatProgram::Step;

  Interval evaluate(unsigned index, const Interval *box, unsigned size) {
    // One slot for each step; a narrowed box has slots of its own.
    std::vector<Interval> values(index + 1);
    std::vector<bool> known(index + 1, false);
    return visit(index, box, size, values, known);
  }

  Interval visit(unsigned index, const Interval *box, unsigned size,
                 std::vector<Interval> &values, std::vector<bool> &known) {
    if (known[index])
      return values[index];
    const Step &step = program.step(index);
    auto operand = [&](unsigned i) {
      return visit(step.operands[i], box, size, values, known);
    };
    Interval result;
    switch (step.primitive) {
    case Primitive::Constant:
      result = Interval(step.constant);
      break;
    case Primitive::Pi:
      result = Interval(3.141592653589793, roundedUp(3.141592653589793));
      break;
    case Primitive::Variable:
      result = step.variable < size ? box[step.variable] : Interval();
      break;
    case Primitive::Add:
      result = operand(0) + operand(1);
      break;
    case Primitive::Sub:
      result = step.operands[0] == step.operands[1] ? Interval(0.0)
                                                    : operand(0) - operand(1);
      break;
    case Primitive::Mul:
      result = step.operands[0] == step.operands[1] ? square(operand(0))
                                                    : operand(0) * operand(1);
      break;
    case Primitive::Div:
      result = operand(0) / operand(1);
      break;
    case Primitive::Min: {
      Interval a = operand(0), b = operand(1);
      result = {std::min(a.lo, b.lo), std::min(a.hi, b.hi)};
      break;
    }
    case Primitive::Max: {
      Interval a = operand(0), b = operand(1);
      result = {std::max(a.lo, b.lo), std::max(a.hi, b.hi)};
      break;
    }
    case Primitive::WhereLess:
    case Primitive::WhereLessEqual:
    case Primitive::WhereEqual:
      result = visitWhere(step, box, size, values, known);
      break;
    default:
      result = applyUnary(step.primitive, operand(0));
      break;
    }
    values[index] = result;
    known[index] = true;
    return result;
  }

  static Truth decide(Primitive primitive, Interval a, Interval b) {
    if (primitive == Primitive::WhereLess)
      return a.hi < b.lo    ? Truth::Always
             : a.lo >= b.hi ? Truth::Never
                            : Truth::Sometimes;
    if (primitive == Primitive::WhereLessEqual)
      return a.hi <= b.lo  ? Truth::Always
             : a.lo > b.hi ? Truth::Never
                           : Truth::Sometimes;
    if (a.hi < b.lo || b.hi < a.lo)
      return Truth::Never;
    return a.isPoint() && a == b ? Truth::Always : Truth::Sometimes;
  }

  /// The box where the condition holds, or does not, as far as it compares a
  /// variable with a constant; closed, and so a little larger.
  bool narrow(const Step &step, bool holds, std::vector<Interval> &box) const {
    const Step &a = program.step(step.operands[0]);
    const Step &b = program.step(step.operands[1]);
    if (step.primitive == Primitive::WhereEqual && !holds)
      return false;
    bool variableFirst = a.primitive == Primitive::Variable &&
                         b.primitive == Primitive::Constant;
    bool variableSecond = b.primitive == Primitive::Variable &&
                          a.primitive == Primitive::Constant;
    if (!variableFirst && !variableSecond)
      return false;
    unsigned variable = variableFirst ? a.variable : b.variable;
    double bound = variableFirst ? b.constant : a.constant;
    if (variable >= box.size())
      return false;
    Interval &domain = box[variable];
    if (step.primitive == Primitive::WhereEqual) {
      domain = Interval(bound);
      return true;
    }
    bool below = variableFirst == holds;
    domain = below ? Interval(domain.lo, std::min(domain.hi, bound))
                   : Interval(std::max(domain.lo, bound), domain.hi);
    return true;
  }

  Interval side(const Step &step, bool holds, const Interval *box,
                unsigned size, std::vector<Interval> &values,
                std::vector<bool> &known) {
    unsigned index = step.operands[holds ? 2 : 3];
    std::vector<Interval> narrowed(box, box + size);
    // Each narrowing evaluates its side anew; nested ones could double.
    if (budget == 0 || !narrow(step, holds, narrowed))
      return visit(index, box, size, values, known);
    --budget;
    return evaluate(index, narrowed.data(), size);
  }

  Interval visitWhere(const Step &step, const Interval *box, unsigned size,
                      std::vector<Interval> &values, std::vector<bool> &known) {
    Interval a = visit(step.operands[0], box, size, values, known);
    Interval b = visit(step.operands[1], box, size, values, known);
    Truth truth = decide(step.primitive, a, b);
    if (truth != Truth::Sometimes)
      return visit(step.operands[truth == Truth::Always ? 2 : 3], box, size,
                   values, known);
    return hull(side(step, true, box, size, values, known),
                side(step, false, box, size, values, known));
  }

  const FlatProgram &program;
  unsigned budget = 256;
};

} // namespace

Interval enclose(Expression expression, const std::vector<Interval> &box) {
  return Encloser(FlatProgram::of(expression)).run(box.data(), box.size());
}

} // namespace act
