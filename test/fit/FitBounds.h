//===- FitBounds.h - Proved bounds of the errors of fits -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sollya's supnorm() proves its answer: Chevillard, Harrison, Joldes, Lauter,
// "Efficient and accurate computation of upper bounds of approximation errors",
// Theoretical Computer Science 412, 2011. It leaves open what is no question of
// approximation, a line beside a line and a zero beside a zero: there interval
// arithmetic answers.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_FIT_FITBOUNDS_H
#define ACT_TEST_FIT_FITBOUNDS_H

#include "FitPieces.h"
#include "llvm/Support/Error.h"

namespace act::test {

/// For each piece an upper bound of |polynomial - formula| in tolerances; NaN
/// where none is proved. `sollya` is the program's path.
llvm::Expected<std::vector<double>>
boundFits(llvm::StringRef sollya, const std::vector<FitPiece> &pieces);

/// Those of them that Sollya proves.
llvm::Expected<std::vector<double>>
boundFitsBySollya(llvm::StringRef sollya, llvm::ArrayRef<FitPiece> pieces);

} // namespace act::test

#endif // ACT_TEST_FIT_FITBOUNDS_H
