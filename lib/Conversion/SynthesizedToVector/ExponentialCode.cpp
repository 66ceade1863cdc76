//===- ExponentialCode.cpp - f32 vector code of exponentials --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExponentialCode.h"
#include "act/IR/SynthesizedForms.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <utility>

using namespace mlir;

namespace act {

static Value horner(RegisterCode &code, ArrayRef<float> coefficients, Value u) {
  Value p = code.constant(coefficients.back());
  for (float coefficient : llvm::reverse(coefficients.drop_back()))
    p = code.fma(p, u, code.constant(coefficient));
  return p;
}

/// Which arguments code is for. Of those that are near neither the result nor
/// 2^n beside it leaves the normal numbers, and nothing is clamped; others take
/// care of that, for a subnormal number takes some processors' instructions a
/// hundred cycles. Where both are right they agree in all bits.
enum class Reach { Near, Any };

static Value emitByFraction(RegisterCode &code, const ExponentialForm &form,
                            Value x, Reach reach) {
  Value t = code.mul(x, code.constant(form.inverse));
  Value shifted;
  if (!code.scalesByPowerOfTwo()) {
    // Past this every result is 0 or infinite, and either half of the power
    // is a normal number.
    constexpr float kFarthest = 250.0f;
    if (reach == Reach::Any)
      t = code.clamp(t, -kFarthest, kFarthest);
    shifted = code.add(code.floor(t), code.constant(kRoundingShift));
  }
  Value f = code.fraction(t);
  const float level = form.table.front();
  Value y =
      code.fma(horner(code, form.coefficients, f), f, code.constant(level));
  return reach == Reach::Near ? code.scaleByPowerOfTwo(y, t, shifted)
                              : code.scaleGradually(y, t, shifted, level);
}

/// What is left of x beside n, in two steps.
static Value remainderOf(RegisterCode &code, const ExponentialForm &form,
                         Value x, Value n) {
  Value r = code.fma(n, code.constant(-form.hiStep), x);
  return code.fma(n, code.constant(-form.loStep), r);
}

/// r * P(r) and what the number of the table lacks.
static Value growthOf(RegisterCode &code, const ExponentialForm &form, Value r,
                      Value index) {
  Value p = horner(code, form.coefficients, r);
  if (form.correction.empty())
    return code.mul(p, r);
  return code.fma(p, r, code.lookup(form.correction, index));
}

/// Where one instruction scales by any power of two, n may be anything: past
/// lo and hi it decides alone, as long as r does not turn the sign of y. An
/// infinite or large x leaves r no number or a large one.
static Value emitByScaling(RegisterCode &code, const ExponentialForm &form,
                           Value x, Reach reach) {
  Value shift = code.constant(form.roundingShift());
  Value shifted = code.fma(x, code.constant(form.inverse), shift);
  Value n = code.sub(shifted, shift), index = code.bits(shifted);
  Value r = remainderOf(code, form, x, n);
  if (reach == Reach::Any)
    r = code.limit(r, std::fabs(form.hiStep) / form.table.size());
  Value growth = growthOf(code, form, r, index);
  Value power = code.lookup(form.table, index);
  Value y = code.fma(power, growth, power);
  return reach == Reach::Near
             ? code.scaleByPowerOfTwo(y, n, /*shifted=*/{})
             : code.scaleGradually(y, n, /*shifted=*/{}, form.table.front());
}

/// 2^floor(n) * T_k and r * P(r + D_k), the former from bits: what `shift`
/// exceeds the form's own by is added to n there, but not to r.
static std::pair<Value, Value> partsByBits(RegisterCode &code,
                                           const ExponentialForm &form, Value t,
                                           Value shift) {
  const unsigned steps = llvm::Log2_32(form.table.size());
  const unsigned exponentBits = 23 - steps;
  Value shifted = code.fma(t, code.constant(form.inverse), shift);
  Value n = code.sub(shifted, shift), index = code.bits(shifted);
  Value growth = growthOf(code, form, remainderOf(code, form, t, n), index);
  // The steps of the table lie in the fraction, where its entries make up for
  // them.
  std::vector<float> table = form.table;
  for (auto [k, entry] : llvm::enumerate(table))
    entry = llvm::bit_cast<float>(llvm::bit_cast<uint32_t>(entry) -
                                  (uint32_t(k) << exponentBits));
  Value power = code.addToBits(code.lookup(table, index),
                               code.shiftLeft(index, exponentBits));
  return {power, growth};
}

static float binadesOf(const ExponentialForm &form) {
  return std::log2(std::fabs(form.table.front()));
}

/// Elsewhere 2^floor(n) is put together from bits: beyond those that are near
/// 2^kRoom away from what may be no normal number, upwards where the result is
/// small, else downwards. That is made up for last.
static Value emitByBits(RegisterCode &code, const ExponentialForm &form,
                        Value x, Reach reach) {
  constexpr int kRoom = 64;
  const float plain = form.roundingShift();
  auto scaled = [&](Value t, Value shift) {
    auto [power, growth] = partsByBits(code, form, t, shift);
    return code.fma(power, growth, power);
  };
  if (reach == Reach::Near)
    return scaled(x, code.constant(plain));
  Value t = code.clamp(x, form.lo, form.hi);
  // At x = 0 the result is the level: it tells small from large if it is not
  // too far from 1 itself.
  const float binades = binadesOf(form);
  Value beside = std::fabs(binades) < kRoom - 4
                     ? t
                     : code.add(t, code.constant(binades * form.hiStep));
  Value isBelow = code.hasSign(beside);
  auto choose = [&](Value small, Value large) {
    return form.inverse < 0.0f ? code.select(isBelow, large, small)
                               : code.select(isBelow, small, large);
  };
  Value y = scaled(
      t, choose(code.constant(plain + kRoom), code.constant(plain - kRoom)));
  return choose(code.scaleDown(y, kRoom),
                code.mul(y, code.constant(std::ldexp(1.0f, kRoom))));
}

std::pair<Value, Value> emitExponentialBelow(RegisterCode &code,
                                             const ExponentialForm &form,
                                             Value x, Value top, bool isNear) {
  // Of what is clamped 2^26 together are less than half of the least number,
  // and a weight's small part, of 2^-7 of it where the top is 0, is a normal
  // number.
  constexpr float kRoom = 64.0f, kLeast = -176.01f;
  Value t = x;
  if (!isNear) {
    // Up to this x itself has the digits of x - top, and n those of the power.
    // Beyond, x - top is exact, or its exponential past counting.
    Value beyond = code.sub(code.abs(top), code.constant(kNearTop));
    Value base = code.select(code.isNegative(beyond), code.constant(0.0f), top);
    top = code.sub(top, base);
    Value least = code.add(top, code.constant(kLeast / form.inverse));
    t = code.maximum(least, code.sub(x, base));
  }
  // N is whole, and so goes into what is rounded.
  Value whole = code.constant(kRoundingShift);
  Value shifted = code.fma(top, code.constant(form.inverse), whole);
  Value shift = code.sub(code.constant(form.roundingShift() + kRoom),
                         code.sub(shifted, whole));
  return partsByBits(code, form, t, shift);
}

Value emitExponential(RegisterCode &code, const ExponentialForm &form,
                      Value x) {
  auto emit = [&](Reach reach) {
    if (!form.hasTable())
      return emitByFraction(code, form, x, reach);
    return code.scalesByPowerOfTwo() ? emitByScaling(code, form, x, reach)
                                     : emitByBits(code, form, x, reach);
  };
  const float binades = 124.0f - std::fabs(binadesOf(form));
  if (!(binades > 0.0f))
    return emit(Reach::Any);
  return code.whereFar(
      x, binades / std::fabs(form.inverse), [&] { return emit(Reach::Any); },
      [&] { return emit(Reach::Near); });
}

Value emitExponentialLinear(RegisterCode &code,
                            const ExponentialLinearForm &form, Value x) {
  auto times = [&](Value value, float factor) {
    return factor == 1.0f ? value : code.mul(value, code.constant(factor));
  };
  Value u = code.maximum(form.lo, times(x, form.rate));
  Value shift = code.constant(kExponentShift);
  Value shifted = code.fma(u, code.constant(kInverseLn2), shift);
  Value n = code.sub(shifted, shift);
  Value r = code.fma(n, code.constant(-kLn2Single), u);
  Value p = code.fma(code.mul(r, r), horner(code, form.coefficients, r), r);
  // Right of 0 this may be anything.
  constexpr unsigned kExponentBits = 23;
  Value power =
      code.fromBits(code.shiftLeft(code.bits(shifted), kExponentBits));
  Value s = times(power, form.level);
  Value y = code.fma(s, p, code.sub(s, code.constant(form.level)));
  return code.select(code.isNegative(x), y, times(x, form.slope));
}

} // namespace act
