//===- CSignature.h - The C signature of a function ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How does C call a compiled function? One pointer per input, the inputs'
// dynamic dimensions, one pointer per result: `act-c-interface` builds it, the
// header writer prints it and the JIT calls it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_CSIGNATURE_H
#define ACT_TRANSFORMS_CSIGNATURE_H

#include "act/Transforms/EqualDims.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <string>

namespace act {

/// A dense row-major array that C passes by pointer; a scalar has no dimension.
struct CArray {
  /// f16, bf16, f32, f64, a float of 8 bits (act::isFloat8) or a signless
  /// integer of 8, 16, 32 or 64 bits.
  mlir::Type element;
  /// ShapedType::kDynamic where the caller says.
  llvm::SmallVector<int64_t> shape;

  unsigned numDynamicDims() const;
};

/// What C passes to a function, in order: pointers to `inputs`, their dynamic
/// dimensions as int64_t, pointers to `results`.
struct CSignature {
  std::string name;
  llvm::SmallVector<CArray> inputs;
  llvm::SmallVector<CArray> results;
  /// Dimensions of inputs that a caller has to pass equal.
  llvm::SmallVector<llvm::SmallVector<ArgumentDim>> equalDims;

  unsigned numInputDims() const;
  unsigned numResultDims() const;
  /// The companion that computes the results' dynamic dimensions; it exists
  /// when there are any.
  std::string resultDimsName() const { return name + "_result_dims"; }
};

/// The signature of `function`, or an error at its location when an argument
/// or result is neither a ranked tensor nor a scalar of an element type above.
mlir::FailureOr<CSignature> getCSignature(mlir::func::FuncOp function);

/// The function `name` of `module`; with an empty name `main`, or else the only
/// public function with a body. An error lists what there is to choose from.
mlir::FailureOr<mlir::func::FuncOp> findEntry(mlir::ModuleOp module,
                                              llvm::StringRef name);

} // namespace act

#endif // ACT_TRANSFORMS_CSIGNATURE_H
