//===- RowAccuracyTest.cpp - Rows of probabilities in ulps ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Probabilities and their logarithms in f32 are within 2 ulp on each level of
// x86-64, however long a row is, wherever it lies and however far its scores
// are apart; along another axis than the innermost, too. Reproducible rows have
// the same bits on levels 3 and 4. Rows without weight, and with NaN, are what
// the op says in each format.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "ScalarJit.h"
#include "act/Formula/Format.h"
#include "act/IR/Record.h"
#include "act/InitAll.h"
#include "act/Target/JitFunction.h"
#include "act/Target/Machine.h"
#include "act/Target/Program.h"
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace act;
using namespace act::test;

namespace {

struct Rows {
  int64_t count, length;
  std::vector<float> scores;
};

/// Rows of normal numbers: close together and far apart, of small and large
/// mean, some with one score far above the others.
Rows makeRows(int64_t length) {
  std::mt19937 random(unsigned(length) + 11);
  std::normal_distribution<float> normal;
  Rows rows{0, length, {}};
  for (float deviation : {0.01f, 0.3f, 1.0f, 4.0f, 12.0f, 40.0f})
    for (float mean : {0.0f, -3.0f, 190.0f, -210.0f, 230.0f, -5.0e4f})
      for (float lead : {0.0f, 5.0f, 17.0f}) {
        for (int64_t i = 0; i < length; ++i)
          rows.scores.push_back(mean + deviation * normal(random));
        rows.scores.back() += lead;
        ++rows.count;
      }
  return rows;
}

/// Many rows of numbers close together, but the first of each, which is `lead`
/// higher: their digits decide what is seen of an error.
Rows makeManyRows(int64_t length, float lead) {
  std::mt19937 random(unsigned(length) + 5);
  std::normal_distribution<float> normal(0.0f, 2.0f);
  Rows rows{20000, length, {}};
  for (int64_t i = 0; i < rows.count * length; ++i)
    rows.scores.push_back(normal(random) + (i % length ? 0.0f : lead));
  return rows;
}

/// Of a row of `scores`, exact to far below an ulp of f32.
std::vector<double> exactRow(const float *scores, int64_t length,
                             bool logarithm) {
  const float *largest = std::max_element(scores, scores + length);
  long double others = 0.0L;
  std::vector<long double> distances;
  for (const float *s = scores; s != scores + length; ++s) {
    distances.push_back(static_cast<long double>(*s) - *largest);
    if (s != largest)
      others += std::exp(distances.back());
  }
  std::vector<double> row;
  for (long double d : distances)
    row.push_back(static_cast<double>(
        logarithm ? d - std::log1p(others) : std::exp(d) / (1.0L + others)));
  return row;
}

/// The largest error in ulps; `stride` is that from element to element.
double largestError(const Rows &rows, const float *results, bool logarithm,
                    bool isTransposed) {
  double largest = 0.0;
  for (int64_t row = 0; row < rows.count; ++row) {
    std::vector<double> exact = exactRow(rows.scores.data() + row * rows.length,
                                         rows.length, logarithm);
    for (int64_t i = 0; i < rows.length; ++i) {
      int64_t at = isTransposed ? i * rows.count + row : row * rows.length + i;
      double error =
          std::abs(results[at] - exact[i]) / ulp(exact[i], Format::F32);
      // Not a number is no small error.
      largest = error <= largest ? largest : error;
    }
  }
  return largest;
}

NpyArray arrayOf(const Rows &rows, bool isTransposed) {
  int64_t shape[] = {rows.count, rows.length};
  if (isTransposed)
    std::swap(shape[0], shape[1]);
  NpyArray array =
      llvm::cantFail(NpyArray::create(npyElementOf(Format::F32), shape));
  auto *data = reinterpret_cast<float *>(array.data());
  for (int64_t row = 0; row < rows.count; ++row)
    for (int64_t i = 0; i < rows.length; ++i)
      data[isTransposed ? i * rows.count + row : row * rows.length + i] =
          rows.scores[row * rows.length + i];
  return array;
}

std::string programOf(const RowRecord &record, bool isTransposed) {
  return "func.func @main(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {\n"
         "  %y = \"" +
         record.opName.str() + "\"(%x) {axis = " + (isTransposed ? "0" : "1") +
         " : i64} : (tensor<?x?xf32>) -> tensor<?x?xf32>\n"
         "  return %y : tensor<?x?xf32>\n}\n";
}

/// A function and the program whose types it has.
struct Compiled {
  std::unique_ptr<Program> program;
  JitFunction function;
};

/// `main` of `text` for the processor `cpu`; none where this machine is
/// another.
std::optional<Compiled> compile(const std::string &text, const char *cpu,
                                bool reproducible = false) {
  static const mlir::DialectRegistry &registry = *[] {
    auto *made = new mlir::DialectRegistry;
    registerAllDialects(*made);
    return made;
  }();
  auto machine = createHostMachine(cpu);
  if (!machine) {
    llvm::consumeError(machine.takeError());
    return std::nullopt;
  }
  auto program = loadText(registry, text);
  LoweringOptions options;
  options.reproducible = reproducible;
  EXPECT_TRUE(program &&
              succeeded(program->lower("main", "", **machine, options)));
  auto function =
      llvm::cantFail(JitFunction::create(*program, std::move(*machine)));
  return Compiled{std::move(program), std::move(function)};
}

std::vector<float> run(const Compiled &compiled, NpyArray input) {
  const JitFunction &function = compiled.function;
  std::vector<NpyArray> inputs;
  inputs.push_back(std::move(input));
  auto results = llvm::cantFail(function.allocateResults(inputs));
  function.bind(inputs, results)();
  std::vector<float> values(results[0].numElements());
  std::memcpy(values.data(), results[0].data(), values.size() * sizeof(float));
  return values;
}

/// Those whose scores are their operand.
std::vector<const RowRecord *> plainRecords() {
  std::vector<const RowRecord *> records;
  for (RowForm form : {RowForm::Probability, RowForm::LogProbability})
    records.push_back(plainRowRecord(&testContext(), form));
  return records;
}

/// The rows of one test: long ones that differ, or many short ones.
Rows rowsOf(int64_t length) {
  return length < 4 ? makeManyRows(length, 0.0f) : makeRows(length);
}

constexpr int64_t kLengths[] = {1, 2, 3, 7, 16, 63, 64, 100, 1000, 4099};

TEST(RowAccuracy, IsTwoUlpsOnEachLevel) {
  bool ran = false;
  for (const RowRecord *record : plainRecords())
    for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"})
      for (bool isTransposed : {false, true}) {
        auto function = compile(programOf(*record, isTransposed), cpu);
        if (!function)
          continue;
        ran = true;
        for (int64_t length : kLengths) {
          Rows rows = rowsOf(length);
          std::vector<float> results =
              run(*function, arrayOf(rows, isTransposed));
          double error = largestError(rows, results.data(),
                                      record->form == RowForm::LogProbability,
                                      isTransposed);
          std::printf("%-16s %-10s %s of %4d: %.3f ulp\n",
                      record->opName.str().c_str(), cpu,
                      isTransposed ? "columns" : "rows", int(length), error);
          EXPECT_LE(error, 2.0) << record->opName.str() << " on " << cpu
                                << ", rows of " << length;
        }
      }
  if (!ran)
    GTEST_SKIP() << "no x86-64 here";
}

// All others of such a row are less than what a sum with the largest rounds
// off, and its logarithm shows nothing else.
TEST(RowAccuracy, IsTwoUlpsBesideOneLargeScore) {
  for (const RowRecord *record : plainRecords())
    for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
      auto function = compile(programOf(*record, false), cpu);
      if (!function)
        continue;
      for (int64_t length : {16, 130}) {
        Rows rows = makeManyRows(length, 30.0f);
        std::vector<float> results = run(*function, arrayOf(rows, false));
        double error = largestError(rows, results.data(),
                                    record->form == RowForm::LogProbability,
                                    /*isTransposed=*/false);
        EXPECT_LE(error, 2.0)
            << record->opName.str() << " on " << cpu << ", rows of " << length;
      }
    }
}

