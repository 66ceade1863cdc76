//===- LimitsAtInfinity.cpp - Where IEEE arithmetic misses a limit --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LimitsAtInfinity.h"
#include "act/Formula/ExactValue.h"
#include "llvm/Support/ErrorHandling.h"
#include <cmath>
#include <limits>
#include <optional>

namespace act {

/// As arith and math compute it, with the safe forms of the emission.
static double apply(Primitive primitive, const double *v) {
  switch (primitive) {
  case Primitive::Constant:
  case Primitive::Pi:
  case Primitive::Variable:
    break;
  case Primitive::Neg:
    return -v[0];
  case Primitive::Abs:
    return std::abs(v[0]);
  case Primitive::Sqrt:
    return std::sqrt(v[0]);
  case Primitive::Exp:
    return std::exp(v[0]);
  case Primitive::Expm1:
    return std::expm1(v[0]);
  case Primitive::Log:
    return std::log(v[0]);
  case Primitive::Log1p:
    return std::log1p(v[0]);
  case Primitive::Tanh:
    return std::tanh(v[0]);
  case Primitive::Erf:
    return std::erf(v[0]);
  case Primitive::Erfc:
    return std::erfc(v[0]);
  case Primitive::Sin:
    return std::sin(v[0]);
  case Primitive::Cos:
    return std::cos(v[0]);
  case Primitive::Atan:
    return std::atan(v[0]);
  case Primitive::Sigmoid:
    return 1 / (1 + std::exp(-v[0]));
  case Primitive::Softplus:
    return std::max(v[0], 0.0) + std::log1p(std::exp(-std::abs(v[0])));
  case Primitive::Add:
    return v[0] + v[1];
  case Primitive::Sub:
    return v[0] - v[1];
  case Primitive::Mul:
    return v[0] * v[1];
  case Primitive::Div:
    return v[0] / v[1];
  case Primitive::Min:
    return std::isnan(v[0]) || v[0] < v[1] ? v[0] : v[1];
  case Primitive::Max:
    return std::isnan(v[0]) || v[0] > v[1] ? v[0] : v[1];
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    break;
  }
  llvm_unreachable("handled by evaluate");
}

double LimitsAtInfinity::evaluate(Expression e, unsigned variable, double end) {
  if (e.isVariable())
    return end;
  if (e.numVariables() == 0)
    return exactValue(e, {}, Format::F64);
  if (auto known = memo.find(e.id()); known != memo.end())
    return known->second;
  double value;
  if (e.numOperands() == 4) {
    // The side that is not taken may be NaN without harm.
    double a = evaluate(e.operand(0), variable, end);
    double b = evaluate(e.operand(1), variable, end);
    bool holds = e.primitive() == Primitive::WhereLess        ? a < b
                 : e.primitive() == Primitive::WhereLessEqual ? a <= b
                                                              : a == b;
    value = evaluate(e.operand(holds ? 2 : 3), variable, end);
  } else {
    double operands[2] = {0.0, 0.0};
    bool operandIsNaN = false;
    for (unsigned i = 0; i < e.numOperands(); ++i) {
      operands[i] = evaluate(e.operand(i), variable, end);
      operandIsNaN |= std::isnan(operands[i]);
    }
    value = apply(e.primitive(), operands);
    if (std::isnan(value) && !operandIsNaN) {
      std::vector<double> point(variable + 1, 0.0);
      point[variable] = end;
      double limit = exactValue(e, point, Format::F64);
      if (!std::isnan(limit)) {
        fixes[e.id()].push_back({variable, end, limit});
        value = limit;
      }
    }
  }
  memo[e.id()] = value;
  return value;
}

void LimitsAtInfinity::examine(Expression e) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (std::optional<unsigned> variable = e.onlyVariable()) {
    for (double end : {-infinity, infinity}) {
      memo.clear();
      evaluate(e, *variable, end);
    }
    return;
  }
  // Of a gate, each of the parts of one variable.
  for (unsigned i = 0; i < e.numOperands(); ++i)
    if (e.operand(i).numVariables() > 0 &&
        examined.insert(e.operand(i).id()).second)
      examine(e.operand(i));
}

LimitsAtInfinity::LimitsAtInfinity(Expression formula) {
  if (formula.numVariables() > 0)
    examine(formula);
}

} // namespace act
