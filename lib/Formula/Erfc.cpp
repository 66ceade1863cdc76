//===- Erfc.cpp - erfc from Taylor series of exp(x^2) erfc(x) -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mpfr_erfc takes up to 90 us for 64 bits (x = 8), and gelu is the function
// asked for most. Here erfc(x) = exp(-x^2) g(x), and g(x) = exp(x^2) erfc(x) =
// 2/sqrt(pi) int_0^inf exp(-t^2 - 2xt) dt is expanded around multiples of 1/16.
// Differentiating under the integral, for x >= 0
//
//   |g^(n)(x)| / n! <= 2^n Gamma((n+1)/2) / (sqrt(pi) n!) = 1 / Gamma(n/2 + 1)
//
// which bounds the remainder after n terms by |h|^n / Gamma(n/2 + 1).
//
//===----------------------------------------------------------------------===//

#include "Erfc.h"
#include "MpfrFunctions.h"
#include <cmath>
#include <deque>

namespace act {
namespace {

constexpr int kPerUnit = 16;
constexpr int kNumCenters = 28 * kPerUnit + 1;
/// The largest precision of a result that the series serve.
constexpr mpfr_prec_t kLargestPrecision = 128;
/// Bits beyond the result's precision that the evaluation carries: one result
/// in some thousands is too close to a number of its precision and left to
/// mpfr_erfc.
constexpr mpfr_prec_t kGuardBits = 16;
constexpr mpfr_prec_t kLargestBits = kLargestPrecision + kGuardBits;

/// Terms for a remainder below 2^-bits g(x), where |h| <= 1/32 and g(x) >=
/// g(28) > 2^-6.
int numTerms(mpfr_prec_t bits) {
  int terms = 1;
  while (5.0 * terms + std::lgamma(terms / 2.0 + 1.0) / M_LN2 < bits + 6)
    ++terms;
  return terms;
}

/// The series of g around every center.
class Series {
public:
  Series() : terms(numTerms(kPrecision)), slope(kPrecision) {
    for (int bits = 0; bits <= kLargestBits; ++bits)
      termsFor[bits] = numTerms(bits);
    for (int i = 0; i < kNumCenters * terms; ++i)
      coefficients.emplace_back(kPrecision);
    mpfr_const_pi(slope.get(), MPFR_RNDN);
    mpfr_rec_sqrt(slope.get(), slope.get(), MPFR_RNDN);
    mpfr_mul_2ui(slope.get(), slope.get(), 1, MPFR_RNDN);
    setLast();
    // Downwards, since g' = 2xg - 2/sqrt(pi) damps errors in that direction.
    for (int center = kNumCenters - 1; center >= 0; --center) {
      if (center + 1 < kNumCenters)
        stepDown(center);
      expand(center);
    }
  }

  /// g = g(x) (1 + e) for 0 <= x < 28, |e| < 2^-(bits - 2), where g has `bits`
  /// bits.
  void evaluate(mpfr_ptr g, mpfr_srcptr x, mpfr_ptr h) const {
    int center = int(std::lround(mpfr_get_d(x, MPFR_RNDN) * kPerUnit));
    mpfr_sub_d(h, x, double(center) / kPerUnit, MPFR_RNDN); // exact
    int n = termsFor[mpfr_get_prec(g)] - 1;
    mpfr_set(g, coefficient(center, n), MPFR_RNDN);
    while (--n >= 0) {
      mpfr_mul(g, g, h, MPFR_RNDN);
      mpfr_add(g, g, coefficient(center, n), MPFR_RNDN);
    }
  }

private:
  // A step down spans twice the |h| of an evaluation, one bit less per term:
  // all 34 terms leave a remainder below 2^-180. Rounding errors of g grow by
  // exp(2xh) < 2^6 within an expansion, and shrink by as much over the step.
  static constexpr mpfr_prec_t kPrecision = 208;

  mpfr_ptr at(int center, int n) {
    return coefficients[size_t(center) * terms + n].get();
  }
  mpfr_srcptr coefficient(int center, int n) const {
    return coefficients[size_t(center) * terms + n].get();
  }

