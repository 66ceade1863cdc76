//===- GuardedForm.cpp - A form and what serves where it is not -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GuardedForm.h"
#include "act/Approx/FormStore.h"
#include "act/IR/Emission.h"
#include "act/IR/RareBranch.h"
#include "act/IR/SynthesizedForms.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/bit.h"

using namespace mlir;

namespace act {

/// One factor in `computed`; of one whose form is kept its product with
/// `product`.
static Value emitFactor(OpBuilder &builder, Location loc, const Factor &factor,
                        Value x, FloatType computed, Value product) {
  if (!factor.form)
    return emitFormulaInFormat(builder, loc, factor.formula,
                               convertFloat(builder, loc, x, computed));
  if (std::holds_alternative<LogDomainForm>(factor.form->form))
    x = convertFloat(builder, loc, x, builder.getF64Type());
  Value value = buildForm(builder, loc, *factor.form, x,
                          factor.isKept ? product : Value());
  return convertFloat(builder, loc, value, computed);
}

Value emitProduct(OpBuilder &builder, Location loc, ArrayRef<Factor> factors,
                  ValueRange variables, bool inDouble, Value *keptProduct) {
  FloatType computed = inDouble ? builder.getF64Type() : builder.getF32Type();
  Value product, excess;
  for (const Factor &factor : factors) {
    Value value = emitFactor(builder, loc, factor, variables[factor.variable],
                             computed, product);
    if (factor.isKept && factor.form)
      return value;
    if (!product) {
      product = value;
    } else if (excess) {
      excess = arith::MulFOp::create(builder, loc, excess, value);
      excess = arith::NegFOp::create(builder, loc, excess);
      product = math::FmaOp::create(builder, loc, product, value, excess);
    } else {
      Value rounded = arith::MulFOp::create(builder, loc, product, value);
      if (factor.isKept) {
        // By how much it exceeds the product: of one that is 0 not -0, of which
        // a difference would have the wrong sign.
        assert(keptProduct && "is to be guarded");
        Value negative = arith::NegFOp::create(builder, loc, product);
        excess = math::FmaOp::create(builder, loc, negative, value, rounded);
        *keptProduct = rounded;
      }
      product = rounded;
    }
  }
  return convertFloat(builder, loc, product, builder.getF32Type());
}

Remainder remainderOf(Expression formula, std::vector<Factor> factors,
                      unsigned variables) {
  for (Factor &factor : factors) {
    if (factor.isKept && factor.form && !factor.form->far)
      return {formula, {}, {}};
    factor.isKept = false;
    if (!factor.form || validRange(*factor.form).isWholeLine())
      continue;
    if (!factor.form->far)
      return {formula, {}, {}};
    std::visit([&](const auto &far) { factor.form->form = far; },
               *factor.form->far);
    factor.form->far.reset();
  }
  // What is no product is as good as its form everywhere.
  if (factors.size() == 1)
    return {formula, factors, std::vector<ArgumentRange>(variables)};
  auto ranges = rangesOfProduct(factors, variables, /*inDouble=*/true);
  if (!ranges)
    return {formula, {}, {}};
  return {formula, factors, *ranges};
}

/// Whether `remainder` is one form, in f32.
static bool isInFloats(const Remainder &remainder) {
  if (remainder.factors.size() != 1)
    return false;
  const std::optional<SynthesizedForm> &form = remainder.factors.front().form;
  return form && !std::holds_alternative<LogDomainForm>(form->form);
}

func::FuncOp RareFunctions::get(const Remainder &remainder, Type type,
                                unsigned variables, const Isa &isa) {
  std::string key = remainder.formula.str();
  for (const Factor &factor : remainder.factors)
    key += toText(factor.form);
  func::FuncOp &function = known[{key, type.getAsOpaquePointer()}];
  if (function)
    return function;
  Location loc = table->getLoc();
  MLIRContext *context = table->getContext();
  SmallVector<Type> arguments(variables, type);
  auto functionType = FunctionType::get(context, arguments, {type});
  function = func::FuncOp::create(loc, "act_rare", functionType);
  function.setPrivate();
  // A private function that becomes LLVM's would be visible to the linker.
  function->setAttr("llvm.linkage",
                    LLVM::LinkageAttr::get(context, LLVM::Linkage::Internal));
  auto builder = OpBuilder::atBlockBegin(function.addEntryBlock());
  // Out of line and out of the way of the loops that call it.
  SmallVector<Attribute> passed = {builder.getStringAttr("noinline"),
                                   builder.getStringAttr("cold")};
  function->setAttr("passthrough", builder.getArrayAttr(passed));
  ValueRange values = function.getArguments();
  Value result;
  if (remainder.factors.empty()) {
    result =
        emitFormula(builder, loc, remainder.formula, values, Elementary::Arith);
  } else {
    GuardedForm guarded(builder, loc, isa, *this);
    for (auto [range, value] : llvm::zip_equal(remainder.ranges, values))
      guarded.restrict(range, value);
    // What is no product has no step of its own.
    Value product = emitProduct(builder, loc, remainder.factors, values,
                                /*inDouble=*/!isInFloats(remainder));
    result = guarded.finish(product, {remainder.formula, {}, {}}, values);
  }
  func::ReturnOp::create(builder, loc, result);
  symbols.insert(function); // under a name that is free
  return function;
}

static constexpr uint32_t kSign = 0x80000000u;

static Value integerConstant(OpBuilder &builder, Location loc, Type type,
                             uint32_t value) {
  return constantLike(builder, loc, type, builder.getI32IntegerAttr(value));
}

void GuardedForm::restrict(const ArgumentRange &range, Value x) {
  if (range.isWholeLine())
    return;
  assert(range.lo <= -range.least && range.least <= range.hi && "has 0 inside");
  Type type = withElementType(x.getType(), builder.getI32Type());
  auto pattern = [](float value) { return llvm::bit_cast<uint32_t>(value); };
  auto constant = [&](uint32_t value) {
    return integerConstant(builder, loc, type, value);
  };
  Value bits = arith::BitcastOp::create(builder, loc, type, x);
  // An end much nearer than the other is a guard of its own.
  float left = -range.lo, right = range.hi;
  if (right > 2.0f * left) {
    // As unsigned numbers, patterns grow from 0 to inf, then from -0 to -inf.
    guards.push_back({bits, pattern(range.lo)});
    left = right;
  } else if (left > 2.0f * right) {
    Value key = arith::XOrIOp::create(builder, loc, bits, constant(kSign));
    guards.push_back({key, pattern(range.hi) ^ kSign});
    right = left;
  }
  const float reach = std::min(left, right);
  if (std::isinf(reach) && range.least == 0.0f)
    return;
  Value key = arith::AndIOp::create(builder, loc, bits, constant(~kSign));
  const uint32_t least = pattern(range.least);
  if (least > 0) {
    // What is smaller becomes very large, but for 0.
    Value zero = constant(0);
    Value isZero = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         key, zero);
    key = arith::SubIOp::create(builder, loc, key, constant(least));
    key = arith::SelectOp::create(builder, loc, isZero, zero, key);
  }
  guards.push_back({key, pattern(reach) - least});
}

