//===- PointBatch.cpp - Running a network on points -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/PointBatch.h"
#include "RowProduct.h"
#include <algorithm>

namespace act {

using Kind = NetworkNode::Kind;

void PointBatch::inOrder(size_t count,
                         const std::function<void(size_t)> &call) {
  for (size_t i = 0; i < count; ++i)
    call(i);
}

void PointBatch::runAffine(const NetworkNode &node,
                           std::vector<double> &result) {
  constexpr size_t kBlock = 128;
  loop((node.size() + kBlock - 1) / kBlock, [&](size_t block) {
    size_t first = block * kBlock;
    size_t rows = std::min(kBlock, node.size() - first);
    double *part = result.data() + first * count;
    for (size_t i = 0; i < rows; ++i)
      std::fill_n(part + i * count, count, node.offset[first + i]);
    for (const LinearTerm &term : node.terms)
      addMapProduct(*term.map, values[term.node].data(), count, first, rows,
                    part, count);
  });
}

void PointBatch::runMultivariate(const NetworkNode &node,
                                 std::vector<double> &result) {
  for (unsigned i = 0; i < node.size(); ++i)
    for (size_t k = 0; k < count; ++k) {
      std::vector<double> operands;
      for (size_t at = node.operands.begin(i); at < node.operands.end(i); ++at)
        operands.push_back(
            valuesOf(node.operands[at].node, node.operands[at].element)[k]);
      result[i * count + k] = approximateAt(node.combination, operands);
    }
}

void PointBatch::run(const std::vector<SourcePoint> &points) {
  count = points.size();
  for (unsigned index : order) {
    const NetworkNode &node = network[index];
    std::vector<double> &result = values[index];
    result.resize(node.size() * count);
    switch (node.kind) {
    case Kind::Source:
      for (unsigned i = 0; i < node.size(); ++i)
        for (size_t k = 0; k < count; ++k)
          result[i * count + k] = points[k][index][i];
      break;
    case Kind::Elementwise:
      std::transform(values[node.operand].begin(), values[node.operand].end(),
                     result.begin(),
                     [&](double x) { return node.function->approximateAt(x); });
      break;
    case Kind::Multivariate:
      runMultivariate(node, result);
      break;
    case Kind::Affine:
      runAffine(node, result);
      break;
    }
  }
}

} // namespace act
