//===- MomentPropagation.h - Normal inputs through a network ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each element of each node is taken for normal, with the mean and the
// covariances that follow from those of the node before. That is exact for an
// affine function of normal inputs and an approximation behind functions: sums
// of many elements are nearly normal, and covariances pass a function by its
// mean slopes (statistical linearization: exact to first order in the
// correlation, by Price's theorem).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_MOMENTPROPAGATION_H
#define ACT_LIB_ANALYSIS_MOMENTPROPAGATION_H

#include "act/Analysis/SignalPropagation.h"
#include "act/Relaxation/Network.h"
#include <functional>
#include <map>

namespace act {

class MomentPropagation {
public:
  /// `sourceLaws` are those of the elements of a source, independent of each
  /// other; none where they are not known. The network outlives this.
  MomentPropagation(
      const Network &network,
      std::function<std::vector<NormalLaw>(unsigned source)> sourceLaws)
      : network(network), sourceLaws(std::move(sourceLaws)) {}

  /// One law per element of `node`; none where it depends on an unknown source
  /// or on a sum of several functions, or where it would take too long.
  const std::vector<NormalLaw> &lawsOf(unsigned node) {
    return momentsOf(node).laws;
  }

private:
  struct NodeMoments {
    std::vector<NormalLaw> laws;
    /// Row-major; empty where elements count as uncorrelated.
    std::vector<double> covariance;
  };

  const NodeMoments &momentsOf(unsigned node);
  NodeMoments compute(const NetworkNode &node);
  NodeMoments throughMaps(const NetworkNode &node);
  static void addRow(const LinearMap &map, unsigned row,
                     const NodeMoments &before, NodeMoments &result,
                     double &variance);
  static NodeMoments throughFunction(const NetworkNode &node,
                                     const NodeMoments &before);

  const Network &network;
  std::function<std::vector<NormalLaw>(unsigned source)> sourceLaws;
  std::map<unsigned, NodeMoments> known;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_MOMENTPROPAGATION_H
