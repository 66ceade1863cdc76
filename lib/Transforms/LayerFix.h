//===- LayerFix.h - Changing a layer so that dead units fire ----*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What could a dead unit be instead? Each fix moves the bounds [L, U] of its
// pre-activation so that they reach beyond the dead zone. None keeps what the
// network computes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_LAYERFIX_H
#define ACT_LIB_TRANSFORMS_LAYERFIX_H

#include "act/Analysis/SignalPropagation.h"
#include "act/Analysis/UnitEstimates.h"
#include "act/IR/RecordTable.h"
#include "act/Transforms/Passes.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

namespace act {

/// Changes one layer, or says why not.
class LayerFix {
public:
  struct Options {
    DeadReluFix strategy;
    double tau, probability;
    uint64_t seed;
    std::optional<RecordMatch> activation; ///< that replaces a relu
  };
  /// `attempt` counts the changes of the layer before this one, after which
  /// some of `units` did not fire. `estimate` reads the program as it is when
  /// called.
  LayerFix(mlir::RewriterBase &rewriter, const Layer &layer,
           const llvm::SmallBitVector &units, const Options &options,
           unsigned attempt, llvm::function_ref<UnitEstimates()> estimate)
      : rewriter(rewriter), layer(layer), dead(units), options(options),
        attempt(attempt), estimate(estimate) {}

  /// Empty if the layer was changed, else the reason why it was not.
  llvm::StringRef run();
  /// Those that were changed, or that are to be.
  const llvm::SmallBitVector &units() const { return dead; }
  /// What was changed of them: "bias -1 -> 0.25".
  llvm::StringRef change() const { return changed; }

  /// How often `options` may change a layer.
  static unsigned maxAttempts(const Options &options);

private:
  llvm::StringRef replaceRelu();
  llvm::StringRef centreInputs();
  llvm::StringRef redraw();
  llvm::StringRef moveBias();
  bool flips() const;
  std::optional<double> endOfDeadZone(Interval bounds) const;
  std::optional<double> shiftByBounds(unsigned unit,
                                      llvm::StringRef &reason) const;
  std::optional<double> shiftByLaw(const PreactivationLaw &law,
                                   llvm::StringRef &reason) const;
  bool varies(Interval bounds) const;
  using Shifts = llvm::SmallDenseMap<unsigned, double>;
  void addToBiases(mlir::OpOperand &bias, unsigned dim, Shifts shifts);
  mlir::FloatType format() const {
    return llvm::cast<mlir::FloatType>(
        mlir::getElementTypeOrSelf(layer.site.type));
  }

  mlir::RewriterBase &rewriter;
  const Layer &layer;
  llvm::SmallBitVector dead;
  const Options &options;
  unsigned attempt;
  llvm::function_ref<UnitEstimates()> estimate;
  std::string changed;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_LAYERFIX_H
