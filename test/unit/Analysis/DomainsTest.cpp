//===- DomainsTest.cpp - Domains as text ----------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/Domains.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;

static DomainText parsed(llvm::StringRef text) {
  llvm::Expected<DomainText> domain = parseDomain(text);
  if (!domain) {
    ADD_FAILURE() << llvm::toString(domain.takeError());
    return {};
  }
  return *domain;
}

TEST(Domains, OneInterval) {
  DomainText domain = parsed("0:[-0.5,0.5]");
  EXPECT_EQ(domain.argument, 0u);
  ASSERT_EQ(domain.intervals.size(), 1u);
  EXPECT_EQ(domain.intervals[0], Interval(-0.5, 0.5));
}

TEST(Domains, OneIntervalPerElement) {
  DomainText domain = parsed("12: [ -1 , 1e3 ], [0x1p-3,.25]");
  EXPECT_EQ(domain.argument, 12u);
  ASSERT_EQ(domain.intervals.size(), 2u);
  EXPECT_EQ(domain.intervals[0], Interval(-1, 1000));
  EXPECT_EQ(domain.intervals[1], Interval(0.125, 0.25));
}

TEST(Domains, InfiniteEnds) {
  EXPECT_EQ(parsed("0:[-inf,inf]").intervals.front(),
            Interval(-HUGE_VAL, HUGE_VAL));
}

TEST(Domains, AttributesAreKeptAsText) {
  DomainText domain = parsed("1: #act.ball<center = [0], radius = [1]> ");
  EXPECT_EQ(domain.argument, 1u);
  EXPECT_TRUE(domain.intervals.empty());
  EXPECT_EQ(domain.attribute, "#act.ball<center = [0], radius = [1]>");
}

TEST(Domains, Refused) {
  for (const char *text :
       {"", "0", "0:", "x:[0,1]", "-1:[0,1]", "0:[0,1", "0:0,1]", "0:[0]",
        "0:[0,1,2]", "0:[0,1],", "0:[0,1]x", "0:[nan,1]", "0:[0,nan]",
        "0:[2,1]", "0:[,]", "0:[a,b]"}) {
    llvm::Expected<DomainText> domain = parseDomain(text);
    EXPECT_FALSE(bool(domain)) << text;
    llvm::consumeError(domain.takeError());
  }
}
