//===- PointBatch.h - Running a network on points --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Many points side by side, in plain doubles: each weight is read once for all
// of them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_POINTBATCH_H
#define ACT_RELAXATION_POINTBATCH_H

#include "act/Relaxation/PointSearch.h"
#include <functional>

namespace act {

class PointBatch {
public:
  /// Calls its argument with 0 to count - 1, in any order.
  using Loop = std::function<void(size_t, const std::function<void(size_t)> &)>;

  /// For points of several nodes and of all they are computed from. `loop`
  /// takes blocks of elements, which may run on several cores.
  PointBatch(const Network &network, const std::vector<unsigned> &targets,
             Loop loop = inOrder)
      : network(network), order(network.ancestors(targets)),
        values(network.size()), loop(std::move(loop)) {}

  void run(const std::vector<SourcePoint> &points);
  /// How many points were run last.
  size_t size() const { return count; }
  /// The values of an element, one per point.
  const double *valuesOf(unsigned node, unsigned element) const {
    return values[node].data() + element * count;
  }

private:
  static void inOrder(size_t count, const std::function<void(size_t)> &call);
  void runAffine(const NetworkNode &node, std::vector<double> &result);
  void runMultivariate(const NetworkNode &node, std::vector<double> &result);

  const Network &network;
  std::vector<unsigned> order;
  std::vector<std::vector<double>> values; ///< per node, elements by points
  Loop loop;
  size_t count = 0;
};

} // namespace act

#endif // ACT_RELAXATION_POINTBATCH_H
