//===- Scan.cpp - Judging the results of one activation -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scan.h"
#include "Kernel.h"
#include "Reference.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include <algorithm>
#include <cmath>

namespace act::test {

static void raise(Worst &worst, const Worst &other) {
  if (other.ulps > worst.ulps)
    worst = other;
}

void Findings::merge(const Findings &other) {
  raise(normal, other.normal);
  raise(subnormal, other.subnormal);
  raise(reversal, other.reversal);
  reversals += other.reversals;
  outOfRange += other.outOfRange;
  wrongSpecials += other.wrongSpecials;
  if (other.wrongSpecials)
    wrongSpecial = other.wrongSpecial;
  inputs += other.inputs;
}

namespace {

/// Errors up to this factor above the largest are not told from it.
constexpr double kSlack = 1.0 + 0x1p-20;

/// The state of one scan.
class Scanner {
public:
  Scanner(Expression expression, Format format, const Findings &known)
      : expression(expression), format(format), known(known),
        reference(expression), pieces(profile(expression).pieces),
        epsilon(std::ldexp(1.0, 1 - layoutOf(format).precision)),
        smallestNormal(std::ldexp(1.0, layoutOf(format).minExponent +
                                           layoutOf(format).precision - 1)),
        // Half way to the number after the largest: from there on infinite.
        overflow(std::ldexp(2.0 - std::ldexp(1.0, -layoutOf(format).precision),
                            layoutOf(format).maxExponent - 1)) {
    halfUlp = (uint64_t(1) << (53 - layoutOf(format).precision)) >> 1;
    for (const Kink &kink : profile(expression).kinks)
      if (!kink.continuous)
        jumps.push_back(kink.at);
    Interval exact = range(expression, Interval());
    bounds = {roundTo(exact.lo, format), roundTo(exact.hi, format)};
  }

  void judge(const std::vector<uint64_t> &inputs,
             const std::vector<uint64_t> &results);

  Findings found;

private:
  void judgeSpecial(uint64_t bits, double x, double y);
  void judgeFinite(uint64_t bits, double x, double y, Interval exact);
  void judgeStep(uint64_t bits, double x, double y);
  /// ulp(roundTo(x, format), format) for any finite x, without a call.
  double spacing(double x) const;

