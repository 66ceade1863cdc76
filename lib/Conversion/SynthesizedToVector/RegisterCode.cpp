//===- RegisterCode.cpp - f32 vector code for an instruction set ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RegisterCode.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <cmath>

using namespace mlir;

namespace act {

RegisterCode::RegisterCode(OpBuilder &builder, Location loc, const Isa &isa,
                           int64_t count)
    : builder(builder), loc(loc), isa(isa), count(count) {}

VectorType RegisterCode::vectorOf(Type element, int64_t length) const {
  return VectorType::get({length}, element);
}

Value RegisterCode::widen(Value value) {
  auto type = dyn_cast<VectorType>(value.getType());
  VectorType wide = vectorOf(builder.getF32Type(), count);
  if (!type)
    return vector::BroadcastOp::create(builder, loc, wide, value);
  VectorType flat = vectorOf(type.getElementType(), type.getNumElements());
  if (flat != type)
    value = vector::ShapeCastOp::create(builder, loc, flat, value);
  if (flat == wide)
    return value;
  return vector::InsertStridedSliceOp::create(builder, loc, value,
                                              constant(0.0f), 0, 1);
}

Value RegisterCode::narrow(Value value, Type type) {
  auto shaped = dyn_cast<VectorType>(type);
  if (!shaped)
    return vector::ExtractOp::create(builder, loc, value, 0);
  if (shaped.getNumElements() != count)
    value = vector::ExtractStridedSliceOp::create(builder, loc, value, 0,
                                                  shaped.getNumElements(), 1);
  if (value.getType() != type)
    value = vector::ShapeCastOp::create(builder, loc, shaped, value);
  return value;
}

Value RegisterCode::constant(float value) {
  auto type = vectorOf(builder.getF32Type(), count);
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, value));
}

Value RegisterCode::integers(uint32_t value) {
  auto type = vectorOf(builder.getI32Type(), count);
  return arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(type, APInt(32, value)));
}

Value RegisterCode::add(Value a, Value b) {
  return arith::AddFOp::create(builder, loc, a, b);
}

Value RegisterCode::sub(Value a, Value b) {
  return arith::SubFOp::create(builder, loc, a, b);
}

Value RegisterCode::mul(Value a, Value b) {
  return arith::MulFOp::create(builder, loc, a, b);
}

Value RegisterCode::fma(Value a, Value b, Value c) {
  return math::FmaOp::create(builder, loc, a, b, c);
}

Value RegisterCode::neg(Value a) {
  return arith::NegFOp::create(builder, loc, a);
}

Value RegisterCode::abs(Value a) {
  return math::AbsFOp::create(builder, loc, a);
}

Value RegisterCode::floor(Value a) {
  return math::FloorOp::create(builder, loc, a);
}

Value RegisterCode::select(Value condition, Value a, Value b) {
  return arith::SelectOp::create(builder, loc, condition, a, b);
}

/// Compare and select, which x86 does in one instruction: a NaN takes `b`.
Value RegisterCode::takeWhere(arith::CmpFPredicate predicate, Value a,
                              Value b) {
  Value takes = arith::CmpFOp::create(builder, loc, predicate, a, b);
  return select(takes, a, b);
}

Value RegisterCode::minimum(float bound, Value a) {
  return takeWhere(arith::CmpFPredicate::OLT, constant(bound), a);
}

Value RegisterCode::maximum(float bound, Value a) {
  return maximum(constant(bound), a);
}

Value RegisterCode::maximum(Value bound, Value a) {
  return takeWhere(arith::CmpFPredicate::OGT, bound, a);
}

Value RegisterCode::clamp(Value a, float lo, float hi) {
  if (std::isfinite(hi))
    a = minimum(hi, a);
  if (std::isfinite(lo))
    a = maximum(lo, a);
  return a;
}

Value RegisterCode::limit(Value a, float bound) {
  assert(isa.scalesByPowerOfTwo && "has no instruction for that");
  Value bounds = constant(bound);
  return forEachRegister({a, bounds}, [&](ValueRange share) {
    // 2: the lesser magnitude, with the sign of the first.
    return callMasked("llvm.x86.avx512.mask.range.ps.512",
                      {share[0], share[1], immediate(2)});
  });
}

Value RegisterCode::atLeast(Value a, float bound) {
  return takeWhere(arith::CmpFPredicate::OGT, a, constant(bound));
}

Value RegisterCode::atMost(Value a, float bound) {
  return takeWhere(arith::CmpFPredicate::OLT, a, constant(bound));
}

Value RegisterCode::isNegative(Value a) {
  return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, a,
                               constant(0.0f));
}

Value RegisterCode::isNotNegative(Value a) {
  return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UGE, a,
                               constant(0.0f));
}

Value RegisterCode::hasSign(Value a) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, bits(a),
                               integers(0));
}

Value RegisterCode::bits(Value a) {
  return arith::BitcastOp::create(builder, loc,
                                  vectorOf(builder.getI32Type(), count), a);
}

Value RegisterCode::fromBits(Value a) {
  return arith::BitcastOp::create(builder, loc,
                                  vectorOf(builder.getF32Type(), count), a);
}

