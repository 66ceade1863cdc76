//===- ReadersTest.cpp - Readers of every activation ----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScalarJit.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/Profile.h"
#include "act/Report/Facts.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace act;
using namespace act::test;

namespace {

Expression exampleOf(const Record &record) {
  return instantiate(record, exampleParameters(record.parameters));
}

/// Whether `at` lies within `distance` of a kink.
bool isNearKink(Expression formula, double at, double distance) {
  for (const Kink &kink : profile(formula).kinks)
    if (kink.at.lo - distance <= at && at <= kink.at.hi + distance)
      return true;
  return false;
}

TEST(EveryActivation, CountsOfTheCatalogue) {
  unsigned elementwise = 0, gated = 0;
  for (const Record *record : allRecords(&testContext())) {
    bool isGate = record->variables.size() == 2 &&
                  std::string(record->variables[1]) == "gate";
    ++(isGate ? gated : elementwise);
  }
  EXPECT_EQ(elementwise, 43u);
  EXPECT_EQ(gated, 11u);
  EXPECT_EQ(allRowRecords(&testContext()).size(), 9u);
}

TEST(EveryActivation, DerivativeIsTheFiniteDifference) {
  for (const Record *record : allRecords(&testContext())) {
    Expression formula = exampleOf(*record);
    for (unsigned v = 0; v < record->variables.size(); ++v) {
      Expression slope = differentiate(formula, v);
      for (double at : {-6.3, -2.1, -0.7, 0.3, 0.9, 1.7, 4.4, 6.7}) {
        std::vector<double> low(record->variables.size(), 0.8), high = low,
                                                                point = low;
        const double h = 0x1p-20;
        point[v] = at;
        low[v] = at - h;
        high[v] = at + h;
        if (record->variables.size() == 1 && isNearKink(formula, at, 4 * h))
          continue;
        double difference = (exactValue(formula, high, Format::F64) -
                             exactValue(formula, low, Format::F64)) /
                            (2 * h);
        double exact = exactValue(slope, point, Format::F64);
        // The third derivative times h^2/6, and the rounding of two values of
        // about the size of the slope over 2h.
        EXPECT_NEAR(exact, difference, 1e-8 * (1 + std::abs(exact)))
            << record->opName.str() << " by variable " << v << " at " << at;
      }
    }
  }
}

TEST(EveryActivation, RangeContainsSamplesAndIsTight) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform(-9, 9);
  for (const Record *record : allRecords(&testContext())) {
    if (record->variables.size() != 1)
      continue;
    Expression formula = exampleOf(*record);
    for (int round = 0; round < 20; ++round) {
      double a = uniform(random), b = uniform(random);
      Interval domain(std::min(a, b), std::max(a, b));
      Interval values = range(formula, domain);
      Interval seen;
      for (int i = 0; i <= 400; ++i) {
        double at = std::min(domain.lo + domain.width() * i / 400, domain.hi);
        double value = exactValue(formula, {at}, Format::F64);
        EXPECT_TRUE(values.contains(value))
            << record->opName.str() << " at " << at;
        seen = i == 0 ? Interval(value) : hull(seen, Interval(value));
      }
      // Samples miss an extremum by at most the Lipschitz constant times half
      // the distance of two; jumps have no such bound.
      bool jumps = false;
      for (const Kink &kink : profile(formula).kinks)
        jumps |= !kink.continuous;
      if (jumps)
        continue;
      double slope = range(differentiate(formula), domain).magnitude();
      double gap = slope * domain.width() / 800 + 1e-6 * values.magnitude();
      EXPECT_LE(seen.lo - values.lo, gap) << record->opName.str();
      EXPECT_LE(values.hi - seen.hi, gap) << record->opName.str();
    }
  }
}

TEST(EveryActivation, DerivativeVanishesOnTheDeadZone) {
  for (const Record *record : allRecords(&testContext())) {
    if (record->variables.size() != 1)
      continue;
    Expression formula = exampleOf(*record);
    Expression slope = derivative(formula, record->kinkSides);
    for (const DeadInterval &zone : deadZone(formula, record->kinkSides)) {
      double lo = std::max(zone.lo, -50.0), hi = std::min(zone.hi, 50.0);
      for (double share : {0.001, 0.25, 0.5, 0.999}) {
        double at = lo + share * (hi - lo);
        EXPECT_EQ(exactValue(slope, {at}, Format::F64), 0.0)
            << record->opName.str() << " at " << at;
      }
      for (auto [end, closed] : {std::pair(zone.lo, zone.loClosed),
                                 std::pair(zone.hi, zone.hiClosed)})
        if (std::isfinite(end))
          EXPECT_EQ(exactValue(slope, {end}, Format::F64) == 0.0, closed)
              << record->opName.str() << " at " << end;
    }
  }
}

TEST(EveryActivation, CanonicalFormIsTheSameFunction) {
  for (const Record *record : allRecords(&testContext())) {
    Expression formula = exampleOf(*record);
    Expression canonical = canonicalize(formula);
    EXPECT_EQ(canonicalize(canonical), canonical) << record->opName.str();
    for (double at : {-30.0, -3.0, -0.5, 0.0, 0.25, 1.0, 6.0, 40.0}) {
      std::vector<double> point(record->variables.size(), at);
      double exact = exactValue(formula, point, Format::F64);
      double same = exactValue(canonical, point, Format::F64);
      EXPECT_EQ(exact, same) << record->opName.str() << " at " << at;
    }
  }
}
} // namespace
