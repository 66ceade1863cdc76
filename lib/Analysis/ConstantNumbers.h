//===- ConstantNumbers.h - The numbers of a constant's data ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_CONSTANTNUMBERS_H
#define ACT_LIB_ANALYSIS_CONSTANTNUMBERS_H

#include "act/Formula/ExactValue.h"
#include "llvm/ADT/ArrayRef.h"
#include <cstdint>

namespace act {

/// Numbers of f16, bf16, f32 or f64 side by side, aligned or not.
struct ConstantNumbers {
  llvm::ArrayRef<char> data;
  Format format = Format::F64;

  size_t bytesEach() const;
  size_t size() const { return data.size() / bytesEach(); }
  double operator[](size_t index) const;
  /// Every `stride`-th number from `first` on, `count` in all, as doubles.
  void read(size_t first, int64_t stride, size_t count, double *result) const;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_CONSTANTNUMBERS_H
