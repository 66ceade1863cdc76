//===- Homogeneity.cpp - Networks without biases --------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/Homogeneity.h"
#include <algorithm>

namespace act {

using Kind = NetworkNode::Kind;

static bool isHomogeneous(const NetworkNode &node) {
  if (node.kind == Kind::Affine)
    return std::all_of(node.offset.begin(), node.offset.end(),
                       [](double offset) { return offset == 0.0; });
  if (node.kind == Kind::Elementwise)
    return node.function->breaks() == std::vector<double>{0.0} &&
           node.function->approximateAt(0.0) == 0.0;
  if (node.kind == Kind::Multivariate)
    return node.combination != MultivariateFunction::Product;
  return !node.set;
}

bool isHomogeneous(const Network &network, unsigned node) {
  std::vector<unsigned> nodes = network.ancestors(node);
  return std::all_of(nodes.begin(), nodes.end(), [&](unsigned each) {
    return isHomogeneous(network[each]);
  });
}

std::vector<SourceBox> facesWithoutOrigin(const SourceBox &box) {
  std::vector<SourceBox> faces;
  for (size_t node = 0; node < box.size(); ++node)
    for (size_t i = 0; i < box[node].size(); ++i) {
      Interval side = box[node][i];
      if (!side.contains(0.0))
        return {};
      for (double end : {side.lo, side.hi})
        if (end != 0.0) {
          faces.push_back(box);
          faces.back()[node][i] = Interval(end);
        }
    }
  return faces;
}

} // namespace act
