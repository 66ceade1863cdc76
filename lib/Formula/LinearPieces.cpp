//===- LinearPieces.cpp - Functions by their linear pieces ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/LinearPieces.h"
#include "Polynomial.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include <cmath>

namespace act {

namespace {

/// c (x - z) where z is a float, as that is exact beside the zero, else c x +
/// d.
std::optional<Expression> asLine(Expression formula) {
  std::optional<Polynomial> line = readPolynomial(formula);
  if (!line || line->coefficients.size() > 2)
    return std::nullopt;
  if (line->isZero())
    return Expression(0.0);
  std::optional<Expression> constant = line->coefficients[0].expression();
  if (!line->isLinear())
    return constant;
  const Expression x = Expression::variable(0);
  std::optional<Expression> slope = line->coefficients[1].expression();
  std::optional<Expression> zero = line->zero().expression();
  if (!constant || !slope)
    return std::nullopt;
  if (zero && zero->isConstant() &&
      static_cast<float>(zero->constant()) == zero->constant())
    return *slope * (x - *zero);
  return *slope * x + *constant;
}

/// Whether the end of two lines at `at` belongs to the left one, or to the
/// right one; to neither where the function has a value of its own there. Of
/// both it is the constant one's, which has no sign of zero of its own.
std::optional<bool> belongsToLeft(Expression formula, Expression left,
                                  Expression right, double at) {
  auto valueOf = [at](Expression e) {
    return exactValue(e, {at}, Format::F64);
  };
  bool isLeft = valueOf(formula) == valueOf(left);
  bool isRight = valueOf(formula) == valueOf(right);
  if (isLeft && isRight)
    return left.numVariables() == 0;
  return isLeft || isRight ? std::optional(isLeft) : std::nullopt;
}

/// What a function is between two ends, and how its value there is found.
struct Part {
  Interval from, to;
  Expression formula, value;
};

/// The pieces of `formula` if they are few and all are known.
const std::vector<Piece> *fewPieces(Expression formula) {
  constexpr size_t kMost = 6;
  if (formula.numVariables() != 1)
    return nullptr;
  const Profile &shape = profile(formula);
  const size_t count = shape.pieces.size();
  bool areFew = shape.complete && count >= 2 && count <= kMost;
  return areFew ? &shape.pieces : nullptr;
}

/// Those of one formula as one: a polynomial rises and falls.
std::vector<Piece> joined(const std::vector<Piece> &pieces) {
  std::vector<Piece> result;
  for (const Piece &piece : pieces)
    if (!result.empty() && result.back().formula == piece.formula)
      result.back().to = piece.to;
    else
      result.push_back(piece);
  return result;
}

/// The value of the part that an argument is on.
std::optional<Expression> choose(Expression formula,
                                 const std::vector<Part> &parts) {
  const Expression x = Expression::variable(0);
  std::vector<bool> endsLeft;
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const Interval &at = parts[i].to;
    std::optional<bool> isLeft;
    if (at.isPoint())
      isLeft =
          belongsToLeft(formula, parts[i].formula, parts[i + 1].formula, at.lo);
    if (!isLeft)
      return std::nullopt;
    endsLeft.push_back(*isLeft);
  }
  // What no comparison takes, NaN among it, falls to a line that is no
  // constant, or to x.
  size_t inner = 0;
  while (inner < parts.size() && parts[inner].value.numVariables() == 0)
    ++inner;
  const bool hasInner = inner < parts.size();
  Expression choice = hasInner ? parts[inner].value : x;
  for (size_t i = hasInner ? inner + 1 : parts.size() - 1; i < parts.size();
       ++i) {
    Expression end = parts[i].from.lo;
    choice =
        where(endsLeft[i - 1] ? x > end : x >= end, parts[i].value, choice);
  }
  for (size_t i = hasInner ? inner : parts.size() - 1; i-- > 0;) {
    Expression end = parts[i].to.lo;
    choice = where(endsLeft[i] ? x <= end : x < end, parts[i].value, choice);
  }
  return choice;
}

/// The zeros of a polynomial of degree 1 or 2 if they are floats.
std::optional<std::vector<float>> zerosOf(const Polynomial &polynomial) {
  const std::vector<Rational> &c = polynomial.coefficients;
  auto valueOf = [](const Rational &number) {
    return number.enclosure().middle();
  };
  if (polynomial.isLinear()) {
    float zero = valueOf(polynomial.zero());
    if (Rational(zero) != polynomial.zero())
      return std::nullopt;
    return std::vector<float>{zero};
  }
  if (c.size() != 3)
    return std::nullopt;
  Rational middle = -(c[1] / (c[2] + c[2])), product = c[0] / c[2];
  double half = std::sqrt(valueOf(middle * middle - product));
  if (!std::isfinite(half))
    return std::nullopt;
  float left = valueOf(middle) - half, right = valueOf(middle) + half;
  // What was found by rounding must be it.
  if (Rational(left) + Rational(right) != middle + middle ||
      Rational(left) * Rational(right) != product)
    return std::nullopt;
  return std::vector<float>{left, right};
}

/// `piece` as a product; none if it is unbounded or something else.
std::optional<LineProduct> asProduct(const Piece &piece) {
  std::optional<Polynomial> polynomial = readPolynomial(piece.formula);
  if (!piece.from.isPoint() || !piece.to.isPoint() || !polynomial)
    return std::nullopt;
  const double lo = piece.from.lo, hi = piece.to.hi;
  std::optional<std::vector<float>> zeros = zerosOf(*polynomial);
  if (std::isinf(lo) || std::isinf(hi) || !zeros ||
      *zeros == std::vector<float>{0.0f})
    return std::nullopt;
  std::optional<Expression> scale =
      polynomial->coefficients.back().expression();
  if (!scale)
    return std::nullopt;
  return LineProduct{*scale, *zeros, lo, hi};
}

/// How `part`, beside `whole` at `end`, continues its `product`.
LineProduct::Past continuation(const Part &part, const Part &whole,
                               const LineProduct &product, double end) {
  auto isZero = [](Expression e) {
    std::optional<Polynomial> polynomial = readPolynomial(e);
    return polynomial && polynomial->isZero();
  };
  if (part.value.numVariables() == 0 &&
      isZero(part.formula - whole.formula.substitute({Expression(end)})))
    return LineProduct::Past::Constant;
  const std::vector<float> &zeros = product.zeros;
  for (size_t i = 0; i < zeros.size() && zeros.size() == 2; ++i)
    if (zeros[i] == 0.0f &&
        isZero(part.formula - product.scale * (end - double(zeros[1 - i])) *
                                  Expression::variable(0)))
      return LineProduct::Past::Line;
  return LineProduct::Past::Nothing;
}

/// Drops parts that a product covers as well, with its factors clamped.
void clampProducts(std::vector<Part> &parts,
                   std::vector<LineProduct> &products) {
  for (size_t k = 0; k < products.size(); ++k) {
    LineProduct &product = products[k];
    size_t i = 0;
    while (parts[i].value != Expression::variable(k + 1))
      ++i;
    if (i + 1 < parts.size()) {
      product.pastHi =
          continuation(parts[i + 1], parts[i], product, product.hi);
      if (product.pastHi != LineProduct::Past::Nothing) {
        parts[i].to = parts[i + 1].to;
        parts.erase(parts.begin() + i + 1);
      }
    }
    if (i > 0) {
      product.pastLo =
          continuation(parts[i - 1], parts[i], product, product.lo);
      if (product.pastLo != LineProduct::Past::Nothing) {
        parts[i].from = parts[i - 1].from;
        parts.erase(parts.begin() + i - 1);
      }
    }
  }
}

} // namespace

