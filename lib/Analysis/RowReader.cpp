//===- RowReader.cpp - Reads the ops around sums of rows ------------------===//
//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowReader.h"
#include "ContractedProducts.h"
#include "LinalgLoops.h"
#include "TaggedOperands.h"
#include "act/Formula/Canonical.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/Matchers.h"
#include <cmath>
#include <numeric>

using namespace mlir;

namespace act {

using Kind = RowNode::Kind;

/// More ops are not read, nor larger values: these are leaves.
static constexpr size_t kMaxNodes = 256;
/// Nor are ops that far behind the first. A norm is no more than a dozen from
/// its elements; in front of these, chains of any length may stand.
static constexpr unsigned kMaxDepth = 32;

/// Whether two say the same.
static bool areSame(const Places &a, const Places &b) {
  return a == b || (a && b && *a == *b);
}

const RowNode *RowReader::leaf(Value value, Places places, Kind kind) {
  for (const RowNode &node : nodes)
    if (node.kind == kind && node.value == value && areSame(node.place, places))
      return &node;
  RowNode &node = nodes.emplace_back();
  node.kind = kind;
  node.value = value;
  node.place = std::move(places);
  return &node;
}

/// The function is over one variable for each operand. Numbers become part of
/// it, and each node is an operand once.
const RowNode *RowReader::step(Expression function, double ulps, Format format,
                               ArrayRef<const RowNode *> operands,
                               Execution execution) {
  SmallVector<const RowNode *, 2> distinct;
  std::vector<Expression> arguments;
  for (const RowNode *operand : operands) {
    if (operand->isNumber() && operand->ulps == 0.0) {
      arguments.push_back(operand->step);
      continue;
    }
    auto *found = llvm::find(distinct, operand);
    arguments.push_back(Expression::variable(found - distinct.begin()));
    if (found == distinct.end())
      distinct.push_back(operand);
  }
  function = canonicalize(function.substitute(arguments));
  if (ulps == 0.0 && function.isVariable())
    return distinct[function.variableIndex()];
  for (RowNode &node : nodes)
    if (node.kind == Kind::Step && node.step == function && node.ulps == ulps &&
        node.format == format && node.operands == distinct &&
        node.value == execution.value && areSame(node.place, execution.place))
      return &node;
  RowNode &node = nodes.emplace_back();
  node.kind = Kind::Step;
  node.step = function;
  node.ulps = ulps;
  node.format = format;
  node.operands = std::move(distinct);
  node.value = execution.value;
  node.place = std::move(execution.place);
  return &node;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

static bool isReadable(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  return !shaped || (shaped.hasRank() && shaped.getNumDynamicDims() <= 1 &&
                     boundsSize(type) <= RowReader::kMaxElements);
}

static bool areReadable(Operation *op) {
  return llvm::all_of(op->getOperandTypes(), isReadable) &&
         llvm::all_of(op->getResultTypes(), isReadable);
}

const RowNode *RowReader::read(Value value, Places places) {
  auto &list = known[value.getAsOpaquePointer()];
  for (auto &[at, node] : list)
    if (areSame(at, places))
      return node;
  const RowNode *node = nullptr;
  auto result = dyn_cast<OpResult>(value);
  if (std::optional<double> number = constantOf(value);
      number && std::isfinite(*number))
    node = step(*number, 0.0, Format::F64, {});
  else if (result && areReadable(result.getOwner()) &&
           nodes.size() < kMaxNodes && isFollowed(value)) {
    ++depth;
    node = compute(result, places);
    --depth;
  }
  if (!node)
    node = leaf(value, places);
  known[value.getAsOpaquePointer()].emplace_back(std::move(places), node);
  return node;
}

/// What is added up and what is divided by the norm have to end at the same
/// leaves, though one of them may be farther away: only the first values that
/// are too deep end a chain, as long as a second way is not twice as long.
bool RowReader::isFollowed(Value value) {
  if (ends.contains(value))
    return false;
  if (depth < (ends.empty() ? kMaxDepth : 2 * kMaxDepth))
    return true;
  ends.insert(value);
  return false;
}

std::optional<Places> movedFrom(OpResult value, const Places &places,
                                Semantics semantics) {
  Operation *op = value.getOwner();
  if (op->getNumOperands() == 0 || !hasTransfer(op))
    return std::nullopt;
  TaggedOperands tags;
  tags.addOperand(tags.tag(0, boundsSize(op->getOperand(0).getType())));
  for (Value other : op->getOperands().drop_front()) {
    Attribute constant;
    Bounds known = matchPattern(other, m_Constant(&constant))
                       ? Bounds::constant(constant)
                       : Bounds::top();
    tags.addOperand({known, known});
  }
  unsigned number = value.getResultNumber();
  Transfer first = transferOf(op, tags.operands(0), semantics)[number];
  Transfer second = transferOf(op, tags.operands(1), semantics)[number];
  if (!first.isMovement || !second.isMovement)
    return std::nullopt;
  std::vector<unsigned> moved;
  for (unsigned place : *places) {
    Entry entry = tags.decode(first.bounds[place], second.bounds[place]);
    if (entry.kind != Entry::OfNode)
      return std::nullopt;
    moved.push_back(entry.element);
  }
  return std::make_shared<const std::vector<unsigned>>(std::move(moved));
}

const RowNode *RowReader::compute(OpResult value, const Places &places) {
  Operation *op = value.getOwner();
  if (sumLoops(value))
    return leaf(value, places, Kind::Sum);
  if (auto structured = dyn_cast<linalg::LinalgOp>(op)) {
    std::optional<Body> body = readStructured(value, places);
    if (!body)
      return nullptr;
    return readScalar(
        body->block->getTerminator()->getOperand(value.getResultNumber()),
        *body);
  }
  if (isa<ScalarFunctionOpInterface>(op))
    return readElementwise(value, places);
  if (isa<BoundsOpInterface>(op))
    if (std::optional<Places> moved = movedFrom(value, places, semantics))
      return read(op->getOperand(0), *moved);
  return nullptr;
}

/// The element of an operand that each element of a result of `shape` reads;
/// nothing where it is no broadcast of known sizes.
static std::optional<Places> broadcastFrom(Type operand, Type result,
                                           const Places &places) {
  SmallVector<int64_t> sizes = boundsShape(operand),
                       shape = boundsShape(result);
  auto from = dyn_cast<ShapedType>(operand), to = cast<ShapedType>(result);
  if (sizes.size() > shape.size())
    return std::nullopt;
  // What only the operand does not know may have any element.
  for (size_t i = 1; i <= sizes.size(); ++i)
    if (from && from.isDynamicDim(sizes.size() - i) &&
        !to.isDynamicDim(shape.size() - i))
      return std::nullopt;
  SmallVector<int64_t> strides(shape.size(), 0);
  int64_t stride = 1;
  for (size_t i = 0; i < sizes.size(); ++i) {
    int64_t size = sizes[sizes.size() - 1 - i];
    if (size != 1 && size != shape[shape.size() - 1 - i])
      return std::nullopt;
    strides[shape.size() - 1 - i] = size == 1 ? 0 : stride;
    stride *= size;
  }
  std::vector<unsigned> read;
  for (int64_t place : *places) {
    int64_t element = 0, rest = place;
    for (size_t dim = shape.size(); dim-- > 0; rest /= shape[dim])
      element += rest % shape[dim] * strides[dim];
    read.push_back(element);
  }
  return std::make_shared<const std::vector<unsigned>>(std::move(read));
}

const RowNode *RowReader::readElementwise(OpResult value,
                                          const Places &places) {
  Operation *op = value.getOwner();
  // Operands of activations may have an axis of their own.
  if (op->getNumResults() != 1 ||
      (isa<ActivationOpInterface>(op) && op->getNumOperands() > 1) ||
      !isa<ShapedType>(value.getType()))
    return nullptr;
  SmallVector<const RowNode *> operands;
  for (Value operand : op->getOperands()) {
    auto from = broadcastFrom(operand.getType(), value.getType(), places);
    if (!from && !constantOf(operand))
      return nullptr;
    operands.push_back(read(operand, from.value_or(places)));
  }
  return apply(op, operands, places);
}

const RowNode *RowReader::apply(Operation *op,
                                ArrayRef<const RowNode *> operands,
                                const Places &places) {
  auto scalar = cast<ScalarFunctionOpInterface>(op);
  SmallVector<std::optional<Expression>> arguments;
  for (const RowNode *operand : operands)
    arguments.push_back(operand->isNumber() && operand->ulps == 0.0
                            ? operand->step
                            : Expression::variable(arguments.size()));
  std::optional<Expression> function = scalar.composeExpression(arguments);
  double ulps = scalar.executedErrorInUlps();
  std::optional<Format> format = act::formatOf(op->getResult(0).getType());
  if (!function || !format || std::isinf(ulps))
    return nullptr;
  Execution execution;
  if (semantics == Semantics::Ieee && (ulps > 0.5 || mayAddProducts(op)))
    execution = {op->getResult(0), places};
  return step(*function, ulps, *format, operands, std::move(execution));
}

//===----------------------------------------------------------------------===//
// Structured ops
//===----------------------------------------------------------------------===//

SmallVector<Bounds> unknownOperands(Operation *op) {
  return SmallVector<Bounds>(op->getNumOperands(), Bounds::top());
}

std::optional<std::vector<unsigned>> iterationsOf(const LoopNest &nest) {
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

Places placesAt(const LoopAccess &access, Type type,
                ArrayRef<int64_t> offsets) {
  int64_t size = boundsSize(type);
  std::vector<unsigned> places;
  for (int64_t offset : offsets) {
    int64_t element = access.offset + offset;
    if (element < 0 || element >= size)
      return nullptr;
    places.push_back(element);
  }
  return std::make_shared<const std::vector<unsigned>>(std::move(places));
}

/// What the arguments of the body of an op without reduction are.
std::optional<RowReader::Body> RowReader::readStructured(OpResult value,
                                                         const Places &places) {
  auto op = cast<linalg::LinalgOp>(value.getOwner());
  std::optional<LoopNest> nest =
      loopsOf(op, unknownOperands(op), value.getResultNumber());
  if (!nest || nest->endless || !isBatched(*nest) ||
      llvm::is_contained(nest->reduced, true))
    return std::nullopt;
  std::optional<std::vector<unsigned>> iterations = iterationsOf(*nest);
  if (!iterations)
    return std::nullopt;
  std::vector<unsigned> at;
  for (unsigned place : *places)
    at.push_back((*iterations)[place]);
  Body body;
  body.block = op.getBlock();
  for (auto [operand, access] :
       llvm::zip_equal(op.getDpsInputs(), nest->inputs)) {
    std::vector<int64_t> all = offsetsOver(*nest, access, false), offsets;
    for (unsigned iteration : at)
      offsets.push_back(all[iteration]);
    Places read = placesAt(access, operand.getType(), offsets);
    if (!read)
      return std::nullopt;
    body.inputs.emplace_back(operand, std::move(read));
  }
  body.iterations =
      std::make_shared<const std::vector<unsigned>>(std::move(at));
  return body;
}

const RowNode *RowReader::readScalar(Value scalar, Body &body) {
  if (auto found = body.known.find(scalar); found != body.known.end())
    return found->second;
  const RowNode *node = nullptr;
  auto argument = dyn_cast<BlockArgument>(scalar);
  Operation *op = scalar.getDefiningOp();
  if (argument && argument.getOwner() == body.block) {
    if (argument.getArgNumber() < body.inputs.size()) {
      auto &[value, places] = body.inputs[argument.getArgNumber()];
      node = read(value, places);
    }
  } else if (std::optional<double> number = constantOf(scalar)) {
    if (std::isfinite(*number))
      node = step(*number, 0.0, Format::F64, {});
  } else if (op && op->getBlock() == body.block &&
             isa<ScalarFunctionOpInterface>(op) && nodes.size() < kMaxNodes &&
             depth < 2 * kMaxDepth) {
    SmallVector<const RowNode *> operands;
    ++depth;
    for (Value operand : op->getOperands())
      operands.push_back(readScalar(operand, body));
    --depth;
    if (!llvm::is_contained(operands, nullptr))
      node = apply(op, operands, body.iterations);
  }
  return body.known[scalar] = node;
}

std::vector<std::pair<Value, const RowNode *>>
RowReader::readScalars(OpResult result) {
  std::vector<std::pair<Value, const RowNode *>> scalars;
  Operation *op = result.getOwner();
  if (!areReadable(op) || sumLoops(result))
    return scalars;
  std::vector<unsigned> all(boundsSize(result.getType()));
  std::iota(all.begin(), all.end(), 0);
  auto places = std::make_shared<const std::vector<unsigned>>(std::move(all));
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (!structured) {
    if (isa<ScalarFunctionOpInterface>(op))
      if (const RowNode *node = readElementwise(result, places))
        scalars.emplace_back(result, node);
    return scalars;
  }
  std::optional<Body> body = readStructured(result, places);
  if (!body)
    return scalars;
  for (Operation &each : body->block->without_terminator())
    if (each.getNumResults() == 1)
      if (const RowNode *node = readScalar(each.getResult(0), *body))
        scalars.emplace_back(each.getResult(0), node);
  return scalars;
}

} // namespace act
