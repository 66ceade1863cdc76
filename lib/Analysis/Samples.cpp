//===- Samples.cpp - Inputs that a program is calibrated on ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/Samples.h"
#include "act/IR/ActInterfaces.h"
#include "act/IR/FloatFormat.h"
#include <cmath>

using namespace mlir;

namespace act {

/// Whether an array of this shape is a list of values of `type`.
static bool isListOf(Type type, ArrayRef<int64_t> shape) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (shape.empty() || (shaped && !shaped.hasRank()))
    return false;
  ArrayRef<int64_t> one = shaped ? shaped.getShape() : ArrayRef<int64_t>();
  if (shape.drop_front() == one)
    return true;
  // A batch of one, or of any size.
  return !one.empty() && (one[0] == 1 || ShapedType::isDynamic(one[0])) &&
         shape.drop_front() == one.drop_front();
}

LogicalResult SampleSet::add(FunctionOpInterface entry,
                             const ArgumentSamples &array) {
  unsigned number = array.argument;
  if (number >= entry.getNumArguments())
    return entry.emitError()
           << "expected samples of an argument below "
           << entry.getNumArguments() << ", got argument " << number;
  BlockArgument argument = entry.getArgument(number);
  Type type = argument.getType();
  if (!formatOf(type) || !isListOf(type, array.shape)) {
    InFlightDiagnostic error = entry.emitError();
    error << "expected samples of argument " << number
          << " in an array of floats, which is a list of " << type
          << ", got an array of shape (";
    llvm::interleaveComma(array.shape, error);
    return error << ")";
  }
  size_t samples = array.shape.front();
  if (samples == 0 || (count != 0 && samples != count))
    return entry.emitError()
           << "expected "
           << (count ? std::to_string(count) + " samples" : "a sample or more")
           << " of argument " << number << ", got " << samples;
  size_t size = boundsSize(type);
  for (size_t i = 0; i < samples * size; ++i) {
    Element element = array.values[i];
    if (element.poisoned ||
        !std::isfinite(roundTo(element.range.lo, *formatOf(type))))
      return entry.emitError()
             << "expected finite samples of argument " << number << ", got "
             << (element.poisoned ? "NaN" : "infinity") << " in sample "
             << i / size;
  }
  if (!arrays.insert({argument, array.values}).second)
    return entry.emitError()
           << "expected samples of argument " << number << " once";
  count = samples;
  return success();
}

FailureOr<SampleSet> SampleSet::collect(Operation *root,
                                        ArrayRef<ArgumentSamples> arrays) {
  SampleSet set;
  if (arrays.empty())
    return set;
  FunctionOpInterface entry = findEntryFunction(root);
  if (!entry)
    return emitError(root->getLoc())
           << "expected a function 'main' or a single public function for the "
              "samples, got "
           << entryFunctions(root).size()
           << " functions; choose one (act-lint --entry=NAME)";
  for (const ArgumentSamples &array : arrays)
    if (failed(set.add(entry, array)))
      return failure();
  for (BlockArgument argument : entry.getArguments())
    if (formatOf(argument.getType()) && !set.contains(argument))
      return entry.emitError()
             << "expected samples of each argument of floats, got none of "
                "argument "
             << argument.getArgNumber();
  WalkResult walk = root->walk([](InitializerOpInterface initializer) {
    initializer->emitError("expected weights to execute samples with, got an "
                           "initializer; act-materialize-init draws them");
    return WalkResult::interrupt();
  });
  if (walk.wasInterrupted())
    return failure();
  return set;
}

std::vector<double> SampleSet::elements(BlockArgument argument,
                                        size_t sample) const {
  const Bounds &array = arrays.find(argument)->second;
  Format format = *formatOf(argument.getType());
  std::vector<double> elements(boundsSize(argument.getType()));
  for (size_t i = 0; i < elements.size(); ++i)
    elements[i] = roundTo(array[sample * elements.size() + i].range.lo, format);
  return elements;
}

ArgumentBounds SampleSet::point(size_t sample) const {
  ArgumentBounds point;
  for (const auto &[argument, array] : arrays) {
    std::vector<Element> known;
    for (double element : elements(argument, sample))
      known.push_back({Interval(element)});
    point[argument] = known.size() == 1 ? Bounds::splat(known.front())
                                        : Bounds::elements(std::move(known));
  }
  return point;
}

/// Whether a point certainly lies in the set: nothing is left to move.
static bool isIn(const SourceSet &set, const std::vector<double> &point,
                 Format format) {
  std::vector<double> moved = point;
  return set.makeRepresentable(moved, format) && moved == point;
}

bool SampleSet::isInBox(size_t sample, const ArgumentBounds &box) const {
  for (const auto &[argument, array] : arrays) {
    auto domain = box.find(argument);
    if (domain == box.end())
      continue;
    for (auto [i, element] : llvm::enumerate(elements(argument, sample)))
      if (!domain->second[i].range.contains(element))
        return false;
  }
  return true;
}

bool SampleSet::isWithin(size_t sample, const ArgumentDomains &domains) const {
  if (!isInBox(sample, domains.bounds))
    return false;
  for (const auto &[argument, array] : arrays) {
    std::vector<double> point = elements(argument, sample);
    std::shared_ptr<const SourceSet> set = domains.sets.lookup(argument);
    if (set && !isIn(*set, point, *formatOf(argument.getType())))
      return false;
  }
  return true;
}

} // namespace act
