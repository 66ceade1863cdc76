//===- Verification.h - Units settled by a solver --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Settles the units of a table as a verifier would: bounds of each layer, in
// order, by the triangle program over those before it, then the exact program
// for what is still open.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_BENCH_VERIFIER_VERIFICATION_H
#define ACT_TEST_BENCH_VERIFIER_VERIFICATION_H

#include "NetworkReader.h"
#include "TriangleProgram.h"
#include "act/Analysis/DeadUnits.h"

namespace act::bench {

enum class Answer {
  Open,
  Dead, ///< no element exceeds the solver's tolerance
  Alive ///< an element exceeds 0 where the network was executed in doubles
};

/// Over the real numbers, whatever the table's semantics.
class Verification {
public:
  /// `bounds` are those of the module that the layers are of; `reader` was made
  /// from both.
  Verification(NetworkReader &reader, llvm::ArrayRef<Layer> layers);

  /// Bounds each unit. Fails where a layer is no relu, or what it is computed
  /// from is not supported by TriangleProgram.
  llvm::Error boundByTriangles();
  /// Asks for an input that makes a unit fire, of each that is still open, no
  /// longer than `seconds` for each of its elements.
  llvm::Error searchExactly(double seconds);

  /// Of each unit of a layer.
  std::vector<Answer> answers(unsigned layer) const;

private:
  struct Target {
    unsigned layer, node;
    std::vector<Answer> elements;
  };
  void execute(const SourcePoint &point);

  NetworkReader &reader;
  llvm::ArrayRef<Layer> layers;
  std::vector<Target> targets;
};

} // namespace act::bench

#endif // ACT_TEST_BENCH_VERIFIER_VERIFICATION_H
