//===- WindowTable.h - The windows of a step -------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_WINDOWTABLE_H
#define ACT_LIB_ANALYSIS_WINDOWTABLE_H

#include "FieldReader.h"
#include <map>

namespace act {

/// A table of their pairs is kept.
inline constexpr unsigned kMaxPlaces = 1024;

/// Whether a step has too many products for pairs of places: some seconds.
inline bool isTooLarge(const FieldStep &step) {
  constexpr double kMaxProducts = 0x1p30;
  double taps = step.kind == FieldStep::Kind::Sum ? 1.0 : step.numTaps;
  return double(step.numPlaces()) * step.numPlaces() * step.numTaps * taps >
         kMaxProducts;
}

/// How many elements stand at each place.
std::vector<double> countPlaces(llvm::ArrayRef<int> placeOf,
                                unsigned numPlaces);

/// The distinct windows of the elements of a node, and which one is whose.
class WindowTable {
public:
  /// What stands in a window, in order: places, and a factor of each.
  using Window = std::vector<std::pair<int, double>>;

  void add(Window window) {
    auto [entry, isNew] =
        numberOf.try_emplace(std::move(window), windows.size());
    if (isNew)
      windows.push_back(&entry->first);
    placeOf.push_back(entry->second);
  }
  size_t size() const { return windows.size(); }

  /// Windows of fewer elements are filled up with zeros.
  FieldStep step(FieldStep::Kind kind) const {
    FieldStep step{kind, 1, {}};
    for (const Window *window : windows)
      step.numTaps = std::max<unsigned>(step.numTaps, window->size());
    for (const Window *window : windows)
      for (unsigned tap = 0; tap < step.numTaps; ++tap) {
        bool isThere = tap < window->size();
        step.sources.push_back(isThere ? (*window)[tap].first
                                       : FieldStep::kZero);
        if (kind == FieldStep::Kind::Mean)
          step.weights.push_back(isThere ? (*window)[tap].second : 0.0);
      }
    return step;
  }

  std::vector<int> placeOf; ///< of each element

private:
  std::map<Window, unsigned> numberOf;
  std::vector<const Window *> windows;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_WINDOWTABLE_H
