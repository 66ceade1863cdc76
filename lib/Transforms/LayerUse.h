//===- LayerUse.h - What is made of the output of a layer -------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_LAYERUSE_H
#define ACT_LIB_TRANSFORMS_LAYERUSE_H

#include "OperandMaps.h"
#include "Weights.h"

namespace act {

/// A contraction of a layer's output, as it is or flattened, with constant
/// weights.
class LayerUse {
public:
  /// Reads what the op of `output`, whose dimension `dim` counts units, or the
  /// op behind a reshape, makes of it. Nothing, with the reason, where that is
  /// no sum over the units.
  static std::optional<LayerUse> read(mlir::OpOperand &output, unsigned dim,
                                      llvm::StringRef &reason);

  mlir::OpOperand &getData() const { return *data; }
  /// Whether units lie along a dimension with others.
  bool isFlattened() const { return flattening != nullptr; }
  /// How many multiplications it takes, dynamic dimensions left out.
  double multiplications() const;

  /// Units with an outgoing weight that is NaN or infinite: not even 0 may be
  /// left out of the sum then.
  llvm::SmallBitVector unitsThatPoison() const;

  /// What units of constant output contribute to each element of the result,
  /// row-major; nothing, with the reason, where it is not the same everywhere
  /// or no finite number of the result's type.
  std::optional<std::vector<double>>
  contribution(llvm::ArrayRef<double> outputs, llvm::StringRef &reason) const;

  /// Adds numbers to the elements of the result: to the constant the sum starts
  /// from or to the next bias if there is one, else by an op of its own.
  void addToResult(mlir::RewriterBase &rewriter,
                   llvm::ArrayRef<double> shift) const;

  /// Drops units from the sum; `narrow` is the layer's output without them.
  void narrow(mlir::RewriterBase &rewriter, mlir::Value narrow,
              const llvm::SmallBitVector &drop) const;

  /// Sums over `count` elements of `terms` instead, of which element k has
  /// `weight(unit, k)` times the weights of each unit. Not where it is
  /// flattened.
  void replaceTerms(mlir::RewriterBase &rewriter, mlir::Value terms,
                    int64_t count,
                    llvm::function_ref<double(int64_t, int64_t)> weight) const;

  /// Weighs some units with 0.
  void silence(mlir::RewriterBase &rewriter,
               const llvm::SmallBitVector &units) const;

  /// Whether the sum over no unit is a value: its start, or a zero of a static
  /// type. A bias of each channel is none of the result's type.
  bool hasEmptySum() const;
  /// Replaces the result by the sum over no unit and `shift`.
  void replaceByEmptySum(mlir::RewriterBase &rewriter,
                         llvm::ArrayRef<double> shift) const;

private:
  LayerUse() = default;
  mlir::OpOperand *passFlattening(mlir::OpOperand &use, unsigned &dim);
  mlir::Value flatten(mlir::RewriterBase &rewriter, mlir::Value narrow) const;
  void eraseFlattening(mlir::RewriterBase &rewriter) const;
  mlir::RankedTensorType resultType() const;
  /// The unit of index `i` of the weights' dimension that counts them.
  unsigned unitAt(int64_t i) const { return i / inner % units; }
  bool addToStart(mlir::RewriterBase &rewriter,
                  llvm::ArrayRef<double> shift) const;
  bool addToBias(mlir::RewriterBase &rewriter,
                 llvm::ArrayRef<double> shift) const;

  SumOfProducts sum = {};
  mlir::OpOperand *data = nullptr, *factor = nullptr;
  unsigned unitLoop = 0;
  unsigned factorDim = 0; ///< of the weights, counts units
  mlir::DenseElementsAttr weights;
  /// The reshape between the output and the contraction, or null. It makes one
  /// dimension of that of units and others, of which `inner` elements are side
  /// by side.
  mlir::Operation *flattening = nullptr;
  unsigned flatDim = 0; ///< of its result
  int64_t inner = 1, units = 0;
};

/// All uses of `output`; nothing, with the reason, where one cannot be read.
std::optional<llvm::SmallVector<LayerUse>>
readUses(mlir::Value output, unsigned dim, llvm::StringRef &reason);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_LAYERUSE_H
