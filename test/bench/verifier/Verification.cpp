//===- Verification.cpp - Units settled by a solver -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Verification.h"

using namespace llvm;

namespace act::bench {

Verification::Verification(NetworkReader &reader, ArrayRef<Layer> layers)
    : reader(reader), layers(layers) {
  for (auto [index, layer] : enumerate(layers))
    if (std::optional<unsigned> node = reader.preactivation(layer.site))
      targets.push_back(
          {unsigned(index), *node,
           std::vector<Answer>(reader.network()[*node].size(), Answer::Open)});
}

/// Marks what fires at a point.
void Verification::execute(const SourcePoint &point) {
  std::vector<unsigned> nodes;
  for (const Target &target : targets)
    nodes.push_back(target.node);
  PointSearch search(reader.network(), nodes);
  const std::vector<std::vector<double>> &values = search.run(point);
  for (Target &target : targets)
    for (auto [element, answer] : enumerate(target.elements))
      if (values[target.node][element] > 0.0)
        answer = Answer::Alive;
}

Error Verification::boundByTriangles() {
  Network &network = reader.network();
  for (Target &target : targets) {
    if (layers[target.layer].site.activation != "relu")
      return createStringError("expected layers of relu, got " +
                               layers[target.layer].site.activation);
    Expected<TriangleProgram> program =
        TriangleProgram::create(network, target.node);
    if (!program)
      return program.takeError();
    for (unsigned i = 0; i < target.elements.size(); ++i) {
      for (double sign : {1.0, -1.0}) {
        Interval range = network[target.node].range[i];
        if (range.hi <= 0.0 || range.lo > 0.0)
          break;
        auto optimum = program->maximize({i, sign});
        if (!optimum)
          continue;
        execute(optimum->point);
        double most = optimum->value + kSolverTolerance;
        (sign > 0.0 ? range.hi : range.lo) = sign * most;
        if (range.lo <= range.hi)
          network.narrow(target.node, i, range);
      }
      Interval range = network[target.node].range[i];
      if (range.hi <= 0.0 && target.elements[i] == Answer::Open)
        target.elements[i] = Answer::Dead;
      else if (range.lo > 0.0)
        target.elements[i] = Answer::Alive;
    }
    network.narrowFunctionsOf(target.node);
  }
  return Error::success();
}

Error Verification::searchExactly(double seconds) {
  for (Target &target : targets) {
    std::vector<Answer> units = answers(target.layer);
    Expected<TriangleProgram> program =
        TriangleProgram::create(reader.network(), target.node);
    if (!program)
      return program.takeError();
    for (unsigned i = 0; i < target.elements.size(); ++i) {
      if (target.elements[i] != Answer::Open ||
          units[layers[target.layer].site.unitOf(i)] != Answer::Open)
        continue;
      TriangleProgram::Answer answer = program->findPositive(i, seconds);
      if (answer.outcome == TriangleProgram::Answer::Impossible)
        target.elements[i] = Answer::Dead;
      else if (answer.outcome == TriangleProgram::Answer::Found)
        execute(answer.point);
    }
  }
  return Error::success();
}

std::vector<Answer> Verification::answers(unsigned layer) const {
  const ActivationSite &site = layers[layer].site;
  std::vector<Answer> units(site.numUnits(), Answer::Open);
  for (const Target &target : targets) {
    if (target.layer != layer)
      continue;
    std::vector<bool> isOpen(units.size(), false);
    for (auto [element, answer] : enumerate(target.elements)) {
      unsigned unit = site.unitOf(element);
      isOpen[unit] = isOpen[unit] || answer == Answer::Open;
      if (answer == Answer::Alive)
        units[unit] = Answer::Alive;
    }
    for (unsigned unit = 0; unit < units.size(); ++unit)
      if (units[unit] == Answer::Open && !isOpen[unit])
        units[unit] = Answer::Dead;
  }
  return units;
}

} // namespace act::bench
