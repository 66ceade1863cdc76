//===- LoopReader.h - A loop nest as nodes of a network --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_LOOPREADER_H
#define ACT_LIB_ANALYSIS_LOOPREADER_H

#include "NetworkReader.h"

namespace act {

/// Reads loops that read tagged operands: formulas, and their sums, maxima and
/// minima.
class NetworkReader::LoopReader {
public:
  /// `first` and `second` are the loops for the two questions of `tags`;
  /// `range` the bounds of the elements of the result.
  LoopReader(NetworkReader &reader, const TaggedOperands &tags,
             const LoopNest &first, const LoopNest &second,
             llvm::ArrayRef<Interval> range);

  /// The node of the result; nothing if it is none of these.
  std::optional<unsigned> read();

private:
  Entry entryAt(unsigned input, int64_t offset) const;
  Entry entryOf(unsigned input, size_t element, size_t step) const;
  bool findElements();

  ElementFunction boundTerm() const;
  std::optional<unsigned> readTerms(llvm::ArrayRef<Interval> ranges);
  std::optional<unsigned> readTerms();

  using FactorsAt =
      llvm::function_ref<std::pair<Entry, Entry>(size_t element, size_t step)>;
  bool addProduct(const Entry &a, const Entry &b, RowBuilder &rows) const;
  std::optional<unsigned> readSum();
  std::optional<unsigned> readSumOfProducts();
  bool areWeights(unsigned input) const;
  std::optional<unsigned> wholeNode(unsigned input) const;
  bool setWindows(unsigned weights, unsigned factors, WeightedSum &sum) const;
  bool addWindow(unsigned factors, int64_t offset,
                 std::optional<unsigned> &node, std::vector<size_t> &takenBy,
                 WeightedSum &sum) const;
  std::optional<unsigned> readWeightedSum();
  std::optional<unsigned> sumOf(FactorsAt factorsAt);

  std::optional<unsigned> readExtremum();
  bool addCandidate(const Entry &entry,
                    llvm::SmallVectorImpl<Entry> &candidates) const;
  void dropDecided(llvm::SmallVectorImpl<Entry> &candidates) const;
  std::optional<unsigned>
  addExtrema(llvm::ArrayRef<llvm::SmallVector<Entry>> candidates);

  NetworkReader &reader;
  const TaggedOperands &tags;
  const LoopNest &first, &second;
  llvm::ArrayRef<Interval> range;

  /// Per input, and last the output: the offsets of its elements over the
  /// loops that are not reduced, and over those that are.
  std::vector<std::vector<int64_t>> outer, inner;
  /// The iteration of the loops not reduced that computes each element.
  std::vector<size_t> iterationOf;
  size_t steps = 1; ///< values of the term for an element
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_LOOPREADER_H
