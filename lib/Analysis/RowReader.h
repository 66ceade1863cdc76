//===- RowReader.h - Reads the ops around sums of rows ---------*- C++ -*--===//
//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWREADER_H
#define ACT_LIB_ANALYSIS_ROWREADER_H

#include "RowNodes.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "llvm/ADT/DenseSet.h"
#include <deque>
#include <map>

namespace act {

class RowReader {
public:
  /// Larger values are not read.
  static constexpr int64_t kMaxElements = 1 << 20;

  explicit RowReader(Semantics semantics) : semantics(semantics) {}

  /// The elements of `value` at some places.
  const RowNode *read(mlir::Value value, Places places);
  /// The scalars of the ops that compute a result, at all of its places: those
  /// in the body of a structured op, else the result; the operands of each
  /// first. Nothing for sums and what else is no function of elements.
  std::vector<std::pair<mlir::Value, const RowNode *>>
  readScalars(mlir::OpResult result);

  /// What a sum adds up, over the places of `sum`, of which each is a term once
  /// and belongs to the sum it reads. Which term a place is says `base`, a leaf
  /// among what is added up. Null where this is not so.
  const RowNode *termOf(const RowNode *sum, const RowNode *base);
  /// The places of all terms of the sums, those of each side by side, and which
  /// sum each belongs to.
  struct Terms {
    const RowNode *term = nullptr;
    std::vector<unsigned> sumOf;
  };
  std::optional<Terms> termsOf(const RowNode *sum);
  /// A node of one element for each sum at other places: which sum each is of.
  /// Null where the elements that read a sum are not the same.
  const RowNode *spread(const RowNode *node, const RowNode *sum,
                        llvm::ArrayRef<unsigned> sumOf);
  /// The terms of each sum.
  double numTerms(const RowNode *sum);
  /// The format in which a sum is accumulated.
  Format formatOf(const RowNode *sum);

private:
  /// The loops of a sum and what they read.
  struct SumLoops {
    LoopNest nest;
    llvm::SmallVector<mlir::Value> inputs;
    mlir::Value term; ///< in the body; null: the input itself
    /// Of each sum its iteration of the loops that are not reduced.
    std::vector<unsigned> iterations;
    Format format = Format::F64;
    /// Where it adds up other sums: those. Its terms are theirs.
    const SumLoops *inner = nullptr;
    unsigned level = 1; ///< how many loops in a row add up

    size_t numTerms() const;
  };
  /// The body of a structured op at some iterations.
  struct Body {
    mlir::Block *block = nullptr;
    Places iterations;
    std::vector<std::pair<mlir::Value, Places>> inputs;
    llvm::DenseMap<mlir::Value, const RowNode *> known;
  };
  /// An execution that may differ from others of the same operands; null: none.
  struct Execution {
    mlir::Value value;
    Places place;
  };

  const RowNode *leaf(mlir::Value value, Places places,
                      RowNode::Kind kind = RowNode::Kind::Leaf);
  const RowNode *step(Expression function, double ulps, Format format,
                      llvm::ArrayRef<const RowNode *> operands,
                      Execution execution = {});
  /// Whether a value is read further, or is a leaf wherever it is read.
  bool isFollowed(mlir::Value value);
  const RowNode *compute(mlir::OpResult value, const Places &places);
  const RowNode *readElementwise(mlir::OpResult value, const Places &places);
  std::optional<Body> readStructured(mlir::OpResult value,
                                     const Places &places);
  const RowNode *readScalar(mlir::Value scalar, Body &body);
  const RowNode *apply(mlir::Operation *op,
                       llvm::ArrayRef<const RowNode *> operands,
                       const Places &places);
  const SumLoops *sumLoops(mlir::Value value);
  void findInner(SumLoops &loops);
  std::optional<SumLoops> readSum(mlir::OpResult value);
  const RowNode *readTerm(const SumLoops &loops,
                          llvm::ArrayRef<std::pair<unsigned, unsigned>> at);
  const RowNode *
  readInnerTerm(const SumLoops &loops,
                llvm::ArrayRef<std::pair<unsigned, unsigned>> at);

  Semantics semantics;
  /// Loops that add up what others do, at most.
  static constexpr unsigned kMaxSumsInSums = 4;
  unsigned sumsInSums = 0;
  unsigned depth = 0; ///< calls of read() and readScalar() within each other
  llvm::DenseSet<mlir::Value> ends; ///< leaves for the depth they were met at
  std::deque<RowNode> nodes;
  std::map<const void *, std::vector<std::pair<Places, const RowNode *>>> known;
  std::map<const void *, std::optional<SumLoops>> sums;
};

/// Operands of which nothing is known.
llvm::SmallVector<Bounds> unknownOperands(mlir::Operation *op);
/// The iteration of the loops that are not reduced, for each element of the
/// result; nothing where an element is not written exactly once.
std::optional<std::vector<unsigned>> iterationsOf(const LoopNest &nest);
/// The elements of a value of `type` that an access has at some offsets; null
/// where one lies outside.
Places placesAt(const LoopAccess &access, mlir::Type type,
                llvm::ArrayRef<int64_t> offsets);

/// Where `value` is a change of shape, the element of the first operand at each
/// place.
std::optional<Places> movedFrom(mlir::OpResult value, const Places &places,
                                Semantics semantics);
/// Whether a value is computed from sums over loops of one operand and numbers,
/// by functions of elements, as far as a few ops tell.
bool isMadeOfSums(mlir::Value value);

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWREADER_H
