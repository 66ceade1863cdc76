//===- PlaneSubstitution.cpp - Planes in the place of functions -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/BackSubstitution.h"
#include <algorithm>
#include <cmath>

namespace act {

/// Bounds the elements by themselves, then sets their planes.
void BackSubstitution::boundMultivariate(unsigned index,
                                         const std::vector<Interval> &known) {
  const NetworkNode &node = network[index];
  current[index].resize(node.size());
  for (unsigned i = 0; i < node.size(); ++i)
    current[index][i] = narrowed(
        known[i], node.executedValues(i, node.operands.gather(i, current)));
  setPlanes(index);
}

/// The usual planes, or level ones where these are nearer in the middle: the
/// bounds of the element may follow from more than its operands'.
void BackSubstitution::setPlanes(unsigned index) {
  const NetworkNode &node = network[index];
  for (PlaneArrays::Side *side : {&planes[index].lower, &planes[index].upper}) {
    side->slope.resize(node.operands.size());
    for (std::vector<double> *each :
         {&side->offset, &side->share, &side->slack})
      each->resize(node.size());
  }
  std::vector<double> middle;
  for (unsigned i = 0; i < node.size(); ++i) {
    std::vector<Interval> box = node.operands.gather(i, current);
    bool isBounded = std::all_of(
        box.begin(), box.end(), [](Interval each) { return each.isBounded(); });
    middle.clear();
    for (Interval each : box)
      middle.push_back(each.lo / 2 + each.hi / 2);
    double share = usualShare(node.combination);
    for (bool isUpper : {false, true}) {
      Interval range = current[index][i];
      Plane level{std::vector<double>(box.size(), 0.0),
                  isUpper ? range.hi : range.lo};
      Plane plane = isBounded ? planeAround(index, i, isUpper, share) : level;
      bool isNearer = isUpper ? plane.at(middle) <= level.offset
                              : plane.at(middle) >= level.offset;
      setPlane(index, i, isUpper, share, isNearer ? plane : level);
    }
  }
}

Plane BackSubstitution::planeAround(unsigned index, unsigned element,
                                    bool isUpper, double share) const {
  const NetworkNode &node = network[index];
  std::vector<Interval> box = node.operands.gather(element, current);
  return isUpper ? planeAbove(node.combination, box, share)
                 : planeBelow(node.combination, box, share);
}

void BackSubstitution::setPlane(unsigned index, unsigned element, bool isUpper,
                                double share, const Plane &plane) {
  const NetworkNode &node = network[index];
  PlaneArrays::Side &side = planes[index].side(isUpper);
  double magnitude = std::abs(plane.offset);
  size_t first = node.operands.begin(element);
  for (size_t k = 0; k < plane.slopes.size(); ++k) {
    side.slope[first + k] = plane.slopes[k];
    auto [operand, of] = node.operands[first + k];
    if (plane.slopes[k] != 0.0)
      magnitude += std::abs(plane.slopes[k]) * most[operand][of];
  }
  double error = node.error[element];
  side.offset[element] = plane.offset;
  side.share[element] = share;
  side.slack[element] = magnitude == 0.0
                            ? error
                            : roundedUp(error + 1.001 * sumError * magnitude);
}

} // namespace act
