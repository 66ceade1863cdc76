//===- RepeatedLoops.cpp - Loops that compute the same again --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RepeatedLoops.h"

using namespace mlir;

namespace act {

LoopNest withoutRepetitions(const LoopNest &nest) {
  LoopNest once = nest;
  for (auto [loop, extent] : llvm::enumerate(once.extents)) {
    auto isMoved = [&, loop = loop](const LoopAccess &access) {
      return !access.bounds.isSplat() && access.strides[loop] != 0;
    };
    if (extent > 1 && !nest.reduced[loop] && !isMoved(nest.output) &&
        llvm::none_of(nest.inputs, isMoved))
      extent = 1;
  }
  return once;
}

Bounds repeated(const LoopNest &nest, const LoopNest &once, Bounds result) {
  if (nest.extents == once.extents)
    return result;
  LoopAccess computed = nest.output;
  for (auto [loop, stride] : llvm::enumerate(computed.strides))
    if (once.extents[loop] != nest.extents[loop])
      stride = 0;
  std::vector<Element> elements(result.size());
  for (auto [to, from] : llvm::zip(offsetsOver(nest, nest.output, false),
                                   offsetsOver(nest, computed, false)))
    elements[nest.output.offset + to] = result[nest.output.offset + from];
  return Bounds::elements(std::move(elements));
}

} // namespace act
