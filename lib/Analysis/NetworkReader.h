//===- NetworkReader.h - A program as a network ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values of a program become nodes of a Network when they are asked for. Which
// elements an op reads, and with which factors, is asked from its Transfer with
// numbers in the place of the elements that say which one they are: no op has
// a case of its own.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_NETWORKREADER_H
#define ACT_LIB_ANALYSIS_NETWORKREADER_H

#include "RowBuilder.h"
#include "RowNormalization.h"
#include "TaggedOperands.h"
#include "act/Analysis/ActivationSites.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/Analysis/Domains.h"
#include "act/Relaxation/AffineForm.h"
#include "act/Relaxation/Network.h"

namespace act {

/// The laws of the initializers that an affine node is computed from.
struct InitializerLaws {
  std::optional<WeightLaw> weight, bias;
  mlir::Value origin, biasOrigin; ///< of the weights and of the biases
};

/// A node whose elements are sums of elements of another, each times a weight,
/// and an offset. Either each sum takes all elements, with weights of its own,
/// or the sums of a channel share weights and take a window each.
struct WeightedSum {
  unsigned operand = 0;
  unsigned fanIn = 0, width = 0; ///< width: sums, or channels of them
  /// fanIn * width numbers, in no particular order, or one for all: what
  /// initializers count as.
  Bounds weights;
  std::vector<double> offset = {};

  static constexpr int kZero = -1; ///< in the place of an element
  /// The elements of each window, one for each weight of a channel.
  std::vector<int> windows = {};
  std::vector<unsigned> windowOf = {}, channelOf = {}; ///< of each sum

  size_t numWeights() const { return size_t(fanIn) * width; }
  size_t numSums() const { return isDense() ? width : windowOf.size(); }
  bool isDense() const { return windows.empty(); }
};

class NetworkReader {
public:
  enum class Purpose {
    /// Ranges and errors hold for every input and every draw of initializers.
    Bounds,
    /// Which nodes there are, and of which initializers: these count as
    /// numbers, and ranges mean nothing.
    Shape,
    /// The same, where weighted sums are sources: no weight is read, of which
    /// there may be any number.
    Outline
  };
  /// `sites` are read as functions of their leaf, however many ops they are;
  /// `sets` are those of the arguments that `bounds` start from.
  NetworkReader(const ValueBounds &bounds,
                llvm::ArrayRef<const ActivationSite *> sites,
                Semantics semantics, Purpose purpose = Purpose::Bounds,
                ArgumentSets sets = ArgumentSets());

  /// The node of what a site's function is applied to; nothing where no
  /// execution arrives, several sizes are unknown, or it is a number.
  std::optional<unsigned> preactivation(const ActivationSite &site);
  /// The node of a value; nothing under the same conditions.
  std::optional<unsigned> nodeOf(mlir::Value value);

  /// To read more after ranges were narrowed makes what is read tighter.
  Network &network() { return net; }
  const Network &network() const { return net; }
  /// The argument of a function that a source is; null for others.
  mlir::BlockArgument argumentOf(unsigned source) const {
    return arguments.lookup(source);
  }

  /// What a source is in an outline; null for others and those of arguments.
  const WeightedSum *weightedSum(unsigned source) const {
    auto found = weightedSums.find(source);
    return found == weightedSums.end() ? nullptr : &found->second;
  }

  /// Of a node that was read for its shape.
  InitializerLaws lawsOf(unsigned node) const { return laws.lookup(node); }

private:
  /// Larger values, and more entries of affine maps, are not read.
  static constexpr int64_t kMaxElements = 1 << 20;
  static constexpr size_t kMaxEntries = 1 << 24;
  static constexpr size_t kMaxOutlineEntries = 1 << 22;
  /// Elements of all windows of an outline.
  static constexpr size_t kMaxWindowEntries = 1 << 25;

  class FormulaReader;
  class LoopReader;

