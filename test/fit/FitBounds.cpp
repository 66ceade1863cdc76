//===- FitBounds.cpp - Proved bounds of the errors of fits ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FitBounds.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace act;
using namespace act::test;

/// More than what the few roundings here are.
static constexpr double kRounding = 1.0 + 0x1p-40;

/// Both functions are 0 at 0. With d = polynomial - formula, Taylor's theorem
/// gives |d(x)| <= |x| (|d'(0)| + |x|/2 sup |d''|), the mean value theorem
/// |formula(x)| >= |x| inf |formula'|.
static double boundBesideZero(const FitPiece &piece) {
  Interval domain(piece.lo, piece.hi);
  double reach = domain.magnitude();
  if (exactValue(piece.polynomial, {0.0}, Format::F64) != 0.0)
    return std::nan("");
  // Where a kink is, 0 belongs to both sides.
  if (reach == 0.0)
    return 0.0;
  Expression slope = differentiate(piece.formula);
  Expression difference = differentiate(piece.polynomial) - slope;
  Interval steepness = range(slope, domain);
  if (steepness.contains(0.0))
    return std::nan("");
  double error = enclosePoint(difference, {0.0}).magnitude() +
                 reach * range(differentiate(difference), domain).magnitude();
  double least = std::min(std::abs(steepness.lo), std::abs(steepness.hi));
  return error / least / piece.tolerance * kRounding;
}

/// What Sollya leaves open are lines beside lines: by the mean value theorem
/// |d(x)| <= |d(lo)| + (hi - lo) sup |d'|, which is exact of a line.
static double boundByInterval(const FitPiece &piece) {
  Expression difference = piece.polynomial - piece.formula;
  Interval slope =
      range(differentiate(difference), Interval(piece.lo, piece.hi));
  double reach = roundedUp(piece.hi - piece.lo) * slope.magnitude();
  double error = enclosePoint(difference, {piece.lo}).magnitude() + reach;
  return error / piece.tolerance * kRounding;
}

llvm::Expected<std::vector<double>>
act::test::boundFits(llvm::StringRef sollya,
                     const std::vector<FitPiece> &pieces) {
  auto besideZero = [](const FitPiece &piece) { return piece.isBesideZero; };
  std::vector<FitPiece> others;
  llvm::copy_if(pieces, std::back_inserter(others), std::not_fn(besideZero));
  llvm::Expected<std::vector<double>> proved =
      boundFitsBySollya(sollya, others);
  if (!proved)
    return proved.takeError();
  std::vector<double> bounds;
  auto next = proved->begin();
  for (const FitPiece &piece : pieces) {
    double bound = piece.isBesideZero ? boundBesideZero(piece) : *next++;
    if (std::isnan(bound) && !piece.isBesideZero)
      bound = boundByInterval(piece);
    bounds.push_back(bound);
  }
  return bounds;
}
