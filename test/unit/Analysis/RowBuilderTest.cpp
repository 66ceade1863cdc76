//===- RowBuilderTest.cpp - Rows of factors that are intervals ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowBuilder.h"
#include "gtest/gtest.h"

using namespace act;

TEST(RowBuilder, WholeFactorsAreRounded) {
  Network network;
  unsigned source = network.addSource({{-4, 2}});
  RowBuilder rows(network);
  // Its middle is 0, its products are not.
  rows.add(source, 0, Interval(-1.0, 1.0));
  EXPECT_EQ(rows.numTerms(), 1.0);
  EXPECT_GE(rows.magnitude(), 4.0);
  rows.endRow({0.25, 0.0, 0.0});
  rows.add(source, 0, Interval(1.0, 3.0));
  EXPECT_GE(rows.magnitude(), 12.0);
  rows.endRow({0.25, 0.0, 0.0});
  rows.add(source, 0, Interval(0.0));
  EXPECT_EQ(rows.numTerms(), 0.0);
  rows.endRow({});
  unsigned node = rows.finish(network, std::vector<Interval>(3));
  // The rest of the factor, and a quarter of the product for rounding.
  EXPECT_GE(network[node].error[0], 5.0);
  EXPECT_LE(network[node].error[0], 5.001);
  EXPECT_GE(network[node].error[1], 4.0 + 0.25 * 12.0);
  EXPECT_LE(network[node].error[1], 7.001);
  EXPECT_EQ(network[node].error[2], 0.0);
  EXPECT_LE(network[node].range[0].lo, -5.0);
  EXPECT_LE(network[node].range[1].lo, -15.0);
}
