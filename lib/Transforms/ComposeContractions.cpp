//===- ComposeContractions.cpp - One contraction for two ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComposeContractions.h"
#include "LayerUse.h"
#include "NarrowDimension.h"
#include "mlir/IR/Iterators.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {

/// A contraction of x with constant weights, plus constants, which another one
/// sums over.
class InnerContraction {
public:
  /// Reads what computes `value`, whose dimension `dim` is summed over; nothing
  /// where it is something else or where another op needs it, too.
  static std::optional<InnerContraction> read(Value value, unsigned dim);

  OpOperand *data; ///< x; its dimension `dim` is summed over here
  std::vector<double> biases;
  /// The weight of element `k` of x in element `j` of the result.
  double weight(int64_t j, int64_t k) const {
    return weights[j * unitStride + k * sumStride];
  }
  int64_t numInputs, numUnits;
  /// Of one pass over all but dynamic dimensions.
  double multiplications;

private:
  bool addBias(Value value, std::optional<unsigned> dim);
  bool readMaps(const SumOfProducts &sum, unsigned dim);

  std::vector<double> weights;
  int64_t unitStride, sumStride;
};

} // namespace

/// Without its dynamic dimensions.
static double numElements(RankedTensorType type) {
  double count = 1.0;
  for (int64_t size : type.getShape())
    count *= ShapedType::isDynamic(size) ? 1.0 : double(size);
  return count;
}

/// Adds constants with one number for each index of dimension `dim` of `value`,
/// or one for all.
bool InnerContraction::addBias(Value value, std::optional<unsigned> dim) {
  DenseElementsAttr constant = weightsOf(value);
  if (!constant) {
    if (filledNumber(value) == 0.0)
      return true;
    // What copies or repeats elements.
    Operation *op = value.getDefiningOp();
    std::optional<OperandMaps> access = op ? operandMaps(op) : std::nullopt;
    std::optional<Expression> formula =
        access ? elementFormula(op) : std::nullopt;
    if (!formula || !formula->isVariable())
      return false;
    unsigned operand = formula->variableIndex();
    if (dim) {
      std::optional<unsigned> loop = loopOf(access->result, *dim);
      if (!loop || !access->operands[operand])
        return false;
      dim = useOf(access->operands[operand], *loop).dimension;
    }
    return addBias(op->getOperand(operand), dim);
  }
  std::vector<std::optional<double>> numbers(biases.size());
  for (auto [position, number] : llvm::enumerate(numbersOf(constant))) {
    bool isForAll = !dim || constant.getType().getDimSize(*dim) == 1;
    size_t first =
        isForAll ? 0 : indexAlong(constant.getType(), *dim)(position);
    size_t last = isForAll ? biases.size() : first + 1;
    for (size_t i = first; i < last; ++i) {
      if (numbers[i].value_or(number) != number)
        return false;
      numbers[i] = number;
    }
  }
  for (auto [sum, number] : llvm::zip(biases, numbers))
    sum += number.value_or(0.0);
  return true;
}

std::optional<InnerContraction> InnerContraction::read(Value value,
                                                       unsigned dim) {
  InnerContraction inner;
  auto type = cast<RankedTensorType>(value.getType());
  if (type.isDynamicDim(dim))
    return std::nullopt;
  inner.numUnits = type.getDimSize(dim);
  inner.biases.assign(inner.numUnits, 0.0);
  while (Operation *op = value.hasOneUse() ? value.getDefiningOp() : nullptr) {
    std::optional<OperandMaps> access = operandMaps(op);
    std::optional<unsigned> loop =
        access ? loopOf(access->result, dim) : std::nullopt;
    if (!loop)
      return std::nullopt;
    auto dimOf = [&](OpOperand &operand) {
      return useOf(access->operands[operand.getOperandNumber()], *loop)
          .dimension;
    };
    if (std::optional<SumOfProducts> sum = sumOfProducts(op)) {
      if (!inner.readMaps(*sum, dim) ||
          (sum->start && !inner.addBias(sum->start->get(), dimOf(*sum->start))))
        return std::nullopt;
      return inner;
    }
    auto [data, bias] = summands(op);
    if (data && weightsOf(data->get()))
      std::swap(data, bias);
    if (!data || access->operands[data->getOperandNumber()] != access->result ||
        !inner.addBias(bias->get(), dimOf(*bias)))
      return std::nullopt;
    value = data->get();
  }
  return std::nullopt;
}

