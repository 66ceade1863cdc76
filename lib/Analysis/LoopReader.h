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

/// Reads loops that read tagged operands: sums of products with one constant
/// factor, affine functions of elements, and functions of one of these.
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

  std::optional<unsigned> readSum();
  bool addProduct(const Entry &a, const Entry &b, RowBuilder &rows) const;
  std::optional<unsigned> readElementwise();
  bool findVariables();
  bool readEntries(size_t element);
  void bindNumbers();
  std::optional<unsigned> readAffine(const AffineForm &form, bool isWhole,
                                     llvm::ArrayRef<Interval> ranges);
  std::vector<Interval> innerRanges(const AffineForm &form);
  Interval value(Expression formula) const;

  NetworkReader &reader;
  const TaggedOperands &tags;
  const LoopNest &first, &second;
  llvm::ArrayRef<Interval> range;

  /// Per input, and last the output: the offsets of its elements over the
  /// loops that are not reduced, and over those that are.
  std::vector<std::vector<int64_t>> outer, inner;
  /// The iteration of the loops not reduced that computes each element.
  std::vector<size_t> iterationOf;

  /// Elementwise: the function with numbers bound, the inputs that are
  /// elements of nodes, and what is read at the element at hand.
  std::optional<ElementFunction> term;
  std::vector<bool> isVariable;
  llvm::SmallVector<Entry> entries;
  std::vector<Interval> box; ///< of the entries
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_LOOPREADER_H
