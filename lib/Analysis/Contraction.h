//===- Contraction.h - Bounds through constant weights, fast ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Matmul, convolution and their kin read each weight once or many times, and a
// network has millions: sums of weights times bounded factors are taken by
// vectors, on all cores, straight from the data of the constant.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_CONTRACTION_H
#define ACT_LIB_ANALYSIS_CONTRACTION_H

#include "ProductSums.h"
#include "act/Analysis/LoopNest.h"

namespace act {

/// The sums of a loop nest that adds products of two of its inputs, one of them
/// numbers, for the program as executed: rounding outward once, at the end,
/// costs nothing beside the rounding of the program.
class Contraction {
public:
  /// The sums of products of inputs `first` and `second` of `nest`, still to be
  /// added up; nothing if neither consists of numbers.
  static std::optional<Contraction> of(const LoopNest &nest, unsigned first,
                                       unsigned second);
  /// Adds all of them up. Those that take the same weights in the same order
  /// read them together, once from memory.
  static void addUp(llvm::ArrayRef<Contraction *> all);

  /// Once added up, the result element of iteration `point` of the loops that
  /// are not reduced (row-major), given its start value. Nothing if a weight is
  /// infinite or NaN, the sum may leave its format or the doubles, or its
  /// rounding reaches beyond 0: whoever asks then looks closer.
  std::optional<Element> elementAt(size_t point, const Element &start) const;

private:
  /// What is known of all factors of a sum.
  enum class Kind : char { Bounded, Unbounded, Poisoned };
  /// Into the weights, the factors and the points.
  struct Offset {
    int64_t weight = 0, factor = 0, point = 0;

    Offset &operator+=(const Offset &other) {
      weight += other.weight;
      factor += other.factor;
      point += other.point;
      return *this;
    }
  };
  struct Loop {
    int64_t extent;
    Offset stride;
  };
  class Worker;

  Contraction(const LoopNest &nest, const LoopAccess &weights,
              const LoopAccess &factors);
  void sortLoops(const LoopNest &nest, const LoopAccess &weightAccess,
                 const LoopAccess &factorAccess);
  void readFactors();
  bool sharesWeightsWith(const Contraction &other) const;
  static void addUpTogether(llvm::ArrayRef<Contraction *> all);
  static int64_t iterations(llvm::ArrayRef<Loop> loops);
  static Offset offsetAt(llvm::ArrayRef<Loop> loops, int64_t iteration);

  Bounds weights, factors;
  llvm::SmallVector<Format, 2> formats;
  Offset origin;
  /// Loops that change the factors, those that change no more than the weights,
  /// and those that are summed over, by falling strides of the weights.
  llvm::SmallVector<Loop> outer, units, steps;
  int64_t numSteps = 0;
  std::vector<int64_t> factorOfStep; ///< its offset

  FactorArrays arrays;     ///< of the entries of the factors
  std::vector<Kind> kinds; ///< of each

  std::vector<ProductSums> sums; ///< of each point
  std::vector<Kind> kindOf;      ///< of the factors of each point
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_CONTRACTION_H
