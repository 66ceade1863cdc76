//===- DependentUnits.cpp - Units that are combinations of others ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DependentUnits.h"
#include "LayerBias.h"
#include "Weights.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {

/// Rows in the order in which they are added, as those that no combination of
/// earlier ones is, and combinations of these.
class RowBasis {
public:
  /// The factors of the rows of the basis that make `row`; nothing if it became
  /// one of them, or if they make it with factors too large to use.
  std::optional<std::vector<double>> reduce(ArrayRef<double> row);
  size_t size() const { return rows.size(); }

private:
  /// A row of the basis as it came, and what is left of it without the earlier
  /// ones: `rest` is 1 at `pivot`, and the sum of `factors` times the rows.
  struct Row {
    std::vector<double> given, rest, factors;
    size_t pivot;
  };
  bool equals(ArrayRef<double> row, ArrayRef<double> factors) const;
  std::vector<Row> rows;
};

} // namespace

/// What sums of doubles leave of their largest term.
static constexpr double kLeft = 0x1p-48;

static size_t largestOf(ArrayRef<double> row) {
  return llvm::max_element(
             row,
             [](double a, double b) { return std::abs(a) < std::abs(b); }) -
         row.begin();
}

/// Gaussian elimination, each row by the largest of its elements.
std::optional<std::vector<double>> RowBasis::reduce(ArrayRef<double> row) {
  std::vector<double> rest(row), factors(rows.size(), 0.0);
  double magnitude = std::abs(rest[largestOf(rest)]);
  for (const Row &basis : rows) {
    double factor = rest[basis.pivot];
    if (factor == 0.0)
      continue;
    for (auto [element, part] : llvm::zip(rest, basis.rest))
      element -= factor * part;
    rest[basis.pivot] = 0.0;
    magnitude = std::max(magnitude, std::abs(rest[largestOf(rest)]));
    for (auto [sum, part] : llvm::zip(factors, basis.factors))
      sum += factor * part;
  }
  if (equals(row, factors))
    return factors;
  size_t pivot = largestOf(rest);
  double scale = rest[pivot];
  // What rounding left is no direction of its own.
  if (!(std::abs(scale) > kLeft * magnitude) || std::isinf(1.0 / scale))
    return std::nullopt;
  for (double &element : rest)
    element /= scale;
  for (double &factor : factors)
    factor = -factor / scale;
  factors.push_back(1.0 / scale);
  rows.push_back({row.vec(), std::move(rest), std::move(factors), pivot});
  return std::nullopt;
}

/// Whether `row` is the combination, but for what sums of doubles leave.
/// Factors that are large would blow up the rounding of the network, too.
bool RowBasis::equals(ArrayRef<double> row, ArrayRef<double> factors) const {
  constexpr double kMostFactors = 64.0;
  double sum = 0.0;
  for (double factor : factors)
    sum += std::abs(factor);
  if (!(sum <= kMostFactors))
    return false;
  for (size_t i = 0; i < row.size(); ++i) {
    double value = 0.0, magnitude = std::abs(row[i]);
    for (auto [basis, factor] : llvm::zip(rows, factors)) {
      value += factor * basis.given[i];
      magnitude += std::abs(factor * basis.given[i]);
    }
    if (!(std::abs(value - row[i]) <= kLeft * magnitude))
      return false;
  }
  return true;
}

/// The numbers of each unit, row-major.
static std::vector<std::vector<double>> rowsOf(OpOperand &use, unsigned dim) {
  DenseElementsAttr weights = weightsOf(use.get());
  std::vector<std::vector<double>> rows(weights.getType().getDimSize(dim));
  IndexAlong unitOf = indexAlong(weights.getType(), dim);
  for (auto [position, number] : llvm::enumerate(numbersOf(weights)))
    rows[unitOf(position)].push_back(number);
  return rows;
}

std::vector<DependentUnit> findDependentUnits(const ActivationSite &site,
                                              ArrayRef<unsigned> units) {
  LayerBias found = LayerBias::find(site);
  if (!found.factor)
    return {};
  std::vector<std::vector<double>> rows =
      rowsOf(*found.factor, found.factorDim);
  std::vector<std::vector<double>> biases(rows.size(), {0.0});
  if (found.bias)
    biases = rowsOf(*found.bias, found.biasDim);
  RowBasis basis;
  SmallVector<unsigned> unitOf; // of each row of the basis
  std::vector<DependentUnit> dependent;
  for (unsigned unit : units) {
    bool isUsable = llvm::all_of(
        rows[unit], [](double weight) { return std::isfinite(weight); });
    // Positions with biases of their own have no constant.
    if (!isUsable || !llvm::all_equal(biases[unit]))
      continue;
    std::optional<std::vector<double>> factors = basis.reduce(rows[unit]);
    if (!factors) {
      if (basis.size() > unitOf.size())
        unitOf.push_back(unit);
      continue;
    }
    DependentUnit result{unit, {}, biases[unit].front()};
    for (auto [other, factor] : llvm::zip(unitOf, *factors)) {
      if (factor == 0.0)
        continue;
      result.terms.push_back({other, factor});
      result.constant -= factor * biases[other].front();
    }
    dependent.push_back(std::move(result));
  }
  return dependent;
}

} // namespace act
