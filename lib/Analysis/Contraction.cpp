//===- Contraction.cpp - Bounds through constant weights, fast ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contraction.h"
#include "ConstantNumbers.h"
#include "ExecutedError.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Parallel.h"
#include <cmath>

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// Which loop does what
//===----------------------------------------------------------------------===//

std::optional<Contraction> Contraction::of(const LoopNest &nest, unsigned first,
                                           unsigned second) {
  const LoopAccess *weights = &nest.inputs[first];
  const LoopAccess *factors = &nest.inputs[second];
  bool bothNumbers =
      weights->bounds.areNumbers() && factors->bounds.areNumbers();
  if (bothNumbers ? factors->bounds.size() > weights->bounds.size()
                  : factors->bounds.areNumbers())
    std::swap(weights, factors);
  if (first == second || !weights->bounds.areNumbers())
    return std::nullopt;
  Contraction result(nest, *weights, *factors);
  result.readFactors();
  result.addUp();
  return result;
}

Contraction::Contraction(const LoopNest &nest, const LoopAccess &weights,
                         const LoopAccess &factors)
    : weights(weights.bounds), factors(factors.bounds), formats(nest.formats) {
  sortLoops(nest, weights, factors);
  numSteps = iterations(steps);
  factorOfStep.reserve(numSteps);
  for (int64_t step = 0; step < numSteps; ++step)
    factorOfStep.push_back(offsetAt(steps, step).factor);
}

void Contraction::sortLoops(const LoopNest &nest,
                            const LoopAccess &weightAccess,
                            const LoopAccess &factorAccess) {
  // A splat has one entry for all indices.
  bool oneWeight = weights.isSplat(), oneFactor = factors.isSplat();
  origin = {oneWeight ? 0 : weightAccess.offset,
            oneFactor ? 0 : factorAccess.offset, 0};
  int64_t numPoints = 1;
  for (size_t i = nest.extents.size(); i-- > 0;) {
    // One iteration moves nothing.
    if (nest.extents[i] == 1)
      continue;
    Loop loop{nest.extents[i],
              {oneWeight ? 0 : weightAccess.strides[i],
               oneFactor ? 0 : factorAccess.strides[i], 0}};
    if (nest.reduced[i]) {
      steps.push_back(loop);
      continue;
    }
    loop.stride.point = numPoints;
    numPoints *= loop.extent;
    (loop.stride.factor == 0 ? units : outer).push_back(loop);
  }
  for (SmallVector<Loop> *loops : {&units, &steps})
    llvm::sort(*loops, [](const Loop &a, const Loop &b) {
      return std::pair(std::abs(a.stride.weight), std::abs(a.stride.factor)) >
             std::pair(std::abs(b.stride.weight), std::abs(b.stride.factor));
    });
}

int64_t Contraction::iterations(ArrayRef<Loop> loops) {
  int64_t product = 1;
  for (const Loop &loop : loops)
    product *= loop.extent;
  return product;
}

/// The offset of an iteration of `loops`, of which the last is the inmost.
Contraction::Offset Contraction::offsetAt(ArrayRef<Loop> loops,
                                          int64_t iteration) {
  Offset offset;
  for (const Loop &loop : llvm::reverse(loops)) {
    int64_t index = iteration % loop.extent;
    iteration /= loop.extent;
    offset.weight += index * loop.stride.weight;
    offset.factor += index * loop.stride.factor;
    offset.point += index * loop.stride.point;
  }
  return offset;
}

void Contraction::readFactors() {
  size_t size = factors.size();
  arrays.resize(size);
  kinds.assign(size, Kind::Bounded);
  for (size_t i = 0; i < size; ++i) {
    Element element = factors[i];
    Interval range = element.range;
    if (element.poisoned || (range.isPoint() && std::isinf(range.lo)))
      kinds[i] = Kind::Poisoned;
    else if (!range.isBounded() || element.mayBeNaN)
      kinds[i] = Kind::Unbounded;
    else
      arrays.set(i, range);
  }
}

//===----------------------------------------------------------------------===//
// Adding up
//===----------------------------------------------------------------------===//

/// Adds up the sums of some points. Each is added up in an order of its own, in
/// which other points play no part.
class Contraction::Worker {
public:
  explicit Worker(Contraction &contraction);

  /// Blocks of points, of which each worker may take any.
  int64_t numBlocks() const { return blocksOfUnits * outerIterations; }
  void addUp(int64_t block);

private:
  Kind kindAt(Offset base) const;
  void packFactors(Offset base, int64_t step, size_t count);
  void readSteps(int64_t weight, int64_t step, size_t count);
  void addByUnit(Offset base, int64_t firstUnit);
  void addByColumn(Offset base, int64_t block);
  /// `count` weights side by side, in place or in `room`.
  const char *rowAt(int64_t weight, size_t count, double *room) const;
  void set(const Offset &point, const ProductSums &result);