/// Whether `sum` walks x as it does its result, but for dimension `dim`, and
/// its weights by one index of either there.
bool InnerContraction::readMaps(const SumOfProducts &sum, unsigned dim) {
  bool isLeft = matchPattern(sum.op->getOperand(0), m_Constant());
  OpOperand &factor = sum.op->getOpOperand(isLeft ? 0 : 1);
  data = &sum.op->getOpOperand(isLeft ? 1 : 0);
  DenseElementsAttr constant = weightsOf(factor.get());
  auto from = dyn_cast<RankedTensorType>(data->get().getType());
  if (!constant || !from)
    return false;
  AffineMap read = sum.access.operands[data->getOperandNumber()];
  AffineMap of = sum.access.operands[factor.getOperandNumber()];
  AffineMap result = sum.access.result;
  if (!read.isProjectedPermutation() || !of.isProjectedPermutation() ||
      read.getNumResults() != result.getNumResults() || from.isDynamicDim(dim))
    return false;
  for (unsigned i = 0; i < read.getNumResults(); ++i)
    if (i != dim && read.getResult(i) != result.getResult(i))
      return false;
  unsigned unitLoop = *loopOf(result, dim), sumLoop = *loopOf(read, dim);
  std::optional<unsigned> unitDim = useOf(of, unitLoop).dimension;
  std::optional<unsigned> sumDim = useOf(of, sumLoop).dimension;
  numInputs = from.getDimSize(dim);
  ShapedType shape = constant.getType();
  // No other dimension of the weights counts, and no other loop sums.
  if (!unitDim || !sumDim || result.isFunctionOfDim(sumLoop) ||
      read.isFunctionOfDim(unitLoop) ||
      shape.getNumElements() != numUnits * numInputs)
    return false;
  auto strideOf = [&](unsigned at) {
    return ShapedType::getNumElements(shape.getShape().drop_front(at + 1));
  };
  unitStride = strideOf(*unitDim);
  sumStride = strideOf(*sumDim);
  weights = numbersOf(constant);
  multiplications =
      numElements(cast<RankedTensorType>(sum.op->getResult(0).getType())) *
      numInputs;
  return llvm::all_of(weights, [](double w) { return std::isfinite(w); });
}

/// Composes the contraction that `outer` is with what computes its data.
static bool compose(RewriterBase &rewriter, const LayerUse &outer, unsigned dim,
                    StringRef category) {
  OpOperand &data = outer.getData();
  std::optional<InnerContraction> inner =
      InnerContraction::read(data.get(), dim);
  if (!inner || outer.unitsThatPoison().any())
    return false;
  // All of its multiplications have a factor for each element of the sum.
  double share = double(inner->numInputs) / double(inner->numUnits);
  double before = inner->multiplications + outer.multiplications();
  double after = outer.multiplications() * share;
  StringRef reason;
  std::optional<std::vector<double>> shift;
  bool hasBias =
      llvm::any_of(inner->biases, [](double bias) { return bias != 0.0; });
  if (hasBias)
    shift = outer.contribution(inner->biases, reason);
  if (!(after < before) || (hasBias && !shift))
    return false;
  Operation *op = data.getOwner(), *old = data.get().getDefiningOp();
  if (hasBias)
    outer.addToResult(rewriter, *shift);
  outer.replaceTerms(
      rewriter, inner->data->get(), inner->numInputs,
      [&](int64_t unit, int64_t input) { return inner->weight(unit, input); });
  eraseUnused(rewriter, old);
  remark::passed(
      op->getLoc(),
      remark::RemarkOpts::name("composed-contractions").category(category))
      << remark::reason("one contraction for two: {0} multiplications instead "
                        "of {1}",
                        int64_t(after), int64_t(before));
  return true;
}

/// Composes the contraction `op` with one that computes an operand of it.
static bool composeWithInner(RewriterBase &rewriter, Operation *op,
                             StringRef category) {
  for (OpOperand &data : op->getOpOperands()) {
    auto type = dyn_cast<RankedTensorType>(data.get().getType());
    for (int64_t dim = 0; type && dim < type.getRank(); ++dim) {
      StringRef reason;
      std::optional<LayerUse> outer = LayerUse::read(data, dim, reason);
      if (outer && compose(rewriter, *outer, dim, category))
        return true;
    }
  }
  return false;
}

namespace {
/// The contractions that are still to be visited, from behind.
struct Worklist : RewriterBase::Listener {
  void notifyOperationErased(Operation *op) override { ops.remove(op); }
  llvm::SetVector<Operation *> ops;
};
} // namespace

bool composeContractions(RewriterBase &rewriter, Operation *root,
                         StringRef category) {
  Worklist worklist;
  root->walk<WalkOrder::PostOrder, ReverseIterator>([&](Operation *op) {
    if (sumOfProducts(op))
      worklist.ops.insert(op);
  });
  OpBuilder::Listener *listener = rewriter.getListener();
  rewriter.setListener(&worklist);
  // What an op was composed to is composed again; what it reads has taken in
  // all that it can before.
  bool hasChanged = false;
  while (!worklist.ops.empty()) {
    Operation *op = worklist.ops.pop_back_val();
    while (composeWithInner(rewriter, op, category))
      hasChanged = true;
  }
  rewriter.setListener(listener);
  return hasChanged;
}

} // namespace act
