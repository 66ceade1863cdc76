//===- Proof.cpp - Whether a body is a record everywhere ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Proof.h"
#include "Confirmation.h"
#include "act/Formula/Agreement.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/Canonical.h"
#include "act/IR/Emission.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarReader.h"
#include "mlir/IR/Builders.h"
#include <cmath>

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

namespace {
/// A number that a record has, and its value rounded to f64.
struct ExactNumber {
  Expression expression;
  double value;
};
} // namespace

static void addNumber(Expression expression,
                      SmallVectorImpl<ExactNumber> &numbers) {
  double value = exactValue(expression, {}, Format::F64);
  if (std::isfinite(value) && value != 0.0)
    numbers.push_back({expression, value});
}

/// The closed parts of the record, their products, quotients, sums and
/// differences, and those with 1.
static SmallVector<ExactNumber> numbersOf(Expression record) {
  SmallVector<ExactNumber> numbers;
  for (Expression e : record.postorder())
    if (e.numVariables() == 0)
      addNumber(e, numbers);
  SmallVector<ExactNumber> single(numbers);
  addNumber(1.0, single);
  for (const ExactNumber &a : single)
    for (const ExactNumber &b : single) {
      addNumber(a.expression * b.expression, numbers);
      addNumber(a.expression / b.expression, numbers);
      addNumber(a.expression + b.expression, numbers);
      addNumber(a.expression - b.expression, numbers);
    }
  return numbers;
}

/// `number` times a power of two, if `constant` is that rounded to `format`.
static std::optional<Expression> readAs(const ExactNumber &number,
                                        double constant, Format format) {
  int exponent = std::ilogb(constant) - std::ilogb(number.value);
  // Rounding may reach the next power of two.
  for (int k : {exponent, exponent - 1, exponent + 1}) {
    double scale = std::copysign(std::ldexp(1.0, k), constant * number.value);
    if (roundTo(number.value * scale, format) == constant)
      return scale * number.expression;
  }
  return std::nullopt;
}

/// What each rounded constant may stand for: numbers of the record, or itself.
static SmallVector<SmallVector<Expression>>
readingsOf(const RoundedFormula &body, Expression record) {
  SmallVector<ExactNumber> numbers = numbersOf(record);
  SmallVector<SmallVector<Expression>> readings;
  for (const RoundedConstant &constant : body.rounded()) {
    SmallVector<Expression> &own = readings.emplace_back();
    auto add = [&](Expression e) {
      e = canonicalize(e);
      if (!llvm::is_contained(own, e))
        own.push_back(e);
    };
    for (const ExactNumber &number : numbers)
      if (auto e = readAs(number, constant.value, constant.format))
        add(*e);
    add(constant.value);
  }
  return readings;
}

//===----------------------------------------------------------------------===//
// The proof
//===----------------------------------------------------------------------===//

/// Whether doubles see no difference at the points of the sieve.
static bool seemEqual(Expression body, Expression record) {
  return llvm::all_of(kSievePoints, [&](double x) {
    double expected = approximateValue(record, {x});
    return std::fabs(approximateValue(body, {x}) - expected) <=
           1e-9 * std::fmax(1.0, std::fabs(expected));
  });
}

/// Whether the body agrees with the record for one way to read its constants.
static bool agreesForSomeReading(const RoundedFormula &body,
                                 Expression record) {
  constexpr int kMaxReadings = 1000;
  SmallVector<SmallVector<Expression>> readings = readingsOf(body, record);
  SmallVector<size_t> chosen(readings.size(), 0);
  for (int i = 0; i < kMaxReadings; ++i) {
    std::vector<Expression> constants;
    for (auto [reading, choice] : llvm::zip_equal(readings, chosen))
      constants.push_back(reading[choice]);
    Expression meant = body.withConstants(constants);
    if (seemEqual(meant, record) && provablyAgree(meant, record, body.format()))
      return true;
    // The next way, as a number is counted up.
    size_t digit = 0;
    while (digit < chosen.size() && ++chosen[digit] == readings[digit].size())
      chosen[digit++] = 0;
    if (digit == chosen.size())
      return false;
  }
  return false;
}

/// Whether the body is the expansion of the record, which is as good as the
/// record: series in place of what cancels, quotients that do not overflow.
static bool isExpansion(const RoundedFormula &body, Expression record,
                        MLIRContext *context) {
  Block block;
  Location loc = UnknownLoc::get(context);
  Value x = block.addArgument(floatType(context, body.format()), loc);
  OpBuilder builder(context);
  builder.setInsertionPointToStart(&block);
  Value value = emitFormula(builder, loc, record, x);
  std::optional<Expression> expansion = ScalarReader(x).read(value);
  return expansion && canonicalize(*expansion) == canonicalize(body.formula());
}

bool isProved(const RoundedFormula &body, Expression record,
              MLIRContext *context) {
  return isExpansion(body, record, context) ||
         agreesForSomeReading(body, record);
}

} // namespace act