Value GuardedForm::isOutside(const Guard &guard, Value key) {
  return arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::ugt, key,
      integerConstant(builder, loc, key.getType(), guard.limit));
}

Value GuardedForm::slice(Value vector, int64_t offset, int64_t length) {
  if (cast<VectorType>(vector.getType()).getDimSize(0) == length)
    return vector;
  return vector::ExtractStridedSliceOp::create(builder, loc, vector, offset,
                                               length, 1);
}

/// How many lanes of `type` are looked at as one.
int64_t GuardedForm::lanesOf(VectorType type) const {
  return isa.lanes > 0 ? isa.lanes : type.getDimSize(0);
}

/// Whether some lane is outside: registers are joined by maxima first, so that
/// one comparison serves them all.
Value GuardedForm::isAnyOutside(const Guard &guard) {
  auto type = dyn_cast<VectorType>(guard.key.getType());
  if (!type)
    return isOutside(guard, guard.key);
  const int64_t count = type.getDimSize(0), lanes = lanesOf(type);
  const int64_t whole = count - count % lanes;
  Value largest;
  for (int64_t offset = 0; offset < whole; offset += lanes) {
    Value part = slice(guard.key, offset, lanes);
    largest =
        largest
            ? arith::MaxUIOp::create(builder, loc, largest, part).getResult()
            : part;
  }
  Value any;
  if (largest)
    any = emitIsAny(builder, loc, isOutside(guard, largest));
  if (whole < count) {
    Value rest = slice(guard.key, whole, count - whole);
    Value hit = emitIsAny(builder, loc, isOutside(guard, rest));
    any = any ? arith::OrIOp::create(builder, loc, any, hit).getResult() : hit;
  }
  return any;
}

