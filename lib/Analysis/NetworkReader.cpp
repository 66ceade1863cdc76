//===- NetworkReader.cpp - A program as a network -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkReader.h"
#include "LinalgLoops.h"
#include "LoopReader.h"
#include "OperandOrder.h"
#include "UnitDimension.h"
#include "act/IR/FloatFormat.h"

using namespace mlir;

namespace act {

NetworkReader::NetworkReader(const ValueBounds &bounds,
                             ArrayRef<const ActivationSite *> sites,
                             Semantics semantics, Purpose purpose,
                             ArgumentSets sets)
    : bounds(bounds), semantics(semantics), purpose(purpose),
      argumentSets(std::move(sets)) {
  for (const ActivationSite *site : sites)
    siteOf[site->op] = site;
}

std::optional<unsigned>
NetworkReader::preactivation(const ActivationSite &site) {
  if (!isa<linalg::LinalgOp>(site.op))
    return nodeOf(site.leaf);
  if (auto found = leaves.find(site.op); found != leaves.end())
    return found->second;
  std::optional<unsigned> node;
  Bounds known = site.preactivation(bounds, semantics);
  if (auto range = rangesOf(site.type, known); range && isReal(known))
    node = readLeaf(site, *range);
  return leaves[site.op] = node;
}

// A dimension of unknown size is one entry, which stands for many elements. The
// network is that of one index of it, any: the node of a value is the slice at
// that index. An op may connect nodes only if it computes each slice of its
// result from the same slice of its operands and from values that have none.
// Loops say so (isBatched), movements keep the dimension whole, and what does
// neither is a source: all that a source claims, its range, holds for every
// slice. Where an operand of one slice is broadcast at run time, that slice is
// taken for all. A bound of the network is then one of every slice, and an
// input that has the same witness in every slice is a witness. Values with two
// such dimensions have no slice by one index and are no nodes.
static bool hasSlices(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  return !shaped || (shaped.hasRank() && shaped.getNumDynamicDims() <= 1);
}

/// The range of each element of a value that can be a node: reached, and no
/// number.
std::optional<std::vector<Interval>>
NetworkReader::rangesOf(Type type, const Bounds &known) const {
  if (!formatOf(type) || !hasSlices(type) || known.isBottom() ||
      boundsSize(type) > kMaxElements || known.areNumbers())
    return std::nullopt;
  if (purpose != Purpose::Bounds && known.isSplat() && !known.asNumber())
    return std::vector<Interval>(boundsSize(type), Interval(-1.0, 1.0));
  std::vector<Interval> range;
  bool isNumber = true;
  for (int64_t i = 0, e = boundsSize(type); i < e; ++i) {
    range.push_back(known[i].range);
    isNumber &= range.back().isPoint();
  }
  if (isNumber)
    return std::nullopt;
  if (purpose != Purpose::Bounds)
    range.assign(range.size(), Interval(-1.0, 1.0));
  return range;
}

/// The same for a value that is to be a node, none of numbers and initializers.
std::optional<std::vector<Interval>> NetworkReader::openRangesOf(Value value) {
  // Weights that are computed from constants are numbers, though that rounds.
  auto isConstant = [](Operation *op) {
    return op->hasTrait<OpTrait::ConstantLike>();
  };
  if (initialValue(value) || isComputedFrom(value, isConstant))
    return std::nullopt;
  return rangesOf(value.getType(), bounds.lookup(value));
}

std::optional<unsigned> NetworkReader::nodeOf(Value value) {
  if (auto found = known.find(value); found != known.end())
    return found->second;
  computeInOrder(
      value, known, [&](Value each) { return partsOf(each); },
      [&](Value each) { known[each] = computeNode(each); });
  return known.lookup(value);
}

std::optional<unsigned> NetworkReader::computeNode(Value value) {
  // Of a graph with cycles, too.
  known[value] = std::nullopt;
  std::optional<std::vector<Interval>> range = openRangesOf(value);
  if (!range)
    return std::nullopt;
  if (isReal(bounds.lookup(value)))
    if (std::optional<unsigned> node = read(value, *range))
      return node;
  return addSource(value, std::move(*range));
}

/// The values that read() asks for the nodes of first.
SmallVector<Value> NetworkReader::partsOf(Value value) {
  SmallVector<Value> parts;
  std::optional<std::vector<Interval>> range = openRangesOf(value);
  if (!range || !isReadable(value, *range))
    return parts;
  Operation *op = value.getDefiningOp();
  const ActivationSite *site = siteOf.lookup(op);
  if (site && !isa<linalg::LinalgOp>(op))
    return {site->leaf};
  if (!op->getParentOfType<linalg::LinalgOp>())
    for (Value operand : op->getOperands())
      appendPart(operand, parts);
  return parts;
}

/// In the place of what is moved together with infinities, its parts.
void NetworkReader::appendPart(Value value,
                               SmallVectorImpl<Value> &parts) const {
  if (!isPadded(value))
    return parts.push_back(value);
  for (Value operand : value.getDefiningOp()->getOperands())
    appendPart(operand, parts);
}

/// What the elements of a value satisfy together, beyond their ranges.
std::shared_ptr<const SourceSet> NetworkReader::setOf(Value value) const {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return argumentSets.lookup(value);
  Operation *op = result.getOwner();
  SmallVector<Bounds> operands;
  for (Value operand : op->getOperands())
    operands.push_back(bounds.lookup(operand));
  if (llvm::any_of(operands,
                   [](const Bounds &each) { return each.isBottom(); }))
    return nullptr;
  if (auto set =
          transferOf(op, operands, semantics)[result.getResultNumber()].set)
    return set;
  std::optional<RowFact> fact = factOf(op);
  return fact && fact->isResult() && fact->images.empty() ? fact->set : nullptr;
}

std::optional<RowFact> NetworkReader::factOf(Operation *op) const {
  return findRowFact(op, semantics,
                     [&](Value each) { return bounds.lookup(each); });
}

static bool isBounded(ArrayRef<Interval> range) {
  return llvm::all_of(range, [](Interval each) { return each.isBounded(); });
}

unsigned NetworkReader::addSource(Value value, std::vector<Interval> range) {
  Format format = *formatOf(value.getType());
  std::shared_ptr<const SourceSet> set;
  if (purpose == Purpose::Bounds && isBounded(range))
    set = setOf(value);
  unsigned node = net.addSource(std::move(range), format, std::move(set));
  if (auto argument = dyn_cast<BlockArgument>(value))
    arguments[node] = argument;
  return node;
}

/// Whether a value may be a function of others, as far as its op and range say.
bool NetworkReader::isReadable(Value value, ArrayRef<Interval> range) const {
  // What may be infinite or NaN is no sum of finite terms. Bounds of its parts
  // lose what holds for a row together.
  Operation *op = value.getDefiningOp();
  if (!op || !isBounded(range))
    return false;
  if (purpose != Purpose::Bounds)
    return true;
  std::optional<RowFact> fact = factOf(op);
  return !fact || !fact->set || !fact->isResult() || !fact->images.empty();
}

std::optional<unsigned> NetworkReader::read(Value value,
                                            ArrayRef<Interval> range) {
  if (!isReadable(value, range))
    return std::nullopt;
  auto result = cast<OpResult>(value);
  if (const ActivationSite *site = siteOf.lookup(result.getOwner()))
    if (std::optional<unsigned> node = readSite(*site, range))
      return node;
  return readTransfer(result, range);
}

std::optional<unsigned> NetworkReader::readSite(const ActivationSite &site,
                                                ArrayRef<Interval> range) {
  std::optional<unsigned> operand = preactivation(site);
  auto executed = ElementFunction::read(site.root(), {site.leaf});
  if (!operand || !executed ||
      boundsShape(site.type) != boundsShape(site.op->getResult(0).getType()))
    return std::nullopt;
  return applyFunction(*operand, site.function->expression(), *executed, range);
}

/// The leaf of a site in the body of a structured op.
std::optional<unsigned> NetworkReader::readLeaf(const ActivationSite &site,
                                                ArrayRef<Interval> range) {
  auto op = cast<linalg::LinalgOp>(site.op);
  if (!isBounded(range))
    return std::nullopt;
  if (std::optional<unsigned> node = readBehindRows(op, site.leaf, range))
    return node;
  TaggedOperands tags = tagOperands(op);
  std::optional<LoopNest> first = loopsOf(op, tags.operands(0), 0);
  std::optional<LoopNest> second = loopsOf(op, tags.operands(1), 0);
  if (!first || !second || !tags.hasNodes())
    return std::nullopt;
  first->term = second->term =
      ElementFunction::read(site.leaf, bodyLeaves(op, 0));
  return LoopReader(*this, tags, *first, *second, range).read();
}

/// The node of the scalar of `op`, of `count` elements, whose rows lie in a
/// set, as `fact` says. Where that is the set of numbers that no op computes,
/// these are a source, of which the scalar is a function.
std::optional<unsigned>
NetworkReader::rowsOf(Operation *op, const RowFact &fact, size_t count) {
  if (auto found = rows.find(op); found != rows.end())
    return found->second;
  if (!fact.set || !fact.range.isBounded())
    return std::nullopt;
  unsigned node = net.addSource(std::vector<Interval>(count, fact.range),
                                *formatOf(fact.scalar.getType()), fact.set);
  if (!fact.images.empty()) {
    RowBuilder builder(net);
    std::vector<Interval> range;
    for (auto [element, image] : llvm::enumerate(fact.images)) {
      builder.add(node, element, image.factor);
      builder.addConstant(image.offset);
      builder.endRow({0.0, fact.error, 0.0});
      range.push_back(fact.rangeOf(element));
    }
    entries += builder.numEntries();
    node = builder.finish(net, std::move(range));
  }
  rows[op] = node;
  return node;
}

/// A scalar of a body that is computed from a row that another one normalises.
std::optional<unsigned>
NetworkReader::readBehindRows(Operation *op, Value root,
                              ArrayRef<Interval> range) {
  if (purpose != Purpose::Bounds || !isa<linalg::LinalgOp>(op))
    return std::nullopt;
  std::optional<RowFact> fact = factOf(op);
  if (!fact)
    return std::nullopt;
  std::optional<unsigned> node = rowsOf(op, *fact, range.size());
  if (!node)
    return std::nullopt;
  TaggedOperands tags = tagOperands(op);
  TaggedOperands::Tagged elements = tags.tag(*node, range.size());
  std::optional<LoopNest> first =
      loopsBehind(*fact, op, tags.operands(0), elements.first, root);
  std::optional<LoopNest> second =
      loopsBehind(*fact, op, tags.operands(1), elements.second, root);
  if (!first || !second)
    return std::nullopt;
  return LoopReader(*this, tags, *first, *second, range).read();
}

/// Makes nodes of the operands, where they are any.
TaggedOperands NetworkReader::tagOperands(Operation *op) {
  TaggedOperands tags;
  for (Value operand : op->getOperands())
    tags.addOperand(tagOperand(operand, tags));
  return tags;
}

TaggedOperands::Tagged NetworkReader::tagOperand(Value operand,
                                                 TaggedOperands &tags) {
  if (auto moved = tagPadded(operand, tags))
    return *moved;
  if (std::optional<unsigned> node = nodeOf(operand))
    return tags.tag(*node, net[*node].size());
  Bounds known = bounds.lookup(operand);
  if (initialValue(operand)) // Any number that is not 0 will do.
    known = Bounds::splat({Interval(1.0)});
  return {known, known};
}

/// Whether infinities stand among what an op may have moved.
bool NetworkReader::isPadded(Value value) const {
  Bounds known = bounds.lookup(value);
  if (!isa_and_nonnull<BoundsOpInterface>(value.getDefiningOp()) ||
      !hasSlices(value.getType()) || known.isBottom() || known.areNumbers() ||
      boundsSize(value.getType()) > kMaxElements)
    return false;
  for (size_t i = 0, e = known.size(); i < e; ++i)
    if (known[i].range.isPoint() && std::isinf(known[i].range.lo))
      return true;
  return false;
}

/// What is moved together with infinities is no node, but its parts may be:
/// as in front of a maximum, of which the padding has no part.
std::optional<TaggedOperands::Tagged>
NetworkReader::tagPadded(Value value, TaggedOperands &tags) {
  if (!isPadded(value))
    return std::nullopt;
  auto result = cast<OpResult>(value);
  SmallVector<Bounds> operands[2];
  for (Value operand : result.getOwner()->getOperands()) {
    TaggedOperands::Tagged each = tagOperand(operand, tags);
    operands[0].push_back(each.first);
    operands[1].push_back(each.second);
  }
  Operation *op = result.getOwner();
  unsigned number = result.getResultNumber();
  Transfer first = transferOf(op, operands[0], semantics)[number];
  Transfer second = transferOf(op, operands[1], semantics)[number];
  if (!first.isMovement || !second.isMovement)
    return std::nullopt;
  return TaggedOperands::Tagged(first.bounds, second.bounds);
}

std::optional<unsigned> NetworkReader::readTransfer(OpResult value,
                                                    ArrayRef<Interval> range) {
  Operation *op = value.getOwner();
  // Terms of a structured body belong to the op around it.
  if (op->getParentOfType<linalg::LinalgOp>())
    return std::nullopt;
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    if (std::optional<unsigned> node = readBehindRows(
            op, structured.getBlock()->getTerminator()->getOperand(0), range))
      return node;
  if (purpose == Purpose::Bounds && !isa<linalg::LinalgOp>(op))
    if (std::optional<RowFact> fact = factOf(op); fact && !fact->images.empty())
      return rowsOf(op, *fact, range.size());
  TaggedOperands tags = tagOperands(op);
  if (!tags.hasNodes() ||
      llvm::any_of(tags.operands(0),
                   [](const Bounds &each) { return each.isBottom(); }))
    return std::nullopt;
  unsigned number = value.getResultNumber();
  Transfer first = transferOf(op, tags.operands(0), semantics)[number];
  Transfer second = transferOf(op, tags.operands(1), semantics)[number];
  if (first.loops && second.loops) {
    std::optional<unsigned> node =
        LoopReader(*this, tags, *first.loops, *second.loops, range).read();
    if (node && purpose != Purpose::Bounds)
      noteLaws(*node, op);
    return node;
  }
  if (first.isMovement && second.isMovement)
    return readMovement(tags, first.bounds, second.bounds, range);
  return std::nullopt;
}

std::optional<unsigned> NetworkReader::readMovement(const TaggedOperands &tags,
                                                    const Bounds &first,
                                                    const Bounds &second,
                                                    ArrayRef<Interval> range) {
  RowBuilder rows(net);
  for (size_t i = 0; i < range.size(); ++i) {
    Entry entry = tags.decode(first[i], second[i]);
    if (entry.kind == Entry::Open || entry.kind == Entry::Infinity)
      return std::nullopt;
    if (entry.kind == Entry::OfNode)
      rows.add(entry.node, entry.element, Interval(1.0));
    else
      rows.addConstant(entry.number);
    rows.endRow({});
  }
  return addRows(rows, range);
}

std::optional<unsigned> NetworkReader::addRows(RowBuilder &rows,
                                               ArrayRef<Interval> range) {
  if (rows.isIdentity())
    return rows.onlyNode();
  entries += rows.numEntries();
  return rows.finish(net, std::vector<Interval>(range.begin(), range.end()));
}

unsigned NetworkReader::addFunction(
    unsigned operand, std::shared_ptr<const FunctionRelaxation> function,
    ArrayRef<Interval> range, std::vector<double> errors, bool errorScales) {
  unsigned node =
      net.addElementwise(operand, std::move(function),
                         std::vector<Interval>(range.begin(), range.end()),
                         std::move(errors), errorScales);
  net.narrowFunctionsOf(operand);
  return node;
}

unsigned NetworkReader::addMultivariate(MultivariateFunction function,
                                        OperandLists operands,
                                        ArrayRef<Interval> range,
                                        std::vector<double> errors,
                                        bool errorScales) {
  entries += operands.size();
  std::vector<unsigned> nodes = operands.nodes();
  unsigned node =
      net.addMultivariate(function, std::move(operands),
                          std::vector<Interval>(range.begin(), range.end()),
                          std::move(errors), errorScales);
  for (unsigned operand : nodes)
    net.narrowFunctionsOf(operand);
  return node;
}

std::optional<unsigned>
NetworkReader::applyFunction(unsigned operand, Expression function,
                             const ElementFunction &executed,
                             ArrayRef<Interval> range) {
  auto relaxation = FunctionRelaxation::of(function);
  if (!relaxation)
    return std::nullopt;
  std::vector<double> errors(range.size(), 0.0);
  if (semantics == Semantics::Ieee)
    for (size_t i = 0; i < range.size(); ++i) {
      errors[i] = executed.executionError({net[operand].range[i]});
      if (std::isinf(errors[i]))
        return std::nullopt;
    }
  return addFunction(operand, std::move(relaxation), range, std::move(errors),
                     executed.errorScales({true}));
}

} // namespace act
