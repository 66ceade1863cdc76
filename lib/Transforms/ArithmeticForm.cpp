//===- ArithmeticForm.cpp - Arithmetic that keeps an accuracy in f32 ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ArithmeticForm.h"
#include "LineProductCode.h"
#include "act/Approx/RoundingError.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "act/IR/Emission.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace act;

/// In ulps: an absolute bound means "or 1 ulp".
static double boundOf(Accuracy accuracy) {
  return accuracy.kind == Accuracy::Kind::Ulp ? accuracy.bound : 1.0;
}

static Format computedFormat(Format format) {
  return format == Format::F64 ? Format::F64 : Format::F32;
}

/// The error in ulps of the format that it is computed in which a result may
/// have before it is rounded to `format`.
static double allowedBeforeRounding(Format format, Accuracy accuracy) {
  const double bound = boundOf(accuracy);
  if (format == computedFormat(format))
    return bound;
  // In 16 bits the result is rounded once more, by half an ulp.
  int bits = layoutOf(Format::F32).precision - layoutOf(format).precision;
  return std::ldexp(bound - 0.5, bits);
}

/// Whether `formula` computed so and rounded to `format` does.
static bool keepsAccuracy(Expression formula, Format format,
                          Accuracy accuracy) {
  const bool isOfOne = formula.numVariables() == 1;
  const double bound = boundOf(accuracy);
  const double error = roundingErrorInUlps(formula, computedFormat(format));
  const double allowed = allowedBeforeRounding(format, accuracy);
  if (error <= allowed)
    return true;
  if (!isOfOne)
    return false;
  // In 16 bits every argument can be asked: what cancels may still be exact.
  if (format != computedFormat(format))
    return seenRoundingErrorInUlps(formula, format) <= bound;
  // The bound adds worst cases that may not meet: where it is exceeded by less
  // than half an ulp, what is seen at sample points counts.
  constexpr double kSlack = 0.5, kAcceptedShare = 0.95;
  return error <= allowed + kSlack &&
         seenRoundingErrorInUlps(formula, format) <= kAcceptedShare * allowed;
}

/// The least value of a continuous function, where it falls to a double and
/// rises from there and the value is a number of `format`; none where it may be
/// less elsewhere.
static std::optional<double> leastInside(const Profile &shape, Format format) {
  if (!shape.complete || !llvm::all_of(shape.kinks, [](const Kink &kink) {
        return kink.continuous;
      }))
    return std::nullopt;
  constexpr double kNone = std::numeric_limits<double>::infinity();
  double least = kNone, leastConstant = kNone;
  const std::vector<Piece> &pieces = shape.pieces;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece &piece = pieces[i];
    if (piece.direction == Direction::Unknown)
      return std::nullopt;
    if (piece.direction == Direction::Constant) {
      if (piece.formula.numVariables() > 0)
        return std::nullopt;
      leastConstant =
          std::min(leastConstant, exactValue(piece.formula, {}, Format::F64));
    }
    if (piece.direction != Direction::Rising)
      continue;
    if (i == 0)
      return std::nullopt;
    if (pieces[i - 1].direction != Direction::Falling)
      continue;
    const double at = piece.from.lo;
    const double value = exactValue(piece.formula, {at}, format);
    if (!piece.from.isPoint() ||
        exactValue(piece.formula - value, {at}, Format::F64) != 0.0)
      return std::nullopt;
    least = std::min(least, value);
  }
  bool isLeast =
      pieces.back().direction != Direction::Falling && least < leastConstant;
  return isLeast ? std::optional(least) : std::nullopt;
}

/// `formula` cut off at its least or largest value, past which rounding may
/// take it. Exact.
static Expression keepBounds(Expression formula, Format format) {
  // Rounded to 16 bits it is the bound again; 0 is rounded to itself.
  if (formula.numVariables() != 1 || format != computedFormat(format))
    return formula;
  auto inside = [&](Expression e) {
    std::optional<double> least = leastInside(profile(e), format);
    return least && *least != 0.0 ? least : std::nullopt;
  };
  if (std::optional<double> least = inside(formula))
    return max(formula, *least);
  if (std::optional<double> largest = inside(-formula))
    return min(formula, -*largest);
  return formula;
}

std::optional<ArithmeticForm>
act::planArithmetic(Expression formula, Format format, Accuracy accuracy) {
  const bool asWritten = keepsAccuracy(formula, format, accuracy);
  auto length = [](Expression e) { return e.postorder().size(); };
  if (std::optional<Expression> lines = byLinearPieces(formula);
      lines && (!asWritten || length(*lines) < length(formula)) &&
      keepsAccuracy(*lines, format, accuracy))
    return ArithmeticForm{*lines, {}};
  if (asWritten)
    return ArithmeticForm{keepBounds(formula, format), {}};
  if (format == Format::F64) // products of lines have coefficients of f32
    return std::nullopt;
  std::optional<ProductPieces> pieces = byProductsOfLines(formula);
  if (!pieces)
    return std::nullopt;
  ArithmeticForm forms{pieces->choice, {}};
  const double allowed = allowedBeforeRounding(format, accuracy);
  if (roundingErrorInUlps(pieces->choice) > allowed)
    return std::nullopt;
  for (const LineProduct &product : pieces->products) {
    std::optional<LineProductForm> form = formOf(product, formula, allowed);
    if (!form)
      return std::nullopt;
    forms.products.push_back(*form);
  }
  return forms;
}

Value act::emitArithmetic(OpBuilder &builder, Location loc,
                          const ArithmeticForm &form,
                          SmallVector<Value> variables) {
  for (const LineProductForm &product : form.products)
    variables.push_back(
        emitLineProduct(builder, loc, product, variables.front()));
  return emitFormulaInFormat(builder, loc, form.formula, variables);
}