// Some steps are left out of a row whose scores are near each other, and the
// largest near 0. With one of -inf behind them they are not, and the results of
// the others are the same.
TEST(RowAccuracy, NearScoresHaveTheBitsOfOthers) {
  constexpr int64_t kLength = 200, kCount = 270;
  std::mt19937 random(3);
  std::uniform_real_distribution<float> below(0.0f, 42.0f);
  const float end = 210.0f, inside = std::nextafterf(end, 0.0f),
              outside = std::nextafterf(end, 500.0f);
  const float tops[] = {0.0f,    21.0f,  -168.0f, end,     -end,
                        -inside, inside, outside, -outside};
  Rows near{kCount, kLength, {}}, far{kCount, kLength + 1, {}};
  for (int64_t row = 0; row < kCount; ++row) {
    const float top = tops[row % std::size(tops)];
    for (int64_t i = 0; i < kLength; ++i) {
      near.scores.push_back(i == 5 ? top : top - below(random));
      far.scores.push_back(near.scores.back());
    }
    far.scores.push_back(-std::numeric_limits<float>::infinity());
  }
  for (const RowRecord *record : plainRecords())
    for (const char *cpu : {"x86-64-v3", "x86-64-v4"}) {
      auto function = compile(programOf(*record, false), cpu);
      if (!function)
        continue;
      std::vector<float> some = run(*function, arrayOf(near, false)),
                         others = run(*function, arrayOf(far, false));
      for (size_t i = 0; i < some.size(); ++i)
        ASSERT_EQ(some[i], others[i + i / kLength])
            << record->opName.str() << " on " << cpu << " at " << i;
      EXPECT_LE(largestError(near, some.data(),
                             record->form == RowForm::LogProbability,
                             /*isTransposed=*/false),
                2.0)
          << record->opName.str() << " on " << cpu;
    }
}

