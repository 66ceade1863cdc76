//===- RowSums.cpp - Reads sums of rows -----------------------------------===//
//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinalgLoops.h"
#include "RowReader.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {

using Kind = RowNode::Kind;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Whether a value is 0 everywhere: a constant, or filled with one.
static bool isZero(Value value) {
  if (auto fill = value.getDefiningOp<linalg::FillOp>())
    value = fill.getInputs()[0];
  return constantOf(value) == 0.0;
}

/// Whether what the reduced loops of an op read is read at one place: matrix
/// products read two.
static bool addsUpRows(linalg::LinalgOp op) {
  SmallVector<unsigned> reduced;
  op.getReductionDims(reduced);
  std::optional<AffineMap> row;
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    if (llvm::none_of(reduced,
                      [&](unsigned loop) { return map.isFunctionOfDim(loop); }))
      continue;
    if (row && *row != map)
      return false;
    row = map;
  }
  return row.has_value();
}

std::optional<RowReader::SumLoops> RowReader::readSum(OpResult value) {
  Operation *op = value.getOwner();
  SumLoops loops;
  std::optional<Format> format = act::formatOf(value.getType());
  if (!format)
    return std::nullopt;
  loops.format = *format;
  if (auto structured = dyn_cast<linalg::LinalgOp>(op)) {
    unsigned number = value.getResultNumber();
    if (!addsUpRows(structured) ||
        !isZero(structured.getDpsInitOperand(number)->get()))
      return std::nullopt;
    auto reduction = reductionOf(structured, number);
    if (!reduction || reduction->first != Reduction::Sum)
      return std::nullopt;
    std::optional<LoopNest> nest =
        loopsOf(structured, unknownOperands(op), number);
    if (!nest)
      return std::nullopt;
    loops.nest = std::move(*nest);
    loops.term = reduction->second;
    llvm::append_range(loops.inputs, structured.getDpsInputs());
  } else {
    if (op->getNumOperands() != 1 || !isa<BoundsOpInterface>(op))
      return std::nullopt;
    Transfer transfer =
        transferOf(op, unknownOperands(op), semantics)[value.getResultNumber()];
    if (!transfer.loops || transfer.loops->reduction != Reduction::Sum ||
        transfer.loops->resultFormat ||
        transfer.loops->output.bounds.asNumber() != 0.0 ||
        transfer.loops->inputs.size() != 1 ||
        transfer.loops->term->formula() != Expression::variable(0))
      return std::nullopt;
    loops.nest = std::move(*transfer.loops);
    loops.inputs = {op->getOperand(0)};
  }
  if (loops.nest.endless || !isBatched(loops.nest))
    return std::nullopt;
  auto iterations = iterationsOf(loops.nest);
  if (!iterations)
    return std::nullopt;
  loops.iterations = std::move(*iterations);
  findInner(loops);
  return loops;
}

/// As tosa adds up an axis after the other: a sum of sums is one of all their
/// terms, rounded no more often than in another order.
void RowReader::findInner(SumLoops &loops) {
  auto argument = dyn_cast_or_null<BlockArgument>(loops.term);
  auto input = dyn_cast<OpResult>(loops.inputs.front());
  bool isPlain = !loops.term || (argument && argument.getArgNumber() == 0);
  if (loops.inputs.size() != 1 || !isPlain || !input ||
      sumsInSums == kMaxSumsInSums)
    return;
  ++sumsInSums;
  const SumLoops *inner = sumLoops(input);
  --sumsInSums;
  if (!inner || inner->format != loops.format || inner->level == kMaxSumsInSums)
    return;
  loops.inner = inner;
  loops.level = inner->level + 1;
}

const RowReader::SumLoops *RowReader::sumLoops(Value value) {
  auto [place, isNew] = sums.try_emplace(value.getAsOpaquePointer());
  if (isNew)
    place->second = readSum(cast<OpResult>(value));
  return place->second ? &*place->second : nullptr;
}

static size_t countSteps(const LoopNest &nest) {
  size_t steps = 1;
  for (auto [loop, extent] : llvm::enumerate(nest.extents))
    if (nest.reduced[loop])
      steps *= extent;
  return steps;
}

