//===- Decision.h - The comparisons inside a formula -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_DECISION_H
#define ACT_LIB_FORMULA_DECISION_H

#include "Sign.h"
#include "act/Formula/Expression.h"
#include <optional>

namespace act {

/// A where, min, max or abs: it takes one of two formulas by the sign of a
/// difference.
struct Decision {
  Expression node;
  Expression difference;              ///< lhs - rhs; the operand of an abs
  Expression negative, positive, tie; ///< what the node is for each sign

  /// Whether the value at a zero of the difference is not the limit of the
  /// values beside it.
  bool tieMatters() const;
  /// The side taken where the difference has `sign`; none if it is not known.
  std::optional<Expression> take(Sign sign) const;
};

/// The decision of `node` if it is one.
std::optional<Decision> readDecision(Expression node);

/// The first decision of `expression` whose operands have none.
std::optional<Decision> innermostDecision(Expression expression);

/// `expression` with each use of `node` replaced.
Expression replace(Expression expression, Expression node,
                   Expression replacement);

} // namespace act

#endif // ACT_LIB_FORMULA_DECISION_H
