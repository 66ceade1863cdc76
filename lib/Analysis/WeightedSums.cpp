//===- WeightedSums.cpp - Layers whose weights are not read ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopReader.h"
#include <map>

using namespace mlir;

namespace act {

/// Whether each product of a sum has a number of its own of an input, as have
/// those of sums that are no other window's, and none is left over.
bool NetworkReader::LoopReader::areWeights(unsigned input) const {
  const LoopAccess &access = first.inputs[input];
  // Elements of nodes differ between the questions.
  if (!access.bounds.areNumbers() ||
      !(access.bounds == second.inputs[input].bounds) || access.offset != 0)
    return false;
  SmallVector<std::pair<int64_t, int64_t>> loops; // stride, extent
  for (auto [stride, extent, isReduced] :
       llvm::zip(access.strides, first.extents, first.reduced))
    if (extent != 1 && (stride != 0 || isReduced))
      loops.push_back({stride, extent});
  llvm::sort(loops);
  int64_t count = 1;
  for (auto [stride, extent] : loops) {
    if (stride != count)
      return false;
    count *= extent;
  }
  return access.bounds.isSplat() || int64_t(access.bounds.size()) == count;
}

/// The node of which each sum takes every element of an input once.
std::optional<unsigned>
NetworkReader::LoopReader::wholeNode(unsigned input) const {
  if (!llvm::all_equal(outer[input]))
    return std::nullopt;
  unsigned node = 0;
  std::vector<bool> isTaken;
  for (size_t step = 0; step < steps; ++step) {
    Entry entry = entryOf(input, 0, step);
    if (entry.kind != Entry::OfNode)
      return std::nullopt;
    if (step == 0) {
      node = entry.node;
      isTaken.assign(reader.net[node].size(), false);
    }
    if (entry.node != node || isTaken.size() != steps || isTaken[entry.element])
      return std::nullopt;
    isTaken[entry.element] = true;
  }
  return node;
}

/// Adds what a sum takes whose factors begin at `offset`: each element of a
/// node once, and zeros. `takenBy` says which window took an element last.
bool NetworkReader::LoopReader::addWindow(unsigned factors, int64_t offset,
                                          std::optional<unsigned> &node,
                                          std::vector<size_t> &takenBy,
                                          WeightedSum &sum) const {
  size_t window = sum.windows.size() / steps + 1;
  for (size_t step = 0; step < steps; ++step) {
    Entry entry = entryAt(factors, offset + inner[factors][step]);
    if (entry.kind == Entry::Number && entry.number == Interval(0.0)) {
      sum.windows.push_back(WeightedSum::kZero);
      continue;
    }
    if (entry.kind != Entry::OfNode)
      return false;
    if (!node) {
      node = entry.node;
      takenBy.assign(reader.net[entry.node].size(), 0);
    }
    if (entry.node != *node || takenBy[entry.element] == window)
      return false;
    takenBy[entry.element] = window;
    sum.windows.push_back(entry.element);
  }
  return true;
}

/// Sums of the same weights are a channel.
bool NetworkReader::LoopReader::setWindows(unsigned weights, unsigned factors,
                                           WeightedSum &sum) const {
  std::map<int64_t, unsigned> windows, channels; // by offset
  std::optional<unsigned> node;
  std::vector<size_t> takenBy;
  for (size_t element = 0; element < range.size(); ++element) {
    int64_t offset = outer[factors][iterationOf[element]];
    auto [window, isNew] = windows.try_emplace(offset, windows.size());
    if (isNew && (reader.windowEntries + (sum.windows.size() + steps) >
                      kMaxWindowEntries ||
                  !addWindow(factors, offset, node, takenBy, sum)))
      return false;
    auto channel = channels.try_emplace(outer[weights][iterationOf[element]],
                                        channels.size());
    sum.windowOf.push_back(window->second);
    sum.channelOf.push_back(channel.first->second);
  }
  reader.windowEntries += sum.windows.size();
  sum.operand = node.value_or(0);
  sum.width = channels.size();
  return node.has_value();
}

std::optional<unsigned> NetworkReader::LoopReader::readWeightedSum() {
  Expression formula = first.term->formula();
  if (steps == 0 || range.empty() || formula.primitive() != Primitive::Mul ||
      !formula.operand(0).isVariable() || !formula.operand(1).isVariable())
    return std::nullopt;
  unsigned weights = formula.operand(0).variableIndex();
  unsigned factors = formula.operand(1).variableIndex();
  if (!areWeights(weights))
    std::swap(weights, factors);
  if (weights == factors || !areWeights(weights))
    return std::nullopt;
  WeightedSum sum{0, unsigned(steps), unsigned(range.size()),
                  first.inputs[weights].bounds};
  bool isOwn = llvm::none_of(
      llvm::zip(first.inputs[weights].strides, first.extents), [](auto loop) {
        return std::get<0>(loop) == 0 && std::get<1>(loop) != 1;
      });
  std::optional<unsigned> operand;
  if (isOwn)
    operand = wholeNode(factors);
  if (operand)
    sum.operand = *operand;
  else if (!setWindows(weights, factors, sum))
    return std::nullopt;
  for (size_t element = 0; element < range.size(); ++element) {
    Entry start = entryOf(first.inputs.size(), element, 0);
    if (start.kind != Entry::Number)
      return std::nullopt;
    sum.offset.push_back(start.number.middle());
  }
  unsigned node = reader.net.addSource(
      std::vector<Interval>(range.begin(), range.end()),
      first.resultFormat.value_or(first.formats.front()), nullptr);
  reader.weightedSums.try_emplace(node, std::move(sum));
  return node;
}

} // namespace act