TEST(RowAccuracy, ReproducibleRowsHaveTheSameBits) {
  for (const RowRecord *record : plainRecords()) {
    auto narrow = compile(programOf(*record, false), "x86-64-v3", true);
    auto wide = compile(programOf(*record, false), "x86-64-v4", true);
    if (!narrow || !wide)
      GTEST_SKIP() << "not both levels here";
    for (int64_t length : kLengths) {
      Rows rows = rowsOf(length);
      EXPECT_EQ(run(*narrow, arrayOf(rows, false)),
                run(*wide, arrayOf(rows, false)))
          << record->opName.str() << ", rows of " << length;
    }
  }
}

// Scores that are masked, or past counting, are clamped, and do not add up to
// anything in rows as long as a large vocabulary.
TEST(RowAccuracy, MaskedScoresOfLongRowsCountNothing) {
  constexpr int64_t kLength = 1 << 22;
  const float inf = std::numeric_limits<float>::infinity();
  for (const RowRecord *record : plainRecords())
    for (const char *cpu : {"x86-64-v3", "x86-64-v4"}) {
      auto function = compile(programOf(*record, false), cpu);
      if (!function)
        continue;
      const bool isLogarithm = record->form == RowForm::LogProbability;
      for (float masked : {-200.0f, -1e9f, -inf}) {
        Rows rows{1, kLength, std::vector<float>(kLength, masked)};
        rows.scores[0] = 0.25f;
        std::vector<float> results = run(*function, arrayOf(rows, false));
        EXPECT_EQ(results[0], isLogarithm ? 0.0f : 1.0f)
            << record->opName.str() << " on " << cpu << ", masks " << masked;
        EXPECT_EQ(results[1], isLogarithm ? masked - 0.25f : 0.0f);
      }
    }
}

/// Rows of -inf alone, of NaN beside -inf, of one finite score, and of inf:
/// `safe_softmax` of them in `element`; arrays are of f32.
std::string emptyProgramOf(const std::string &element) {
  const std::string array = "tensor<?x5xf32>",
                    type = "tensor<?x5x" + element + ">";
  const bool isWide = element == "f64";
  auto convert = [&](bool widens) {
    if (element == "f32")
      return "tensor.cast";
    return widens ? "arith.extf" : "arith.truncf";
  };
  return "func.func @main(%x: " + array + ") -> " + array +
         " {\n  %e = " + convert(isWide) + " %x : " + array + " to " + type +
         "\n  %s = act.safe_softmax %e : (" + type + ") -> " + type +
         "\n  %y = " + convert(!isWide) + " %s : " + type + " to " + array +
         "\n  return %y : " + array + "\n}\n";
}

TEST(RowAccuracy, EmptyRowsAreZeroAndNaNStays) {
  const float inf = std::numeric_limits<float>::infinity(), nan = std::nanf("");
  Rows rows{4, 5, {-inf, -inf, -inf, -inf, -inf, -inf, nan, -inf, -inf, -inf,
                   -inf, -inf, 3.0f, -inf, -inf, 0.0f, inf, -inf, 1.0f, 2.0f}};
  const float expected[] = {0, 0, 0, 0, 0, nan, nan, nan, nan, nan,
                            0, 0, 1, 0, 0, nan, nan, nan, nan, nan};
  for (const char *element : {"f16", "bf16", "f32", "f64"})
    for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
      auto function = compile(emptyProgramOf(element), cpu);
      if (!function)
        continue;
      std::vector<float> results = run(*function, arrayOf(rows, false));
      for (size_t i = 0; i < results.size(); ++i)
        EXPECT_TRUE(std::isnan(expected[i])
                        ? std::isnan(results[i])
                        : std::abs(results[i] - expected[i]) < 1e-6f)
            << element << " on " << cpu << " at " << i << ": " << results[i];
    }
}

} // namespace
