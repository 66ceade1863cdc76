//===- TaggedOperands.h - Operands that tell who they are -------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which elements of its operands does an op move or read where? Its Transfer
// is asked twice, with a number of its own in the place of each element that is
// of interest. What comes out as that number both times is that element; what
// comes out as the same number both times is a constant.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_TAGGEDOPERANDS_H
#define ACT_LIB_ANALYSIS_TAGGEDOPERANDS_H

#include "act/Analysis/LoopNest.h"

namespace act {

/// An element of a node of a network, a number, or neither. A number may be
/// known up to an interval only, as weights are that were computed.
struct Entry {
  enum Kind { OfNode, Number, Infinity, Open } kind = Open;
  unsigned node = 0, element = 0;
  Interval number = Interval(0.0); ///< of an infinity as well

  static Entry ofNumber(Interval number);
  static Entry ofNode(unsigned node, unsigned element);
};

class TaggedOperands {
public:
  /// The bounds of an operand for the first and the second question.
  using Tagged = std::pair<Bounds, Bounds>;

  /// What stands for a node of `size` elements.
  Tagged tag(unsigned node, size_t size);
  void addOperand(Tagged bounds);

  bool hasNodes() const { return !nodes.empty(); }
  /// The operands of the first or second question.
  llvm::ArrayRef<Bounds> operands(unsigned question) const {
    return asked[question];
  }
  /// What an element is that came out as these.
  Entry decode(const Element &first, const Element &second) const;

private:
  struct NodeTags {
    unsigned node;
    size_t start, size;
  };
  std::vector<NodeTags> nodes;
  size_t numTags = 0;
  llvm::SmallVector<Bounds> asked[2];
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_TAGGEDOPERANDS_H
