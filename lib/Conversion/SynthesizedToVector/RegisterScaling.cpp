//===- RegisterScaling.cpp - f32 vectors times powers of two --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An instruction whose result is subnormal takes Intel's processors a hundred
// times as long: on the Xeon of docs/speed-intel.md vmulps and vfmaddps take
// 46 ns and vscalefps 80, and that down to 2^-158 and 2^-512, where the result
// is 0. vcvtpd2ps takes 0.5 ns whatever it gives.
//
//===----------------------------------------------------------------------===//

#include "RegisterCode.h"
#include "act/Approx/Piecewise.h"
#include "act/IR/RareBranch.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace mlir;

namespace act {

/// By the instruction for that.
Value RegisterCode::scaleAtOnce(Value a, Value n) {
  return forEachRegister({a, n}, [&](ValueRange share) {
    return callMasked("llvm.x86.avx512.mask.scalef.ps.512", share);
  });
}

/// In two factors, of which only the second may leave the normal numbers.
Value RegisterCode::scaleInSteps(Value a, Value shifted) {
  constexpr uint32_t kShiftPattern = 0x4B400000; // of 1.5 * 2^23
  constexpr uint32_t kBias = 127;
  Value whole = arith::SubIOp::create(builder, loc, bits(shifted),
                                      integers(kShiftPattern));
  auto powerOfTwo = [&](Value exponent) -> Value {
    Value biased =
        arith::AddIOp::create(builder, loc, exponent, integers(kBias));
    return fromBits(shiftLeft(biased, 23));
  };
  Value first = arith::ShRSIOp::create(builder, loc, whole, integers(1));
  Value second = arith::SubIOp::create(builder, loc, whole, first);
  return mul(mul(a, powerOfTwo(first)), powerOfTwo(second));
}

Value RegisterCode::scaleByPowerOfTwo(Value a, Value n, Value shifted) {
  if (isa.scalesByPowerOfTwo)
    return scaleAtOnce(a, n);
  // The shift drops all of the pattern of 1.5 * 2^23 but what counts n.
  return addToBits(a, shiftLeft(bits(shifted), 23));
}

Value RegisterCode::scaleDown(Value a, unsigned bits) {
  // The product is exact in f64, and a conversion that rounds to a subnormal
  // number is as fast as another. Of a multiplication LLVM would make one in
  // f32 again.
  auto wide = vectorOf(builder.getF64Type(), count);
  auto splat = [&](double value) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     DenseElementsAttr::get(wide, value));
  };
  Value product = math::FmaOp::create(
      builder, loc, arith::ExtFOp::create(builder, loc, wide, a),
      splat(std::ldexp(1.0, -static_cast<int>(bits))), splat(0.0));
  return arith::TruncFOp::create(builder, loc, a.getType(), product);
}

Value RegisterCode::scaleGradually(Value a, Value n, Value shifted,
                                   float level) {
  constexpr unsigned kRoom = 64;
  const float origin = isa.scalesByPowerOfTwo ? 0.0f : kRoundingShift;
  auto scale = [&](Value exponent) {
    return isa.scalesByPowerOfTwo ? scaleAtOnce(a, exponent)
                                  : scaleInSteps(a, exponent);
  };
  // Below `least` the result may be subnormal, at `farthest` it rounds to 0.
  const float binades = std::log2(std::fabs(level));
  const float least = origin - 124.0f - binades;
  const float farthest = origin - 160.0f - binades;
  Value exponent = isa.scalesByPowerOfTwo ? n : shifted;
  Value isSmall = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT,
                                        exponent, constant(least));
  Value none = constant(origin);
  Value raised = add(maximum(farthest, exponent), constant(float(kRoom)));
  Value small = scaleDown(scale(select(isSmall, raised, none)), kRoom);
  return select(isSmall, small, scale(select(isSmall, none, exponent)));
}

Value RegisterCode::isAnyBeyond(Value x, float bound) {
  const int64_t lanes = isa.lanes;
  Value largest;
  if (isa.scalesByPowerOfTwo && count > lanes) {
    largest = share(x, 0);
    // 11: the larger magnitude, without a sign.
    for (int64_t offset = lanes; offset < count; offset += lanes)
      largest = callMasked("llvm.x86.avx512.mask.range.ps.512",
                           {largest, share(x, offset), immediate(11)});
  } else {
    // As integers magnitudes compare like the numbers, and NaN is beyond.
    Value magnitudes = bits(abs(x));
    largest = share(magnitudes, 0);
    for (int64_t offset = lanes; offset < count; offset += lanes)
      largest = arith::MaxUIOp::create(builder, loc, largest,
                                       share(magnitudes, offset));
  }
  auto integer = VectorType::get({lanes}, builder.getI32Type());
  if (largest.getType() != integer)
    largest = arith::BitcastOp::create(builder, loc, integer, largest);
  APInt end(32, llvm::bit_cast<uint32_t>(bound));
  Value isBeyond = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::ugt, largest,
      arith::ConstantOp::create(builder, loc,
                                DenseElementsAttr::get(integer, end)));
  return emitIsAny(builder, loc, isBeyond);
}

Value RegisterCode::whereFar(Value x, float bound,
                             llvm::function_ref<Value()> far,
                             llvm::function_ref<Value()> near) {
  Value isFar = emitRarely(builder, loc, isAnyBeyond(x, bound));
  return emitBranch(builder, loc, isFar, far, near);
}

Value RegisterCode::scaleUp(Value a, Value shifted, unsigned bits) {
  if (isa.scalesByPowerOfTwo)
    return scaleAtOnce(a, sub(shifted, constant(0x1.8p23f - float(bits))));
  constexpr uint32_t kBias = 127;
  Value power = shiftLeft(this->bits(shifted), 23);
  power = arith::AddIOp::create(builder, loc, power,
                                integers((kBias + bits) << 23));
  return mul(a, fromBits(power));
}

} // namespace act
