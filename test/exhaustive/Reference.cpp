//===- Reference.cpp - Enclosures of many values, fast -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reference.h"
#include "LibraryArrays.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace act::test {

using Block = Reference::Block;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kLargest = std::numeric_limits<double>::max();

/// Twice the rounding error of an operation of IEEE arithmetic.
static constexpr double kArithmetic = 0x1p-52;
/// 8 ulps: LibraryArrays.h has none above 5, and there is a little arithmetic.
static constexpr double kLibrary = 0x1p-49;
/// The same 8 ulps where the result is subnormal.
static constexpr double kTiny = 0x1p-1071;

/// A bound below (above) any real whose computed value is `x`, with relative
/// error `error`. An infinite `x` stands for an overflow; NaN for anything.
static double below(double x, double error) {
  double y = std::min(x, kLargest);
  double result = y - std::fabs(y) * error - kTiny;
  return std::isnan(x) ? -kInfinity : result;
}
static double above(double x, double error) {
  double y = std::max(x, -kLargest);
  double result = y + std::fabs(y) * error + kTiny;
  return std::isnan(x) ? kInfinity : result;
}

/// An infinite end bounds finite values, hence 0 * inf is 0.
static double product(double a, double b) {
  return a == 0.0 || b == 0.0 ? 0.0 : a * b;
}

static Interval multiply(Interval a, Interval b) {
  double p = product(a.lo, b.lo), q = product(a.lo, b.hi);
  double r = product(a.hi, b.lo), s = product(a.hi, b.hi);
  return {below(std::min(std::min(p, q), std::min(r, s)), kArithmetic),
          above(std::max(std::max(p, q), std::max(r, s)), kArithmetic)};
}

static Interval divide(Interval a, Interval b) {
  if (b.contains(0.0))
    return {};
  return multiply(
      a, {below(1.0 / b.hi, kArithmetic), above(1.0 / b.lo, kArithmetic)});
}

/// Room for a block of values.
using Array = std::array<double, Reference::kBlock>;

/// exp(-|x|), which never overflows.
static void decay(const double *x, double *y, unsigned count) {
  for (unsigned i = 0; i < count; ++i)
    y[i] = -std::fabs(x[i]);
  expOf(y, y, count);
}

/// Neither form overflows, so the relative error stays that of the exponential.
static void sigmoid(const double *x, double *y, unsigned count) {
  Array power;
  decay(x, power.data(), count);
  for (unsigned i = 0; i < count; ++i)
    y[i] = (x[i] < 0.0 ? power[i] : 1.0) / (1.0 + power[i]);
}

static void softplus(const double *x, double *y, unsigned count) {
  Array rest;
  decay(x, rest.data(), count);
  log1pOf(rest.data(), rest.data(), count);
  for (unsigned i = 0; i < count; ++i)
    y[i] = std::max(x[i], 0.0) + rest[i];
}

/// x - tanh(x), which cancels near 0. With Lambert's continued fraction
/// tanh(x) = x / (1 + q), q = x^2 / (3 + x^2 / (5 + ...)), it is x q / (1 + q),
/// all of one sign: each quotient damps the error of the one inside, and what
/// is cut off after 25 is below 2^-60 for |x| < 2. Beyond, x exceeds tanh(x)
/// twice and the difference is harmless.
static void lessTanh(const double *x, double *y, unsigned count) {
  Array far;
  tanhOf(x, far.data(), count);
  for (unsigned i = 0; i < count; ++i) {
    double q = 0.0;
    for (double odd = 25.0; odd > 1.0; odd -= 2.0)
      q = x[i] * x[i] / (odd + q);
    y[i] = std::fabs(x[i]) < 2.0 ? x[i] * q / (1.0 + q) : x[i] - far[i];
  }
}

static void squareRoot(const double *x, double *y, unsigned count) {
  for (unsigned i = 0; i < count; ++i)
    y[i] = std::sqrt(x[i]);
}

