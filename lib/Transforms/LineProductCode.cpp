//===- LineProductCode.cpp - f32 code of products of lines ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LineProductCode.h"
#include "act/IR/Emission.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {

struct TwoFloats {
  Value high, low; ///< low is null for 0
};

class LineProductCode {
public:
  LineProductCode(OpBuilder &builder, Location loc, const LineProductForm &form)
      : builder(builder), loc(loc), form(form) {}

  /// The steps of LineProductForm::evaluate().
  Value emit(Value argument) {
    Value x = clamp(argument, form.lo, form.hi);
    Value inside = clamp(x, form.lineLo, form.lineHi);
    TwoFloats line = distance(inside, form.zero);
    Value scale = constant(x, form.scale);
    TwoFloats scaled;
    scaled.high = mul(scale, line.high);
    scaled.low = fma(scale, line.high, negate(scaled.high));
    if (form.scaleLow != 0.0f)
      scaled.low = fma(constant(x, form.scaleLow), line.high, scaled.low);
    if (line.low)
      scaled.low = fma(scale, line.low, scaled.low);
    if (!form.otherZero)
      return arith::AddFOp::create(builder, loc, scaled.high, scaled.low);
    if (*form.otherZero == 0.0f)
      return fma(x, scaled.high, mul(inside, scaled.low));
    TwoFloats other = distance(x, *form.otherZero);
    Value rest = fma(other.low, scaled.high, mul(other.high, scaled.low));
    return fma(other.high, scaled.high, rest);
  }

private:
  Value constant(Value like, float value) {
    return constantLike(builder, loc, like.getType(),
                        builder.getF32FloatAttr(value));
  }
  Value mul(Value a, Value b) {
    return arith::MulFOp::create(builder, loc, a, b);
  }
  Value fma(Value a, Value b, Value c) {
    return math::FmaOp::create(builder, loc, a, b, c);
  }
  Value negate(Value a) { return arith::NegFOp::create(builder, loc, a); }

  /// Compare and select, which leaves a NaN as it is.
  Value limit(Value x, arith::CmpFPredicate predicate, float bound) {
    if (std::isinf(bound))
      return x;
    Value end = constant(x, bound);
    Value isPast = arith::CmpFOp::create(builder, loc, predicate, end, x);
    return arith::SelectOp::create(builder, loc, isPast, end, x);
  }
  Value clamp(Value x, float lo, float hi) {
    x = limit(x, arith::CmpFPredicate::OGT, lo);
    return limit(x, arith::CmpFPredicate::OLT, hi);
  }

  TwoFloats distance(Value x, float zero) {
    if (zero == 0.0f)
      return {x, {}};
    Value offset = constant(x, zero);
    Value high = arith::SubFOp::create(builder, loc, x, offset);
    Value back = arith::AddFOp::create(builder, loc, high, offset);
    return {high, arith::SubFOp::create(builder, loc, x, back)};
  }

  OpBuilder &builder;
  Location loc;
  const LineProductForm &form;
};

} // namespace

Value emitLineProduct(OpBuilder &builder, Location loc,
                      const LineProductForm &form, Value x) {
  return LineProductCode(builder, loc, form).emit(x);
}

} // namespace act
