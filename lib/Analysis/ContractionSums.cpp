//===- ContractionSums.cpp - Adding up weights times factors --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks of points on all cores, each of which reads its weights once for all
// contractions that share them.
//
//===----------------------------------------------------------------------===//

#include "ConstantNumbers.h"
#include "Contraction.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Parallel.h"

using namespace mlir;

namespace act {

/// Adds up the sums of some points of contractions that share their weights.
/// Each is added up in an order of its own, in which other points and other
/// contractions play no part.
class Contraction::Worker {
public:
  explicit Worker(ArrayRef<Contraction *> contractions);

  /// Blocks of points, of which each worker may take any.
  int64_t numBlocks() const { return blocksOfUnits * outerIterations; }
  void addUp(int64_t block);

private:
  /// One of the contractions at a block of its points.
  struct Part {
    Contraction *of;
    FactorArrays packed; ///< the factors of some steps, of points by unit
    int64_t factor = 0;  ///< where all of them start
    Kind kind = Kind::Bounded;

    void readKind();
    void packFactors(int64_t step, size_t count, FactorArrays &packed) const;
    void set(int64_t point, const ProductSums &result) const;
  };
  void readSteps(int64_t weight, int64_t step, size_t count);
  void addByUnit(Offset base, int64_t firstUnit);
  void addByColumn(Offset base, int64_t block);
  /// `count` weights side by side, in place or in `room`.
  const char *rowAt(int64_t weight, size_t count, double *room) const;

  /// Steps that stay in the nearest cache.
  static constexpr int64_t kSteps = 1024;
  /// Columns of a block. Long pieces of rows are read faster, up to what stays
  /// in the second cache, and every thread shall have some.
  static constexpr int64_t kFewestColumns = 512, kMostColumns = 2048;
  static constexpr int64_t kUnits = 32;

  std::vector<Part> parts;
  const Contraction &all; ///< the first, for what they share
  /// Whether the weights of neighbouring units lie side by side, and not those
  /// of neighbouring steps: these units are the columns.
  bool byColumn;
  Loop columns{1, {}};
  SmallVector<Loop> rowLoops; ///< units that are no columns
  /// Steps whose weights are evenly spaced.
  Loop run{1, {}};
  SmallVector<Loop> runLoops; ///< the steps from run to run
  int64_t outerIterations, blocksOfUnits, columnBlocks = 1, columnsOfBlock = 1;

