//===- Homogeneity.cpp - Networks without biases --------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/Homogeneity.h"
#include <algorithm>
#include <unordered_map>

namespace act {

using Kind = NetworkNode::Kind;

/// Whether what execution adds shrinks with the inputs. In (x + 1) - 1 it does
/// not, though this is x.
static bool errorScales(const NetworkNode &node) {
  if (node.kind == Kind::Affine)
    return std::all_of(
        node.sumError.begin(), node.sumError.end(),
        [](const SumError &error) { return error.fixed == 0.0; });
  return node.errorScales ||
         std::all_of(node.error.begin(), node.error.end(),
                     [](double error) { return error == 0.0; });
}

static bool isHomogeneous(const NetworkNode &node) {
  if (!errorScales(node))
    return false;
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

bool isHomogeneous(Expression formula, const std::vector<bool> &isVariable) {
  // Of each part: a number, and positively homogeneous; 0 is both.
  std::unordered_map<const void *, std::pair<bool, bool>> known;
  for (Expression e : formula.postorder()) {
    auto isNumber = [&](unsigned i) {
      return known.at(e.operand(i).id()).first;
    };
    auto scales = [&](unsigned i) {
      return known.at(e.operand(i).id()).second;
    };
    bool allNumbers = !e.isVariable() || !isVariable[e.variableIndex()];
    bool allScale = e.numOperands() > 0;
    for (unsigned i = 0; i < e.numOperands(); ++i) {
      allNumbers &= isNumber(i);
      allScale &= scales(i);
    }
    bool result = false;
    switch (e.primitive()) {
    case Primitive::Constant:
      result = e.isConstant(0.0);
      break;
    case Primitive::Variable:
      result = isVariable[e.variableIndex()];
      break;
    case Primitive::Neg:
    case Primitive::Abs:
    case Primitive::Add:
    case Primitive::Sub:
    case Primitive::Min:
    case Primitive::Max:
    case Primitive::WhereLess:
    case Primitive::WhereLessEqual:
    case Primitive::WhereEqual:
      result = allScale;
      break;
    case Primitive::Mul:
      result = (scales(0) && isNumber(1)) || (isNumber(0) && scales(1));
      break;
    case Primitive::Div:
      result = scales(0) && isNumber(1);
      break;
    default:
      break;
    }
    known[e.id()] = {allNumbers, result};
  }
  return known.at(formula.id()).second;
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
