//===- RowBuilder.h - The rows of an affine node ---------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWBUILDER_H
#define ACT_LIB_ANALYSIS_ROWBUILDER_H

#include "act/Relaxation/Network.h"

namespace act {

/// Collects an affine node, one result element after the other.
class RowBuilder {
public:
  explicit RowBuilder(const Network &network) : network(network) {}

  /// Adds `factor` times an element of a node to the element at hand; where a
  /// factor is known as an interval only, its middle, and the rest as error.
  void add(unsigned node, unsigned element, Interval factor);
  void addConstant(Interval value);
  /// Ends the element at hand. `error` is that of executing it.
  void endRow(SumError error);

  /// The largest magnitude that the sum of the magnitudes of the terms at hand
  /// can have, and the number of those that may differ from 0.
  double magnitude() const { return roundedUp(size * (1.0 + 0x1p-30)); }
  double numTerms() const { return count; }
  size_t numEntries() const { return entries; }

  /// Whether all is one node's elements, each plus a constant.
  bool isShift() const;
  /// Whether all is one node's elements, unchanged.
  bool isIdentity() const;
  unsigned onlyNode() const { return maps.front().first; }
  /// Adds the node. `range` has an interval per row that holds as well as what
  /// follows from the nodes' own.
  unsigned finish(Network &target, std::vector<Interval> range);

private:
  LinearMap &mapOf(unsigned node);
  std::vector<LinearTerm> takeTerms();

  const Network &network;
  std::vector<std::pair<unsigned, LinearMap>> maps; ///< per node
  std::vector<double> offset;
  std::vector<SumError> errors;
  std::vector<Interval> ranges; ///< by interval arithmetic
  double low = 0.0, high = 0.0; ///< ends at hand, without the constant
  Interval constant = Interval(0.0);
  double size = 0.0, count = 0.0, factorError = 0.0;
  size_t entries = 0;
  bool shift = true;
  unsigned inRow = 0; ///< entries of the row at hand
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWBUILDER_H
