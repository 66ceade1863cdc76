//===- FormTextTest.cpp - Forms as text -----------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formulas.h"
#include "act/Approx/FormStore.h"
#include "act/Formula/Derivative.h"
#include "gtest/gtest.h"

using namespace act;

static SynthesisAnswer synthesizeOn(const char *isa, Expression formula,
                                    Accuracy accuracy = {}) {
  return synthesize({formula, Format::F32, accuracy, findIsa(isa)});
}

// One of each kind: exponential, the same beside a line, piecewise, beside an
// exponential, by the logarithm, with a form for far arguments in f32 and in
// f64, in the log domain, and a factor with low parts.
static std::vector<SynthesisAnswer> examples() {
  return {synthesizeOn("avx512", exp(test::x)),
          synthesizeOn("avx512", test::elu),
          synthesizeOn("avx512", tanh(test::x)),
          synthesizeOn("avx2", test::gelu),
          synthesizeOn("avx2", derivative(test::geluTanh, "")),
          synthesizeOn("avx2", test::geluTanh),
          synthesizeOn("avx512", test::gelu),
          synthesizeOn("avx512", test::mish),
          synthesizeOn("generic", test::mish),
          synthesizeOn("avx512", derivative(test::silu, ""),
                       {Accuracy::Kind::Factor, 1.0}),
          SynthesisAnswer()};
}

TEST(FormText, ReadsWhatItWrites) {
  for (const SynthesisAnswer &answer : examples()) {
    std::string text = toText(answer);
    std::optional<SynthesisAnswer> read = fromText(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(toText(*read), text);
    ASSERT_EQ(read->has_value(), answer.has_value());
    if (!answer)
      continue;
    EXPECT_EQ((*read)->cost, answer->cost);
    EXPECT_EQ((*read)->form.index(), answer->form.index());
    EXPECT_EQ((*read)->far.has_value(), answer->far.has_value());
  }
}

TEST(FormText, RefusesWhatWasCutOffOrChanged) {
  for (const SynthesisAnswer &answer : examples()) {
    std::string text = toText(answer);
    for (size_t length = 0; length < text.size(); ++length)
      ASSERT_FALSE(fromText(std::string_view(text).substr(0, length)))
          << length;
    for (size_t i = 0; i < text.size(); i += 7) {
      std::string damaged = text;
      damaged[i] ^= 1;
      ASSERT_FALSE(fromText(damaged)) << i;
    }
  }
}

TEST(FormText, KeysTellRequestsApart) {
  SynthesisRequest request{tanh(test::x), Format::F32, {}, findIsa("avx512")};
  std::string key = keyOf(request);
  SynthesisRequest other = request;
  other.formula = tanh(2.0 * test::x);
  EXPECT_NE(keyOf(other), key);
  other = request;
  other.format = Format::BF16;
  EXPECT_NE(keyOf(other), key);
  other = request;
  other.accuracy.bound = 1.0;
  EXPECT_NE(keyOf(other), key);
  other = request;
  other.accuracy.kind = Accuracy::Kind::Factor;
  EXPECT_NE(keyOf(other), key);
  other = request;
  other.isa = findIsa("avx2");
  EXPECT_NE(keyOf(other), key);
}
