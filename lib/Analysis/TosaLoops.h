//===- TosaLoops.h - Ops of tosa as loops ----------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_TOSALOOPS_H
#define ACT_LIB_ANALYSIS_TOSALOOPS_H

#include "act/Analysis/BoundsOpInterface.h"
#include "act/IR/FloatFormat.h"

namespace act {

/// The model of an op with one result, which comes from its operands by `How`.
template <typename OpT, Transfer (*How)(OpT, llvm::ArrayRef<Bounds>, Semantics)>
struct TosaModel : BoundsOpInterface::ExternalModel<TosaModel<OpT, How>, OpT> {
  std::vector<Transfer> transfer(mlir::Operation *op,
                                 llvm::ArrayRef<Bounds> operands,
                                 Semantics semantics) const {
    return {How(llvm::cast<OpT>(op), operands, semantics)};
  }
};

template <typename OpT, Transfer (*How)(OpT, llvm::ArrayRef<Bounds>, Semantics)>
void attachTosa(mlir::MLIRContext *context) {
  OpT::template attachInterface<TosaModel<OpT, How>>(*context);
}

/// For those of convolution and pooling.
void attachTosaWindows(mlir::MLIRContext *context);

/// A loop nest under construction; loop i is dimension i of `index`.
struct NestBuilder {
  NestBuilder(mlir::MLIRContext *context, llvm::ArrayRef<int64_t> extents,
              unsigned firstReduced) {
    nest.extents.assign(extents.begin(), extents.end());
    for (unsigned loop = 0; loop < extents.size(); ++loop) {
      nest.reduced.push_back(loop >= firstReduced);
      index.push_back(getAffineDimExpr(loop, context));
    }
  }
  // Indices grow with the loops. False, too, where they leave the value: the
  // verifier leaves it open whether sizes fit.
  bool read(mlir::Type type, const Bounds &bounds,
            llvm::ArrayRef<mlir::AffineExpr> at) {
    std::optional<LoopAccess> access;
    if (isWithin(map(at), type))
      access = accessThrough(map(at), type, bounds);
    if (access)
      nest.inputs.push_back(*access);
    return access.has_value();
  }
  bool write(mlir::Type type, const Bounds &start,
             llvm::ArrayRef<mlir::AffineExpr> at) {
    std::optional<LoopAccess> access;
    if (isWithin(map(at), type))
      access = accessThrough(map(at), type, start);
    if (access)
      nest.output = *access;
    nest.outputSize = boundsSize(type);
    return access.has_value();
  }
  bool isWithin(mlir::AffineMap at, mlir::Type type) const {
    llvm::SmallVector<int64_t> last(nest.extents);
    if (llvm::is_contained(last, 0))
      return true;
    for (int64_t &loop : last)
      --loop;
    return llvm::all_of(llvm::zip_equal(at.compose(last), boundsShape(type)),
                        [](auto each) {
                          auto [position, size] = each;
                          return position < size;
                        });
  }
  mlir::AffineMap map(llvm::ArrayRef<mlir::AffineExpr> results) const {
    return mlir::AffineMap::get(index.size(), 0, results,
                                index[0].getContext());
  }
  /// The sum over the reduced loops of the product of the two inputs, rounded
  /// to `result` at last.
  LoopNest sumOfProducts(Format accumulator, Format result) {
    Expression product = Expression::variable(0) * Expression::variable(1);
    nest.reduction = Reduction::Sum;
    nest.term = ElementFunction::unrounded(product, 2);
    nest.formats = {accumulator};
    if (result != accumulator)
      nest.resultFormat = result;
    return std::move(nest);
  }
  /// The reduction of the first input.
  LoopNest reduce(Reduction reduction, Format accumulator) {
    nest.reduction = reduction;
    nest.term =
        ElementFunction::unrounded(Expression::variable(0), nest.inputs.size());
    nest.formats = {accumulator};
    return std::move(nest);
  }

  LoopNest nest;
  llvm::SmallVector<mlir::AffineExpr> index;
};

/// A zero point that moves nothing.
inline bool isZero(const Bounds &bounds) { return bounds.asNumber() == 0.0; }

/// Whether all sizes are known and not too many elements.
inline bool isStatic(mlir::Type type) {
  auto shaped = llvm::dyn_cast<mlir::ShapedType>(type);
  return !shaped ||
         (shaped.hasStaticShape() && boundsSize(type) <= kMaxBoundsSize);
}

} // namespace act

#endif // ACT_LIB_ANALYSIS_TOSALOOPS_H
