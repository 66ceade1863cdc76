//===- Weights.h - Constants of a network, read and rewritten --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A constant may serve several layers: it is never changed. A new one is made
// beside it, of the same dialect where that can make one.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_WEIGHTS_H
#define ACT_LIB_TRANSFORMS_WEIGHTS_H

#include "act/Analysis/IndexAlong.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

namespace act {

/// The elements of a constant tensor of floats, of which resources are one
/// spelling; null if `value` is none.
mlir::DenseElementsAttr weightsOf(mlir::Value value);

/// A constant of `elements` beside the constant `like`.
mlir::Value createWeights(mlir::RewriterBase &rewriter, mlir::Value like,
                          mlir::DenseElementsAttr elements);

/// Gives the op of `use` a constant of `elements` in the place of the constant
/// it reads, which goes if nothing else reads it.
void replaceWeights(mlir::RewriterBase &rewriter, mlir::OpOperand &use,
                    mlir::DenseElementsAttr elements);

/// `weights` without the indices `drop` of dimension `dim`.
mlir::DenseElementsAttr withoutIndices(mlir::DenseElementsAttr weights,
                                       unsigned dim,
                                       const llvm::SmallBitVector &drop);

/// `weights` with `change(value, index along dim)` in the place of each value,
/// rounded once.
mlir::DenseElementsAttr
mapWeights(mlir::DenseElementsAttr weights, unsigned dim,
           llvm::function_ref<double(double, unsigned)> change);

/// The numbers of `weights` in row-major order, exact.
std::vector<double> numbersOf(mlir::DenseElementsAttr weights);
/// Numbers rounded to the element type of `type`.
mlir::DenseElementsAttr fromNumbers(mlir::ShapedType type,
                                    llvm::ArrayRef<double> numbers);

/// The index of each element of `type` along `dim`.
inline IndexAlong indexAlong(mlir::ShapedType type, unsigned dim) {
  return IndexAlong(type.getShape(), dim);
}

} // namespace act

#endif // ACT_LIB_TRANSFORMS_WEIGHTS_H
