//===- TriangleProgram.h - A network of relus as a program -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What verifiers without a search of their own ask a solver: how large is an
// element, over the triangle in which each relu lies (Ehlers, Formal
// Verification of Piece-Wise Linear Feed-Forward Neural Networks, ATVA 2017),
// or exactly, with a binary for each relu (Tjeng, Xiao, Tedrake, Evaluating
// Robustness of Neural Networks with Mixed Integer Programming, ICLR 2019).
// The second program without its integrality is the first.
//
// The solvers are those of COIN-OR: Clp and Cbc. They compute in doubles, with
// tolerances; nothing is rounded outward.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_BENCH_VERIFIER_TRIANGLEPROGRAM_H
#define ACT_TEST_BENCH_VERIFIER_TRIANGLEPROGRAM_H

#include "act/Relaxation/PointSearch.h"
#include "llvm/Support/Error.h"
#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>

namespace act::bench {

/// By how much an element has to exceed 0 for the solvers to tell it from 0.
inline constexpr double kSolverTolerance = 1e-6;

class TriangleProgram {
public:
  /// Of `node` and all it is computed from, with the ranges known now. Fails
  /// where that is anything but boxes, affine nodes and relus.
  static llvm::Expected<TriangleProgram> create(const Network &network,
                                                unsigned node);

  struct Optimum {
    double value;
    SourcePoint point; ///< of the sources
  };
  /// The largest value of an objective over the triangles; none where the
  /// solver gives up.
  std::optional<Optimum> maximize(Objective objective);

  struct Answer {
    enum { Impossible, Found, OutOfTime } outcome;
    SourcePoint point; ///< where it was found
  };
  /// Whether an element can exceed kSolverTolerance.
  Answer findPositive(unsigned element, double seconds) const;

private:
  explicit TriangleProgram(const Network &network, unsigned node);
  int addColumn(Interval range);
  /// The sum of entries of the last row lies in `range`.
  void endRow(Interval range);
  void addEntry(int column, double value);
  void addAffine(const NetworkNode &node, unsigned first);
  void addRelu(const NetworkNode &node, unsigned first);
  void finish();
  SourcePoint pointOf(const double *solution) const;

  const Network &network;
  unsigned target;
  std::vector<unsigned> sources;
  std::vector<int> firstColumn; ///< of each node
  std::vector<double> columnLo, columnHi, rowLo, rowHi;
  std::vector<int> binaries;
  /// The matrix: entries by row, then columns as both solvers take them.
  struct Entry {
    int row, column;
    double value;
  };
  std::vector<Entry> entries;
  std::vector<int> starts, rows;
  std::vector<double> values;

  struct Deleter {
    void operator()(Clp_Simplex *model) const { Clp_deleteModel(model); }
  };
  std::unique_ptr<Clp_Simplex, Deleter> relaxed;
};

} // namespace act::bench

#endif // ACT_TEST_BENCH_VERIFIER_TRIANGLEPROGRAM_H