  Expression expression;
  Format format;
  const Findings &known;
  Reference reference;
  const std::vector<Piece> &pieces;
  std::vector<Interval> jumps; ///< where the function is not continuous
  double epsilon, smallestNormal, overflow;
  uint64_t halfUlp; ///< of `format`, in a double's significand
  Interval bounds;
  /// The input before and its result; NaN where there is none.
  double lastInput = std::nan(""), lastResult = std::nan("");
  size_t piece = 0; ///< of the input before
};

} // namespace

double Scanner::spacing(double x) const {
  double normal = std::max(std::fabs(x), smallestNormal);
  // Half an ulp carries into the exponent where rounding does.
  uint64_t rounded = llvm::bit_cast<uint64_t>(normal) + halfUlp;
  return llvm::bit_cast<double>(rounded & 0x7ff0000000000000) * epsilon;
}

void Scanner::judgeSpecial(uint64_t bits, double x, double y) {
  double exact = exactValue(expression, {x}, format);
  // An error at 0 counts like any other's.
  if (x == 0.0 && exact != 0.0 && std::isfinite(exact))
    return;
  bool same = std::isnan(exact)
                  ? std::isnan(y)
                  : exact == y && std::signbit(exact) == std::signbit(y);
  if (same)
    return;
  ++found.wrongSpecials;
  found.wrongSpecial = bits;
}

void Scanner::judgeFinite(uint64_t bits, double x, double y, Interval exact) {
  if (!bounds.contains(y))
    ++found.outOfRange;
  if ((y == INFINITY && exact.lo >= overflow) ||
      (y == -INFINITY && exact.hi <= -overflow))
    return;
  // Which side of a jump a number is on that f64 does not tell from it, no code
  // has to know.
  for (Interval jump : jumps)
    if (!jump.isPoint() && std::fabs(x - jump.lo) <= std::fabs(x) * 0x1p-52)
      return;
  // An enclosure about 0 has the smallest spacing.
  double least = exact.contains(0.0)
                     ? 0.0
                     : std::min(std::fabs(exact.lo), std::fabs(exact.hi));
  double most = std::max(std::fabs(exact.lo), std::fabs(exact.hi));
  double bound = std::max(std::fabs(y - exact.lo), std::fabs(exact.hi - y)) /
                 spacing(least);
  // Where it is open whether the result is normal, the smaller maximum counts.
  double largest = most < smallestNormal
                       ? std::max(known.subnormal.ulps, found.subnormal.ulps)
                       : std::max(known.normal.ulps, found.normal.ulps);
  if (least < smallestNormal && most >= smallestNormal)
    largest =
        std::min(largest, std::max(known.subnormal.ulps, found.subnormal.ulps));
  // Nothing is larger than an infinite error; a result NaN has one.
  if (bound <= std::max(largest * kSlack, kNegligible) || std::isinf(largest))
    return;
  double rounded = exactValue(expression, {x}, format);
  Worst &worst =
      std::fabs(rounded) < smallestNormal ? found.subnormal : found.normal;
  raise(worst, {errorInUlps(y, expression, {x}, format), bits});
}

/// Compares with the input before, where both surely lie on one piece.
void Scanner::judgeStep(uint64_t bits, double x, double y) {
  double from = std::min(x, lastInput), to = std::max(x, lastInput);
  double step = x > lastInput ? y - lastResult : lastResult - y;
  lastInput = x;
  lastResult = y;
  if (std::isnan(step) || step == 0.0 || from == to)
    return;
  // Which of its two pieces a jump belongs to, the profile does not say.
  for (Interval jump : jumps)
    if (from <= jump.hi && jump.lo <= to)
      return;
  auto holds = [&](const Piece &p) {
    return p.from.hi <= from && to <= p.to.lo;
  };
  if (!holds(pieces[piece])) {
    auto found = std::find_if(pieces.begin(), pieces.end(), holds);
    if (found == pieces.end())
      return;
    piece = found - pieces.begin();
  }
  Direction direction = pieces[piece].direction;
  bool against = (direction == Direction::Rising && step < 0.0) ||
                 (direction == Direction::Falling && step > 0.0) ||
                 direction == Direction::Constant;
  if (!against)
    return;
  ++found.reversals;
  raise(found.reversal, {std::fabs(step) / spacing(y), bits});
}

void Scanner::judge(const std::vector<uint64_t> &inputs,
                    const std::vector<uint64_t> &results) {
  double points[Reference::kBlock];
  for (size_t start = 0; start < inputs.size(); start += Reference::kBlock) {
    unsigned count = std::min<size_t>(Reference::kBlock, inputs.size() - start);
    for (unsigned i = 0; i < count; ++i)
      points[i] = decode(inputs[start + i], format);
    const Reference::Block &exact = reference.evaluate(points, count);
    for (unsigned i = 0; i < count; ++i) {
      double x = points[i], y = decode(results[start + i], format);
      uint64_t bits = inputs[start + i];
      if (!std::isfinite(x) || x == 0.0)
        judgeSpecial(bits, x, y);
      if (std::isfinite(x)) {
        judgeFinite(bits, x, y, {exact.lo[i], exact.hi[i]});
        judgeStep(bits, x, y);
      }
    }
  }
  found.inputs += inputs.size();
}

Findings scan(Expression expression, Format format, const Inputs &inputs,
              const Findings &known, const Compute &compute) {
  constexpr uint64_t step = 4096;
  Scanner scanner(expression, format, known);
  std::vector<uint64_t> bits, results;
  for (uint64_t done = 0; done < inputs.count; done += step) {
    uint64_t count = std::min(step, inputs.count - done);
    bits.resize(count);
    results.resize(count);
    for (uint64_t i = 0; i < count; ++i)
      bits[i] = inputs.first + (done + i) * inputs.stride;
    compute(bits, results);
    scanner.judge(bits, results);
  }
  return scanner.found;
}

} // namespace act::test
