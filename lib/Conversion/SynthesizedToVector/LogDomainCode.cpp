//===- LogDomainCode.cpp - f64 vector code of a log_domain op -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LogDomainCode.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace act {

LogDomainCode::LogDomainCode(OpBuilder &builder, Location loc, const Isa &isa,
                             Operation *scope, const LogDomainForm &form)
    : builder(builder), loc(loc), isa(isa), scope(scope), form(form) {}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value LogDomainCode::constant(double value) {
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, value));
}

Value LogDomainCode::integers(int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(integerType, value));
}

Value LogDomainCode::add(Value a, Value b) {
  return arith::AddFOp::create(builder, loc, a, b);
}

Value LogDomainCode::mul(Value a, Value b) {
  return arith::MulFOp::create(builder, loc, a, b);
}

Value LogDomainCode::multiplyAdd(Value a, Value b, Value c) {
  // Without the instruction an fma would be a call.
  if (isa.lanes == 0)
    return add(mul(a, b), c);
  return math::FmaOp::create(builder, loc, a, b, c);
}

Value LogDomainCode::bits(Value a) {
  return arith::BitcastOp::create(builder, loc, integerType, a);
}

Value LogDomainCode::fromBits(Value a) {
  return arith::BitcastOp::create(builder, loc, type, a);
}

Value LogDomainCode::shiftRight(Value a, unsigned amount) {
  return arith::ShRUIOp::create(builder, loc, a, integers(amount));
}

Value LogDomainCode::bitAnd(Value a, int64_t mask) {
  return arith::AndIOp::create(builder, loc, a, integers(mask));
}

Value LogDomainCode::select(Value below, Value above) {
  if (below == above)
    return above;
  return arith::SelectOp::create(builder, loc, isBelow, below, above);
}

Value LogDomainCode::ofSide(double Side::*member) {
  double above = form.sides[0].*member, below = form.sides[1].*member;
  Value value = constant(above);
  return above == below ? value : select(constant(below), value);
}

//===----------------------------------------------------------------------===//
// The steps
//===----------------------------------------------------------------------===//

Value LogDomainCode::emit(Value argument) {
  x = argument;
  type = cast<VectorType>(x.getType());
  integerType = VectorType::get(type.getShape(), builder.getI64Type());
  isBelow = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt,
                                  bits(x), integers(0));
  Value t = math::AbsFOp::create(builder, loc, x);
  Value power = powerOfTwo(logarithm(t));
  Value above = factor(form.sides[0], t);
  Value below = factor(form.sides[1], t);
  // The factor is 1 for many a function.
  Value near = power;
  if (above || below)
    near = mul(power, select(below ? below : constant(1.0),
                             above ? above : constant(1.0)));
  // A NaN fails the comparison and has spoiled the power.
  Value isFar = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT,
                                      t, ofSide(&Side::end));
  Value far = select(line(form.sides[1]), line(form.sides[0]));
  return arith::SelectOp::create(builder, loc, isFar, far, near);
}

/// P(t), of no meaning past the end.
Value LogDomainCode::logarithm(Value t) {
  constexpr int64_t kMantissa = 0x000FFFFFFFFFFFFF, kOne = 0x3FF0000000000000;
  constexpr int64_t kSegmentMask = LogDomainForm::kSegments - 1;
  constexpr unsigned kSideBit = 3; // above those of the segment
  Value z = multiplyAdd(t, ofSide(&Side::scale), constant(1.0));
  Value segment = bitAnd(shiftRight(bits(z), form.shift), kSegmentMask);
  Value side =
      bitAnd(shiftRight(bits(x), 63 - kSideBit), int64_t(1) << kSideBit);
  Value index = arith::OrIOp::create(builder, loc, segment, side);
  Value mantissa = arith::OrIOp::create(
      builder, loc, bitAnd(bits(z), kMantissa), integers(kOne));
  Value u = add(fromBits(mantissa), constant(-1.5));
  Value p = lookup(form.degree(), index);
  for (unsigned power = form.degree(); power-- > 0;)
    p = multiplyAdd(p, u, lookup(power, index));
  // The mantissa of a NaN is a number.
  Value isNumber =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::ORD, t, t);
  return arith::SelectOp::create(builder, loc, isNumber, p, t);
}

