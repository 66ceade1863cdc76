//===- FormStoreTest.cpp - Long searches are told -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/FormStore.h"
#include "Formulas.h"
#include "gtest/gtest.h"
#include <vector>

using namespace act;

namespace {

/// The formulas told of when `requests` are answered in turn.
std::vector<std::string> toldOf(const std::vector<Expression> &formulas,
                                std::chrono::milliseconds patience) {
  FormStore store;
  std::vector<std::string> told;
  store.setNotice(
      [&](const SynthesisRequest &request) {
        told.push_back(request.formula.str());
      },
      patience);
  for (Expression formula : formulas)
    store.answer({formula, Format::F32, {}, findIsa("avx512")});
  return told;
}

} // namespace

TEST(FormStore, TellsOfSearchesThatTakeLong) {
  using namespace std::chrono_literals;
  Expression formula = tanh(test::x);
  // What is known is not searched for again.
  EXPECT_EQ(toldOf({formula, formula}, 0ms),
            std::vector<std::string>{"tanh(x)"});
  EXPECT_TRUE(toldOf({formula}, 1h).empty());
}
