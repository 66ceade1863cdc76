//===- RowSums.cpp - Values computed from sums of rows --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowSums.h"
#include "ExecutedError.h"
#include "TaggedOperands.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {

/// Larger values are not read, nor longer chains of ops.
static constexpr int64_t kMaxElements = 1 << 20;
static constexpr unsigned kMaxSteps = 8;

double FromSums::executionError(Interval range) const {
  double error = 0.0;
  for (const ElementStep &step : steps) {
    if (!step.function)
      continue;
    std::vector<Interval> box(step.inputs, Interval(0.0));
    box[step.variable] = range + Interval(-error, error);
    Expression formula = step.function->formula();
    double slope =
        enclose(differentiate(formula, step.variable), box).magnitude();
    double own = step.function->executionError(box);
    error = error == 0.0 ? own : roundedUp(roundedUp(slope * error) + own);
    box[step.variable] = range;
    range = enclose(formula, box);
  }
  return error;
}

//===----------------------------------------------------------------------===//
// Reading ops
//===----------------------------------------------------------------------===//

static bool isReadable(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  return (!shaped || shaped.hasStaticShape()) &&
         boundsSize(type) <= kMaxElements;
}

/// What is known of a value by itself: a constant, or made of constants.
static Bounds knownOf(Value value, Semantics semantics, unsigned depth = 2) {
  Operation *op = value.getDefiningOp();
  Attribute constant;
  if (!op || depth == 0)
    return Bounds::top();
  if (matchPattern(op, m_Constant(&constant)))
    return Bounds::constant(constant);
  if (op->getNumOperands() > 2 || !hasTransfer(op) ||
      !isReadable(value.getType()))
    return Bounds::top();
  SmallVector<Bounds> operands;
  for (Value operand : op->getOperands())
    operands.push_back(knownOf(operand, semantics, depth - 1));
  if (llvm::none_of(operands,
                    [](const Bounds &each) { return each.asNumber(); }))
    return Bounds::top();
  unsigned number = cast<OpResult>(value).getResultNumber();
  return transferOf(op, operands, semantics)[number].evaluate(semantics);
}

/// Numbers from here on stand for operands.
static constexpr double kFirstTag = 0x1p60, kTagStep = 1024;

static Transfer askTransfer(OpResult value, ArrayRef<Bounds> operands,
                            Semantics semantics) {
  return transferOf(value.getOwner(), operands,
                    semantics)[value.getResultNumber()];
}

std::optional<NamedLoops> readLoops(Value value, Semantics semantics) {
  auto result = dyn_cast<OpResult>(value);
  if (!result || !hasTransfer(result.getOwner()) ||
      !isReadable(value.getType()) ||
      !llvm::all_of(result.getOwner()->getOperandTypes(), isReadable))
    return std::nullopt;
  SmallVector<Bounds> operands;
  for (Value operand : result.getOwner()->getOperands()) {
    Bounds known = knownOf(operand, semantics);
    std::optional<double> number = known.asNumber();
    if (number && *number >= kFirstTag)
      return std::nullopt;
    double tag = kFirstTag + kTagStep * operands.size();
    operands.push_back(number ? known : Bounds::splat({Interval(tag)}));
  }
  Transfer transfer = askTransfer(result, operands, semantics);
  if (!transfer.loops || !transfer.loops->term || transfer.loops->endless)
    return std::nullopt;
  NamedLoops loops{std::move(*transfer.loops), {}, std::nullopt};
  SmallVector<std::optional<double>> numbers;
  for (const LoopAccess &input : loops.nest.inputs) {
    std::optional<double> number = input.bounds.asNumber();
    if (!number)
      return std::nullopt;
    bool isTag = *number >= kFirstTag;
    loops.inputs.push_back(
        isTag ? result.getOwner()->getOperand((*number - kFirstTag) / kTagStep)
              : Value());
    numbers.push_back(isTag ? std::nullopt : number);
  }
  numbers.push_back(std::nullopt);
  loops.nest.term = loops.nest.term->bind(numbers);
  loops.start = loops.nest.output.bounds.asNumber();
  // What an elementwise body reads of the old result is no input.
  if (loops.nest.term->uses(loops.inputs.size()))
    return std::nullopt;
  return loops;
}

/// The iteration of the loops that are not reduced, for each element of the
/// result; nothing where an element is not written exactly once.
static std::optional<std::vector<unsigned>> iterationsOf(const LoopNest &nest) {
  std::vector<int64_t> written = offsetsOver(nest, nest.output, false);
  std::vector<unsigned> iteration(nest.outputSize, written.size());
  if (int64_t(written.size()) != nest.outputSize)
    return std::nullopt;
  for (auto [index, offset] : llvm::enumerate(written)) {
    int64_t element = nest.output.offset + offset;
    if (element < 0 || element >= nest.outputSize ||
        iteration[element] != written.size())
      return std::nullopt;
    iteration[element] = index;
  }
  return iteration;
}

std::optional<ElementRead> readOf(const NamedLoops &loops, unsigned input) {
  std::optional<std::vector<unsigned>> iterations = iterationsOf(loops.nest);
  if (!iterations)
    return std::nullopt;
  const LoopAccess &access = loops.nest.inputs[input];
  std::vector<int64_t> offsets = offsetsOver(loops.nest, access, false);
  ElementRead read{loops.inputs[input], {}};
  int64_t size = boundsSize(read.value.getType());
  for (unsigned iteration : *iterations) {
    int64_t element = access.offset + offsets[iteration];
    if (element < 0 || element >= size)
      return std::nullopt;
    read.element.push_back(element);
  }
  return read;
}

