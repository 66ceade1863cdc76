//===- TriangleProgram.cpp - A network of relus as a program --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TriangleProgram.h"
#include <algorithm>

using namespace llvm;

namespace act::bench {

using Kind = NetworkNode::Kind;

static bool isRelu(const FunctionRelaxation &function) {
  return function.isPiecewiseLinear() &&
         function.breaks() == std::vector<double>{0.0} &&
         function.approximateAt(-1.0) == 0.0 &&
         function.approximateAt(1.0) == 1.0;
}

static bool isSupported(const NetworkNode &node) {
  switch (node.kind) {
  case Kind::Source:
    return !node.set &&
           all_of(node.range, [](Interval range) { return range.isBounded(); });
  case Kind::Affine:
    return true;
  case Kind::Elementwise:
    return isRelu(*node.function);
  case Kind::Multivariate:
    return false;
  }
  llvm_unreachable("unknown kind");
}

Expected<TriangleProgram> TriangleProgram::create(const Network &network,
                                                  unsigned node) {
  for (unsigned each : network.ancestors(node))
    if (!isSupported(network[each]))
      return createStringError("expected a network of affine layers and relus "
                               "with inputs from a bounded box");
  return TriangleProgram(network, node);
}

TriangleProgram::TriangleProgram(const Network &network, unsigned node)
    : network(network), target(node), firstColumn(network.size(), 0) {
  for (unsigned each : network.ancestors(node)) {
    const NetworkNode &from = network[each];
    firstColumn[each] = columnLo.size();
    for (Interval range : from.range)
      addColumn(range);
    if (from.kind == Kind::Source)
      sources.push_back(each);
    else if (from.kind == Kind::Affine)
      addAffine(from, firstColumn[each]);
    else
      addRelu(from, firstColumn[each]);
  }
  finish();
}

int TriangleProgram::addColumn(Interval range) {
  columnLo.push_back(range.lo);
  columnHi.push_back(range.hi);
  return columnLo.size() - 1;
}

void TriangleProgram::addEntry(int column, double value) {
  entries.push_back({int(rowLo.size()), column, value});
}

void TriangleProgram::endRow(Interval range) {
  rowLo.push_back(range.lo);
  rowHi.push_back(range.hi);
}

void TriangleProgram::addAffine(const NetworkNode &node, unsigned first) {
  for (unsigned i = 0; i < node.size(); ++i) {
    for (const LinearTerm &term : node.terms)
      term.map->forEachEntry(i, [&](unsigned column, double value) {
        addEntry(firstColumn[term.node] + column, value);
      });
    addEntry(first + i, -1.0);
    endRow(Interval(-node.offset[i]));
  }
}

/// With a binary b that says that x is not negative: y >= x, y <= x - l (1 - b)
/// and y <= u b, for x between l and u.
void TriangleProgram::addRelu(const NetworkNode &node, unsigned first) {
  double infinity = std::numeric_limits<double>::infinity();
  for (unsigned i = 0; i < node.size(); ++i) {
    Interval range = network[node.operand].range[i];
    int x = firstColumn[node.operand] + i, y = first + i;
    columnLo[y] = std::max(range.lo, 0.0);
    columnHi[y] = std::max(range.hi, 0.0);
    if (range.hi <= 0.0)
      continue;
    addEntry(y, 1.0);
    addEntry(x, -1.0);
    endRow(range.lo >= 0.0 ? Interval(0.0) : Interval(0.0, infinity));
    if (range.lo >= 0.0)
      continue;
    int b = addColumn({0.0, 1.0});
    binaries.push_back(b);
    addEntry(y, 1.0);
    addEntry(x, -1.0);
    addEntry(b, -range.lo);
    endRow({-infinity, -range.lo});
    addEntry(y, 1.0);
    addEntry(b, -range.hi);
    endRow({-infinity, 0.0});
  }
}

/// Writes the matrix column by column.
void TriangleProgram::finish() {
  std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
    return std::pair(a.column, a.row) < std::pair(b.column, b.row);
  });
  starts.assign(columnLo.size() + 1, 0);
  for (const Entry &entry : entries) {
    bool isSame = !rows.empty() && starts[entry.column + 1] > 0 &&
                  rows.back() == entry.row;
    if (isSame) {
      values.back() += entry.value;
      continue;
    }
    ++starts[entry.column + 1];
    rows.push_back(entry.row);
    values.push_back(entry.value);
  }
  for (size_t i = 1; i < starts.size(); ++i)
    starts[i] += starts[i - 1];
  entries.clear();

  relaxed.reset(Clp_newModel());
  Clp_setLogLevel(relaxed.get(), 0);
  Clp_loadProblem(relaxed.get(), columnLo.size(), rowLo.size(), starts.data(),
                  rows.data(), values.data(), columnLo.data(), columnHi.data(),
                  nullptr, rowLo.data(), rowHi.data());
}

SourcePoint TriangleProgram::pointOf(const double *solution) const {
  SourcePoint point(network.size());
  for (unsigned source : sources)
    for (unsigned i = 0; i < network[source].size(); ++i) {
      Interval range = network[source].range[i];
      // Within the tolerance of the solver it may lie outside.
      point[source].push_back(
          std::clamp(solution[firstColumn[source] + i], range.lo, range.hi));
    }
  return point;
}

std::optional<TriangleProgram::Optimum>
TriangleProgram::maximize(Objective objective) {
  Clp_Simplex *model = relaxed.get();
  double *costs = Clp_objective(model);
  std::fill_n(costs, columnLo.size(), 0.0);
  costs[firstColumn[target] + objective.element] = -objective.sign;
  // From the basis of the objective before, which is still feasible.
  Clp_primal(model, 0);
  if (!Clp_isProvenOptimal(model))
    return std::nullopt;
  return Optimum{-Clp_objectiveValue(model),
                 pointOf(Clp_primalColumnSolution(model))};
}

TriangleProgram::Answer TriangleProgram::findPositive(unsigned element,
                                                      double seconds) const {
  struct Deleter {
    void operator()(Cbc_Model *model) const { Cbc_deleteModel(model); }
  };
  std::unique_ptr<Cbc_Model, Deleter> holder(Cbc_newModel());
  Cbc_Model *model = holder.get();
  int column = firstColumn[target] + element;
  std::vector<double> costs(columnLo.size(), 0.0);
  costs[column] = -1.0;
  Cbc_loadProblem(model, columnLo.size(), rowLo.size(), starts.data(),
                  rows.data(), values.data(), columnLo.data(), columnHi.data(),
                  costs.data(), rowLo.data(), rowHi.data());
  Cbc_setColLower(model, column, kSolverTolerance);
  for (int binary : binaries)
    Cbc_setInteger(model, binary);
  Cbc_setLogLevel(model, 0);
  Cbc_setParameter(model, "slogLevel", "0");
  Cbc_setMaximumSeconds(model, seconds);
  // The first will do.
  Cbc_setMaximumSolutions(model, 1);
  Cbc_solve(model);
  if (Cbc_isProvenInfeasible(model))
    return {Answer::Impossible, {}};
  if (const double *solution = Cbc_bestSolution(model))
    return {Answer::Found, pointOf(solution)};
  return {Answer::OutOfTime, {}};
}

} // namespace act::bench
