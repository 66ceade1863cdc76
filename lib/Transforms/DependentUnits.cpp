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
  /// one of them.
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

/// Gaussian elimination, each row by the largest of its elements.
std::optional<std::vector<double>> RowBasis::reduce(ArrayRef<double> row) {
  std::vector<double> rest(row), factors(rows.size(), 0.0);
  for (const Row &basis : rows) {
    double factor = rest[basis.pivot];
    if (factor == 0.0)
      continue;
    for (auto [element, part] : llvm::zip(rest, basis.rest))
      element -= factor * part;
    rest[basis.pivot] = 0.0;
    for (auto [sum, part] : llvm::zip(factors, basis.factors))
      sum += factor * part;
  }
  if (equals(row, factors))
    return factors;
  auto largest = llvm::max_element(
      rest, [](double a, double b) { return std::abs(a) < std::abs(b); });
  double scale = *largest;
  for (double &element : rest)
    element /= scale;
  for (double &factor : factors)
    factor = -factor / scale;
  factors.push_back(1.0 / scale);
  size_t pivot = largest - rest.begin();
  rows.push_back({row.vec(), std::move(rest), std::move(factors), pivot});
  return std::nullopt;
}

/// Whether `row` is the combination, but for what sums of doubles leave.
/// Factors that are large would blow up the rounding of the network, too.
bool RowBasis::equals(ArrayRef<double> row, ArrayRef<double> factors) const {
  constexpr double kMostFactors = 64.0, kLeft = 0x1p-48;
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
  for (auto [position, number] : llvm::enumerate(numbersOf(weights)))
    rows[indexAlong(weights.getType(), dim, position)].push_back(number);
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