size_t RowReader::SumLoops::numTerms() const {
  return countSteps(nest) * (inner ? inner->numTerms() : 1);
}

double RowReader::numTerms(const RowNode *sum) {
  return sumLoops(sum->value)->numTerms();
}

Format RowReader::formatOf(const RowNode *sum) {
  return sumLoops(sum->value)->format;
}

/// The terms at some pairs of a sum and a step of it.
const RowNode *RowReader::readTerm(const SumLoops &loops,
                                   ArrayRef<std::pair<unsigned, unsigned>> at) {
  if (loops.inner)
    return readInnerTerm(loops, at);
  Body body;
  for (auto [value, access] :
       llvm::zip_equal(loops.inputs, loops.nest.inputs)) {
    std::vector<int64_t> outer = offsetsOver(loops.nest, access, false),
                         inner = offsetsOver(loops.nest, access, true), offsets;
    for (auto [sum, each] : at)
      offsets.push_back(outer[loops.iterations[sum]] + inner[each]);
    Places places = placesAt(access, value.getType(), offsets);
    if (!places)
      return nullptr;
    body.inputs.emplace_back(value, std::move(places));
  }
  if (!loops.term)
    return read(body.inputs[0].first, body.inputs[0].second);
  std::vector<unsigned> iterations;
  for (auto [sum, each] : at)
    iterations.push_back(sum * countSteps(loops.nest) + each);
  body.block = Value(loops.term).getParentBlock();
  body.iterations =
      std::make_shared<const std::vector<unsigned>>(std::move(iterations));
  return readScalar(loops.term, body);
}

/// The same where the terms are those of sums that are added up.
const RowNode *
RowReader::readInnerTerm(const SumLoops &loops,
                         ArrayRef<std::pair<unsigned, unsigned>> at) {
  const LoopAccess &access = loops.nest.inputs.front();
  std::vector<int64_t> outer = offsetsOver(loops.nest, access, false),
                       steps = offsetsOver(loops.nest, access, true), offsets;
  unsigned terms = loops.inner->numTerms();
  for (auto [sum, each] : at)
    offsets.push_back(outer[loops.iterations[sum]] + steps[each / terms]);
  Places sums = placesAt(access, loops.inputs.front().getType(), offsets);
  if (!sums)
    return nullptr;
  std::vector<std::pair<unsigned, unsigned>> inner;
  for (auto [sum, pair] : llvm::zip_equal(*sums, at))
    inner.emplace_back(sum, pair.second % terms);
  return readTerm(*loops.inner, inner);
}

static std::vector<std::pair<unsigned, unsigned>> allTerms(size_t sums,
                                                           size_t steps) {
  std::vector<std::pair<unsigned, unsigned>> at;
  for (unsigned sum = 0; sum < sums; ++sum)
    for (unsigned each = 0; each < steps; ++each)
      at.emplace_back(sum, each);
  return at;
}

std::optional<RowReader::Terms> RowReader::termsOf(const RowNode *sum) {
  const SumLoops &loops = *sumLoops(sum->value);
  size_t steps = loops.numTerms(), count = loops.iterations.size();
  if (double(steps) * count > kMaxElements)
    return std::nullopt;
  Terms terms;
  auto at = allTerms(count, steps);
  terms.term = readTerm(loops, at);
  if (!terms.term)
    return std::nullopt;
  for (auto [index, each] : at)
    terms.sumOf.push_back(index);
  return terms;
}

const RowNode *RowReader::spread(const RowNode *node, const RowNode *sum,
                                 ArrayRef<unsigned> sumOf) {
  // One of the places at which each sum is read.
  DenseMap<unsigned, unsigned> placeOf;
  for (auto [place, index] : llvm::enumerate(*sum->place))
    placeOf.try_emplace(index, place);
  std::vector<unsigned> from;
  for (unsigned index : sumOf) {
    auto found = placeOf.find(index);
    if (found == placeOf.end())
      return nullptr;
    from.push_back(found->second);
  }
  DenseMap<const RowNode *, const RowNode *> moved;
  for (const RowNode *each : nodesBehind(node)) {
    Places places;
    if (each->value) {
      std::vector<unsigned> read;
      for (unsigned place : from)
        read.push_back((*each->place)[place]);
      places = std::make_shared<const std::vector<unsigned>>(std::move(read));
    }
    if (each->kind != Kind::Step) {
      moved[each] = leaf(each->value, std::move(places), each->kind);
      continue;
    }
    SmallVector<const RowNode *> operands;
    for (const RowNode *operand : each->operands)
      operands.push_back(moved[operand]);
    moved[each] = step(each->step, each->ulps, each->format, operands,
                       {each->value, std::move(places)});
  }
  return moved[node];
}

