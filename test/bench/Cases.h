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
#include <vector>

namespace act::bench {

/// A function of one or two numbers, applied to arrays, or of rows.
struct Case {
  std::string name; ///< by which peers know it
  unsigned numInputs;
  /// MLIR from %x (and %z) to %y; `$T` stands for the type, and of row-wise
  /// ones
  /// `$R` for that of their rows.
  std::string body;
  /// Makes of a row of numbers, in place, what is exact to far below an ulp of
  /// f32; null where elements count alone.
  void (*rowwise)(std::vector<double> &row) = nullptr;
};

/// What the case `name` has after it where its derivative at %x is multiplied
/// by %z, as training does.
constexpr llvm::StringLiteral gradientSuffix = "_gradient";

/// The activations, their gradients, and chains.
llvm::ArrayRef<Case> allCases();

/// Of an array of so many elements: they may be in rows.
std::vector<int64_t> shapeOf(const Case &function, int64_t size);

/// A module with `@kernel` on dynamic tensors of `element`.
std::string tensorModule(const Case &function, llvm::StringRef element);

/// What the function, which is not row-wise, computes, read from its body on
/// scalars.
llvm::Expected<Expression> expressionOf(const Case &function);

} // namespace act::bench

#endif // ACT_BENCH_CASES_H
