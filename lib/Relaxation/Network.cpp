//===- Network.cpp - A program as affine and elementwise steps ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/Network.h"
#include "RowProduct.h"
#include <algorithm>
#include <cassert>
#include <cmath>

namespace act {

//===----------------------------------------------------------------------===//
// LinearMap
//===----------------------------------------------------------------------===//

void LinearMap::addEntry(unsigned column, double value) {
  assert(column < columns && !dense && "no such column");
  columnOf.push_back(column);
  values.push_back(value);
}

/// Dense rows are read three times as fast as listed ones.
static constexpr size_t kDenseShare = 3;

void LinearMap::finish() {
  size_t full = size_t(numRows()) * columns;
  if (values.empty() || values.size() * kDenseShare < full)
    return;
  std::vector<double> all(full, 0.0);
  std::vector<bool> isSet(full, false);
  for (unsigned row = 0; row < numRows(); ++row)
    for (size_t i = row ? rowEnds[row - 1] : 0; i < rowEnds[row]; ++i) {
      size_t place = size_t(row) * columns + columnOf[i];
      // The sum of two entries would be rounded.
      if (isSet[place])
        return;
      isSet[place] = true;
      all[place] = values[i];
    }
  for (unsigned row = 0; row < numRows(); ++row)
    rowEnds[row] = size_t(row + 1) * columns;
  values = std::move(all);
  columnOf.clear();
  dense = true;
}

size_t LinearMap::mostEntriesInLine() const {
  if (dense)
    return std::max(numRows(), columns);
  size_t most = 0;
  std::vector<size_t> inColumn(columns, 0);
  for (unsigned row = 0; row < numRows(); ++row) {
    most = std::max(most, rowEnds[row] - (row ? rowEnds[row - 1] : 0));
    forEachEntry(row, [&](unsigned column, double) {
      most = std::max(most, ++inColumn[column]);
    });
  }
  return most;
}

double LinearMap::rowProduct(unsigned row, const double *x) const {
  if (dense)
    return dotProduct(denseRow(row), x, columns);
  double sum = 0.0;
  forEachEntry(
      row, [&](unsigned column, double value) { sum += value * x[column]; });
  return sum;
}

double LinearMap::rowMagnitude(unsigned row, const double *most) const {
  constexpr double kTiny = std::numeric_limits<double>::min();
  if (dense) {
    double sum = magnitudeProduct(denseRow(row), most, columns);
    // Where products may have underflowed, or were 0 times infinity, it is
    // summed one by one.
    if (sum > 0x1p-900)
      return sum;
  }
  double sum = 0.0;
  forEachEntry(row, [&](unsigned column, double weight) {
    if (weight != 0.0 && most[column] != 0.0)
      sum += std::abs(weight) * most[column] + kTiny;
  });
  return sum;
}

void OperandLists::add(Operand operand) {
  operands.push_back(operand);
  if (std::find(distinct.begin(), distinct.end(), operand.node) ==
      distinct.end())
    distinct.push_back(operand.node);
}

//===----------------------------------------------------------------------===//
// Network
//===----------------------------------------------------------------------===//

unsigned Network::addSource(std::vector<Interval> range, Format format,
                            std::shared_ptr<const SourceSet> set) {
  NetworkNode node;
  node.format = format;
  node.set = std::move(set);
  node.error.assign(range.size(), 0.0);
  node.range = std::move(range);
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

std::vector<double> magnitudes(const std::vector<Interval> &ranges) {
  std::vector<double> result;
  result.reserve(ranges.size());
  for (Interval range : ranges)
    result.push_back(range.magnitude());
  return result;
}

/// The sum of two numbers that are not negative, rounded up; exact with 0.
static double sumUp(double a, double b) {
  return a == 0.0 ? b : b == 0.0 ? a : roundedUp(a + b);
}

double SumError::of(double magnitude) const {
  double always = sumUp(fixed, scaling);
  if (magnitude == 0.0)
    return always;
  double scaled = relative == 0.0 ? 0.0 : roundedUp(relative * magnitude);
  return sumUp(sumUp(always, underflow), scaled);
}

SumError SumError::operator+(const SumError &other) const {
  return {sumUp(relative, other.relative), sumUp(fixed, other.fixed),
          sumUp(underflow, other.underflow), sumUp(scaling, other.scaling)};
}

unsigned Network::addAffine(std::vector<LinearTerm> terms,
                            std::vector<double> offset,
                            std::vector<Interval> range,
                            std::vector<SumError> error) {
  NetworkNode node;
  node.kind = NetworkNode::Kind::Affine;
  node.terms = std::move(terms);
  node.offset = std::move(offset);
  node.range = std::move(range);
  node.sumError = std::move(error);
  nodes.push_back(std::move(node));
  NetworkNode &added = nodes.back();
  std::vector<std::vector<double>> most(nodes.size());
  for (const LinearTerm &term : added.terms)
    most[term.node] = magnitudes(nodes[term.node].range);
  for (unsigned i = 0; i < added.size(); ++i)
    added.error.push_back(
        added.sumError[i].of(magnitude(nodes.size() - 1, i, most)));
  return nodes.size() - 1;
}

double Network::magnitude(unsigned index, unsigned element,
                          const std::vector<std::vector<double>> &most) const {
  const NetworkNode &node = nodes[index];
  double sum = std::abs(node.offset[element]);
  for (const LinearTerm &term : node.terms)
    sum += term.map->rowMagnitude(element, most[term.node].data());
  // Far more than the rounding of the sum.
  return sum * (1.0 + 0x1p-20);
}

unsigned Network::addElementwise(
    unsigned operand, std::shared_ptr<const FunctionRelaxation> function,
    std::vector<Interval> range, std::vector<double> error, bool errorScales) {
  NetworkNode node;
  node.kind = NetworkNode::Kind::Elementwise;
  node.errorScales = errorScales;
  node.operand = operand;
  node.function = std::move(function);
  node.range = std::move(range);
  node.error = std::move(error);
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

unsigned Network::addMultivariate(MultivariateFunction function,
                                  OperandLists operands,
                                  std::vector<Interval> range,
                                  std::vector<double> error, bool errorScales) {
  NetworkNode node;
  node.kind = NetworkNode::Kind::Multivariate;
  node.errorScales = errorScales;
  node.combination = function;
  node.operands = std::move(operands);
  node.range = std::move(range);
  node.error = std::move(error);
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

void Network::narrow(unsigned node, unsigned element, Interval range) {
  Interval &known = nodes[node].range[element];
  known = narrowed(known, range);
}

void Network::narrowFunctionsOf(unsigned index) {
  for (unsigned reader = index + 1; reader < nodes.size(); ++reader) {
    const NetworkNode &node = nodes[reader];
    if (node.kind == NetworkNode::Kind::Elementwise && node.operand == index) {
      for (unsigned i = 0; i < node.size(); ++i)
        if (Interval range = nodes[index].range[i]; range.isBounded())
          narrow(reader, i, node.executedValues(i, range));
    }
    const std::vector<unsigned> &combined = node.operands.nodes();
    if (std::find(combined.begin(), combined.end(), index) == combined.end())
      continue;
    for (unsigned i = 0; i < node.size(); ++i) {
      std::vector<Interval> box;
      for (size_t k = node.operands.begin(i); k < node.operands.end(i); ++k)
        box.push_back(
            nodes[node.operands[k].node].range[node.operands[k].element]);
      narrow(reader, i, node.executedValues(i, box));
    }
  }
}

std::vector<unsigned>
Network::ancestors(const std::vector<unsigned> &ends) const {
  std::vector<bool> reached(nodes.size(), false);
  for (unsigned end : ends)
    reached[end] = true;
  std::vector<unsigned> result;
  for (unsigned i = nodes.size(); i-- > 0;) {
    if (!reached[i])
      continue;
    result.push_back(i);
    if (nodes[i].kind == NetworkNode::Kind::Elementwise)
      reached[nodes[i].operand] = true;
    for (const LinearTerm &term : nodes[i].terms)
      reached[term.node] = true;
    for (unsigned node : nodes[i].operands.nodes())
      reached[node] = true;
  }
  std::reverse(result.begin(), result.end());
  return result;
}

double Network::numEntries(const std::vector<unsigned> &among) const {
  double count = 0;
  for (unsigned node : among) {
    // Scattered ones take as long as several in a row.
    count += 4.0 * nodes[node].operands.size();
    for (const LinearTerm &term : nodes[node].terms)
      count += term.map->numEntries();
  }
  return count;
}

/// `values` with what executing the function may add.
static Interval widened(Interval values, double error) {
  return error == 0.0 ? values
                      : Interval(roundedDown(values.lo - error),
                                 roundedUp(values.hi + error));
}

Interval NetworkNode::executedValues(unsigned element, Interval range) const {
  return widened(function->valuesOn(range), error[element]);
}

Interval NetworkNode::executedValues(unsigned element,
                                     const std::vector<Interval> &box) const {
  return widened(valuesOn(combination, box), error[element]);
}

double relativeSumError(double terms) {
  double growth = (terms + 1) * 0x1p-53;
  return roundedUp(growth / (1.0 - growth));
}

} // namespace act
