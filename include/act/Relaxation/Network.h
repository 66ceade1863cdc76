//===- Network.h - A program as affine and elementwise steps ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What linear relaxation needs of a program: a DAG of vectors, each an affine
// function of others, a function applied to each element of one, or products
// and extrema of elements. What is none of these is a source, of which a box is
// known and, for some, a set of rows.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_NETWORK_H
#define ACT_RELAXATION_NETWORK_H

#include "act/Formula/Format.h"
#include "act/Formula/Interval.h"
#include "act/Relaxation/FunctionRelaxation.h"
#include "act/Relaxation/PlaneRelaxation.h"
#include "act/Relaxation/SourceSet.h"
#include <cstdint>
#include <memory>
#include <vector>

namespace act {

/// A matrix of doubles, dense or with the entries of each row listed.
class LinearMap {
public:
  explicit LinearMap(unsigned columns) : columns(columns) {}

  /// Adds an entry to the last row; entries of the same place add up.
  void addEntry(unsigned column, double value);
  /// Ends the last row; an empty row is all 0.
  void endRow() { rowEnds.push_back(values.size()); }
  /// To be called after the last row: stores dense what is.
  void finish();

  unsigned numRows() const { return rowEnds.size(); }
  unsigned numColumns() const { return columns; }
  size_t numEntries() const { return values.size(); }
  /// The most entries that a row or a column has.
  size_t mostEntriesInLine() const;
  bool isDense() const { return dense; }
  /// The entries of a row of a dense map, one for each column.
  const double *denseRow(unsigned row) const {
    return values.data() + size_t(row) * columns;
  }
  /// The product of a row with `x`, one value per column; rounded.
  double rowProduct(unsigned row, const double *x) const;
  /// The sum of the products of magnitudes of a row with `most`, which are not
  /// negative; rounded. 0 only if each product is, over the reals.
  double rowMagnitude(unsigned row, const double *most) const;
  /// Calls `visit(column, value)` for the entries of a row.
  template <typename Visitor>
  void forEachEntry(unsigned row, Visitor visit) const {
    size_t begin = row ? rowEnds[row - 1] : 0;
    for (size_t i = begin; i < rowEnds[row]; ++i)
      visit(dense ? unsigned(i - begin) : columnOf[i], values[i]);
  }

private:
  unsigned columns;
  bool dense = false;
  std::vector<double> values;
  std::vector<unsigned> columnOf; ///< of each value; empty where dense
  std::vector<size_t> rowEnds;
};

/// Maps are shared by nodes that differ by an offset.
struct LinearTerm {
  unsigned node;
  std::shared_ptr<const LinearMap> map;
};

/// How far a sum may be off as executed: `relative` times the sum of the
/// magnitudes of its terms, plus `fixed`, plus `underflow` unless all terms are
/// 0, plus `scaling`: at most t times it where all terms are t times those of
/// an input, 0 <= t <= 1, underflow aside.
struct SumError {
  double relative = 0.0, fixed = 0.0, underflow = 0.0, scaling = 0.0;

  /// The error, rounded up, where the magnitudes add up to no more than this.
  double of(double magnitude) const;
  SumError operator+(const SumError &other) const;
  bool isZero() const {
    return relative == 0.0 && fixed == 0.0 && underflow == 0.0 &&
           scaling == 0.0;
  }
};

/// Elements of nodes, a list for each element of a node that is a function of
/// them.
class OperandLists {
public:
  struct Operand {
    unsigned node, element;
  };

  /// Adds an operand to the last list.
  void add(Operand operand);
  void endList() { ends.push_back(operands.size()); }

  size_t size() const { return operands.size(); }
  const Operand &operator[](size_t i) const { return operands[i]; }
  /// Where a list begins and ends among all operands.
  size_t begin(unsigned list) const { return list ? ends[list - 1] : 0; }
  size_t end(unsigned list) const { return ends[list]; }
  /// The nodes of all operands, each once.
  const std::vector<unsigned> &nodes() const { return distinct; }