  /// Steps that stay in the nearest cache.
  static constexpr int64_t kSteps = 1024;
  /// Columns of a block. Long pieces of rows are read faster, up to what stays
  /// in the second cache, and every thread shall have some.
  static constexpr int64_t kFewestColumns = 512, kMostColumns = 2048;
  static constexpr int64_t kUnits = 32;

  Contraction &all;
  /// Whether the weights of neighbouring units lie side by side, and not those
  /// of neighbouring steps: these units are the columns.
  bool byColumn;
  Loop columns{1, {}};
  SmallVector<Loop> rowLoops; ///< units that are no columns
  /// Steps whose weights are evenly spaced.
  Loop run{1, {}};
  SmallVector<Loop> runLoops; ///< the steps from run to run
  int64_t outerIterations, blocksOfUnits, columnBlocks = 1, columnsOfBlock = 1;

  Kind kind = Kind::Bounded;
  Format format; ///< of what rowAt() gives
  FactorArrays packed;
  std::vector<double> buffer;
};

Contraction::Worker::Worker(Contraction &contraction)
    : all(contraction), rowLoops(all.units), runLoops(all.steps) {
  while (!runLoops.empty() &&
         (run.extent == 1 ||
          runLoops.back().stride.weight == run.extent * run.stride.weight)) {
    Loop last = runLoops.pop_back_val();
    if (run.extent == 1)
      run.stride = last.stride;
    run.extent *= last.extent;
  }
  byColumn = !rowLoops.empty() && rowLoops.back().stride.weight == 1 &&
             rowLoops.back().extent > 1 &&
             !(run.stride.weight == 1 && run.extent > 1);
  if (byColumn) {
    columns = rowLoops.pop_back_val();
    int64_t threads = llvm::parallel::getThreadCount();
    int64_t share = llvm::divideCeil(columns.extent, threads);
    columnsOfBlock = std::clamp(share, kFewestColumns, kMostColumns);
    columnBlocks = llvm::divideCeil(columns.extent, columnsOfBlock);
  }
  outerIterations = iterations(all.outer);
  blocksOfUnits = byColumn
                      ? iterations(rowLoops) * columnBlocks
                      : int64_t(llvm::divideCeil(iterations(rowLoops), kUnits));
  const ConstantNumbers *numbers = all.weights.inPlace();
  format = numbers ? numbers->format : Format::F64;
  packed.resize(byColumn ? kRowsAtOnce : std::min(kSteps, all.numSteps));
  buffer.resize(byColumn ? kRowsAtOnce * columnsOfBlock : packed.size());
}

Contraction::Kind Contraction::Worker::kindAt(Offset base) const {
  Kind worst = Kind::Bounded;
  for (int64_t offset : all.factorOfStep)
    worst = std::max(worst, all.kinds[base.factor + offset]);
  return worst;
}

void Contraction::Worker::packFactors(Offset base, int64_t step, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (kind == Kind::Bounded)
      packed.copy(i, all.arrays, base.factor + all.factorOfStep[step + i]);
    else
      packed.setUnknown(i);
}

/// The weights of some steps, into the buffer.
void Contraction::Worker::readSteps(int64_t weight, int64_t step,
                                    size_t count) {
  for (size_t done = 0; done < count;) {
    int64_t index = (step + done) % run.extent;
    size_t length = std::min<int64_t>(run.extent - index, count - done);
    Offset start = offsetAt(runLoops, (step + done) / run.extent);
    all.weights.readNumbers(weight + start.weight + index * run.stride.weight,
                            run.stride.weight, length, buffer.data() + done);
    done += length;
  }
}

const char *Contraction::Worker::rowAt(int64_t weight, size_t count,
                                       double *room) const {
  if (const ConstantNumbers *numbers = all.weights.inPlace())
    return numbers->data.data() + weight * numbers->bytesEach();
  all.weights.readNumbers(weight, 1, count, room);
  return reinterpret_cast<const char *>(room);
}

void Contraction::Worker::set(const Offset &point, const ProductSums &result) {
  all.sums[point.point] = result;
  all.kindOf[point.point] = kind;
}

void Contraction::Worker::addUp(int64_t block) {
  Offset base = all.origin;
  base += offsetAt(all.outer, block / blocksOfUnits);
  kind = kindAt(base);
  if (byColumn)
    addByColumn(base, block % blocksOfUnits);
  else
    addByUnit(base, block % blocksOfUnits * kUnits);
}

