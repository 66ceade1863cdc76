//===- Float8Test.cpp - Activations on all values of 8-bit floats ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every elementwise activation on every value of every 8-bit format, compiled
// for this machine, and of one format for each level of x86-64 that runs here:
// the result is the neighbour that the exact value rounds to. Neighbours are
// sought among all values of the format, decoded by its definition.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "ScalarJit.h"
#include "act/Formula/ExactValue.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace act;
using namespace act::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What the largest exponent and the pattern of -0 mean.
enum class Specials { Ieee, NaNAlone, NaNForNegativeZero };

struct Float8 {
  const char *name;
  int mantissaBits, bias;
  Specials specials;

  /// OCP 8-bit Floating Point Specification, revision 1.0, section 5; for the
  /// others the descriptions of MLIR's types.
  double decode(uint8_t bits) const {
    int exponent = (bits & 0x7f) >> mantissaBits;
    int mantissa = bits & ((1 << mantissaBits) - 1);
    bool isTop = exponent == 0x7f >> mantissaBits;
    if (specials == Specials::Ieee && isTop)
      return mantissa ? std::nan("") : bits & 0x80 ? -kInfinity : kInfinity;
    if ((specials == Specials::NaNAlone && (bits & 0x7f) == 0x7f) ||
        (specials == Specials::NaNForNegativeZero && bits == 0x80))
      return std::nan("");
    int whole = exponent == 0 ? mantissa : mantissa + (1 << mantissaBits);
    double value =
        std::ldexp(whole, std::max(exponent, 1) - bias - mantissaBits);
    return bits & 0x80 ? -value : value;
  }

  /// The pattern of the largest finite number.
  uint8_t largest() const {
    switch (specials) {
    case Specials::Ieee:
      return 0x7f - (1 << mantissaBits);
    case Specials::NaNAlone:
      return 0x7e;
    case Specials::NaNForNegativeZero:
      return 0x7f;
    }
    llvm_unreachable("all are named");
  }

  /// The number behind `magnitude`, as if the largest had one, too.
  double after(uint8_t magnitude) const {
    double value = decode(magnitude);
    return magnitude < largest() ? decode(magnitude + 1)
                                 : value + (value - decode(magnitude - 1));
  }
};

constexpr Float8 kFormats[] = {
    {"f8E3M4", 4, 3, Specials::Ieee},
    {"f8E4M3", 3, 7, Specials::Ieee},
    {"f8E5M2", 2, 15, Specials::Ieee},
    {"f8E4M3FN", 3, 7, Specials::NaNAlone},
    {"f8E4M3FNUZ", 3, 8, Specials::NaNForNegativeZero},
    {"f8E4M3B11FNUZ", 3, 11, Specials::NaNForNegativeZero},
    {"f8E5M2FNUZ", 2, 16, Specials::NaNForNegativeZero}};

/// The number that the exact value at `x` rounds to, infinity beyond all.
double rounded(const Float8 &format, Expression formula, double x) {
  double value = exactValue(formula, {x}, Format::F64);
  if (std::isnan(value) || std::isinf(value))
    return value;
  uint8_t below = 0;
  while (below < format.largest() &&
         format.decode(below + 1) <= std::abs(value))
    ++below;
  double low = format.decode(below), high = format.after(below);
  double middle = std::copysign((low + high) / 2, value);
  // Outward from the middle, and at it to the even pattern.
  double side = std::copysign(1.0, value) *
                exactValue(formula - middle, {x}, Format::F64);
  bool isHigh = side > 0.0 || (side == 0.0 && below % 2 == 1);
  if (isHigh && below == format.largest())
    high = kInfinity;
  return std::copysign(isHigh ? high : low, value);
}

