//===- Networks.h - Small networks, built and executed ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_RELAXATION_NETWORKS_H
#define ACT_TEST_UNIT_RELAXATION_NETWORKS_H

#include "Formulas.h"
#include "act/Relaxation/InputBisection.h"
#include <cmath>

namespace act::test {

using Matrix = std::vector<std::vector<double>>;

inline std::shared_ptr<const LinearMap> mapOf(const Matrix &rows,
                                              unsigned columns) {
  auto map = std::make_shared<LinearMap>(columns);
  for (const std::vector<double> &row : rows) {
    for (unsigned column = 0; column < row.size(); ++column)
      if (row[column] != 0.0)
        map->addEntry(column, row[column]);
    map->endRow();
  }
  map->finish();
  return map;
}

/// Higham's bound for a sum of `terms` products and an offset in f32, whatever
/// the order and with or without fused multiply-add.
inline SumError sumErrorF32(double terms) {
  double steps = terms + 1, growth = steps * 0x1p-24;
  return {roundedUp(growth / roundedDown(1 - growth)), 0.0, steps * 0x1p-150};
}

/// A network whose ranges follow from those of its sources by interval
/// arithmetic.
class NetworkBuilder {
public:
  enum Semantics { Reals, F32 };
  explicit NetworkBuilder(Semantics semantics) : semantics(semantics) {}

  struct Input {
    unsigned node;
    Matrix matrix;
  };

  unsigned source(std::vector<Interval> box) {
    return network.addSource(std::move(box));
  }

  /// A source of one row of `size` elements.
  unsigned source(const RowSet &set, unsigned size) {
    std::vector<Interval> box;
    for (unsigned i = 0; i < size; ++i)
      box.push_back(set.range(i));
    return network.addSource(std::move(box), Format::F64,
                             std::make_shared<SourceSet>(set, size));
  }

  unsigned affine(const std::vector<Input> &inputs,
                  const std::vector<double> &offset) {
    std::vector<LinearTerm> terms;
    for (const Input &input : inputs)
      terms.push_back(
          {input.node, mapOf(input.matrix, network[input.node].size())});
    std::vector<Interval> ranges;
    std::vector<SumError> errors;
    for (unsigned row = 0; row < offset.size(); ++row) {
      Interval sum = offset[row];
      double magnitude = std::abs(offset[row]), count = 0;
      for (const Input &input : inputs)
        for (unsigned i = 0; i < network[input.node].size(); ++i)
          if (double weight = input.matrix[row][i]; weight != 0.0) {
            Interval term = Interval(weight) * network[input.node].range[i];
            sum = sum + term;
            magnitude += term.magnitude();
            ++count;
          }
      SumError error = semantics == F32 ? sumErrorF32(count) : SumError();
      double off = 1.001 * error.of(magnitude);
      ranges.push_back(sum + Interval(-off, off));
      errors.push_back(error);
    }
    return network.addAffine(std::move(terms), offset, std::move(ranges),
                             std::move(errors));
  }

  unsigned function(unsigned operand, Expression formula, double error = 0.0) {
    std::vector<Interval> ranges;
    for (Interval each : network[operand].range)
      ranges.push_back(range(formula, each) + Interval(-error, error));
    size_t size = ranges.size();
    return network.addElementwise(operand, FunctionRelaxation::of(formula),
                                  std::move(ranges),
                                  std::vector<double>(size, error));
  }

  /// A function of lists of elements: products round once in f32.
  unsigned
  combine(MultivariateFunction function,
          const std::vector<std::vector<OperandLists::Operand>> &lists) {
    OperandLists operands;
    std::vector<Interval> ranges;
    std::vector<double> errors;
    bool rounds = semantics == F32 && function == MultivariateFunction::Product;
    for (const std::vector<OperandLists::Operand> &list : lists) {
      std::vector<Interval> box;
      for (OperandLists::Operand operand : list) {
        operands.add(operand);
        box.push_back(network[operand.node].range[operand.element]);
      }
      operands.endList();
      Interval values = valuesOn(function, box);
      double error = rounds ? 0x1p-24 * values.magnitude() + 0x1p-150 : 0.0;
      ranges.push_back(values + Interval(-error, error));
      errors.push_back(error);
    }
    return network.addMultivariate(function, std::move(operands),
                                   std::move(ranges), std::move(errors));
  }

  Network network;

private:
  Semantics semantics;
};

/// One upper bound by back-substitution over the whole domain.
inline double upperBound(const Network &network, unsigned target,
                         Objective objective) {
  BackSubstitution bounds(network, target);
  bounds.bound(bounds.domainRanges(), bounds.domainRanges());
  return bounds.maximize({objective}).front();
}

/// relu(A x + a) b + c of one output: the hand cases of the tests.
struct OneHiddenLayer {
  Matrix weights;
  std::vector<double> biases, outputs;
  double offset;
  std::vector<Interval> box;

  Network build(NetworkBuilder::Semantics semantics) const {
    NetworkBuilder builder(semantics);
    unsigned in = builder.source(box);
    unsigned hidden = builder.affine({{in, weights}}, biases);
    unsigned active = builder.function(hidden, relu);
    builder.affine({{active, {outputs}}}, {offset});
    return std::move(builder.network);
  }
};

/// The ranges of all sources.
inline SourceBox domainOf(const Network &network) {
  SourceBox box(network.size());
  for (unsigned i = 0; i < network.size(); ++i)
    if (network[i].kind == NetworkNode::Kind::Source)
      box[i] = network[i].range;
  return box;
}

/// Judges of candidates: whatever is found, or nothing.
inline std::optional<SourcePoint> accept(const SourcePoint &point) {
  return point;
}
inline std::optional<SourcePoint> reject(const SourcePoint &) {
  return std::nullopt;
}

inline const OneHiddenLayer caseA{{{1}, {-1}}, {0, 0}, {1, 1}, -1.5, {{-1, 1}}};
/// abs(x1 + x2) + abs(x1 - x2) - 3.
inline const OneHiddenLayer caseC{{{1, 1}, {-1, -1}, {1, -1}, {-1, 1}},
                                  {0, 0, 0, 0},
                                  {1, 1, 1, 1},
                                  -3,
                                  {{-1, 1}, {-1, 1}}};
inline const OneHiddenLayer caseE{
    {{1}, {1}}, {1, 0}, {1, -1}, -1.25, {{-1, 1}}};
inline const OneHiddenLayer caseF{
    {{1}, {1}, {1}}, {1, 0, -1}, {1, -2, 1}, -1.2, {{-2, 2}}};

} // namespace act::test

#endif // ACT_TEST_UNIT_RELAXATION_NETWORKS_H