void Contraction::Worker::addByUnit(Offset base, int64_t firstUnit) {
  ProductSums results[kUnits];
  int64_t count = std::min(kUnits, iterations(rowLoops) - firstUnit);
  for (int64_t step = 0; step < all.numSteps; step += kSteps) {
    size_t some = std::min(kSteps, all.numSteps - step);
    packFactors(base, step, some);
    for (int64_t unit = 0; unit < count; ++unit) {
      Offset row = offsetAt(rowLoops, firstUnit + unit);
      readSteps(base.weight + row.weight, step, some);
      addProducts(buffer.data(), packed, some, results[unit]);
    }
  }
  for (int64_t unit = 0; unit < count; ++unit) {
    Offset point = base;
    point += offsetAt(rowLoops, firstUnit + unit);
    set(point, results[unit]);
  }
}

void Contraction::Worker::addByColumn(Offset base, int64_t block) {
  base += offsetAt(rowLoops, block / columnBlocks);
  int64_t first = block % columnBlocks * columnsOfBlock;
  size_t count = std::min(columnsOfBlock, columns.extent - first);
  ProductSumArrays results(count);
  for (int64_t step = 0; step < all.numSteps; step += kRowsAtOnce) {
    size_t rows = std::min<int64_t>(kRowsAtOnce, all.numSteps - step);
    packFactors(base, step, rows);
    const char *data[kRowsAtOnce];
    for (size_t row = 0; row < rows; ++row)
      data[row] =
          rowAt(base.weight + offsetAt(all.steps, step + row).weight + first,
                count, buffer.data() + row * count);
    // Rows that are not there add products of 0.
    for (size_t row = rows; row < kRowsAtOnce; ++row) {
      packed.set(row, Interval(0.0));
      data[row] = data[0];
    }
    addRows(data, format, packed, count, results);
  }
  for (size_t column = 0; column < count; ++column) {
    Offset point = base;
    point.point += (first + int64_t(column)) * columns.stride.point;
    set(point, results[column]);
  }
}

void Contraction::addUp() {
  int64_t points = iterations(outer) * iterations(units);
  sums.resize(points);
  kindOf.resize(points, Kind::Bounded);
  if (points == 0 || numSteps == 0)
    return;
  int64_t blocks = Worker(*this).numBlocks();
  // Tasks of some size; small nests are not worth waking a thread.
  constexpr int64_t kProductsOfTask = 1 << 16;
  int64_t blocksOfTask = std::max<int64_t>(
      1, blocks / std::max<int64_t>(1, points * numSteps / kProductsOfTask));
  auto run = [&](size_t task) {
    Worker worker(*this);
    int64_t first = task * blocksOfTask;
    for (int64_t i = first; i < std::min(first + blocksOfTask, blocks); ++i)
      worker.addUp(i);
  };
  size_t tasks = llvm::divideCeil(blocks, blocksOfTask);
  if (tasks == 1)
    run(0);
  else
    llvm::parallelFor(0, tasks, run);
}

std::optional<Element> Contraction::elementAt(size_t point,
                                              const Element &start) const {
  const ProductSums &sum = sums[point];
  if (kindOf[point] == Kind::Poisoned || start.poisoned ||
      (start.range.isPoint() && std::isinf(start.range.lo)))
    return Element::poison();
  if (!std::isfinite(sum.centre) || !std::isfinite(sum.radius) ||
      !std::isfinite(sum.magnitude))
    return std::nullopt;
  // What is unbounded may be infinite when executed, and 0 * inf is NaN.
  if (kindOf[point] == Kind::Unbounded || !start.range.isBounded() ||
      start.mayBeNaN)
    return Element::unknown();
  // To add 0 rounds nothing.
  double terms = sum.terms + (start.range.magnitude() != 0.0);
  if (terms == 0.0)
    return Element{start.range};
  double magnitude = roundedUp(sum.largest(numSteps) + start.range.magnitude());
  double error = summationError(terms, magnitude, formats);
  // Terms of one sign overflow to one side, and get beyond 0 by no rounding;
  // whether they are of one sign is seen by whoever looks closer.
  if (std::isinf(error))
    return std::nullopt;
  Interval range = start.range + sum.bounds(numSteps) + Interval(-error, error);
  double slack = 32.0 * error;
  if ((range.lo < 0.0 && -range.lo <= slack && start.range.lo >= 0.0 &&
       sum.mayBeNonNegative(numSteps)) ||
      (range.hi > 0.0 && range.hi <= slack && start.range.hi <= 0.0 &&
       sum.mayBeNonPositive(numSteps)))
    return std::nullopt;
  return Element{range};
}

} // namespace act
