//===- DoubleValue.cpp - A quick value of a formula -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DoubleValue.h"
#include "FlatProgram.h"
#include <algorithm>
#include <cmath>
#include <vector>

namespace act {

/// Neither overflows nor cancels: exp has a negative argument.
static double logistic(double u) {
  double t = std::exp(-std::abs(u));
  return (u < 0 ? t : 1.0) / (1.0 + t);
}

static double softplusOf(double u) {
  return std::max(u, 0.0) + std::log1p(std::exp(-std::abs(u)));
}

static double valueOf(const FlatProgram::Step &step, double x,
                      const std::vector<double> &values) {
  auto operand = [&](unsigned i) { return values[step.operands[i]]; };
  double u = operand(0);
  switch (step.primitive) {
  case Primitive::Constant:
    return step.constant;
  case Primitive::Pi:
    return M_PI;
  case Primitive::Variable:
    return x;
  case Primitive::Neg:
    return -u;
  case Primitive::Abs:
    return std::abs(u);
  case Primitive::Sqrt:
    return std::sqrt(u);
  case Primitive::Exp:
    return std::exp(u);
  case Primitive::Expm1:
    return std::expm1(u);
  case Primitive::Log:
    return std::log(u);
  case Primitive::Log1p:
    return std::log1p(u);
  case Primitive::Tanh:
    return std::tanh(u);
  case Primitive::Erf:
    return std::erf(u);
  case Primitive::Erfc:
    return std::erfc(u);
  case Primitive::Sin:
    return std::sin(u);
  case Primitive::Cos:
    return std::cos(u);
  case Primitive::Atan:
    return std::atan(u);
  case Primitive::Sigmoid:
    return logistic(u);
  case Primitive::Softplus:
    return softplusOf(u);
  case Primitive::Add:
    return u + operand(1);
  case Primitive::Sub:
    return u - operand(1);
  case Primitive::Mul:
    return u * operand(1);
  case Primitive::Div:
    return u / operand(1);
  case Primitive::Min:
    return std::min(u, operand(1));
  case Primitive::Max:
    return std::max(u, operand(1));
  case Primitive::WhereLess:
    return operand(u < operand(1) ? 2 : 3);
  case Primitive::WhereLessEqual:
    return operand(u <= operand(1) ? 2 : 3);
  case Primitive::WhereEqual:
    return operand(u == operand(1) ? 2 : 3);
  }
  return 0.0;
}

double doubleValue(Expression function, double x) {
  const FlatProgram &program = FlatProgram::of(function);
  // One buffer for all calls of a thread.
  thread_local std::vector<double> values;
  values.resize(std::max<size_t>(values.size(), program.size()));
  for (unsigned i = 0; i < program.size(); ++i)
    values[i] = valueOf(program.step(i), x, values);
  return values[program.root()];
}

} // namespace act