/// For each place the step at which its sum adds the term that reads the same
/// element of `leaf` as the place does of `base`; nothing unless that is every
/// step of a sum once.
static std::optional<std::vector<std::pair<unsigned, unsigned>>>
stepsOf(const RowNode *sum, const RowNode *base, const RowNode *leaf,
        size_t sums, size_t steps) {
  size_t terms = leaf->place->size();
  std::vector<size_t> termOf(boundsSize(leaf->value.getType()), terms);
  for (size_t i = 0; i < terms; ++i) {
    size_t &term = termOf[(*leaf->place)[i]];
    if (term != terms)
      return std::nullopt;
    term = i;
  }
  std::vector<std::pair<unsigned, unsigned>> at;
  std::vector<unsigned> count(sums, 0);
  std::vector<bool> seen(terms, false);
  for (auto [index, element] : llvm::zip_equal(*sum->place, *base->place)) {
    size_t term = termOf[element];
    if (term == terms || term / steps != index || seen[term])
      return std::nullopt;
    seen[term] = true;
    at.emplace_back(index, term % steps);
    ++count[index];
  }
  for (unsigned each : count)
    if (each != 0 && each != steps)
      return std::nullopt;
  return at;
}

const RowNode *RowReader::termOf(const RowNode *sum, const RowNode *base) {
  std::optional<Terms> terms = termsOf(sum);
  if (!terms)
    return nullptr;
  const SumLoops &loops = *sumLoops(sum->value);
  for (const RowNode *leaf : nodesBehind(terms->term)) {
    if (leaf->kind != Kind::Leaf || leaf->value != base->value)
      continue;
    auto at =
        stepsOf(sum, base, leaf, loops.iterations.size(), loops.numTerms());
    if (at)
      return readTerm(loops, *at);
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// What is worth reading
//===----------------------------------------------------------------------===//

/// Whether an op adds up its operand along a loop.
static bool isSum(Operation *op) {
  if (auto structured = dyn_cast<linalg::LinalgOp>(op)) {
    if (op->getNumResults() != 1 || !addsUpRows(structured))
      return false;
    auto reduction = reductionOf(structured, 0);
    return reduction && reduction->first == Reduction::Sum;
  }
  if (op->getNumOperands() != 1 || op->getNumResults() != 1 ||
      !isa<BoundsOpInterface>(op))
    return false;
  Transfer transfer =
      transferOf(op, unknownOperands(op), Semantics::Real).front();
  return transfer.loops && transfer.loops->reduction == Reduction::Sum;
}

/// Nothing where a value is computed from others; else whether from any sum.
static std::optional<bool> findSums(Value value, unsigned depth) {
  if (constantOf(value))
    return false;
  Operation *op = value.getDefiningOp();
  if (!op || depth == 0)
    return std::nullopt;
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (isSum(op))
    return true;
  if (!isa<ScalarFunctionOpInterface, BoundsOpInterface>(op) ||
      (structured && structured.getNumReductionLoops() > 0))
    return std::nullopt;
  bool any = false;
  SmallVector<Value> operands(op->getOperands());
  if (structured)
    operands = structured.getDpsInputs();
  for (Value operand : operands) {
    Attribute constant;
    if (matchPattern(operand, m_Constant(&constant)))
      continue;
    std::optional<bool> sums = findSums(operand, depth - 1);
    if (!sums)
      return std::nullopt;
    any |= *sums;
  }
  return any;
}

bool isMadeOfSums(Value value) {
  constexpr unsigned kMaxDepth = 12;
  return findSums(value, kMaxDepth).value_or(false);
}

} // namespace act
