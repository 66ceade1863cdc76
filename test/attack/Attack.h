//===- Attack.h - Inputs against what is proved of units -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Is there an input for which an executed network does what it was proved never
// to do? Corners, faces and the inside of the domain, points on the way to 0,
// and climbs from there that drive each pre-activation up and down.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_ATTACK_ATTACK_H
#define ACT_TEST_ATTACK_ATTACK_H

#include "ObservedNetwork.h"
#include "act/Analysis/DeadUnits.h"
#include <random>

namespace act::test {

class Attack {
public:
  /// `layers` are those of `network` in their order, `domain` has an interval
  /// for each of its inputs. An error where no input lies in the domain.
  static llvm::Expected<Attack> create(ObservedNetwork &network,
                                       std::vector<const Layer *> layers,
                                       llvm::ArrayRef<Interval> domain,
                                       uint64_t seed);

  /// Compares the results with those of `other`, on each input.
  void compareWith(ObservedNetwork &other) { twin = &other; }
  /// Executes corners and `points` random inputs, then climbs.
  void run(unsigned points);

  uint64_t executions() const { return count; }
  /// Units that left what was claimed of them, with the input; and that results
  /// differed from those of the other network.
  llvm::ArrayRef<std::string> refutations() const { return refuted; }
  /// How many units that are said to pass a gradient were not seen to.
  unsigned numUnseen() const;

private:
  /// One pre-activation and whether it is driven up or down.
  struct Goal {
    unsigned layer;
    int64_t element;
    double sign;
    double best = -std::numeric_limits<double>::infinity();
    std::vector<double> point = {};
  };
  /// What a unit did so far.
  struct Record {
    bool hasFired = false, isRefuted = false;
  };

  Attack(ObservedNetwork &network, std::vector<const Layer *> layers,
         std::vector<Interval> box, uint64_t seed);

  double uniform();
  std::vector<double> randomPoint();
  /// Executes `point`, its numbers rounded, and compares with the claims.
  void execute(std::vector<double> point);
  void compare(unsigned layer, unsigned unit, double value,
               llvm::ArrayRef<double> point);
  void compareResults(llvm::ArrayRef<double> point);
  void climb(Goal &goal);

  ObservedNetwork &network;
  ObservedNetwork *twin = nullptr;
  bool isTwinRefuted = false;
  std::vector<const Layer *> layers;
  std::vector<Interval> box; ///< its ends are inputs
  std::mt19937_64 random;
  std::vector<Goal> goals;
  std::vector<std::vector<Record>> records;
  std::vector<std::string> refuted;
  uint64_t count = 0;
};

} // namespace act::test

#endif // ACT_TEST_ATTACK_ATTACK_H