  Format format; ///< of what rowAt() gives
  std::vector<double> buffer;
};

Contraction::Worker::Worker(ArrayRef<Contraction *> contractions)
    : all(*contractions.front()), rowLoops(all.units), runLoops(all.steps) {
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
  size_t stepsAtOnce = byColumn ? kRowsAtOnce : std::min(kSteps, all.numSteps);
  for (Contraction *each : contractions) {
    parts.push_back({each, {}});
    parts.back().packed.resize(stepsAtOnce);
  }
  buffer.resize(byColumn ? stepsAtOnce * columnsOfBlock : stepsAtOnce);
}

/// The worst of all factors.
void Contraction::Worker::Part::readKind() {
  kind = Kind::Bounded;
  for (int64_t offset : of->factorOfStep)
    kind = std::max(kind, of->kinds[factor + offset]);
}

void Contraction::Worker::Part::set(int64_t point,
                                    const ProductSums &result) const {
  of->sums[point] = result;
  of->kindOf[point] = kind;
}

void Contraction::Worker::Part::packFactors(int64_t step, size_t count,
                                            FactorArrays &packed) const {
  for (size_t i = 0; i < count; ++i)
    if (kind == Kind::Bounded)
      packed.copy(i, of->arrays, factor + of->factorOfStep[step + i]);
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

void Contraction::Worker::addUp(int64_t block) {
  int64_t iteration = block / blocksOfUnits;
  Offset base = all.origin;
  base += offsetAt(all.outer, iteration);
  for (Part &part : parts) {
    part.factor =
        part.of->origin.factor + offsetAt(part.of->outer, iteration).factor;
    part.readKind();
  }
  if (byColumn)
    addByColumn(base, block % blocksOfUnits);
  else
    addByUnit(base, block % blocksOfUnits * kUnits);
}

void Contraction::Worker::addByUnit(Offset base, int64_t firstUnit) {
  int64_t count = std::min(kUnits, iterations(rowLoops) - firstUnit);
  std::vector<ProductSums> results(parts.size() * count);
  for (int64_t step = 0; step < all.numSteps; step += kSteps) {
    size_t some = std::min(kSteps, all.numSteps - step);
    for (Part &part : parts)
      part.packFactors(step, some, part.packed);
    ProductSums *sums = results.data();
    for (int64_t unit = 0; unit < count; ++unit) {
      Offset row = offsetAt(rowLoops, firstUnit + unit);
      readSteps(base.weight + row.weight, step, some);
      for (const Part &part : parts)
        addProducts(buffer.data(), part.packed, some, *sums++);
    }
  }
  const ProductSums *sums = results.data();
  for (int64_t unit = 0; unit < count; ++unit)
    for (const Part &part : parts)
      part.set(base.point + offsetAt(rowLoops, firstUnit + unit).point,
               *sums++);
}

void Contraction::Worker::addByColumn(Offset base, int64_t block) {
  base += offsetAt(rowLoops, block / columnBlocks);
  int64_t first = block % columnBlocks * columnsOfBlock;
  size_t count = std::min(columnsOfBlock, columns.extent - first);
  std::vector<ColumnSums> results(parts.size(), ColumnSums(count));
  for (int64_t step = 0; step < all.numSteps; step += kRowsAtOnce) {
    size_t rows = std::min<int64_t>(kRowsAtOnce, all.numSteps - step);
    const char *data[kRowsAtOnce];
    for (size_t row = 0; row < rows; ++row)
      data[row] =
          rowAt(base.weight + offsetAt(all.steps, step + row).weight + first,
                count, buffer.data() + row * count);
    std::fill(data + rows, data + kRowsAtOnce, data[0]);
    for (auto [part, result] : llvm::zip_equal(parts, results)) {
      part.packFactors(step, rows, result.factors);
      // Rows that are not there add products of 0.
      for (size_t row = rows; row < kRowsAtOnce; ++row)
        result.factors.set(row, Interval(0.0));
    }
    addRows(data, format, count, results);
  }
  for (auto [part, result] : llvm::zip_equal(parts, results))
    for (size_t column = 0; column < count; ++column)
      part.set(base.point + (first + int64_t(column)) * columns.stride.point,
               result.sums[column]);
}

void Contraction::addUp(ArrayRef<Contraction *> all) {
  std::vector<Contraction *> open(all.begin(), all.end());
  while (!open.empty()) {
    std::vector<Contraction *> together, rest;
    for (Contraction *each : open)
      (each == open.front() || each->sharesWeightsWith(*open.front()) ? together
                                                                      : rest)
          .push_back(each);
    addUpTogether(together);
    open = std::move(rest);
  }
}

void Contraction::addUpTogether(ArrayRef<Contraction *> all) {
  const Contraction &first = *all.front();
  int64_t points = iterations(first.outer) * iterations(first.units);
  for (Contraction *each : all) {
    each->sums.resize(points);
    each->kindOf.resize(points, Kind::Bounded);
  }
  if (points == 0 || first.numSteps == 0)
    return;
  int64_t blocks = Worker(all).numBlocks();
  // Tasks of some size; small nests are not worth waking a thread.
  constexpr int64_t kProductsOfTask = 1 << 16;
  int64_t products = points * first.numSteps * int64_t(all.size());
  int64_t blocksOfTask = std::max<int64_t>(
      1, blocks / std::max<int64_t>(1, products / kProductsOfTask));
  auto run = [&](size_t task) {
    Worker worker(all);
    int64_t begin = task * blocksOfTask;
    for (int64_t i = begin; i < std::min(begin + blocksOfTask, blocks); ++i)
      worker.addUp(i);
  };
  size_t tasks = llvm::divideCeil(blocks, blocksOfTask);
  if (tasks == 1)
    run(0);
  else
    llvm::parallelFor(0, tasks, run);
}

} // namespace act
