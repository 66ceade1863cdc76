//===- ExpandedProgram.h - A program without calls and loops ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer in a function that is called from two places, or in a loop, is
// executed on different values. Bounds of each execution by itself are tighter
// than those of all, and only one by itself is a function of the inputs. So
// calls and short loops are written out, in a copy, by what upstream has for
// it. A verdict on a unit is one on all its executions, as it is one on all its
// positions.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_EXPANDEDPROGRAM_H
#define ACT_LIB_ANALYSIS_EXPANDEDPROGRAM_H

#include "UnitSummary.h"
#include "mlir/IR/OwningOpRef.h"

namespace act {

/// Where an expanded program executes a layer.
struct LayerExecution {
  unsigned layer;
  ActivationSite site; ///< of the expanded program
};

class ExpandedProgram {
public:
  /// Calls of unknown or recursive functions and loops without a short, static
  /// trip count stay; where there is nothing to expand the program is `root`.
  ExpandedProgram(mlir::Operation *root, llvm::ArrayRef<Layer> layers);

  mlir::Operation *root() const { return program; }
  /// In order of execution. Bounds tell which are reached.
  llvm::ArrayRef<LayerExecution> executions() const { return all; }
  std::vector<const ActivationSite *> sites() const;
  /// The executions of a layer, as indices.
  llvm::ArrayRef<unsigned> executionsOf(unsigned layer) const {
    return ofLayer[layer];
  }
  /// What holds for all positions of a layer's units in all executions, from
  /// the bounds of the pre-activation in each.
  std::vector<UnitSummary>
  summarize(unsigned layer,
            llvm::function_ref<Bounds(unsigned execution)> bounds) const;

private:
  void expand(llvm::ArrayRef<Layer> layers);

  mlir::OwningOpRef<mlir::Operation *> copy;
  mlir::Operation *program;
  std::vector<LayerExecution> all;
  std::vector<llvm::SmallVector<unsigned, 1>> ofLayer;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_EXPANDEDPROGRAM_H