/// Does the pattern `found` stand for `expected`?
bool isSame(const Float8 &format, uint8_t found, double expected) {
  double value = format.decode(found);
  bool hasInfinity = format.specials == Specials::Ieee;
  if (std::isnan(expected) || (std::isinf(expected) && !hasInfinity))
    return std::isnan(value);
  bool hasNegativeZero = format.specials != Specials::NaNForNegativeZero;
  return value == expected && (value != 0.0 || !hasNegativeZero ||
                               std::signbit(value) == std::signbit(expected));
}

llvm::SmallVector<const Record *> unaryRecords() {
  llvm::SmallVector<const Record *> records = allRecords(&testContext());
  llvm::erase_if(records,
                 [](const Record *r) { return r->variables.size() != 1; });
  return records;
}

/// A function with a result for each of `records`.
std::string sourceOf(llvm::ArrayRef<const Record *> records,
                     const Float8 &format) {
  std::string type = llvm::formatv("tensor<?x{0}>", format.name);
  std::string body, results, types;
  for (auto [i, record] : llvm::enumerate(records)) {
    const char *comma = i == 0 ? "" : ", ";
    body += llvm::formatv("  %y{0} = \"{1}\"(%x) {{{2}} : ({3}) -> {3}\n", i,
                          record->opName, exampleAttributes(*record), type);
    results += llvm::formatv("{0}%y{1}", comma, i);
    types += comma + type;
  }
  return llvm::formatv("func.func @f(%x: {0}) -> ({1}) {{\n{2}  return {3} : "
                       "{1}\n}\n",
                       type, types, body, results);
}

void check(const Float8 &format, llvm::StringRef cpu) {
  static mlir::DialectRegistry registry = [] {
    mlir::DialectRegistry result;
    registerAllDialects(result);
    return result;
  }();
  llvm::SmallVector<const Record *> records = unaryRecords();
  auto machine = createHostMachine(cpu);
  ASSERT_TRUE(bool(machine)) << llvm::toString(machine.takeError());
  auto program = loadText(registry, sourceOf(records, format));
  ASSERT_TRUE(program &&
              succeeded(program->lower("", "act_float8_entry", **machine)));
  auto function = JitFunction::create(*program, std::move(*machine));
  ASSERT_TRUE(bool(function)) << llvm::toString(function.takeError());
  // All values often enough for whole steps, and a rest.
  std::vector<NpyArray> inputs;
  inputs.push_back(
      llvm::cantFail(NpyArray::create(NpyElement::F8, {5 * 256 + 77})));
  int64_t count = inputs[0].numElements();
  for (int64_t i = 0; i < count; ++i)
    inputs[0].data()[i] = char(i);
  auto results = llvm::cantFail(function->allocateResults(inputs));
  function->bind(inputs, results)();
  for (auto [record, result] : llvm::zip_equal(records, results)) {
    Expression formula =
        instantiate(*record, exampleParameters(record->parameters));
    std::vector<double> expected;
    for (unsigned bits = 0; bits < 256; ++bits)
      expected.push_back(rounded(format, formula, format.decode(bits)));
    int64_t wrong = 0;
    for (int64_t i = 0; i < count; ++i)
      if (!isSame(format, result.data()[i], expected[i % 256]) && wrong++ == 0)
        ADD_FAILURE() << record->opName.str() << " of " << format.name << " on "
                      << cpu.str() << " at " << format.decode(uint8_t(i))
                      << " gives " << format.decode(result.data()[i])
                      << ", not " << expected[i % 256];
  }
}

class Float8Activations : public testing::TestWithParam<Float8> {};

TEST_P(Float8Activations, AreRoundedCorrectly) {
  check(GetParam(), /*cpu=*/"");
}

/// How a table is looked up does not depend on what is in it.
TEST(Float8Lookups, AreRightOnEveryLevel) {
  for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    auto machine = createHostMachine(cpu);
    if (machine)
      check(kFormats[0], cpu);
    else
      llvm::consumeError(machine.takeError());
  }
}

INSTANTIATE_TEST_SUITE_P(AllFormats, Float8Activations,
                         testing::ValuesIn(kFormats), [](const auto &info) {
                           return std::string(info.param.name);
                         });

} // namespace
