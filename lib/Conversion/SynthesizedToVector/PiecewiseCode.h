//===- PiecewiseCode.h - f32 vector code of segments -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_PIECEWISECODE_H
#define ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_PIECEWISECODE_H

#include "RegisterCode.h"
#include "act/Approx/Piecewise.h"

namespace act {

/// The code of a form on `x`, as wide as `code` is; times `factor` where that
/// is not null.
mlir::Value emitPiecewise(RegisterCode &code, const PiecewiseForm &form,
                          mlir::Value x, mlir::Value factor);

} // namespace act

#endif // ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_PIECEWISECODE_H
