//===- SpecialValues.cpp - NaN and the infinities in a chain --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SpecialValues.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

using namespace mlir;

namespace act {

static bool assumesNoNaN(Operation *op) {
  auto fast = dyn_cast<arith::ArithFastMathInterface>(op);
  return fast && fast.getFastMathFlagsAttr() &&
         bitEnumContainsAll(fast.getFastMathFlagsAttr().getValue(),
                            arith::FastMathFlags::nnan);
}

/// Whether the root is poison when the leaf is NaN, so that any result refines
/// it. An op with nnan makes poison of NaN, others pass poison on; a select
/// passes on that of its condition, or of both sides.
static bool isPoisonForNaN(const Chain &chain) {
  llvm::DenseSet<Value> poison;
  auto isPoison = [&](Value value) { return poison.contains(value); };
  for (Operation *op : llvm::reverse(chain.ops)) {
    bool result =
        assumesNoNaN(op) && llvm::is_contained(op->getOperands(), chain.leaf);
    if (auto select = dyn_cast<SelectLikeOpInterface>(op))
      result |=
          isPoison(select.getCondition()) ||
          (isPoison(select.getTrueValue()) && isPoison(select.getFalseValue()));
    else
      result |= llvm::any_of(op->getOperands(), isPoison);
    if (result)
      poison.insert(op->getResult(0));
  }
  return isPoison(chain.root->getResult(0));
}

static std::optional<double> valueAt(const Chain &chain, double leaf) {
  return ScalarReader(chain.leaf).evaluate(chain.root->getResult(0), leaf);
}

static std::string print(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", value);
  return text;
}

std::optional<std::string> whyNaNDiffers(const Chain &chain) {
  std::optional<double> value =
      valueAt(chain, std::numeric_limits<double>::quiet_NaN());
  if ((value && std::isnan(*value)) || isPoisonForNaN(chain))
    return std::nullopt;
  if (!value)
    return "it is unknown what a NaN input gives";
  return "a NaN input gives " + print(*value) + ", not NaN";
}

std::string differencesAtInfinity(const Chain &chain, Expression function) {
  std::string text;
  for (double infinity : {-std::numeric_limits<double>::infinity(),
                          std::numeric_limits<double>::infinity()}) {
    std::optional<double> found = valueAt(chain, infinity);
    double limit = exactValue(function, {infinity}, Format::F64);
    // Other differences are those of the rounded constants.
    if (!found || std::isfinite(*found) == std::isfinite(limit))
      continue;
    text += "; at " + print(infinity) + " the source gives " + print(*found) +
            ", not " + print(limit);
  }
  return text;
}

} // namespace act
