//===- MomentsTest.cpp - Moments of weights where they lie ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Moments.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;

namespace {

template <typename T>
Bounds boundsOf(llvm::ArrayRef<T> data, Format format) {
  return Bounds::constant(
      llvm::ArrayRef(reinterpret_cast<const char *>(data.data()),
                     data.size() * sizeof(T)),
      format);
}

/// The moments of the numbers 0 to n - 1, by the sums of their powers: the
/// kurtosis is 9/5 - 12/(5 (n^2 - 1)).
TEST(Moments, OfNumbersInARow) {
  // Less than a lane, a block, several tasks and what is left of each.
  for (size_t count : {1, 7, 100, 2048, 5000, 1000001}) {
    std::vector<float> numbers(count);
    for (size_t i = 0; i < count; ++i)
      numbers[i] = i;
    double n = count;
    Moments moments = momentsOf(boundsOf(llvm::ArrayRef(numbers), Format::F32));
    EXPECT_EQ(moments.count, count);
    EXPECT_DOUBLE_EQ(moments.mean, (n - 1) / 2);
    EXPECT_NEAR(moments.variance, (n * n - 1) / 12, 1e-14 * n * n);
    EXPECT_NEAR(moments.kurtosis,
                count == 1 ? 0.0 : 1.8 - 12 / (5 * (n * n - 1)), 1e-13);
    EXPECT_EQ(moments.largest, n - 1);
  }
}

/// Two values, of which the larger is rare: the kurtosis of a law of two points
/// is 1/(p (1-p)) - 3. The blocks differ in all their moments.
TEST(Moments, OfUnlikeBlocks) {
  constexpr size_t kCount = 600000, kOnes = 1000;
  std::vector<double> numbers(kCount, -1e6);
  std::fill(numbers.end() - kOnes, numbers.end(), -1e6 + 1);
  double p = double(kOnes) / kCount;
  Moments moments = momentsOf(numbers);
  EXPECT_NEAR(moments.mean, -1e6 + p, 1e-8);
  EXPECT_NEAR(moments.variance / (p * (1 - p)), 1, 1e-8);
  EXPECT_NEAR(moments.kurtosis / (1 / (p * (1 - p)) - 3), 1, 1e-8);
  EXPECT_EQ(moments.largest, 1e6);
  EXPECT_EQ(momentsOf(boundsOf(llvm::ArrayRef(numbers), Format::F64)).kurtosis,
            moments.kurtosis);
}

/// Blocks of 2048 that are all 1 or all 0 in turn: a sample of every second is
/// of one kind. The last is not whole.
TEST(Moments, OfASample) {
  std::vector<float> numbers(2048 * 1000 + 2047);
  for (size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = 1 - i / 2048 % 2;
  Bounds all = boundsOf(llvm::ArrayRef(numbers), Format::F32);
  EXPECT_EQ(sampledMoments(all, numbers.size()).count, numbers.size());
  Moments half = sampledMoments(all, numbers.size() / 2 + 1);
  EXPECT_EQ(half.count, 2048u * 500 + 2047);
  EXPECT_EQ(half.mean, 1);
  EXPECT_EQ(half.variance, 0);
  EXPECT_EQ(sampledMoments(all, 1).count, 2048u);
}

TEST(Moments, OfOtherFormats) {
  // 1, -1, 2 and -2: mean 0, variance 5/2, fourth moment 17/2.
  const uint16_t bf16[] = {0x3f80, 0xbf80, 0x4000, 0xc000};
  const uint16_t f16[] = {0x3c00, 0xbc00, 0x4000, 0xc000};
  for (Moments moments :
       {momentsOf(boundsOf(llvm::ArrayRef(bf16), Format::BF16)),
        momentsOf(boundsOf(llvm::ArrayRef(f16), Format::F16))}) {
    EXPECT_EQ(moments.count, 4u);
    EXPECT_EQ(moments.mean, 0);
    EXPECT_EQ(moments.variance, 2.5);
    EXPECT_DOUBLE_EQ(moments.kurtosis, 8.5 / 6.25);
    EXPECT_EQ(moments.largest, 2);
  }
}

TEST(Moments, OfNothingOneNumberAndNaN) {
  EXPECT_EQ(momentsOf(llvm::ArrayRef<double>()).count, 0u);
  Moments one = momentsOf(Bounds::splat({Interval(3.0)}));
  EXPECT_EQ(one.count, 1u);
  EXPECT_EQ(one.mean, 3);
  EXPECT_EQ(one.variance, 0);
  EXPECT_EQ(one.kurtosis, 0);
  std::vector<double> numbers(100, 1.0);
  numbers[50] = NAN;
  EXPECT_TRUE(std::isnan(momentsOf(numbers).mean));
  EXPECT_TRUE(std::isnan(momentsOf(numbers).variance));
}

} // namespace
