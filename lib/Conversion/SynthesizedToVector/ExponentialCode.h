//===- ExponentialCode.h - f32 vector code of exponentials -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_EXPONENTIALCODE_H
#define ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_EXPONENTIALCODE_H

#include "RegisterCode.h"
#include "act/Approx/Exponential.h"
#include "act/Approx/ExponentialLinear.h"

namespace act {

/// The code of a form on `x`, as wide as `code` is.
mlir::Value emitExponential(RegisterCode &code, const ExponentialForm &form,
                            mlir::Value x);
/// Power and growth of act.exponential_below.
std::pair<mlir::Value, mlir::Value>
emitExponentialBelow(RegisterCode &code, const ExponentialForm &form,
                     mlir::Value x, mlir::Value top, bool isNear);
mlir::Value emitExponentialLinear(RegisterCode &code,
                                  const ExponentialLinearForm &form,
                                  mlir::Value x);

} // namespace act

#endif // ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_EXPONENTIALCODE_H