Value RegisterCode::shiftRight(Value a, unsigned amount) {
  return arith::ShRUIOp::create(builder, loc, a, integers(amount));
}

Value RegisterCode::shiftLeft(Value a, unsigned amount) {
  return arith::ShLIOp::create(builder, loc, a, integers(amount));
}

Value RegisterCode::addToBits(Value a, Value b) {
  return fromBits(arith::AddIOp::create(builder, loc, bits(a), b));
}

Value RegisterCode::flipSign(Value a, Value sign) {
  Value signBit =
      arith::AndIOp::create(builder, loc, bits(sign), integers(0x80000000u));
  Value flipped = arith::XOrIOp::create(builder, loc, bits(a), signBit);
  return fromBits(flipped);
}

Value RegisterCode::withSignWhereZero(Value value, Value a, Value b) {
  Value sign = arith::XOrIOp::create(builder, loc, bits(a), bits(b));
  Value zero = math::CopySignOp::create(builder, loc, value, fromBits(sign));
  Value isZero = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ,
                                       value, constant(0.0f));
  return select(isZero, zero, value);
}

/// The register of `value` that begins at a lane.
Value RegisterCode::share(Value value, int64_t offset) {
  if (count == isa.lanes)
    return value;
  return vector::ExtractStridedSliceOp::create(builder, loc, value, offset,
                                               isa.lanes, 1);
}

Value RegisterCode::forEachRegister(
    ValueRange operands, llvm::function_ref<Value(ValueRange)> body) {
  const int64_t lanes = isa.lanes;
  if (count == lanes)
    return body(operands);
  Value result;
  for (int64_t offset = 0; offset < count; offset += lanes) {
    SmallVector<Value> shares;
    for (Value operand : operands)
      shares.push_back(share(operand, offset));
    Value part = body(shares);
    if (!result) {
      Type element = cast<VectorType>(part.getType()).getElementType();
      VectorType wide = vectorOf(element, count);
      result =
          arith::ConstantOp::create(builder, loc, builder.getZeroAttr(wide));
    }
    result = vector::InsertStridedSliceOp::create(builder, loc, part, result,
                                                  offset, 1);
  }
  return result;
}

Value RegisterCode::call(StringRef intrinsic, Type result,
                         ValueRange operands) {
  return LLVM::CallIntrinsicOp::create(
             builder, loc, result, builder.getStringAttr(intrinsic), operands)
      .getResult(0);
}

Value RegisterCode::lookup(ArrayRef<float> table, Value index) {
  // Rows of one number need no index.
  if (llvm::all_equal(table))
    return constant(table.front());
  if (table.size() > std::max(isa.lookupEntries, isa.wideLookupEntries))
    return lookupByHalves(table, index);
  return forEachRegister(index, [&](ValueRange share) {
    return lookupInRegister(table, share.front());
  });
}

Value RegisterCode::lookupInRegister(ArrayRef<float> table, Value index) {
  VectorType type = vectorOf(builder.getF32Type(), isa.lanes);
  auto registerOf = [&](ArrayRef<float> entries) -> Value {
    // A shorter table repeats, so that no index needs a mask.
    SmallVector<float> repeated;
    while (repeated.size() < isa.lanes)
      llvm::append_range(repeated, entries);
    return arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(type, ArrayRef(repeated)));
  };
  if (isa.lanes == 8)
    return call("llvm.x86.avx2.permps", type, {registerOf(table), index});
  if (table.size() <= isa.lookupEntries)
    return call("llvm.x86.avx512.permvar.sf.512", type,
                {registerOf(table), index});
  Value low = registerOf(table.take_front(isa.lanes));
  Value high = registerOf(table.drop_front(isa.lanes));
  return call("llvm.x86.avx512.vpermi2var.ps.512", type, {low, index, high});
}

/// The half is told by the index bit above those of one register, shifted into
/// the sign, where the blend looks.
Value RegisterCode::lookupByHalves(ArrayRef<float> table, Value index) {
  unsigned half = table.size() / 2;
  Value low = lookup(table.take_front(half), index);
  Value high = lookup(table.drop_front(half), index);
  Value sign = shiftLeft(index, 31 - llvm::Log2_32(half));
  return select(hasSign(fromBits(sign)), high, low);
}

/// An intrinsic whose mask takes all lanes and which rounds by the current
/// mode.
Value RegisterCode::callMasked(StringRef intrinsic, ValueRange operands) {
  Type type = operands.front().getType();
  Value none =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  Value all =
      arith::ConstantOp::create(builder, loc, builder.getI16IntegerAttr(-1));
  constexpr int kCurrentMode = 4;
  SmallVector<Value> arguments(operands);
  arguments.append({none, all, immediate(kCurrentMode)});
  return call(intrinsic, type, arguments);
}

Value RegisterCode::immediate(int32_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32IntegerAttr(value));
}

Value RegisterCode::fraction(Value t) {
  if (!isa.scalesByPowerOfTwo)
    return sub(t, floor(t));
  return forEachRegister(t, [&](ValueRange share) {
    // 9: of whole numbers, rounded down, without exceptions.
    return callMasked("llvm.x86.avx512.mask.reduce.ps.512",
                      {share.front(), immediate(9)});
  });
}

} // namespace act
