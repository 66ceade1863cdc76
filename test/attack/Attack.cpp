//===- Attack.cpp - Inputs against what is proved of units ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attack.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace act::test {

//===----------------------------------------------------------------------===//
// Claims
//===----------------------------------------------------------------------===//

static bool isAlive(const Unit &unit) {
  return unit.verdict == Verdict::Alive || unit.verdict == Verdict::Mixed;
}

static bool isProved(const Unit &unit) {
  return unit.verdict == Verdict::Dead ||
         unit.verdict == Verdict::StablyActive ||
         unit.verdict == Verdict::Saturated;
}

/// Whether `unit` cannot have the pre-activation `value` by what is known.
static bool contradicts(const Unit &unit, const SiteFunction &function,
                        double value) {
  if (unit.verdict == Verdict::Poisoned)
    return false;
  // What may be anything may be NaN.
  if (std::isnan(value))
    return isProved(unit) ||
           (std::isfinite(unit.bounds.lo) && std::isfinite(unit.bounds.hi));
  if (!unit.bounds.contains(value))
    return true;
  if (unit.verdict == Verdict::StablyActive)
    return !function.avoidsZones({value, value});
  Response response = function.respond({value, value});
  if (unit.verdict == Verdict::Dead)
    return response != Response::Dead;
  if (unit.verdict == Verdict::Saturated)
    return response != Response::Saturated && response != Response::Dead;
  return false;
}

//===----------------------------------------------------------------------===//
// Attack
//===----------------------------------------------------------------------===//

Expected<Attack> Attack::create(ObservedNetwork &network,
                                std::vector<const Layer *> layers,
                                ArrayRef<Interval> domain, uint64_t seed) {
  std::vector<Interval> box;
  for (const auto &[index, range] : enumerate(domain)) {
    Interval inside = network.numbersIn(index, range);
    if (!std::isfinite(inside.lo) || !std::isfinite(inside.hi) ||
        inside.lo > inside.hi)
      return createStringError("expected a bounded domain with an input in it");
    box.push_back(inside);
  }
  return Attack(network, std::move(layers), std::move(box), seed);
}

Attack::Attack(ObservedNetwork &network, std::vector<const Layer *> all,
               std::vector<Interval> box, uint64_t seed)
    : network(network), layers(std::move(all)), box(std::move(box)),
      random(seed) {
  for (const auto &[index, layer] : enumerate(layers)) {
    records.emplace_back(layer->units.size());
    int64_t elements =
        cast<mlir::ShapedType>(layer->site.type).getNumElements();
    for (int64_t i = 0; i < elements; ++i)
      if (layer->units[layer->site.unitOf(i)].verdict != Verdict::Poisoned)
        for (double sign : {1.0, -1.0})
          goals.push_back({unsigned(index), i, sign});
  }
}

unsigned Attack::numUnseen() const {
  unsigned unseen = 0;
  for (const auto &[layer, units] : zip_equal(layers, records))
    for (const auto &[unit, record] : zip_equal(layer->units, units))
      unseen += isAlive(unit) && !record.hasFired;
  return unseen;
}

double Attack::uniform() { return double(random() >> 11) * 0x1p-53; }

std::vector<double> Attack::randomPoint() {
  // Extremes of piecewise linear networks tend to lie on faces.
  double faceShare = uniform() < 0.5 ? 0.5 : 0.0;
  // Near 0 roundings that do not shrink with the inputs outweigh them.
  double nearness = uniform() < 0.25 ? std::exp2(-40 * uniform()) : 1.0;
  std::vector<double> point;
  for (Interval range : box) {
    double place = uniform();
    if (uniform() < faceShare)
      place = std::round(place);
    point.push_back(nearness * (range.lo + place * (range.hi - range.lo)));
  }
  return point;
}

static std::string textOf(ArrayRef<double> point) {
  std::string input;
  for (double each : point)
    input += (input.empty() ? "" : ", ") + formatv("{0:e17}", each).str();
  return input;
}

void Attack::compare(unsigned layer, unsigned unit, double value,
                     ArrayRef<double> point) {
  const Unit &claim = layers[layer]->units[unit];
  const SiteFunction &function = *layers[layer]->site.function;
  Record &record = records[layer][unit];
  if (isAlive(claim) && !record.hasFired && !std::isnan(value))
    record.hasFired = function.respond({value, value}) == Response::Active;
  if (record.isRefuted || !contradicts(claim, function, value))
    return;
  record.isRefuted = true;
  refuted.push_back(formatv("{0} unit {1}: {2}, pre-activation in [{3:e17}, "
                            "{4:e17}], but it is {5:e17} at ({6})",
                            layers[layer]->name, unit, name(claim.verdict),
                            claim.bounds.lo, claim.bounds.hi, value,
                            textOf(point)));
}

void Attack::compareResults(ArrayRef<double> point) {
  twin->run(point);
  if (isTwinRefuted || network.hasResultsOf(*twin))
    return;
  isTwinRefuted = true;
  refuted.push_back("other results at (" + textOf(point) + ")");
}

void Attack::execute(std::vector<double> point) {
  for (const auto &[index, value] : enumerate(point))
    value =
        std::clamp(network.rounded(index, value), box[index].lo, box[index].hi);
  network.run(point);
  ++count;
  if (twin)
    compareResults(point);
  // The goals are the elements of all layers, twice each.
  for (Goal &goal : goals) {
    double value = network.preactivation(goal.layer, goal.element);
    if (goal.sign > 0)
      compare(goal.layer, layers[goal.layer]->site.unitOf(goal.element), value,
              point);
    if (goal.sign * value > goal.best) {
      goal.best = goal.sign * value;
      goal.point = point;
    }
  }
}

/// A compass search: what moves the value the right way is kept, as the best of
/// the goal.
void Attack::climb(Goal &goal) {
  for (double share = 0.25; share > 1e-4 && !goal.point.empty(); share /= 2)
    for (size_t i = 0; i < box.size(); ++i)
      for (double sign : {1.0, -1.0}) {
        std::vector<double> moved = goal.point;
        moved[i] += sign * share * (box[i].hi - box[i].lo);
        execute(std::move(moved));
      }
}

void Attack::run(unsigned points) {
  if (box.size() <= 8)
    for (unsigned corner = 0; corner < 1u << box.size(); ++corner) {
      std::vector<double> point;
      for (const auto &[index, range] : enumerate(box))
        point.push_back(corner >> index & 1 ? range.hi : range.lo);
      execute(std::move(point));
    }
  for (unsigned i = 0; i < points; ++i)
    execute(randomPoint());
  for (Goal &goal : goals) {
    unsigned unit = layers[goal.layer]->site.unitOf(goal.element);
    const Unit &claim = layers[goal.layer]->units[unit];
    if (isProved(claim) ||
        (isAlive(claim) && !records[goal.layer][unit].hasFired))
      climb(goal);
  }
}

} // namespace act::test
