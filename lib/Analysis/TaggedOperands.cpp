//===- TaggedOperands.cpp - Operands whose elements tell who they are -----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TaggedOperands.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;

namespace act {

/// Integers that are doubles, with room for all elements behind each.
static constexpr double kFirstTag[2] = {0x1p51, 0x1p52};

Entry Entry::ofNumber(Interval number) {
  Entry entry;
  entry.kind = number.isBounded() ? Number : Infinity;
  entry.number = number;
  return entry;
}

Entry Entry::ofNode(unsigned node, unsigned element) {
  Entry entry;
  entry.kind = OfNode;
  entry.node = node;
  entry.element = element;
  return entry;
}

TaggedOperands::Tagged TaggedOperands::tag(unsigned node, size_t size) {
  auto known = llvm::find_if(
      nodes, [&](const NodeTags &tags) { return tags.node == node; });
  if (known == nodes.end()) {
    nodes.push_back({node, numTags, size});
    numTags += size;
    known = std::prev(nodes.end());
  }
  std::vector<Element> elements[2];
  for (unsigned question = 0; question < 2; ++question)
    for (size_t i = 0; i < size; ++i)
      elements[question].push_back(
          {Interval(kFirstTag[question] + double(known->start + i))});
  return {Bounds::elements(std::move(elements[0])),
          Bounds::elements(std::move(elements[1]))};
}

void TaggedOperands::addOperand(Tagged bounds) {
  asked[0].push_back(std::move(bounds.first));
  asked[1].push_back(std::move(bounds.second));
}

Entry TaggedOperands::decode(const Element &first,
                             const Element &second) const {
  Entry entry;
  bool isPoint = first.range.isPoint();
  if (first.poisoned || first.mayBeNaN ||
      (!isPoint && !first.range.isBounded()))
    return entry;
  if (first.range == second.range)
    return Entry::ofNumber(first.range);
  if (!isPoint || !second.range.isPoint())
    return entry;
  double tag = first.range.lo - kFirstTag[0];
  if (tag != second.range.lo - kFirstTag[1] ||
      !(tag >= 0 && tag < double(numTags)))
    return entry;
  for (const NodeTags &tags : nodes)
    if (size_t(tag) >= tags.start && size_t(tag) < tags.start + tags.size)
      return Entry::ofNode(tags.node, size_t(tag) - tags.start);
  return entry;
}

} // namespace act