/// Applies `f`, which rises, or falls where `falling`, to each end.
static void monotone(const Block &a, Block &result, unsigned count,
                     ArrayFunction f, bool falling = false) {
  Array other;
  const Array &first = falling ? a.hi : a.lo, &second = falling ? a.lo : a.hi;
  f(first.data(), result.lo.data(), count);
  const Array *last = &result.lo;
  if (!std::equal(first.begin(), first.begin() + count, second.begin())) {
    f(second.data(), other.data(), count);
    last = &other;
  }
  for (unsigned i = 0; i < count; ++i) {
    double hi = (*last)[i];
    result.lo[i] = below(result.lo[i], kLibrary);
    result.hi[i] = above(hi, kLibrary);
  }
}

/// Sine or cosine: the slope is at most 1.
static void wave(const Block &a, Block &result, unsigned count,
                 ArrayFunction f) {
  Array values;
  f(a.lo.data(), values.data(), count);
  for (unsigned i = 0; i < count; ++i) {
    double width = a.hi[i] - a.lo[i];
    bool narrow = width < 1.0;
    result.lo[i] = narrow ? below(values[i], kLibrary) - 2.0 * width : -1.0;
    result.hi[i] = narrow ? above(values[i], kLibrary) + 2.0 * width : 1.0;
  }
}

template <typename Function>
static void each(Block &result, unsigned count, Function f) {
  for (unsigned i = 0; i < count; ++i) {
    Interval value = f(i);
    result.lo[i] = value.lo;
    result.hi[i] = value.hi;
  }
}

static void applyUnary(Primitive primitive, const Block &a, Block &result,
                       unsigned count) {
  switch (primitive) {
  case Primitive::Neg:
    return each(result, count,
                [&](unsigned i) { return Interval(-a.hi[i], -a.lo[i]); });
  case Primitive::Abs:
    return each(result, count, [&](unsigned i) {
      double least = std::max(std::max(a.lo[i], -a.hi[i]), 0.0);
      return Interval(least, std::max(-a.lo[i], a.hi[i]));
    });
  case Primitive::Sqrt:
    // NaN below the domain is the whole line.
    return monotone(a, result, count, squareRoot);
  case Primitive::Exp:
    return monotone(a, result, count, expOf);
  case Primitive::Expm1:
    return monotone(a, result, count, expm1Of);
  case Primitive::Log:
    return monotone(a, result, count, logOf);
  case Primitive::Log1p:
    return monotone(a, result, count, log1pOf);
  case Primitive::Tanh:
    return monotone(a, result, count, tanhOf);
  case Primitive::Erf:
    return monotone(a, result, count, erfOf);
  case Primitive::Erfc:
    return monotone(a, result, count, erfcOf, /*falling=*/true);
  case Primitive::Sin:
    return wave(a, result, count, sinOf);
  case Primitive::Cos:
    return wave(a, result, count, cosOf);
  case Primitive::Atan:
    return monotone(a, result, count, atanOf);
  case Primitive::Sigmoid:
    return monotone(a, result, count, sigmoid);
  case Primitive::Softplus:
    return monotone(a, result, count, softplus);
  default:
    return each(result, count, [](unsigned) { return Interval(); });
  }
}

