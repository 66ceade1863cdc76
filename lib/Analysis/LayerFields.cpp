//===- LayerFields.cpp - How layers sum up what is before them ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WindowTable.h"
#include "llvm/ADT/DenseSet.h"
#include <numeric>

using namespace mlir;

namespace act {

std::vector<double> countPlaces(ArrayRef<int> placeOf, unsigned numPlaces) {
  std::vector<double> counts(numPlaces, 0.0);
  for (int place : placeOf)
    if (place != FieldStep::kZero)
      counts[place] += 1.0;
  return counts;
}

/// Taps that read the same place for every sum become one.
static FieldStep joinTaps(const FieldStep &step) {
  std::map<std::vector<int>, unsigned> counts;
  for (unsigned tap = 0; tap < step.numTaps; ++tap) {
    std::vector<int> column;
    for (unsigned place = 0; place < step.numPlaces(); ++place)
      column.push_back(step.sourcesOf(place)[tap]);
    ++counts[std::move(column)];
  }
  FieldStep joined{FieldStep::Kind::Sum, unsigned(counts.size()), {}};
  for (const auto &[column, count] : counts)
    joined.weights.push_back(double(count) / step.numTaps);
  for (unsigned place = 0; place < step.numPlaces(); ++place)
    for (const auto &[column, count] : counts)
      joined.sources.push_back(column[place]);
  return joined;
}

/// Whether 0 stands in a window, be it in the place of an element.
static bool isZero(const ElementField &field, int element) {
  return element == WeightedSum::kZero ||
         field.placeOf[element] == FieldStep::kZero;
}

/// Of each of its taps, which of the channels of a window it takes; nothing
/// where that differs from window to window.
static std::optional<std::vector<unsigned>>
channelsOfTaps(const ElementField &field, const WeightedSum &sum) {
  std::vector<std::optional<unsigned>> channelOf(sum.fanIn);
  for (size_t start = 0; start < sum.windows.size(); start += sum.fanIn) {
    llvm::SmallDenseMap<unsigned, unsigned> numberOf;
    for (unsigned tap = 0; tap < sum.fanIn; ++tap) {
      int element = sum.windows[start + tap];
      if (isZero(field, element))
        continue;
      unsigned number =
          numberOf.try_emplace(field.channelOf[element], numberOf.size())
              .first->second;
      if (channelOf[tap].value_or(number) != number)
        return std::nullopt;
      channelOf[tap] = number;
    }
  }
  std::vector<unsigned> channels;
  for (std::optional<unsigned> channel : channelOf)
    channels.push_back(channel.value_or(0)); // where all windows have zeros
  return channels;
}

/// The windows of a sum, and which one is whose.
std::optional<FieldStep> FieldReader::stepOf(const WeightedSum &sum,
                                             std::vector<int> &placeOf) {
  const ElementField *before = read(sum.operand);
  if (!before)
    return std::nullopt;
  WindowTable windows;
  size_t numWindows =
      sum.isDense() ? 1 : sum.windows.size() / size_t(sum.fanIn);
  for (size_t window = 0; window < numWindows; ++window) {
    WindowTable::Window places;
    for (unsigned step = 0; step < sum.fanIn; ++step) {
      int element =
          sum.isDense() ? int(step) : sum.windows[window * sum.fanIn + step];
      places.push_back({element == WeightedSum::kZero
                            ? FieldStep::kZero
                            : before->placeOf[element],
                        1.0});
    }
    windows.add(std::move(places));
    if (windows.size() > kMaxPlaces)
      return std::nullopt;
  }
  placeOf.assign(sum.numSums(), 0);
  for (auto [place, window] : llvm::zip(placeOf, sum.windowOf))
    place = windows.placeOf[window];
  FieldStep step = windows.step(FieldStep::Kind::Sum);
  if (!before->layer || !takesFewChannels(*before, sum))
    return joinTaps(step);
  auto channels = channelsOfTaps(*before, sum);
  if (!channels)
    return std::nullopt;
  step.channels = std::move(*channels);
  step.weights.assign(sum.fanIn, 1.0 / sum.fanIn);
  return step;
}

/// The channel of each of its sums.
static std::vector<unsigned> channelsOf(const WeightedSum &sum) {
  if (!sum.isDense())
    return sum.channelOf;
  std::vector<unsigned> channels(sum.width);
  std::iota(channels.begin(), channels.end(), 0);
  return channels;
}

/// Takes each of some places as it is.
static FieldStep stepThatKeeps(unsigned numPlaces) {
  FieldStep step{FieldStep::Kind::Mean, 1, std::vector<int>(numPlaces),
                 std::vector<double>(numPlaces, 1.0)};
  std::iota(step.sources.begin(), step.sources.end(), 0);
  return step;
}

/// `step` to places that are `places` of it.
static FieldStep refined(const FieldStep &step, ArrayRef<int> places) {
  FieldStep result = step;
  result.sources.clear();
  for (int place : places)
    llvm::append_range(result.sources, step.sourcesOf(place));
  if (step.kind == FieldStep::Kind::Mean)
    result.weights.assign(places.size(), 1.0);
  return result;
}

/// Places of a layer are those that differ in any summand.
std::optional<std::vector<FieldStep>>
FieldReader::addLayer(unsigned node, ArrayRef<const WeightedSum *> sums,
                      const ElementField *skip) {
  ElementField field;
  field.layer = node;
  field.channelOf = channelsOf(*sums.front());
  field.isNormal = !skip || (skip->isNormal && !skip->isRectified);
  std::vector<FieldStep> steps;
  std::vector<std::vector<int>> placesOf; // of all summands
  if (skip) {
    steps.push_back(stepThatKeeps(skip->numPlaces));
    placesOf.push_back(skip->placeOf);
    if (skip->channelOf != field.channelOf)
      return std::nullopt;
  }
  for (const WeightedSum *sum : sums) {
    std::optional<FieldStep> step = stepOf(*sum, placesOf.emplace_back());
    if (!step || channelsOf(*sum) != field.channelOf)
      return std::nullopt;
    field.isNormal &= step->channels.empty();
    steps.push_back(std::move(*step));
  }
  std::map<std::vector<int>, unsigned> numberOf;
  std::vector<std::vector<int>> distinct(steps.size());
  for (size_t element = 0; element < field.channelOf.size(); ++element) {
    std::vector<int> key;
    for (const std::vector<int> &places : placesOf)
      key.push_back(places[element]);
    auto [entry, isNew] = numberOf.try_emplace(key, numberOf.size());
    field.placeOf.push_back(entry->second);
    for (auto [places, place] : llvm::zip(distinct, key))
      if (isNew)
        places.push_back(place);
  }
  field.numPlaces = numberOf.size();
  for (auto [step, places] : llvm::zip(steps, distinct)) {
    step = refined(step, places);
    if (field.numPlaces > kMaxPlaces || isTooLarge(step))
      return std::nullopt;
  }
  field.counts = countPlaces(field.placeOf, field.numPlaces);
  known[node] = std::move(field);
  return steps;
}

bool FieldReader::takesFewChannels(const ElementField &field,
                                   const WeightedSum &sum) {
  // Windows of groups have as many.
  llvm::SmallDenseSet<unsigned> taken, all;
  for (unsigned step = 0; step < sum.fanIn; ++step) {
    int element = sum.isDense() ? int(step) : sum.windows[step];
    if (!isZero(field, element))
      taken.insert(field.channelOf[element]);
  }
  all.insert(field.channelOf.begin(), field.channelOf.end());
  return taken.size() < kWide && taken.size() < all.size();
}

} // namespace act
