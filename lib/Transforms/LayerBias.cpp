//===- LayerBias.cpp - The parameters of a layer's pre-activation ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerBias.h"
#include "OperandMaps.h"
#include "Weights.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {

namespace {

/// Goes from a site towards the inputs, along the dimension that counts units.
class BiasSearch {
public:
  bool run(const ActivationSite &site) {
    if (!site.unitDimension)
      return false;
    dim = *site.unitDimension;
    auto structured = dyn_cast<linalg::LinalgOp>(site.op);
    if (!structured) {
      value = site.leaf;
      return walk();
    }
    std::optional<unsigned> loop = enter(site.op);
    if (!loop)
      return false;
    auto argument = dyn_cast<BlockArgument>(site.leaf);
    bool goesOn = argument ? follow(structured.getMatchingOpOperand(argument))
                           : addSum(summands(site.op, site.leaf));
    return goesOn && walk();
  }
  const LayerBias &result() const { return found; }

private:
  /// Whether a bias was found; its weights as well, if they can be.
  bool walk() {
    // A bias is a few elementwise ops away from its activation.
    for (unsigned step = 0; step < 8 && !isDone; ++step)
      if (!advance())
        break;
    return found.bias;
  }

  bool advance() {
    Operation *op = value.getDefiningOp();
    if (!op || !enter(op))
      return false;
    if (std::optional<SumOfProducts> sum = sumOfProducts(op))
      return passContraction(*sum);
    if (addSum(summands(op)))
      return true;
    // What copies or repeats elements.
    std::optional<Expression> formula = elementFormula(op);
    return formula && formula->isVariable() &&
           follow(&op->getOpOperand(formula->variableIndex()));
  }

  /// Reads the loops of `op`, and which of them counts units.
  std::optional<unsigned> enter(Operation *op) {
    access = operandMaps(op);
    if (!access)
      return std::nullopt;
    loop = loopOf(access->result, dim);
    return loop;
  }

  std::optional<unsigned> unitDimensionOf(OpOperand *operand) const {
    AffineMap map = access->operands[operand->getOperandNumber()];
    LoopUse use = map ? useOf(map, *loop) : LoopUse();
    return use.isPlain ? use.dimension : std::nullopt;
  }

  bool isWeight(OpOperand *operand) const {
    return unitDimensionOf(operand) && weightsOf(operand->get());
  }

  void take(OpOperand *operand) {
    found.bias = operand;
    found.biasDim = *unitDimensionOf(operand);
  }

  bool follow(OpOperand *operand) {
    std::optional<unsigned> next = unitDimensionOf(operand);
    if (!next)
      return false;
    // Behind a contraction's start, a constant is the bias.
    if (isPastContraction && isWeight(operand)) {
      take(operand);
      return isDone = true;
    }
    dim = *next;
    value = operand->get();
    return true;
  }

  bool addSum(std::pair<OpOperand *, OpOperand *> sum) {
    auto [first, second] = sum;
    // A second summand is no part of a plain layer.
    if (!first || found.bias)
      return false;
    if (isWeight(first))
      std::swap(first, second);
    if (!isWeight(second))
      return false;
    take(second);
    if (isPastContraction)
      found.factor = nullptr;
    return follow(first);
  }

  bool passContraction(const SumOfProducts &sum) {
    OpOperand *factors[] = {&sum.op->getOpOperand(0), &sum.op->getOpOperand(1)};
    OpOperand *weights = isWeight(factors[0])   ? factors[0]
                         : isWeight(factors[1]) ? factors[1]
                                                : nullptr;
    bool isOnly = !found.bias || !sum.start || isZero(sum.start->get());
    if (weights && isOnly) {
      found.factor = weights;
      found.factorDim = *unitDimensionOf(weights);
    }
    isDone = found.bias;
    isPastContraction = true;
    return found.bias || (sum.start && follow(sum.start));
  }

  /// A constant zero, or memory filled with it.
  static bool isZero(Value value) {
    if (matchPattern(value, m_AnyZeroFloat()))
      return true;
    auto fill = value.getDefiningOp<linalg::LinalgOp>();
    std::optional<Expression> formula =
        fill ? elementFormula(fill) : std::nullopt;
    return formula && (formula->isConstant(0.0) ||
                       (formula->isVariable() &&
                        matchPattern(fill->getOperand(formula->variableIndex()),
                                     m_AnyZeroFloat())));
  }

  Value value;
  unsigned dim = 0;
  std::optional<OperandMaps> access;
  std::optional<unsigned> loop;
  bool isPastContraction = false, isDone = false;
  LayerBias found;
};

} // namespace

std::optional<LayerBias> LayerBias::find(const ActivationSite &site,
                                         StringRef &reason) {
  BiasSearch search;
  reason = "expected a constant bias with an element for each unit";
  if (!search.run(site))
    return std::nullopt;
  return search.result();
}

} // namespace act
