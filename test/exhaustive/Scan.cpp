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
        pieces(profile(expression).pieces),
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
    atNan = exactValue(expression, {std::nan("")}, format);
  }

  /// Judges the results `y` at the inputs `x`, whose bits are given, too.
  void judge(const uint64_t *bits, const double *x, const double *y,
             const Reference::Block &exact, unsigned count);

  Findings found;

private:
  bool isHarmless(const double *x, const double *y,
                  const Reference::Block &exact, unsigned count) const;
  /// The piece that holds all from `from` to `to`; null where none does or a
  /// jump lies there.
  const Piece *pieceOf(double from, double to) const;
  bool hasSign(double x, double exact, double y) const;
  void judgeSpecial(uint64_t bits, double x, double y);
  void judgeFinite(uint64_t bits, double x, double y, Interval exact);
  void judgeStep(uint64_t bits, double x, double y);
  /// ulp(roundTo(x, format), format) for any finite x, without a call.
  double spacing(double x) const;

  Expression expression;
  Format format;
  const Findings &known;
  const std::vector<Piece> &pieces;
  std::vector<Interval> jumps; ///< where the function is not continuous
  double epsilon, smallestNormal, overflow;
  uint64_t halfUlp; ///< of `format`, in a double's significand
  Interval bounds;
  /// The input before and its result; NaN where there is none.
  double lastInput = std::nan(""), lastResult = std::nan("");
  double atNan = std::nan(""); ///< the exact value there
};

} // namespace

double Scanner::spacing(double x) const {
  double normal = std::max(std::fabs(x), smallestNormal);
  // Half an ulp carries into the exponent where rounding does.
  uint64_t rounded = llvm::bit_cast<uint64_t>(normal) + halfUlp;
  return llvm::bit_cast<double>(rounded & 0x7ff0000000000000) * epsilon;
}

/// What vanishes at infinity may have the sign of its limit, or that of its
/// values where something is left of them: with both a zero is right.
bool Scanner::hasSign(double x, double exact, double y) const {
  constexpr double kNearer = 256.0;
  if (std::signbit(exact) == std::signbit(y))
    return true;
  return std::isinf(x) && exact == 0.0 &&
         std::signbit(exactValue(expression, {std::copysign(kNearer, x)},
                                 format)) == std::signbit(y);
}

