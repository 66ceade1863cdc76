//===- DeadZone.cpp - Where the derivative is exactly zero ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Shape.h"
#include "act/Formula/Profile.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace act {

/// Whether the derivative that the convention gives at the end `at` of a dead
/// piece is zero. Away from kinks it is that of both sides.
static bool isDeadAt(const std::vector<Kink> &kinks, Interval at,
                     std::string_view sides) {
  auto kink = std::find_if(kinks.begin(), kinks.end(),
                           [&](const Kink &k) { return k.at == at; });
  if (kink == kinks.end())
    return true;
  size_t index = kink - kinks.begin();
  char side = sides.empty() ? 'l' : sides[std::min(index, sides.size() - 1)];
  bool left = kink->left == Interval(0.0), right = kink->right == Interval(0.0);
  if (side == 'm')
    return left && right;
  return side == 'l' ? left : right;
}

std::vector<DeadInterval> deadZone(Expression expression,
                                   std::string_view kinkSides) {
  const Profile &shape = profile(expression);
  std::vector<DeadInterval> zone;
  bool continues = false;
  for (const Piece &piece : shape.pieces) {
    if (piece.direction != Direction::Constant) {
      continues = false;
      continue;
    }
    // An end that is no double lies inside the interval around it: the last
    // double on this side belongs to the zone.
    auto isClosed = [&](Interval end, double inner) {
      return std::isfinite(inner) &&
             (!end.isPoint() || isDeadAt(shape.kinks, end, kinkSides));
    };
    double lo = piece.from.hi, hi = piece.to.lo;
    bool loClosed = isClosed(piece.from, lo), hiClosed = isClosed(piece.to, hi);
    if (continues && (loClosed || zone.back().hiClosed)) {
      zone.back().hi = hi;
      zone.back().hiClosed = hiClosed;
    } else {
      zone.push_back({lo, hi, loClosed, hiClosed});
    }
    continues = true;
  }
  return zone;
}

static std::string str(double value) {
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  char text[32];
  auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return std::string(text, end);
}

std::string str(const std::vector<DeadInterval> &zone) {
  std::string text;
  for (const DeadInterval &part : zone) {
    if (!text.empty())
      text += " u ";
    text += part.loClosed ? '[' : '(';
    text += str(part.lo) + ", " + str(part.hi);
    text += part.hiClosed ? ']' : ')';
  }
  return text.empty() ? "none" : text;
}

} // namespace act