static void applyBinary(Primitive primitive, const Block &a, const Block &b,
                        Block &result, unsigned count) {
  auto left = [&](unsigned i) { return Interval(a.lo[i], a.hi[i]); };
  auto right = [&](unsigned i) { return Interval(b.lo[i], b.hi[i]); };
  switch (primitive) {
  case Primitive::Add:
    return each(result, count, [&](unsigned i) {
      return Interval(below(a.lo[i] + b.lo[i], kArithmetic),
                      above(a.hi[i] + b.hi[i], kArithmetic));
    });
  case Primitive::Sub:
    return each(result, count, [&](unsigned i) {
      return Interval(below(a.lo[i] - b.hi[i], kArithmetic),
                      above(a.hi[i] - b.lo[i], kArithmetic));
    });
  case Primitive::Mul:
    return each(result, count,
                [&](unsigned i) { return multiply(left(i), right(i)); });
  case Primitive::Div:
    return each(result, count,
                [&](unsigned i) { return divide(left(i), right(i)); });
  case Primitive::Min:
    return each(result, count, [&](unsigned i) {
      return Interval(std::min(a.lo[i], b.lo[i]), std::min(a.hi[i], b.hi[i]));
    });
  case Primitive::Max:
    return each(result, count, [&](unsigned i) {
      return Interval(std::max(a.lo[i], b.lo[i]), std::max(a.hi[i], b.hi[i]));
    });
  default:
    return each(result, count, [](unsigned) { return Interval(); });
  }
}

/// Whether the comparison surely holds and surely fails.
static std::pair<bool, bool> decide(Primitive primitive, Interval a,
                                    Interval b) {
  switch (primitive) {
  case Primitive::WhereLess:
    return {a.hi < b.lo, a.lo >= b.hi};
  case Primitive::WhereLessEqual:
    return {a.hi <= b.lo, a.lo > b.hi};
  default:
    return {a.isPoint() && a == b, a.hi < b.lo || a.lo > b.hi};
  }
}

static void applyWhere(Primitive primitive, const Block *const *operands,
                       Block &result, unsigned count) {
  auto at = [&](unsigned operand, unsigned i) {
    return Interval(operands[operand]->lo[i], operands[operand]->hi[i]);
  };
  each(result, count, [&](unsigned i) {
    auto [holds, fails] = decide(primitive, at(0, i), at(1, i));
    Interval then = at(2, i), otherwise = at(3, i);
    Interval either(std::min(then.lo, otherwise.lo),
                    std::max(then.hi, otherwise.hi));
    return holds ? then : fails ? otherwise : either;
  });
}

Reference::Reference(Expression expression)
    : program(expression), values(program.size()) {
  for (unsigned s = 0; s < program.size(); ++s) {
    const FlatProgram::Step &step = program.step(s);
    if (step.primitive == Primitive::Constant) {
      values[s].lo.fill(step.constant);
      values[s].hi.fill(step.constant);
    } else if (step.primitive == Primitive::Pi) {
      values[s].lo.fill(0x1.921fb54442d18p+1);
      values[s].hi.fill(0x1.921fb54442d19p+1);
    }
  }
}

/// Whether `step` is x - tanh(x) for an earlier step x.
static bool isLessTanh(const FlatProgram &program,
                       const FlatProgram::Step &step) {
  if (step.primitive != Primitive::Sub)
    return false;
  const FlatProgram::Step &subtrahend = program.step(step.operands[1]);
  return subtrahend.primitive == Primitive::Tanh &&
         subtrahend.operands[0] == step.operands[0];
}

const Block &Reference::evaluate(const double *points, unsigned count) {
  for (unsigned s = 0; s < program.size(); ++s) {
    const FlatProgram::Step &step = program.step(s);
    const Block *operands[4];
    for (unsigned i = 0; i < 4; ++i)
      operands[i] = &values[step.operands[i]];
    switch (arity(step.primitive)) {
    case 0:
      if (step.primitive == Primitive::Variable) {
        std::copy_n(points, count, values[s].lo.begin());
        std::copy_n(points, count, values[s].hi.begin());
      }
      break;
    case 1:
      applyUnary(step.primitive, *operands[0], values[s], count);
      break;
    case 2:
      if (isLessTanh(program, step))
        monotone(*operands[0], values[s], count, lessTanh);
      else
        applyBinary(step.primitive, *operands[0], *operands[1], values[s],
                    count);
      break;
    default:
      applyWhere(step.primitive, operands, values[s], count);
    }
  }
  return values[program.root()];
}

} // namespace act::test