/// `hot` with the lanes outside replaced by rare values.
Value GuardedForm::replaceOutside(Value hot, const Remainder &remainder,
                                  ValueRange variables) {
  func::FuncOp function =
      rareFunctions.get(remainder, hot.getType(), variables.size(), isa);
  Value rare =
      func::CallOp::create(builder, loc, function, variables).getResult(0);
  Value outside;
  for (const Guard &guard : guards) {
    Value here = isOutside(guard, guard.key);
    outside =
        outside ? arith::OrIOp::create(builder, loc, outside, here).getResult()
                : here;
  }
  return arith::SelectOp::create(builder, loc, outside, rare, hot);
}

Value GuardedForm::finish(Value hot, const Remainder &remainder,
                          ValueRange variables) {
  if (guards.empty())
    return hot;
  Value any;
  for (const Guard &guard : guards) {
    Value hit = isAnyOutside(guard);
    any = any ? arith::OrIOp::create(builder, loc, any, hit).getResult() : hit;
  }
  return emitBranch(
      builder, loc, emitRarely(builder, loc, any),
      [&] { return replaceTogether(hot, remainder, variables); },
      [&] { return hot; });
}

/// All at once where every register has a lane outside: the steps of a form in
/// f32 wait for one another, and those of several registers do so together.
Value GuardedForm::replaceTogether(Value hot, const Remainder &remainder,
                                   ValueRange variables) {
  auto type = dyn_cast<VectorType>(hot.getType());
  if (!type || !isInFloats(remainder) || guards.size() != 1 ||
      type.getDimSize(0) < 2 * lanesOf(type) ||
      type.getDimSize(0) % lanesOf(type) != 0)
    return replaceByRegisters(hot, remainder, variables);
  Value every;
  for (int64_t offset = 0, lanes = lanesOf(type); offset < type.getDimSize(0);
       offset += lanes) {
    const Guard &guard = guards.front();
    Value hit = emitIsAny(builder, loc,
                          isOutside(guard, slice(guard.key, offset, lanes)));
    every = every ? arith::AndIOp::create(builder, loc, every, hit).getResult()
                  : hit;
  }
  return emitBranch(
      builder, loc, every,
      [&] { return replaceOutside(hot, remainder, variables); },
      [&] { return replaceByRegisters(hot, remainder, variables); });
}

/// One register after the other, and only those with a lane outside.
Value GuardedForm::replaceByRegisters(Value hot, const Remainder &remainder,
                                      ValueRange variables) {
  auto type = dyn_cast<VectorType>(hot.getType());
  if (!type || type.getDimSize(0) <= lanesOf(type))
    return replaceOutside(hot, remainder, variables);
  int64_t lanes = lanesOf(type);
  Value result = hot;
  for (int64_t offset = 0, count = type.getDimSize(0); offset < count;
       offset += lanes) {
    int64_t length = std::min(lanes, count - offset);
    GuardedForm part(builder, loc, isa, rareFunctions);
    for (const Guard &guard : guards)
      part.guards.push_back({slice(guard.key, offset, length), guard.limit});
    SmallVector<Value> shares;
    for (Value variable : variables)
      shares.push_back(slice(variable, offset, length));
    Value fixed = part.finish(slice(hot, offset, length), remainder, shares);
    result = vector::InsertStridedSliceOp::create(builder, loc, fixed, result,
                                                  offset, 1);
  }
  return result;
}

} // namespace act
