//===- Contest.cpp - Kernels timed side by side ---------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contest.h"

#include "Inputs.h"

#include "act/Formula/ExactValue.h"

#include "llvm/ADT/STLExtras.h"

#include <chrono>
#include <cmath>

using namespace act;
using namespace act::bench;
using Clock = std::chrono::steady_clock;

const Result *Contest::find(llvm::StringRef contestant) const {
  auto found = llvm::find_if(results, [&](const Result &result) {
    return result.contestant == contestant;
  });
  return found == results.end() ? nullptr : &*found;
}

const Result *Contest::bestPeer() const {
  const Result *best = nullptr;
  for (const Result &result : results)
    if (result.isPeer && (!best || result.minimum < best->minimum))
      best = &result;
  return best;
}

llvm::StringRef act::bench::nameOf(Inputs inputs) {
  return inputs == Inputs::Normal ? "normal" : "uniform";
}

namespace {

/// The exact results at some of the inputs.
struct Sample {
  std::vector<int64_t> indices;
  std::vector<double> exact;

  double largestError(const NpyArray &output, Format format) const {
    double largest = 0.0;
    for (auto [index, value] : llvm::zip(indices, exact))
      largest = std::max(largest, ulpsBetween(elementAt(output, format, index),
                                              value, format));
    return largest;
  }

private:
  static double ulpsBetween(double computed, double exact, Format format) {
    if (std::isnan(computed) || std::isnan(exact) || std::isinf(exact))
      return (std::isnan(computed) && std::isnan(exact)) || computed == exact
                 ? 0.0
                 : std::numeric_limits<double>::infinity();
    return std::fabs(computed - exact) / ulp(exact, format);
  }
};

/// A kernel with its arrays ready and the times it took.
struct Lane {
  std::string name;
  std::function<void()> call;
  uint64_t calls = 1;
  std::vector<double> times; ///< nanoseconds per element
};

} // namespace

static Sample takeSample(Expression formula, llvm::ArrayRef<NpyArray> inputs,
                         Format format) {
  // As many as MPFR does in a moment, spread over the array.
  constexpr int64_t mostPoints = 4096;
  Sample sample;
  int64_t size = inputs.front().numElements();
  int64_t distinct = std::min(size, distinctInputs);
  int64_t step = std::max<int64_t>(1, distinct / mostPoints);
  for (int64_t i = 0; i < distinct; i += step) {
    std::vector<double> point;
    for (const NpyArray &input : inputs)
      point.push_back(elementAt(input, format, i));
    sample.indices.push_back(i);
    sample.exact.push_back(exactValue(formula, point, Format::F64));
  }
  return sample;
}

/// The same of a row-wise function: all of some rows.
static Sample takeRows(const Case &function, const NpyArray &input,
                       Format format) {
  constexpr int64_t mostRows = 16;
  Sample sample;
  int64_t rows = input.numElements() / rowLength;
  for (int64_t row = 0; row < std::min(rows, mostRows); ++row) {
    std::vector<double> values;
    for (size_t i = 0; i < rowLength; ++i) {
      sample.indices.push_back(row * rowLength + i);
      values.push_back(elementAt(input, format, sample.indices.back()));
    }
    function.rowwise(values);
    llvm::append_range(sample.exact, values);
  }
  return sample;
}

static llvm::Expected<Sample> takeSample(const Case &function,
                                         llvm::ArrayRef<NpyArray> inputs,
                                         Format format) {
  if (function.rowwise)
    return takeRows(function, inputs.front(), format);
  llvm::Expected<Expression> formula = expressionOf(function);
  if (!formula)
    return formula.takeError();
  return takeSample(*formula, inputs, format);
}

/// Nanoseconds that `calls` calls take.
static double timeBatch(const std::function<void()> &call, uint64_t calls) {
  Clock::time_point start = Clock::now();
  for (uint64_t i = 0; i < calls; ++i)
    call();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

// Google Benchmark's random interleaving (1.7.1) finds the same: tanh by
// libmvec took 1.24 to 1.32 times a copy in eight runs of these rounds, 1.18
// to 1.34 in eight of its own, in the same time. Its registry, flags and
// reporter are more to write than these loops, and one library more to have.
static void timeRounds(std::vector<Lane> &lanes, unsigned rounds,
                       int64_t size) {
  // Long against the clock's tick, short against the machine's moods.
  constexpr double shortestBatch = 1e5;
  // What is timed for this long has shown what it can; kernels far slower than
  // the copy, and long arrays, would else take most of the time.
  constexpr double longestShare = 1e8;
  constexpr unsigned fewRounds = 3;
  for (Lane &lane : lanes)
    while (timeBatch(lane.call, lane.calls) < shortestBatch)
      lane.calls *= 2;
  for (unsigned round = 0; round < rounds; ++round)
    for (Lane &lane : lanes) {
      if (round >= fewRounds &&
          round * lane.times.front() * lane.calls * size > longestShare)
        continue;
      lane.times.push_back(timeBatch(lane.call, lane.calls) / lane.calls /
                           size);
    }
  for (Lane &lane : lanes)
    llvm::sort(lane.times);
}

llvm::Expected<Contest>
act::bench::runContest(const Case &function, Format format, int64_t size,
                       Inputs law, llvm::ArrayRef<Contestant> contestants,
                       const ContestOptions &options) {
  const std::vector<int64_t> shape = shapeOf(function, size);
  const std::vector<int64_t> tailShape = shapeOf(function, tailSize);
  std::vector<NpyArray> inputs, tailInputs;
  for (unsigned i = 0; i < function.numInputs; ++i) {
    inputs.push_back(drawArray(format, shape,
                               law == Inputs::Normal
                                   ? Distribution::normal(0.0, 1.0)
                                   : Distribution::uniform(-8.0, 8.0),
                               options.seed + i));
    tailInputs.push_back(drawArray(format, tailShape,
                                   Distribution::uniform(-12.0, -5.0),
                                   options.seed + i));
  }
  llvm::Expected<Sample> sample = takeSample(function, inputs, format);
  if (!sample)
    return sample.takeError();
  llvm::Expected<Sample> tail = takeSample(function, tailInputs, format);
  if (!tail)
    return tail.takeError();
  NpyArray output = zeroArray(format, shape);
  NpyArray tailOutput = zeroArray(format, tailShape);

  Contest contest{&function, format, size, law, {}};
  std::vector<Lane> lanes;
  for (const Contestant &contestant : contestants) {
    auto call = contestant.bind(function, format, inputs, output);
    if (!call)
      return call.takeError();
    if (!*call)
      continue;
    auto tailCall = contestant.bind(function, format, tailInputs, tailOutput);
    if (!tailCall)
      return tailCall.takeError();
    Result result{contestant.name, contestant.isPeer, 0.0, 0.0, std::nullopt};
    (*call)();
    (*tailCall)();
    if (!contest.results.empty())
      result.accuracy = Accuracy{sample->largestError(output, format),
                                 tail->largestError(tailOutput, format)};
    contest.results.push_back(result);
    lanes.push_back({contestant.name, std::move(*call), 1, {}});
  }
  timeRounds(lanes, options.rounds, size);
  for (auto [lane, result] : llvm::zip(lanes, contest.results)) {
    result.minimum = lane.times.front();
    result.median = lane.times[lane.times.size() / 2];
  }
  return contest;
}