void Scanner::judgeSpecial(uint64_t bits, double x, double y) {
  double exact = std::isnan(x) ? atNan : exactValue(expression, {x}, format);
  // An error at 0 counts like any other's.
  if (x == 0.0 && exact != 0.0 && std::isfinite(exact))
    return;
  if (std::isnan(exact) ? std::isnan(y) : exact == y && hasSign(x, exact, y))
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

const Piece *Scanner::pieceOf(double from, double to) const {
  // Which of its two pieces a jump belongs to, the profile does not say.
  for (Interval jump : jumps)
    if (from <= jump.hi && jump.lo <= to)
      return nullptr;
  auto piece = std::find_if(pieces.begin(), pieces.end(), [&](const Piece &p) {
    return p.from.hi <= from && to <= p.to.lo;
  });
  return piece == pieces.end() ? nullptr : &*piece;
}

/// Compares with the input before, where both surely lie on one piece.
void Scanner::judgeStep(uint64_t bits, double x, double y) {
  double from = std::min(x, lastInput), to = std::max(x, lastInput);
  double step = x > lastInput ? y - lastResult : lastResult - y;
  lastInput = x;
  lastResult = y;
  if (std::isnan(step) || step == 0.0 || from == to)
    return;
  const Piece *piece = pieceOf(from, to);
  if (!piece)
    return;
  Direction direction = piece->direction;
  bool against = (direction == Direction::Rising && step < 0.0) ||
                 (direction == Direction::Falling && step > 0.0) ||
                 direction == Direction::Constant;
  if (!against)
    return;
  ++found.reversals;
  raise(found.reversal, {std::fabs(step) / spacing(y), bits});
}

/// Whether neither judgeSpecial() nor judgeFinite() nor judgeStep() would
/// report anything. The inputs' bits ascend.
bool Scanner::isHarmless(const double *x, const double *y,
                         const Reference::Block &exact, unsigned count) const {
  double first = x[0], last = x[count - 1];
  if (!std::isfinite(first) || !std::isfinite(last) ||
      !(first < 0.0 ? last < first : last > first && first > 0.0))
    return false;
  // All are finite and of one sign, hence in order.
  double before = std::isnan(lastInput) ? first : lastInput;
  const Piece *piece =
      pieceOf(std::min({before, first, last}), std::max({before, first, last}));
  if (!piece)
    return false;
  double normal = std::max(known.normal.ulps, found.normal.ulps);
  double subnormal = std::max(known.subnormal.ulps, found.subnormal.ulps);
  double normalLimit = std::max(normal * kSlack, kNegligible);
  double subnormalLimit = std::max(subnormal * kSlack, kNegligible);
  double eitherLimit = std::min(normalLimit, subnormalLimit);
  constexpr double kLargest = std::numeric_limits<double>::max();
  unsigned bad = 0;
  for (unsigned i = 0; i < count; ++i) {
    double lo = exact.lo[i], hi = exact.hi[i], value = y[i];
    double most = std::max(std::fabs(lo), std::fabs(hi));
    double least =
        lo <= 0.0 && hi >= 0.0 ? 0.0 : std::min(std::fabs(lo), std::fabs(hi));
    double limit = most < smallestNormal    ? subnormalLimit
                   : least < smallestNormal ? eitherLimit
                                            : normalLimit;
    double bound = std::max(std::fabs(value - lo), std::fabs(hi - value));
    bool close = bound <= std::min(limit * spacing(least), kLargest);
    bool overflows = (value == INFINITY) & (lo >= overflow);
    overflows |= (value == -INFINITY) & (hi <= -overflow);
    bad |= !(close | overflows) | !(value >= bounds.lo) | !(value <= bounds.hi);
  }
  // The steps towards larger inputs that the piece may have.
  double sign = last > first ? 1.0 : -1.0;
  Direction direction = piece->direction;
  bool falls = direction == Direction::Falling;
  bool rises = direction == Direction::Rising;
  bool unknown = direction == Direction::Unknown;
  double least = falls || unknown ? -INFINITY : 0.0;
  double most = rises || unknown ? INFINITY : 0.0;
  for (unsigned i = 1; i < count; ++i) {
    double step = (y[i] - y[i - 1]) * sign;
    bad |= (step < least) | (step > most);
  }
  double step = first > lastInput ? y[0] - lastResult : lastResult - y[0];
  return !bad && !(step < least) && !(step > most);
}

void Scanner::judge(const uint64_t *bits, const double *x, const double *y,
                    const Reference::Block &exact, unsigned count) {
  found.inputs += count;
  if (isHarmless(x, y, exact, count)) {
    lastInput = x[count - 1];
    lastResult = y[count - 1];
    return;
  }
  for (unsigned i = 0; i < count; ++i) {
    if (!std::isfinite(x[i]) || x[i] == 0.0)
      judgeSpecial(bits[i], x[i], y[i]);
    if (std::isfinite(x[i])) {
      judgeFinite(bits[i], x[i], y[i], {exact.lo[i], exact.hi[i]});
      judgeStep(bits[i], x[i], y[i]);
    }
  }
}

std::vector<Findings> scan(Expression expression, Format format,
                           const Inputs &inputs,
                           const std::vector<Candidate> &candidates) {
  constexpr uint64_t step = 8 * Reference::kBlock;
  Reference reference(expression);
  std::vector<Scanner> scanners;
  for (const Candidate &candidate : candidates)
    scanners.emplace_back(expression, format, candidate.known);
  std::vector<uint64_t> bits;
  std::vector<std::vector<uint64_t>> results(candidates.size());
  double points[Reference::kBlock], values[Reference::kBlock];
  for (uint64_t done = 0; done < inputs.count; done += step) {
    bits.resize(std::min(step, inputs.count - done));
    for (uint64_t i = 0; i < bits.size(); ++i)
      bits[i] = inputs.first + (done + i) * inputs.stride;
    for (size_t c = 0; c < candidates.size(); ++c) {
      results[c].resize(bits.size());
      candidates[c].compute(bits, results[c]);
    }
    for (size_t start = 0; start < bits.size(); start += Reference::kBlock) {
      unsigned count = std::min<size_t>(Reference::kBlock, bits.size() - start);
      decodeAll(&bits[start], points, count, format);
      const Reference::Block &exact = reference.evaluate(points, count);
      for (size_t c = 0; c < candidates.size(); ++c) {
        decodeAll(&results[c][start], values, count, format);
        scanners[c].judge(&bits[start], points, values, exact, count);
      }
    }
  }
  std::vector<Findings> found;
  for (const Scanner &scanner : scanners)
    found.push_back(scanner.found);
  return found;
}

} // namespace act::test
