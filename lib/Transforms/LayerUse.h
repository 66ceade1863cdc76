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

/// A contraction of a layer's output with constant weights.
class LayerUse {
public:
  /// Reads the op of `use`, whose dimension `dim` counts units. Nothing, with
  /// the reason, where it is no sum over the units.
  static std::optional<LayerUse> read(mlir::OpOperand &use, unsigned dim,
                                      llvm::StringRef &reason);

  mlir::OpOperand &getData() const { return *data; }
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
  /// `weight(unit, k)` times the weights of each unit.
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
  LayerUse(SumOfProducts sum, mlir::OpOperand *data)
      : sum(std::move(sum)), data(data) {}
  mlir::RankedTensorType resultType() const;
  bool addToStart(mlir::RewriterBase &rewriter,
                  llvm::ArrayRef<double> shift) const;
  bool addToBias(mlir::RewriterBase &rewriter,
                 llvm::ArrayRef<double> shift) const;

  SumOfProducts sum;
  mlir::OpOperand *data, *factor = nullptr;
  unsigned unitLoop = 0;
  unsigned factorDim = 0; ///< of the weights, counts units
  mlir::DenseElementsAttr weights;
};

/// All uses of `output`; nothing, with the reason, where one cannot be read.
std::optional<llvm::SmallVector<LayerUse>>
readUses(mlir::Value output, unsigned dim, llvm::StringRef &reason);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_LAYERUSE_H
