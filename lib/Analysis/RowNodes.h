//===- RowNodes.h - A program around sums of rows --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a value is computed from, one scalar op at a time, however the ops are
// spread over tensors and bodies: equal computations are one node. A node is an
// array over places, as those of the elements of a tensor. Sums are read over
// places of the same tensor, so that what is added up can be compared with what
// their rows are used for.
//
// Nodes are compared as executed: at each place of one node there is one
// number. Where two executions of an op on the same numbers may give different
// ones, a node says which execution it is, and what is computed from it differs
// with it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWNODES_H
#define ACT_LIB_ANALYSIS_ROWNODES_H

#include "act/Analysis/Bounds.h"
#include "act/Formula/Expression.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace act {

/// The element of a value at each place.
using Places = std::shared_ptr<const std::vector<unsigned>>;

struct RowNode {
  enum class Kind {
    Leaf, ///< elements of a value, as executed
    Sum,  ///< sums over a loop: `place` says which at each place
    Step  ///< a scalar op, rounded
  } kind = Kind::Leaf;
  /// Leaf and Sum. A step has them where another execution may give another
  /// number: the result of the op and, at each place, the iteration of its
  /// loops or the element. Else it is null: a function of the executed
  /// operands.
  mlir::Value value;
  Places place;
  /// Step: a canonical function of the operands, off by `ulps` of `format`.
  Expression step = 0.0;
  double ulps = 0.0;
  Format format = Format::F64;
  llvm::SmallVector<const RowNode *, 2> operands;

  bool isNumber() const { return kind == Kind::Step && operands.empty(); }
  /// The square of another node.
  bool isSquareOf(const RowNode *other) const;
};

/// `node` and all it is computed from down to leaves, sums and `ends`, operands
/// first.
std::vector<const RowNode *>
nodesBehind(const RowNode *node, llvm::ArrayRef<const RowNode *> ends = {});
/// The sums that a node is computed from, if from nothing else but numbers.
std::optional<std::vector<const RowNode *>> sumsBehind(const RowNode *node);
/// A node as a function over the reals of some it is computed from: variables
/// 0, 1, ... Each path down has to end at one of them or a number.
Expression formulaOf(const RowNode *node,
                     llvm::ArrayRef<const RowNode *> variables);

/// Where the real function of `variables`, executed values within `ranges`,
/// lies, and by how much the execution may be off; infinite where that has no
/// bound or may be NaN. What is executed lies in `executed`, rounded or not: a
/// product whose sum is contracted is not.
struct ExecutedNode {
  Interval range;
  double error = 0.0;
  Interval executed;
};
ExecutedNode execute(const RowNode *node,
                     llvm::ArrayRef<const RowNode *> variables,
                     llvm::ArrayRef<Interval> ranges, Semantics semantics);

/// Whether all places that read one element of `sum` read one execution of all
/// that `node` is computed from, and with it of `node`.
bool isOnePerRow(const RowNode *node, const RowNode *sum);
/// Whether two sums are read at the same rows of places.
bool haveSameRows(const RowNode *sum, const RowNode *other);

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWNODES_H
