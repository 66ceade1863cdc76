//===- FieldReader.cpp - What lies between layers -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WindowTable.h"
#include "llvm/ADT/SmallVector.h"

using namespace mlir;

namespace act {

bool FieldReader::isRelu(const NetworkNode &node) const {
  return node.kind == NetworkNode::Kind::Elementwise &&
         node.function->isPiecewiseLinear() &&
         node.function->breaks() == std::vector<double>{0.0} &&
         node.function->approximateAt(-1.0) == 0.0 &&
         node.function->approximateAt(1.0) == 1.0 &&
         node.function->approximateAt(0.0) == 0.0;
}

/// The only node that a node is computed from.
std::optional<unsigned> FieldReader::operandOf(const NetworkNode &node) const {
  switch (node.kind) {
  case NetworkNode::Kind::Source:
    return std::nullopt;
  case NetworkNode::Kind::Elementwise:
    return node.operand;
  case NetworkNode::Kind::Affine:
    return node.terms.size() == 1 ? std::optional(node.terms[0].node)
                                  : std::nullopt;
  case NetworkNode::Kind::Multivariate:
    return node.operands.nodes().size() == 1
               ? std::optional(node.operands.nodes().front())
               : std::nullopt;
  }
  llvm_unreachable("unknown kind of node");
}

const ElementField *FieldReader::read(unsigned node) {
  SmallVector<unsigned> open;
  std::optional<unsigned> next = node;
  while (next && !known.count(*next)) {
    open.push_back(*next);
    next = operandOf(reader.network()[*next]);
  }
  for (unsigned each : llvm::reverse(open)) {
    std::optional<unsigned> operand = operandOf(reader.network()[each]);
    std::optional<ElementField> field;
    if (!operand)
      field = readSource(each);
    else if (const std::optional<ElementField> &before =
                 known.find(*operand)->second)
      field = readNode(reader.network()[each], *before);
    known[each] = std::move(field);
  }
  const std::optional<ElementField> &field = known.find(node)->second;
  return field ? &*field : nullptr;
}

std::optional<ElementField> FieldReader::readSource(unsigned node) const {
  ElementField field;
  field.argument = reader.argumentOf(node);
  if (!field.argument)
    return std::nullopt;
  field.placeOf.assign(reader.network()[node].size(), 0);
  field.channelOf.assign(field.placeOf.size(), 0);
  return field;
}

std::optional<ElementField>
FieldReader::readNode(const NetworkNode &node,
                      const ElementField &before) const {
  if (node.kind == NetworkNode::Kind::Affine)
    return readMap(node, before);
  if (node.kind == NetworkNode::Kind::Multivariate)
    return readMaximum(node, before);
  // An argument is not normal, and of the relu of what is no sum of a layer the
  // moments are not known.
  if (!isRelu(node) || !before.layer || before.isRectified)
    return std::nullopt;
  ElementField field = before;
  field.isRectified = true;
  return field;
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

/// `field` after a step whose elements are windows; nothing where those are too
/// many.
static std::optional<ElementField> throughWindows(ElementField field,
                                                  const WindowTable &windows,
                                                  FieldStep::Kind kind) {
  if (windows.size() > kMaxPlaces)
    return std::nullopt;
  field.placeOf = windows.placeOf;
  field.numPlaces = windows.size();
  field.steps.push_back(windows.step(kind));
  if (isTooLarge(field.steps.back()))
    return std::nullopt;
  return field;
}

/// Whether no column has entries in two rows.
static bool takesNoneTwice(const LinearMap &map) {
  std::vector<bool> isTaken(map.numColumns());
  bool result = true;
  for (unsigned row = 0; row < map.numRows(); ++row)
    map.forEachEntry(row, [&](unsigned column, double factor) {
      result &= factor == 0.0 || !isTaken[column];
      isTaken[column] = isTaken[column] || factor != 0.0;
    });
  return result;
}

/// Elements that are others, or 0, keep their places. Sums of elements of a
/// channel with factors are means.
std::optional<ElementField>
FieldReader::readMap(const NetworkNode &node,
                     const ElementField &before) const {
  if (!llvm::all_of(node.offset, [](double x) { return x == 0.0; }))
    return std::nullopt;
  const LinearMap &map = *node.terms[0].map;
  ElementField field = before;
  field.placeOf.clear();
  field.channelOf.clear();
  WindowTable windows;
  bool isMovement = true, isOfChannels = true;
  for (unsigned row = 0; row < map.numRows(); ++row) {
    WindowTable::Window window;
    std::optional<unsigned> channel;
    map.forEachEntry(row, [&](unsigned column, double factor) {
      if (factor == 0.0)
        return;
      isMovement &= factor == 1.0 && window.empty();
      isOfChannels &= !channel || *channel == before.channelOf[column];
      channel = before.channelOf[column];
      window.push_back({before.placeOf[column], factor});
    });
    field.placeOf.push_back(window.empty() ? FieldStep::kZero
                                           : window.front().first);
    field.channelOf.push_back(channel.value_or(0));
    llvm::sort(window);
    windows.add(std::move(window));
  }
  if (isMovement) {
    // Copies would be as alike as nothing else is.
    if (!takesNoneTwice(map))
      return std::nullopt;
    if (field.steps.empty())
      field.counts = countPlaces(field.placeOf, field.numPlaces);
    return field;
  }
  // What is not behind the relu would need to be normal still.
  if (!isOfChannels || (field.layer && !field.isRectified))
    return std::nullopt;
  return throughWindows(std::move(field), windows, FieldStep::Kind::Mean);
}

/// Of a layer, before or after its relu, with nothing else in between.
std::optional<ElementField>
FieldReader::readMaximum(const NetworkNode &node,
                         const ElementField &before) const {
  if (node.combination != MultivariateFunction::Maximum || !before.layer ||
      !before.isNormal || !before.steps.empty())
    return std::nullopt;
  ElementField field = before;
  field.placeOf.clear();
  field.channelOf.clear();
  std::vector<bool> isTaken(before.placeOf.size());
  field.counts.assign(field.numPlaces, 0.0);
  WindowTable windows;
  for (unsigned element = 0; element < node.size(); ++element) {
    WindowTable::Window window;
    unsigned channel = 0;
    for (size_t i = node.operands.begin(element),
                e = node.operands.end(element);
         i < e; ++i) {
      unsigned source = node.operands[i].element;
      bool isFirst = i == node.operands.begin(element);
      if (before.placeOf[source] == FieldStep::kZero ||
          (!isFirst && before.channelOf[source] != channel))
        return std::nullopt;
      channel = before.channelOf[source];
      window.push_back({before.placeOf[source], 1.0});
      field.counts[before.placeOf[source]] += !isTaken[source];
      isTaken[source] = true;
    }
    field.channelOf.push_back(channel);
    llvm::sort(window);
    windows.add(std::move(window));
  }
  if (windows.size() == 0)
    return std::nullopt;
  return throughWindows(std::move(field), windows, FieldStep::Kind::Maximum);
}

} // namespace act