  /// What was an initializer before it was moved.
  struct InitialValue {
    WeightLaw law;
    int64_t count;
    mlir::Value origin;
  };
  std::optional<InitialValue> initialValue(mlir::Value value);
  std::optional<InitialValue> computeInitialValue(mlir::Value value) const;
  void noteLaws(unsigned node, mlir::Operation *op);
  std::optional<unsigned> computeNode(mlir::Value value);
  llvm::SmallVector<mlir::Value> partsOf(mlir::Value value);
  void appendPart(mlir::Value value,
                  llvm::SmallVectorImpl<mlir::Value> &parts) const;
  bool isPadded(mlir::Value value) const;
  /// Whether a value is a function over the reals of what it is computed from:
  /// never NaN.
  bool isReal(const Bounds &known) const {
    return purpose != Purpose::Bounds || !known.mayBeNaN();
  }
  std::shared_ptr<const SourceSet> setOf(mlir::Value value) const;
  std::optional<RowFact> factOf(mlir::Operation *op) const;
  std::optional<unsigned> rowsOf(mlir::Operation *op, const RowFact &fact,
                                 size_t count);
  std::optional<unsigned> readBehindRows(mlir::Operation *op, mlir::Value root,
                                         llvm::ArrayRef<Interval> range);
  unsigned addSource(mlir::Value value, std::vector<Interval> range);
  bool isReadable(mlir::Value value, llvm::ArrayRef<Interval> range) const;
  std::optional<unsigned> read(mlir::Value value,
                               llvm::ArrayRef<Interval> range);
  std::optional<unsigned> readSite(const ActivationSite &site,
                                   llvm::ArrayRef<Interval> range);
  std::optional<unsigned> readLeaf(const ActivationSite &site,
                                   llvm::ArrayRef<Interval> range);
  std::optional<unsigned> readTransfer(mlir::OpResult value,
                                       llvm::ArrayRef<Interval> range);
  std::optional<unsigned> readMovement(const TaggedOperands &tags,
                                       const Bounds &first,
                                       const Bounds &second,
                                       llvm::ArrayRef<Interval> range);
  std::optional<unsigned> applyFunction(unsigned operand, Expression function,
                                        const ElementFunction &executed,
                                        llvm::ArrayRef<Interval> range);
  unsigned addFunction(unsigned operand,
                       std::shared_ptr<const FunctionRelaxation> function,
                       llvm::ArrayRef<Interval> range,
                       std::vector<double> errors, bool errorScales);
  unsigned addMultivariate(MultivariateFunction function, OperandLists operands,
                           llvm::ArrayRef<Interval> range,
                           std::vector<double> errors, bool errorScales);
  TaggedOperands tagOperands(mlir::Operation *op);
  TaggedOperands::Tagged tagOperand(mlir::Value operand, TaggedOperands &tags);
  std::optional<TaggedOperands::Tagged> tagPadded(mlir::Value value,
                                                  TaggedOperands &tags);
  std::optional<std::vector<Interval>> rangesOf(mlir::Type type,
                                                const Bounds &bounds) const;
  std::optional<std::vector<Interval>> openRangesOf(mlir::Value value);
  std::optional<unsigned> addRows(RowBuilder &rows,
                                  llvm::ArrayRef<Interval> range);
  /// A map takes at most half of what is left, so that a large layer, which
  /// becomes a source, leaves room for the many that cost little. Estimates
  /// need every layer of a chain.
  bool isTooLarge(size_t more) const {
    size_t most =
        purpose == Purpose::Outline ? kMaxOutlineEntries : kMaxEntries;
    size_t left = most - std::min(entries, most);
    return more > (purpose == Purpose::Bounds ? left / 2 : left);
  }

  const ValueBounds &bounds;
  llvm::DenseMap<mlir::Operation *, const ActivationSite *> siteOf;
  Semantics semantics;
  Network net;
  llvm::DenseMap<mlir::Value, std::optional<unsigned>> known;
  llvm::DenseMap<mlir::Operation *, std::optional<unsigned>> leaves;
  llvm::DenseMap<unsigned, mlir::BlockArgument> arguments;
  Purpose purpose;
  ArgumentSets argumentSets;
  llvm::DenseMap<mlir::Value, std::optional<InitialValue>> initial;
  llvm::DenseMap<unsigned, InitializerLaws> laws;
  llvm::DenseMap<unsigned, WeightedSum> weightedSums;
  /// The nodes that are rows normalised in the body of an op, or by it.
  llvm::DenseMap<mlir::Operation *, unsigned> rows;
  size_t entries = 0;       ///< of all affine maps
  size_t windowEntries = 0; ///< of all windows
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_NETWORKREADER_H
