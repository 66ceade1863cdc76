//===- TargetOptions.h - What passes are told of the target ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_TARGETOPTIONS_H
#define ACT_IR_TARGETOPTIONS_H

#include "act/Approx/Accuracy.h"
#include "act/Approx/Isa.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace act {

/// The instruction set of this name; reports at `loc` that there is none.
llvm::FailureOr<const Isa *> parseIsa(mlir::Location loc, llvm::StringRef name);

/// What is said of text that spells no accuracy.
inline constexpr llvm::StringLiteral kExpectedAccuracy =
    "expected an accuracy such as 'ulp=2' (above 0.5) or 'abs=1e-3'";

/// The accuracy that `text` spells, none where it is empty; reports at `loc`
/// what spells none.
llvm::FailureOr<std::optional<Accuracy>> parseAccuracy(mlir::Location loc,
                                                       llvm::StringRef text);

/// What passes that synthesize are told.
struct SynthesisTarget {
  const Isa *isa;
  std::optional<Accuracy> everywhere; ///< asked for of ops that ask for nothing
};

/// Both of the above.
llvm::FailureOr<SynthesisTarget>
parseTarget(mlir::Location loc, llvm::StringRef isa, llvm::StringRef accuracy);

/// Whose forms code for `isa` takes: where it shall be `reproducible`, those of
/// the narrowest registers serve all that have any.
const Isa &formIsaOf(const Isa &isa, bool reproducible);

/// What the attribute `accuracy` of `op` asks for, if it has one.
std::optional<Accuracy> accuracyAskedBy(mlir::Operation *op);

} // namespace act

#endif // ACT_IR_TARGETOPTIONS_H
