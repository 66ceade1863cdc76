//===- Proof.h - Whether a body is a record everywhere ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_PROOF_H
#define ACT_LIB_CONVERSION_RAISETOACT_PROOF_H

#include "RoundedFormula.h"
#include "mlir/IR/MLIRContext.h"

namespace act {

/// Whether it is proved that `body` computes `record`, both of variable 0, for
/// every number of the body's format: its constants are roundings of numbers
/// of the record, and with those numbers in their place the two agree to half
/// an ulp; or it is what act-to-math makes of the record.
bool isProved(const RoundedFormula &body, Expression record,
              mlir::MLIRContext *context);

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_PROOF_H
