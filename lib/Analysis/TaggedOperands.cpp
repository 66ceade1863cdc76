//===- TaggedOperands.cpp - Operands whose elements tell who they are -----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TaggedOperands.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace act {

/// Integers that are doubles, with room for all elements behind each.
static constexpr double kFirstTag[2] = {0x1p51, 0x1p52};

void TaggedOperands::addNode(unsigned node, size_t size) {
  auto known = llvm::find_if(
      nodes, [&](const NodeTags &tags) { return tags.node == node; });
  if (known == nodes.end()) {
    nodes.push_back({node, numTags, size});
    numTags += size;
    known = std::prev(nodes.end());
  }
  for (unsigned question = 0; question < 2; ++question) {
    std::vector<Element> elements;
    for (size_t i = 0; i < size; ++i)
      elements.push_back(
          {Interval(kFirstTag[question] + double(known->start + i))});
    asked[question].push_back(Bounds::elements(std::move(elements)));
  }
}

void TaggedOperands::addKnown(const Bounds &bounds) {
  for (SmallVector<Bounds> &operands : asked)
    operands.push_back(bounds);
}

Entry TaggedOperands::decode(const Element &first,
                             const Element &second) const {
  Entry entry;
  if (first.poisoned || !first.range.isBounded())
    return entry;
  if (first.range == second.range) {
    entry.kind = Entry::Number;
    entry.number = first.range;
    return entry;
  }
  if (!first.range.isPoint() || !second.range.isPoint())
    return entry;
  double tag = first.range.lo - kFirstTag[0];
  if (tag != second.range.lo - kFirstTag[1] ||
      !(tag >= 0 && tag < double(numTags)))
    return entry;
  for (const NodeTags &tags : nodes)
    if (size_t(tag) >= tags.start && size_t(tag) < tags.start + tags.size) {
      entry.kind = Entry::OfNode;
      entry.node = tags.node;
      entry.element = size_t(tag) - tags.start;
    }
  return entry;
}

} // namespace act
