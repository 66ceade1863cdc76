//===- UnitEstimates.cpp - How often units fire ---------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/UnitEstimates.h"
#include "NetworkReader.h"
#include "act/Relaxation/PointSearch.h"
#include <cmath>

using namespace mlir;

namespace act {

/// What is read of a program.
class UnitEstimates::Reading {
public:
  Reading(Operation *root, const ArgumentBounds &domains,
          ArrayRef<Layer> layers)
      : domains(domains), bounds(root, domains, Semantics::Real),
        reader(bounds, sitesOf(layers), Semantics::Real,
               NetworkReader::Purpose::Shape) {}

  std::optional<unsigned> preactivation(const ActivationSite &site) {
    return reader.preactivation(site);
  }
  std::optional<unsigned> nodeOf(Value value) { return reader.nodeOf(value); }
  const Network &network() const { return reader.network(); }

  /// The laws of the elements of a source; none where it has no law.
  std::vector<NormalLaw> lawsOf(unsigned source) const {
    BlockArgument argument = reader.argumentOf(source);
    if (!argument)
      return {};
    std::vector<NormalLaw> laws = normalDomain(argument);
    auto domain = domains.find(argument);
    if (!laws.empty() || domain == domains.end() ||
        !domain->second.hull().range.isBounded())
      return laws;
    for (unsigned i = 0; i < reader.network()[source].size(); ++i) {
      Interval side = domain->second[i].range;
      laws.push_back(
          {side.lo / 2 + side.hi / 2, side.width() / std::sqrt(12.0)});
    }
    return laws;
  }

private:
  const ArgumentBounds &domains;
  ValueBounds bounds;
  NetworkReader reader;
};

UnitEstimates::UnitEstimates(Operation *root, const ArgumentBounds &domains,
                             ArrayRef<Layer> layers)
    : reading(std::make_unique<Reading>(root, domains, layers)) {}
UnitEstimates::UnitEstimates(UnitEstimates &&) = default;
UnitEstimates::~UnitEstimates() = default;

/// Whether two numbers are the same but for the rounding of sums.
static bool areClose(double a, double b, double scale) {
  return std::abs(a - b) <= 1e-12 * scale;
}

std::optional<std::vector<PreactivationLaw>>
UnitEstimates::lawsOf(const ActivationSite &site) const {
  std::optional<unsigned> read = reading->preactivation(site);
  if (!read || reading->network()[*read].kind != NetworkNode::Kind::Affine)
    return std::nullopt;
  const NetworkNode &node = reading->network()[*read];
  SmallVector<std::vector<NormalLaw>> inputs;
  for (const LinearTerm &term : node.terms) {
    inputs.push_back(reading->lawsOf(term.node));
    if (inputs.back().empty())
      return std::nullopt;
  }
  std::vector<PreactivationLaw> laws(site.numUnits());
  std::vector<bool> isKnown(laws.size(), false);
  for (unsigned i = 0; i < node.size(); ++i) {
    PreactivationLaw law{0.0, node.offset[i], 0.0};
    double scale = std::abs(node.offset[i]);
    for (auto [term, input] : llvm::zip(node.terms, inputs))
      term.map->forEachEntry(
          i, [&, &input = input](unsigned column, double weight) {
            law.fromInputs += weight * input[column].mean;
            law.deviation =
                std::hypot(law.deviation, weight * input[column].deviation);
            scale += std::abs(weight * input[column].mean);
          });
    unsigned unit = site.unitOf(i);
    const PreactivationLaw &other = laws[unit];
    if (isKnown[unit] &&
        !(areClose(law.fromInputs, other.fromInputs, scale) &&
          areClose(law.bias, other.bias, scale) &&
          areClose(law.deviation, other.deviation, law.deviation)))
      return std::nullopt;
    laws[unit] = law;
    isKnown[unit] = true;
  }
  return laws;
}

bool UnitEstimates::forEachInput(
    Value value, llvm::function_ref<void(ArrayRef<double>)> visit) const {
  std::optional<unsigned> node = reading->nodeOf(value);
  if (!node)
    return false;
  const Network &network = reading->network();
  SourceBox box(network.size());
  for (unsigned source : network.ancestors(*node)) {
    if (network[source].kind != NetworkNode::Kind::Source)
      continue;
    std::vector<NormalLaw> laws = reading->lawsOf(source);
    if (laws.empty())
      return false;
    // The uniform law of the same moments.
    for (const NormalLaw &law : laws) {
      double radius = std::sqrt(3.0) * law.deviation;
      box[source].push_back({law.mean - radius, law.mean + radius});
    }
  }
  PointSearch search(network, *node);
  for (unsigned input = 0; input < kEstimateInputs; ++input)
    visit(search.run(uniformPoint(box, input))[*node]);
  return true;
}

} // namespace act
