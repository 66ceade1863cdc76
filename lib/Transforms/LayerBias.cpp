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

using namespace mlir;

namespace act {

namespace {

/// Goes from a site towards the inputs, along the dimension that counts units.
class BiasSearch {
public:
  explicit BiasSearch(llvm::function_ref<bool(Value)> isParameter)
      : isParameter(isParameter) {}

  LayerBias run(const ActivationSite &site) {
    if (!begin(site))
      return {};
    search();
    if (isBranch || (!found.bias && !isFromZero))
      found.factor = nullptr;
    return found;
  }

private:
  /// A bias is a few elementwise ops away from its activation.
  void search() {
    for (unsigned step = 0; step < 8 && !isDone; ++step)
      if (!advance())
        break;
  }

  /// Goes to the pre-activation of `site`.
  bool begin(const ActivationSite &site) {
    if (!site.unitDimension)
      return false;
    dim = *site.unitDimension;
    auto structured = dyn_cast<linalg::LinalgOp>(site.op);
    if (!structured) {
      value = site.leaf;
      return true;
    }
    if (!enter(site.op))
      return false;
    auto argument = dyn_cast<BlockArgument>(site.leaf);
    return argument ? follow(structured.getMatchingOpOperand(argument))
                    : addSum(summands(site.op, site.leaf));
  }

  bool advance() {
    Operation *op = value.getDefiningOp();
    if (!op || !enter(op))
      return false;
    if (std::optional<SumOfProducts> sum = contraction(op))
      return passContraction(*sum);
    if (addSum(summands(op)))
      return true;
    if (OpOperand *from = minuend(op); from && !found.bias)
      return branch(from);
    // What copies or repeats elements.
    std::optional<Expression> formula = elementFormula(op);
    return formula && formula->isVariable() &&
           follow(&op->getOpOperand(formula->variableIndex()));
  }

  /// Reads the loops of `op`, and which of them counts units.
  std::optional<unsigned> enter(Operation *op) {
    access = loopsOf(op);
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
    return unitDimensionOf(operand) && isParameter(operand->get());
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
    // What else reads a summand would move with its bias.
    if (isBranch && !operand->get().hasOneUse())
      return false;
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
      return branch({first, second});
    take(second);
    if (isPastContraction)
      found.factor = nullptr;
    return follow(first);
  }

  /// The bias of either summand, as of a layer with a residual, is one of the
  /// sum; that of a minuend is one of the difference.
  bool branch(ArrayRef<OpOperand *> sum) {
    for (OpOperand *summand : sum) {
      BiasSearch part = *this;
      part.isBranch = true;
      if (part.follow(summand))
        part.search();
      if (!part.found.bias)
        continue;
      *this = part;
      return isDone = true;
    }
    return false;
  }

  bool passContraction(const SumOfProducts &sum) {
    OpOperand *factors[] = {&sum.op->getOpOperand(0), &sum.op->getOpOperand(1)};
    OpOperand *weights = isWeight(factors[0])   ? factors[0]
                         : isWeight(factors[1]) ? factors[1]
                                                : nullptr;
    isFromZero = !sum.start || filledNumber(sum.start->get()) == 0.0;
    if (isPastContraction) {
      // Sums of two contractions have no weights of their own.
      found.factor = nullptr;
    } else if (weights && (isFromZero || !found.bias)) {
      found.factor = weights;
      found.factorDim = *unitDimensionOf(weights);
    }
    isDone = found.bias;
    isPastContraction = true;
    return found.bias || (sum.start && follow(sum.start));
  }

  llvm::function_ref<bool(Value)> isParameter;
  Value value;
  unsigned dim = 0;
  std::optional<OperandMaps> access;
  std::optional<unsigned> loop;
  bool isPastContraction = false, isDone = false;
  bool isBranch = false;   ///< of more than the sum of products and bias
  bool isFromZero = false; ///< the sum of products
  LayerBias found;
};

} // namespace

LayerBias LayerBias::find(const ActivationSite &site) {
  return find(site, [](Value value) { return bool(weightsOf(value)); });
}

LayerBias LayerBias::find(const ActivationSite &site,
                          llvm::function_ref<bool(Value)> isParameter) {
  return BiasSearch(isParameter).run(site);
}

} // namespace act
