//===- Cases.h - The functions that are timed --------------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_CASES_H
#define ACT_BENCH_CASES_H

#include "act/Formula/Expression.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace act::bench {

/// A function of one or two numbers, applied to arrays.
struct Case {
  std::string name; ///< by which peers know it
  unsigned numInputs;
  /// MLIR from %x (and %z) to %y; `$T` stands for the type.
  std::string body;
};

/// What the case `name` has after it where its derivative at %x is multiplied
/// by %z, as training does.
constexpr llvm::StringLiteral gradientSuffix = "_gradient";

/// The activations, their gradients, and chains.
llvm::ArrayRef<Case> allCases();

/// A module with `@kernel` on dynamic tensors of `element`.
std::string tensorModule(const Case &function, llvm::StringRef element);

/// What the function computes, read from its body on scalars.
llvm::Expected<Expression> expressionOf(const Case &function);

} // namespace act::bench

#endif // ACT_BENCH_CASES_H