std::optional<Expression> byLinearPieces(Expression formula) {
  const std::vector<Piece> *pieces = fewPieces(formula);
  if (!pieces)
    return std::nullopt;
  std::vector<Part> parts;
  for (const Piece &piece : *pieces) {
    std::optional<Expression> line = asLine(piece.formula);
    if (!line)
      return std::nullopt;
    parts.push_back({piece.from, piece.to, *line, *line});
  }
  return choose(formula, parts);
}

std::optional<ProductPieces> byProductsOfLines(Expression formula) {
  const std::vector<Piece> *pieces = fewPieces(formula);
  // Pieces are put together, and with them their ends.
  if (!pieces || hasIsolatedValue(formula))
    return std::nullopt;
  std::vector<Part> parts;
  std::vector<LineProduct> products;
  for (const Piece &piece : joined(*pieces)) {
    std::optional<LineProduct> product = asProduct(piece);
    std::optional<Expression> value = asLine(piece.formula);
    if (product) {
      products.push_back(*product);
      value = Expression::variable(products.size());
    }
    if (!value)
      return std::nullopt;
    parts.push_back({piece.from, piece.to, piece.formula, *value});
  }
  clampProducts(parts, products);
  std::optional<Expression> choice = choose(formula, parts);
  if (products.empty() || !choice)
    return std::nullopt;
  return ProductPieces{*choice, products};
}

} // namespace act
