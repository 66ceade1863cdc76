//===- Profile.cpp - Kinks, and the cache of profiles ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Profile.h"
#include "Shape.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace act {

/// The kink between two pieces with different formulas; none if value and
/// derivative agree there as far as can be told from enclosures 1 ulp wide.
static std::optional<Kink> kinkBetween(const Piece &left, const Piece &right,
                                       Interval own) {
  Interval at = left.to;
  auto slopeOf = [&](const Piece &piece) {
    return valueNear(canonicalize(differentiate(piece.formula)), at);
  };
  Kink kink{at, slopeOf(left), slopeOf(right), true};
  Interval fromLeft = valueNear(left.formula, at);
  Interval fromRight = valueNear(right.formula, at);
  kink.continuous = fromLeft.isBounded() && fromRight.isBounded() &&
                    overlap(fromLeft, fromRight) && overlap(fromLeft, own) &&
                    overlap(fromRight, own);
  if (kink.continuous && overlap(kink.left, kink.right))
    return std::nullopt;
  return kink;
}

static std::unique_ptr<FunctionShape> buildShape(Expression expression) {
  auto shape = std::make_unique<FunctionShape>();
  Profile &profile = shape->profile;
  profile.pieces = findPieces(expression, profile.complete);
  for (const Piece &piece : profile.pieces) {
    shape->values.push_back(valuesOf(piece));
    Interval own = enclose(expression, {hull(piece.from, piece.to)});
    Interval &all = shape->values.back().all;
    if (piece.direction == Direction::Unknown)
      all = narrowed(all, own);
  }
  for (size_t i = 0; i + 1 < profile.pieces.size(); ++i) {
    const Piece &left = profile.pieces[i], &right = profile.pieces[i + 1];
    Interval own = valueNear(expression, left.to);
    shape->between.push_back(own);
    // All values near an end that is no point are the function's own there.
    if (!left.to.isPoint()) {
      Interval &before = shape->values[i].atTo;
      Interval &after = shape->values[i + 1].atFrom;
      before = narrowed(before, own);
      after = narrowed(after, own);
    }
    if (auto kink = kinkBetween(left, right, shape->between.back()))
      profile.kinks.push_back(*kink);
  }
  return shape;
}

const FunctionShape &shapeOf(Expression expression) {
  // The same function is asked for each unit of a layer.
  thread_local const void *lastId = nullptr;
  thread_local const FunctionShape *last = nullptr;
  if (lastId == expression.id())
    return *last;
  using Cache = std::unordered_map<Expression, std::unique_ptr<FunctionShape>,
                                   ExpressionHash>;
  static std::mutex mutex;
  // Shapes live as long as the nodes they describe: for ever.
  static Cache &cache = *new Cache();
  const FunctionShape *found = nullptr;
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (auto entry = cache.find(expression); entry != cache.end())
      found = entry->second.get();
  }
  if (!found) {
    // Built without the lock; of two built at once the first one stays.
    std::unique_ptr<FunctionShape> built = buildShape(expression);
    std::lock_guard<std::mutex> lock(mutex);
    found = cache.emplace(expression, std::move(built)).first->second.get();
  }
  lastId = expression.id();
  last = found;
  return *found;
}

const Profile &profile(Expression expression) {
  return shapeOf(expression).profile;
}

bool hasIsolatedValue(Expression expression) {
  // What is continuous has none: only comparisons choose between functions.
  auto compares = [](Expression e) {
    return isDecision(e.primitive()) && e.numOperands() == 4;
  };
  const std::vector<Expression> parts = expression.postorder();
  if (std::none_of(parts.begin(), parts.end(), compares))
    return false;
  const Profile &shape = profile(expression);
  if (!shape.complete)
    return true;
  for (size_t i = 0; i + 1 < shape.pieces.size(); ++i) {
    const Interval &end = shape.pieces[i].to;
    if (!end.isPoint())
      continue;
    auto valueOf = [&](Expression e) {
      return exactValue(e, {end.lo}, Format::F64);
    };
    const double value = valueOf(expression);
    auto isSame = [&](const Piece &piece) {
      double there = valueOf(piece.formula);
      return there == value || (std::isnan(there) && std::isnan(value));
    };
    if (!isSame(shape.pieces[i]) && !isSame(shape.pieces[i + 1]))
      return true;
  }
  return false;
}

} // namespace act
