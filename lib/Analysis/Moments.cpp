//===- Moments.cpp - Mean, variance and kurtosis of numbers ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks that fit into the nearest cache are gone through twice, so that
// nothing is lost to a mean far from 0; their moments are then merged.
//
//===----------------------------------------------------------------------===//

#include "Moments.h"
#include "act/Formula/VectorVersions.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Parallel.h"
#include <algorithm>
#include <cmath>

using namespace mlir;

namespace act {

namespace {
/// Sums of powers of the distances from the mean.
struct CentralSums {
  double count = 0.0, mean = 0.0;
  double second = 0.0, third = 0.0, fourth = 0.0;
  double largest = 0.0;

  void merge(const CentralSums &other);
  Moments moments() const;
};
} // namespace

/// As in Pebay, Formulas for robust, one-pass parallel computation of
/// covariances and arbitrary-order statistical moments, Sandia report
/// SAND2008-6212, equations 1.1, 2.1 and 3.1.
void CentralSums::merge(const CentralSums &other) {
  if (other.count == 0.0)
    return;
  double all = count + other.count, distance = other.mean - mean;
  double here = count / all, there = other.count / all;
  double step = distance * distance * here * other.count;
  fourth += other.fourth +
            step * distance * distance *
                (here * here - here * there + there * there) +
            6.0 * distance * distance *
                (here * here * other.second + there * there * second) +
            4.0 * distance * (here * other.third - there * third);
  third += other.third + step * distance * (here - there) +
           3.0 * distance * (here * other.second - there * second);
  second += other.second + step;
  mean += distance * there;
  count = all;
  largest = std::max(largest, other.largest);
}

Moments CentralSums::moments() const {
  Moments result;
  if (count == 0.0)
    return result;
  result.count = size_t(count);
  result.mean = mean;
  result.variance = second / count;
  if (second > 0.0)
    result.kurtosis = fourth * count / (second * second);
  result.largest = largest;
  return result;
}

/// Sums side by side, so that none waits for the one before.
static constexpr size_t kLanes = 8;

static double total(const double *lanes) {
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
         ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

ACT_VECTOR_VERSIONS
static void addUp(const double *numbers, size_t count, CentralSums &sums) {
  double s[kLanes] = {}, most[kLanes] = {};
  auto add = [&](size_t i, size_t k) __attribute__((always_inline)) {
    double size = std::abs(numbers[i]);
    s[k] += numbers[i];
    most[k] = most[k] < size ? size : most[k];
  };
  size_t whole = count / kLanes * kLanes;
  for (size_t i = 0; i < whole; i += kLanes)
    for (size_t k = 0; k < kLanes; ++k)
      add(i + k, k);
  for (size_t i = whole; i < count; ++i)
    add(i, 0);
  double mean = total(s) / count;
  double second[kLanes] = {}, third[kLanes] = {}, fourth[kLanes] = {};
  auto addPowers = [&](size_t i, size_t k) __attribute__((always_inline)) {
    double distance = numbers[i] - mean, square = distance * distance;
    second[k] += square;
    third[k] += square * distance;
    fourth[k] += square * square;
  };
  for (size_t i = 0; i < whole; i += kLanes)
    for (size_t k = 0; k < kLanes; ++k)
      addPowers(i + k, k);
  for (size_t i = whole; i < count; ++i)
    addPowers(i, 0);
  sums = {double(count), mean,          total(second),
          total(third),  total(fourth), *std::max_element(most, most + kLanes)};
}

/// Numbers of a block, and blocks of a task.
static constexpr size_t kBlock = 2048, kBlocksOfTask = 128;

/// The moments of every `step`-th block of `size` numbers;
/// `read(first, count, result)` copies some of them.
template <typename Read>
static Moments momentsOf(size_t size, size_t step, Read read) {
  size_t blocks = llvm::divideCeil(llvm::divideCeil(size, kBlock), step);
  std::vector<CentralSums> parts(llvm::divideCeil(blocks, kBlocksOfTask));
  auto run = [&](size_t task) {
    double buffer[kBlock];
    size_t end = std::min(blocks, (task + 1) * kBlocksOfTask);
    for (size_t index = task * kBlocksOfTask; index < end; ++index) {
      size_t first = index * step * kBlock;
      size_t count = std::min(kBlock, size - first);
      read(first, count, buffer);
      CentralSums block;
      addUp(buffer, count, block);
      parts[task].merge(block);
    }
  };
  // Few numbers are not worth waking a thread.
  if (parts.size() == 1)
    run(0);
  else
    llvm::parallelFor(0, parts.size(), run);
  CentralSums sums;
  for (const CentralSums &part : parts)
    sums.merge(part);
  return sums.moments();
}

Moments sampledMoments(const Bounds &numbers, size_t most) {
  size_t step = llvm::divideCeil(numbers.size(), std::max<size_t>(most, 1));
  return momentsOf(numbers.size(), std::max<size_t>(step, 1),
                   [&](size_t first, size_t count, double *result) {
                     numbers.readNumbers(first, 1, count, result);
                   });
}

Moments momentsOf(const Bounds &numbers) {
  return sampledMoments(numbers, numbers.size());
}

Moments momentsOf(ArrayRef<double> numbers) {
  return momentsOf(numbers.size(), /*step=*/1,
                   [&](size_t first, size_t count, double *result) {
                     llvm::copy(numbers.slice(first, count), result);
                   });
}

} // namespace act
