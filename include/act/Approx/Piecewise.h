//===- Piecewise.h - A function by polynomials on segments -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The form most activations take in machine code:
//
//   t = clamp(fold(x))           the line, or half of it
//   k = index(t)                 the segment, from the bits of one fma or two
//   p = P_k(t - c_k)             coefficients from tables in registers; or that
//                                times an exponential, or the exponential of it
//   y = join(x, p)               puts back what the fold took
//
// All arithmetic is f32; a 16-bit result is rounded from it once.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_PIECEWISE_H
#define ACT_APPROX_PIECEWISE_H

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace act {

struct PiecewiseForm {
  /// t before clamping.
  enum class Fold : uint8_t {
    Identity,     ///< x
    Magnitude,    ///< |x|
    NegativePart, ///< max(-x, 0)
  };
  /// y from p.
  enum class Join : uint8_t {
    Plain,     ///< p
    Odd,       ///< p with the sign of x flipped in
    Reflected, ///< p for x < 0, else level - p
    Ramp,      ///< level * max(x, -0) - p
    LeftRamp,  ///< level * min(x, z) - p, with the zero that makes it -0 - p
  };
  /// k from t; all keep k in the low bits of a float's pattern.
  enum class Spacing : uint8_t {
    Uniform,     ///< round(t * scale) + first
    Quadratic,   ///< round(t * (t * curvature + scale))
    Logarithmic, ///< the top bits of t * scale + 1
  };

  Fold fold = Fold::Identity;
  Join join = Join::Plain;
  Spacing spacing = Spacing::Uniform;
  float level = 1.0f;
  float levelLow = 0.0f; ///< ramps: what the level lacks of the slope
  float scale = 1.0f;
  float curvature = 0.0f; ///< Quadratic
  int first = 0;          ///< Uniform: the segment of t = 0
  unsigned shift = 0;     ///< Logarithmic: bits below the segment's number
  /// t is clamped to [lo, hi]; infinite where it is not.
  float lo = -std::numeric_limits<float>::infinity();
  float hi = std::numeric_limits<float>::infinity();
  /// Where the form is valid: x outside takes another road.
  float validLo = -std::numeric_limits<float>::infinity();
  float validHi = std::numeric_limits<float>::infinity();
  /// Entry k belongs to the bits k of the index: coefficients[power][k].
  std::vector<float> centres;
  std::vector<std::vector<float>> coefficients;
  /// Beside a zero the rounding of the slope is seen in the last bit. Where
  /// this is not empty, p = u * (c1 + u * Q(u)) + (slopes[k] * u + c0) with a
  /// power of two in the segments of a zero and 0 in others: the sum in
  /// brackets does not round.
  std::vector<float> slopes;
  /// The last two steps of Horner's rule and the join keep what they round off,
  /// and it is added last (Langlois and Louvet 2007, for these steps alone):
  /// then little more than one rounding is seen. Not with `exponents` or
  /// `slopes`.
  bool compensated = false;
  /// Of a compensated form what the slope and the constant lack, which is seen
  /// beside a zero and where the function is flat: lowSlopes[k] * u +
  /// lowConstants[k] is added with what is kept. Empty where they lack little.
  std::vector<float> lowSlopes, lowConstants;
  /// Where a function decays over many binades its logarithm is a slow one.
  /// Where this is not empty,
  ///
  ///     p = t^power * 2^exponents[k] * exp(P_k(u)),
  ///
  /// the exponents being whole numbers and the degree 2 or more. The line of
  /// P_k, which is large, is kept in two parts, and its whole part in the
  /// exponent.
  std::vector<float> exponents;
  unsigned power = 0; ///< 0 or 1
  /// With `exponents`, exp(r) for |r| <= ln(2) / 2 is 1 + r + r^2 * P(r),
  /// lowest power first.
  std::vector<float> exponential;
  /// Where a function decays like exp(-rate * q(t)), what it is beside that is
  /// a slow one too, and takes few segments. Where `growth` is not empty,
  ///
  ///     p = P_k(u) * exp(-rate * q(t)),
  ///
  /// q in two parts. A compensated form keeps what this product rounds off,
  /// too.
  ///
  /// Not with `exponents`.
  struct Decay {
    enum class Argument : uint8_t {
      Linear,    ///< t
      Quadratic, ///< t^2
      Cubic,     ///< t + cubic * t^3
    };
    Argument argument = Argument::Linear;
    float inverse = 0.0f;               ///< -rate / ln 2
    float hiStep = 0.0f, loStep = 0.0f; ///< 1 / inverse in two parts
    float cubic = 0.0f;                 ///< Cubic
    /// Whether p is computed times 2^scaleBits(), so that it may be subnormal,
    /// or 0. A compensated form is then plain or reflected.
    bool toZero = false;
    /// expm1(-rate * v) / v for |v| up to half a step, lowest power first: two
    /// or more.
    std::vector<float> growth;
  };
  Decay decay;

  unsigned segments() const { return centres.size(); }
  unsigned degree() const { return coefficients.size() - 1; }
  /// Whether p is computed times 2^scaleBits(): it may be subnormal.
  bool isScaled() const { return !exponents.empty() || decay.toZero; }
  /// So many binades up is a p that may be subnormal, or 0 where it is not. A
  /// quarter of the least float, 2^-151, then is a normal number, and so is
  /// what a compensated form keeps of it, down to 2^-48 times as much.
  int scaleBits() const { return !isScaled() ? 0 : compensated ? 80 : 40; }

  /// Of a form on a ramp: whether its line ends at inf, not at -inf.
  bool risesToInfinity() const { return (join == Join::Ramp) == (level > 0); }
  /// t of `x`.
  float folded(float x) const;
  /// The segment of a clamped t, as the table's entry.
  unsigned segmentOf(float t) const;
  /// The value of the form at `x`, bit for bit what its machine code computes
  /// before a rounding to 16 bits.
  float evaluate(float x) const;
  /// Of a compensated form the same before its last step: what machine code
  /// multiplies where the form is a factor.
  double evaluateFactor(float x) const;
  /// The same in f64: what the form would give if f32 did not round. The
  /// argument and its segment are those of f32.
  double evaluateInDouble(float x) const;
  /// Whether t is held at an end of the table.
  bool isClamped(float x) const;
  /// By how many powers of two the exponential of `decay` has fallen at `t`.
  double binadesOfDecay(float t) const;

private:
  /// value - excess, the second being what the first was rounded up by.
  template <typename Number>
  struct Sum {
    Number value, excess;
  };

  template <typename Number>
  Number evaluateIn(float x) const;
  template <typename Number>
  Number onRamp(float ramp, Number p) const;
  template <typename Number>
  Sum<Number> onRampExactly(float ramp, Sum<Number> p) const;
  template <typename Number>
  static Sum<Number> reflected(Number top, Sum<Number> p);
  /// P_k(u) is u * slope + constant, the split slopes being in the constant.
  template <typename Number>
  Number slopeAt(unsigned k, Number u) const;
  template <typename Number>
  Number constantAt(unsigned k, Number u) const;
  template <typename Number>
  Sum<Number> compensatedPolynomial(unsigned k, Number u) const;
  /// p * 2^scaleBits().
  template <typename Number>
  Number decayed(float t, unsigned k, Number u) const;
  /// q(t) of `decay` and what it lacks.
  template <typename Number>
  std::pair<Number, Number> decayArgument(Number t) const;
  /// The exponential of `decay`, times 2^scaleBits(), is
  /// 2^exponent * (1 + growth).
  template <typename Number>
  struct Decayed {
    int exponent;
    Number growth;
  };
  template <typename Number>
  Decayed<Number> decayAt(float t) const;
  /// rest + constant.
  template <typename Number>
  struct Steps {
    Number rest, constant;
  };
  /// `p` times that.
  template <typename Number>
  Number timesDecay(float t, Steps<Number> p) const;
  template <typename Number>
  Sum<Number> timesDecayExactly(float t, Sum<Number> p) const;
  template <typename Number>
  Number joined(float x, Number p) const;
  template <typename Number>
  Sum<Number> joinedExactly(float x, Sum<Number> p) const;
  template <typename Number>
  Number joinedScaled(float x, Number p) const;
  template <typename Number>
  Number joinedScaled(float x, Sum<Number> p) const;
  /// Before it is joined.
  template <typename Number>
  Sum<Number> compensatedPart(float x) const;
};

/// ln 2 in two parts, of which whole multiples below 2^11 of the first are
/// exact, and its inverse.
constexpr float kLn2High = 0x1.62ep-1f, kLn2Low = 0x1.0bfbe8p-15f,
                kInverseLn2 = 0x1.715476p+0f;

/// The constant whose addition rounds to a whole number and leaves it in the
/// low bits: 1.5 * 2^23.
constexpr float kRoundingShift = 12582912.0f;

} // namespace act

#endif // ACT_APPROX_PIECEWISE_H
