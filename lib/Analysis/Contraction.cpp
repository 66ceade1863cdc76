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

/// Whether the weights of each point and step are the same numbers in memory,
/// read in the same order.
bool Contraction::sharesWeightsWith(const Contraction &other) const {
  const ConstantNumbers *here = weights.inPlace(),
                        *there = other.weights.inPlace();
  auto areAlike = [](ArrayRef<Loop> a, ArrayRef<Loop> b) {
    return llvm::equal(a, b, [](const Loop &x, const Loop &y) {
      return x.extent == y.extent && x.stride.weight == y.stride.weight &&
             x.stride.point == y.stride.point;
    });
  };
  return here && there && here->data.data() == there->data.data() &&
         here->format == there->format &&
         origin.weight == other.origin.weight && areAlike(outer, other.outer) &&
         areAlike(units, other.units) && areAlike(steps, other.steps);
}

//===----------------------------------------------------------------------===//
// The result
//===----------------------------------------------------------------------===//

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
