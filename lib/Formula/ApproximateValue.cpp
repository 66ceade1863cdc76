//===- ApproximateValue.cpp - Value of a formula in doubles ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/ApproximateValue.h"
#include "FlatProgram.h"
#include <cmath>

namespace act {

static double unaryStep(Primitive primitive, double a) {
  switch (primitive) {
  case Primitive::Neg:
    return -a;
  case Primitive::Abs:
    return std::fabs(a);
  case Primitive::Sqrt:
    return std::sqrt(a);
  case Primitive::Exp:
    return std::exp(a);
  case Primitive::Expm1:
    return std::expm1(a);
  case Primitive::Log:
    return std::log(a);
  case Primitive::Log1p:
    return std::log1p(a);
  case Primitive::Tanh:
    return std::tanh(a);
  case Primitive::Erf:
    return std::erf(a);
  case Primitive::Erfc:
    return std::erfc(a);
  case Primitive::Sin:
    return std::sin(a);
  case Primitive::Cos:
    return std::cos(a);
  case Primitive::Atan:
    return std::atan(a);
  case Primitive::Sigmoid:
    return 1.0 / (1.0 + std::exp(-a));
  case Primitive::Softplus:
    return std::fmax(a, 0.0) + std::log1p(std::exp(-std::fabs(a)));
  default:
    return std::nan(""); // not of one operand
  }
}

static double step(Primitive primitive, const double *operand) {
  double a = operand[0], b = operand[1], c = operand[2], d = operand[3];
  switch (primitive) {
  case Primitive::Add:
    return a + b;
  case Primitive::Sub:
    return a - b;
  case Primitive::Mul:
    return a * b;
  case Primitive::Div:
    return a / b;
  case Primitive::Min:
    return b < a ? b : a;
  case Primitive::Max:
    return a < b ? b : a;
  case Primitive::WhereLess:
    return a < b ? c : d;
  case Primitive::WhereLessEqual:
    return a <= b ? c : d;
  case Primitive::WhereEqual:
    return a == b ? c : d;
  default:
    return unaryStep(primitive, a);
  }
}

double approximateValue(Expression expression,
                        const std::vector<double> &point) {
  const FlatProgram &program = FlatProgram::of(expression);
  thread_local std::vector<double> values;
  values.resize(program.size());
  for (unsigned i = 0; i < program.size(); ++i) {
    const FlatProgram::Step &s = program.step(i);
    if (s.primitive == Primitive::Constant) {
      values[i] = s.constant;
    } else if (s.primitive == Primitive::Pi) {
      values[i] = 3.14159265358979323846;
    } else if (s.primitive == Primitive::Variable) {
      values[i] = point[s.variable];
    } else {
      double operands[4] = {values[s.operands[0]], values[s.operands[1]],
                            values[s.operands[2]], values[s.operands[3]]};
      values[i] = step(s.primitive, operands);
    }
  }
  return values[program.root()];
}

} // namespace act