SmallVector<unsigned> usedInputs(const NamedLoops &loops) {
  SmallVector<unsigned> used;
  for (unsigned i = 0; i < loops.inputs.size(); ++i)
    if (loops.nest.term->uses(i))
      used.push_back(i);
  return used;
}

/// A change of shape: each element is one of the operand.
static std::optional<ElementRead> readMovement(Value value,
                                               Semantics semantics) {
  auto result = dyn_cast<OpResult>(value);
  if (!result || result.getOwner()->getNumOperands() == 0 ||
      !hasTransfer(result.getOwner()) || !isReadable(value.getType()) ||
      !llvm::all_of(result.getOwner()->getOperandTypes(), isReadable))
    return std::nullopt;
  Value operand = result.getOwner()->getOperand(0);
  TaggedOperands tags;
  tags.addOperand(tags.tag(0, boundsSize(operand.getType())));
  for (Value other : result.getOwner()->getOperands().drop_front()) {
    Bounds known = knownOf(other, semantics);
    tags.addOperand({known, known});
  }
  Transfer first = askTransfer(result, tags.operands(0), semantics);
  Transfer second = askTransfer(result, tags.operands(1), semantics);
  if (!first.isMovement || !second.isMovement)
    return std::nullopt;
  ElementRead read{operand, {}};
  for (int64_t i = 0, e = boundsSize(value.getType()); i < e; ++i) {
    Entry entry = tags.decode(first.bounds[i], second.bounds[i]);
    if (entry.kind != Entry::OfNode)
      return std::nullopt;
    read.element.push_back(entry.element);
  }
  return read;
}

/// One op of a chain of functions of one value each.
static std::optional<std::pair<ElementRead, ElementStep>>
readStep(Value value, Semantics semantics) {
  std::optional<NamedLoops> loops = readLoops(value, semantics);
  if (!loops) {
    if (std::optional<ElementRead> moved = readMovement(value, semantics))
      return std::pair(std::move(*moved), ElementStep());
    return std::nullopt;
  }
  if (loops->nest.reduction != Reduction::None)
    return std::nullopt;
  SmallVector<unsigned> used = usedInputs(*loops);
  if (used.size() != 1 || !loops->inputs[used[0]])
    return std::nullopt;
  std::optional<ElementRead> read = readOf(*loops, used[0]);
  if (!read)
    return std::nullopt;
  return std::pair(std::move(*read),
                   ElementStep{loops->nest.term, used[0],
                               unsigned(loops->inputs.size() + 1)});
}

static Expression squareOf(unsigned variable) {
  Expression x = Expression::variable(variable);
  return canonicalize(x * x);
}

/// The elements of a value whose sum each element of a reduction is: of the
/// value itself or, where `ofSquares`, of its squares.
static bool readSum(const NamedLoops &loops, bool ofSquares,
                    Semantics semantics, FromSums &result) {
  const LoopNest &nest = loops.nest;
  SmallVector<unsigned> used = usedInputs(loops);
  std::optional<std::vector<unsigned>> iterations = iterationsOf(nest);
  if (nest.reduction != Reduction::Sum || nest.formats.size() != 1 ||
      nest.resultFormat || loops.start != 0.0 || !iterations ||
      used.size() != 1 || !loops.inputs[used[0]])
    return false;
  const LoopAccess &access = nest.inputs[used[0]];
  Expression term = nest.term->formula();
  bool isPlain = term == Expression::variable(used[0]);
  if (!isPlain && !(ofSquares && term == squareOf(used[0])))
    return false;
  result.value = loops.inputs[used[0]];
  result.format = nest.formats.front();
  int64_t size = boundsSize(result.value.getType());
  std::vector<int64_t> outer = offsetsOver(nest, access, false),
                       inner = offsetsOver(nest, access, true);
  for (unsigned iteration : *iterations) {
    SmallVector<unsigned> &terms = result.terms.emplace_back();
    for (int64_t step : inner) {
      int64_t element = access.offset + outer[iteration] + step;
      if (element < 0 || element >= size)
        return false;
      terms.push_back(element);
    }
  }
  if (!ofSquares || !isPlain)
    return true;
  // The squares are computed before.
  auto square = readStep(result.value, semantics);
  if (!square || !square->second.function ||
      square->second.function->formula() != squareOf(square->second.variable))
    return false;
  if (llvm::any_of(square->second.function->roundingFormats(),
                   [&](Format format) { return format != result.format; }))
    return false;
  result.value = square->first.value;
  for (SmallVector<unsigned> &terms : result.terms)
    for (unsigned &element : terms)
      element = square->first.element[element];
  return true;
}

std::optional<FromSums> readFromSums(ElementRead read, bool ofSquares,
                                     Semantics semantics) {
  FromSums result;
  result.sumOf = std::move(read.element);
  for (unsigned count = 0; count < kMaxSteps; ++count) {
    if (std::optional<NamedLoops> loops = readLoops(read.value, semantics);
        loops && loops->nest.reduction == Reduction::Sum) {
      std::reverse(result.steps.begin(), result.steps.end());
      if (!readSum(*loops, ofSquares, semantics, result))
        return std::nullopt;
      return result;
    }
    auto step = readStep(read.value, semantics);
    if (!step)
      return std::nullopt;
    for (unsigned &element : result.sumOf)
      element = step->first.element[element];
    result.steps.push_back(std::move(step->second));
    read.value = step->first.value;
  }
  return std::nullopt;
}

} // namespace act