  void setLast() {
    mpfr_ptr g = at(kNumCenters - 1, 0);
    MpfrNumber x(kPrecision), factor(kPrecision);
    mpfr_set_ui(x.get(), (kNumCenters - 1) / kPerUnit, MPFR_RNDN);
    mpfr_erfc(g, x.get(), MPFR_RNDN);
    mpfr_sqr(x.get(), x.get(), MPFR_RNDN);
    mpfr_exp(factor.get(), x.get(), MPFR_RNDN);
    mpfr_mul(g, g, factor.get(), MPFR_RNDN);
  }

  /// (n+1) c[n+1] = 2 (x c[n] + c[n-1]), from g' = 2xg - 2/sqrt(pi).
  void expand(int center) {
    double x = double(center) / kPerUnit;
    for (int n = 0; n + 1 < terms; ++n) {
      mpfr_ptr next = at(center, n + 1);
      mpfr_mul_d(next, at(center, n), x, MPFR_RNDN);
      if (n > 0)
        mpfr_add(next, next, at(center, n - 1), MPFR_RNDN);
      mpfr_mul_2ui(next, next, 1, MPFR_RNDN);
      if (n == 0)
        mpfr_sub(next, next, slope.get(), MPFR_RNDN);
      mpfr_div_ui(next, next, n + 1, MPFR_RNDN);
    }
  }

  void stepDown(int center) {
    mpfr_ptr g = at(center, 0);
    mpfr_set_zero(g, 1);
    for (int n = terms - 1; n >= 0; --n) {
      mpfr_div_si(g, g, -kPerUnit, MPFR_RNDN);
      mpfr_add(g, g, coefficient(center + 1, n), MPFR_RNDN);
    }
  }

  int terms;
  int termsFor[kLargestBits + 1];
  MpfrNumber slope;
  std::deque<MpfrNumber> coefficients;
};

/// The numbers of one evaluation, kept from call to call.
struct Workspace {
  MpfrNumber square{2}, power{2}, value{2}, step{2}, error{2}, other{2};
};

} // namespace

int fastErfc(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t rounding) {
  mpfr_prec_t precision = mpfr_get_prec(result);
  if (!mpfr_regular_p(x) || std::abs(mpfr_get_d(x, MPFR_RNDA)) >= 28.0 ||
      mpfr_get_prec(x) > precision || precision > kLargestPrecision)
    return mpfr_erfc(result, x, rounding);

  static const Series &series = *new Series;
  thread_local Workspace work;
  mpfr_prec_t bits = precision + kGuardBits;
  for (MpfrNumber *number : {&work.power, &work.value, &work.step, &work.error})
    mpfr_set_prec(number->get(), bits);
  mpfr_set_prec(work.square.get(), 2 * precision);
  mpfr_set_prec(work.other.get(), precision);

  mpfr_sqr(work.square.get(), x, MPFR_RNDN); // exact
  mpfr_neg(work.square.get(), work.square.get(), MPFR_RNDN);
  mpfr_exp(work.power.get(), work.square.get(), MPFR_RNDN);
  mpfr_abs(work.other.get(), x, MPFR_RNDN);
  series.evaluate(work.value.get(), work.other.get(), work.step.get());
  mpfr_mul(work.value.get(), work.value.get(), work.power.get(), MPFR_RNDN);
  // Three roundings and the remainder: less than 2^-(bits - 3).
  mpfr_div_2ui(work.error.get(), work.value.get(), bits - 4, MPFR_RNDN);
  mpfr_sub(work.power.get(), work.value.get(), work.error.get(), MPFR_RNDD);
  mpfr_add(work.value.get(), work.value.get(), work.error.get(), MPFR_RNDU);
  if (mpfr_sgn(x) > 0) {
    mpfr_set(result, work.power.get(), rounding);
    mpfr_set(work.other.get(), work.value.get(), rounding);
  } else { // erfc(x) = 2 - erfc(-x)
    mpfr_ui_sub(result, 2, work.power.get(), rounding);
    mpfr_ui_sub(work.other.get(), 2, work.value.get(), rounding);
  }
  if (!mpfr_equal_p(result, work.other.get()))
    return mpfr_erfc(result, x, rounding);
  return rounding == MPFR_RNDD ? -1 : 1; // erfc is exact at 0 alone
}

} // namespace act