  /// What `values` has for each operand of a list; it has one vector per node.
  template <typename T>
  std::vector<T> gather(unsigned list,
                        const std::vector<std::vector<T>> &values) const {
    std::vector<T> result;
    for (size_t i = begin(list); i < end(list); ++i)
      result.push_back(values[operands[i].node][operands[i].element]);
    return result;
  }

private:
  std::vector<Operand> operands;
  std::vector<size_t> ends;
  std::vector<unsigned> distinct;
};

struct NetworkNode {
  enum class Kind { Source, Affine, Elementwise, Multivariate };
  Kind kind = Kind::Source;
  /// Where each element lies, for every input from the domain.
  std::vector<Interval> range;
  /// By how much an executed element may be off the node's function of the
  /// executed elements it is computed from; 0 for the program over the reals.
  std::vector<double> error;
  /// Elementwise, multivariate: whether these shrink with the elements that
  /// they are computed from, see SumError::scaling.
  bool errorScales = false;

  Format format = Format::F64; ///< Source: that of the elements
  /// Source: what they satisfy together, beyond their ranges; null: nothing.
  std::shared_ptr<const SourceSet> set;

  /// Affine: the sum of the terms' maps plus the offset.
  std::vector<LinearTerm> terms;
  std::vector<double> offset;
  /// What `error` follows from, smaller for smaller ranges.
  std::vector<SumError> sumError;

  /// Elementwise: `function` of each element of node `operand`.
  unsigned operand = 0;
  std::shared_ptr<const FunctionRelaxation> function;

  /// Multivariate: the function of the operands listed for each element.
  MultivariateFunction combination = MultivariateFunction::Product;
  OperandLists operands;

  unsigned size() const { return range.size(); }
  /// Elementwise: all values of an element as executed while that of the
  /// operand lies in `range`.
  Interval executedValues(unsigned element, Interval range) const;
  /// Multivariate: the same while the operands lie in `box`.
  Interval executedValues(unsigned element,
                          const std::vector<Interval> &box) const;
};

/// The nodes in an order in which each comes after those it is computed from.
class Network {
public:
  /// `format` is that in which a program is given the elements. With a `set`
  /// all ranges are finite.
  unsigned addSource(std::vector<Interval> range, Format format = Format::F64,
                     std::shared_ptr<const SourceSet> set = nullptr);
  /// The range of a node that is no source is that which the caller knows; all
  /// of it finite.
  unsigned addAffine(std::vector<LinearTerm> terms, std::vector<double> offset,
                     std::vector<Interval> range, std::vector<SumError> error);
  unsigned addElementwise(unsigned operand,
                          std::shared_ptr<const FunctionRelaxation> function,
                          std::vector<Interval> range,
                          std::vector<double> error, bool errorScales = false);
  unsigned addMultivariate(MultivariateFunction function, OperandLists operands,
                           std::vector<Interval> range,
                           std::vector<double> error, bool errorScales = false);

  unsigned size() const { return nodes.size(); }
  const NetworkNode &operator[](unsigned node) const { return nodes[node]; }
  /// An upper bound of the sum of the magnitudes of the terms and the offset of
  /// an element of an affine node, while those of the nodes' elements are at
  /// most `most`.
  double magnitude(unsigned node, unsigned element,
                   const std::vector<std::vector<double>> &most) const;
  /// Narrows what is known of an element of a node.
  void narrow(unsigned node, unsigned element, Interval range);

  /// Narrows the ranges of the functions of `node` to what its range says.
  void narrowFunctionsOf(unsigned node);

  /// `node` and all it is computed from, ascending.
  std::vector<unsigned> ancestors(unsigned node) const {
    return ancestors(std::vector<unsigned>{node});
  }
  /// The same for several nodes.
  std::vector<unsigned> ancestors(const std::vector<unsigned> &ends) const;
  /// The entries of the affine maps of some nodes, and other operands.
  double numEntries(const std::vector<unsigned> &among) const;

private:
  std::vector<NetworkNode> nodes;
};

/// The magnitude of each range.
std::vector<double> magnitudes(const std::vector<Interval> &ranges);

/// An upper bound of the relative error of a sum of `terms` doubles, in any
/// order, over the sum of their magnitudes: g(n) of Higham, Accuracy and
/// Stability of Numerical Algorithms, 2nd ed., 3.1. Products count once more.
double relativeSumError(double terms);

} // namespace act

#endif // ACT_RELAXATION_NETWORK_H