Value LogDomainCode::powerOfTwo(Value p) {
  Value shift = constant(kWideRoundingShift);
  Value shifted = add(p, shift);
  Value n = arith::SubFOp::create(builder, loc, shifted, shift);
  Value r = arith::SubFOp::create(builder, loc, p, n);
  Value y = constant(form.exponential.back());
  for (double coefficient :
       llvm::reverse(ArrayRef(form.exponential).drop_back()))
    y = multiplyAdd(y, r, constant(coefficient));
  // The low bits of `shifted` are those of n; 2^n is a normal number.
  Value exponent =
      arith::AddIOp::create(builder, loc, bits(shifted), integers(1023));
  Value scale = arith::ShLIOp::create(builder, loc, exponent, integers(52));
  return mul(y, fromBits(scale));
}

/// sign * t^power; null for 1.
Value LogDomainCode::factor(const Side &side, Value t) {
  if (side.power == 0 && side.sign == 1.0)
    return {};
  // An odd power of x takes the sign of its side with it, so that the two sides
  // of an even or odd function are one.
  bool isOdd = side.power % 2;
  double sign = isOdd && &side == &form.sides[1] ? -side.sign : side.sign;
  Value result;
  for (unsigned i = 0; i < side.power; ++i)
    result = result ? mul(result, isOdd ? x : t) : (isOdd ? x : t);
  if (!result)
    return constant(sign);
  return sign == 1.0 ? result : mul(result, constant(sign));
}

Value LogDomainCode::line(const Side &side) {
  if (side.slope == 0.0)
    return constant(side.offset);
  if (side.offset == 0.0)
    return side.slope == 1.0 ? x : mul(x, constant(side.slope));
  return multiplyAdd(x, constant(side.slope), constant(side.offset));
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

Value LogDomainCode::lookup(unsigned row, Value index) {
  if (isa.lanes == 16)
    return lookupInRegisters(row, index);
  if (!table) {
    memref::GlobalOp global = findTable();
    table = memref::GetGlobalOp::create(builder, loc, global.getType(),
                                        global.getSymName());
  }
  constexpr unsigned kColumns = 2 * LogDomainForm::kSegments;
  Value offset = arith::ConstantIndexOp::create(builder, loc, row * kColumns);
  auto maskType = VectorType::get(type.getShape(), builder.getI1Type());
  Value all = arith::ConstantOp::create(builder, loc,
                                        DenseElementsAttr::get(maskType, true));
  return vector::GatherOp::create(builder, loc, type, table, offset, index, all,
                                  constant(0.0));
}

/// One instruction for eight lanes: the two registers of the table are as long
/// as one register of f64.
Value LogDomainCode::lookupInRegisters(unsigned row, Value index) {
  constexpr int64_t kLanes = LogDomainForm::kSegments;
  auto part = VectorType::get({kLanes}, builder.getF64Type());
  ArrayRef<double> entries = form.coefficients[row];
  Value above = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(part, entries.take_front(kLanes)));
  Value below = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(part, entries.drop_front(kLanes)));
  auto lookUp = [&](Value share) -> Value {
    return LLVM::CallIntrinsicOp::create(
               builder, loc, part,
               builder.getStringAttr("llvm.x86.avx512.vpermi2var.pd.512"),
               ValueRange{above, share, below})
        .getResult(0);
  };
  int64_t count = type.getNumElements();
  if (count == kLanes)
    return lookUp(index);
  Value result = constant(0.0);
  for (int64_t offset = 0; offset < count; offset += kLanes) {
    Value share = vector::ExtractStridedSliceOp::create(builder, loc, index,
                                                        offset, kLanes, 1);
    result = vector::InsertStridedSliceOp::create(builder, loc, lookUp(share),
                                                  result, offset, 1);
  }
  return result;
}

/// The constant of `scope` that holds the table; equal forms share it.
memref::GlobalOp LogDomainCode::findTable() {
  SmallVector<double> numbers;
  for (const std::vector<double> &row : form.coefficients)
    llvm::append_range(numbers, row);
  int64_t count = numbers.size();
  auto value = DenseElementsAttr::get(
      RankedTensorType::get({count}, builder.getF64Type()),
      ArrayRef<double>(numbers));
  Block &body = scope->getRegion(0).front();
  for (auto global : body.getOps<memref::GlobalOp>())
    if (global.getInitialValue() == value && global.getConstant())
      return global;
  OpBuilder detached(scope->getContext());
  auto global = memref::GlobalOp::create(
      detached, scope->getLoc(), "act_table", builder.getStringAttr("private"),
      MemRefType::get({count}, builder.getF64Type()), value,
      /*constant=*/true, builder.getI64IntegerAttr(64));
  // Under a name that is free.
  SymbolTable(scope).insert(global, body.begin());
  return global;
}

} // namespace act
