//===- Rows.h - Row-wise activations recognized ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_ROWS_H
#define ACT_LIB_CONVERSION_RAISETOACT_ROWS_H

#include "act/IR/Record.h"
#include <string>

namespace act {

/// A value that is a row-wise activation of another.
struct RowMatch {
  const RowRecord *record;
  mlir::Value x;
  unsigned axis;
};

/// What was found for the end of a row-wise computation.
struct RowRecognition {
  std::optional<RowMatch> match;
  /// Why something that reduces rows is no activation, and the op that is to
  /// blame.
  std::string whyNot;
  mlir::Operation *blamed = nullptr;
};

/// Recognizes softmax and its kin, decomposed into a maximum, exponentials,
/// their sum and a division or logarithm. All records of whole rows without
/// parameters are tried.
RowRecognition recognizeRows(mlir::Operation *root);

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_ROWS_H
