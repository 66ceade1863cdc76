//===- Samples.h - Inputs that a program is calibrated on ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inputs that a user says are typical. A unit that is silent on all of them is
// not dead for that.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_SAMPLES_H
#define ACT_ANALYSIS_SAMPLES_H

#include "act/Analysis/Domains.h"
#include "llvm/ADT/MapVector.h"

namespace act {

/// Samples of one argument of the entry function.
struct ArgumentSamples {
  unsigned argument = 0;
  /// Of the array: how many samples there are, then the shape of the argument,
  /// which may lack a first dimension that is 1 or unknown.
  llvm::SmallVector<int64_t> shape;
  /// The elements of the array in row-major order.
  Bounds values;
};

/// Samples of each argument of floats of the entry function.
class SampleSet {
public:
  /// Reports what does not fit the program: shapes, numbers that are not
  /// finite, an argument without samples, weights that are yet to be drawn. Of
  /// no arrays it makes an empty set.
  static llvm::FailureOr<SampleSet>
  collect(mlir::Operation *root, llvm::ArrayRef<ArgumentSamples> arrays);

  size_t size() const { return count; }
  bool contains(mlir::BlockArgument argument) const {
    return arrays.contains(argument);
  }
  /// The elements of an argument in a sample, rounded to the argument's type.
  std::vector<double> elements(mlir::BlockArgument argument,
                               size_t sample) const;
  /// A sample as what is known of all arguments.
  ArgumentBounds point(size_t sample) const;
  /// Whether a sample has all numbers in their intervals.
  bool isInBox(size_t sample, const ArgumentBounds &box) const;
  /// Whether a sample certainly lies in the domain of each argument.
  bool isWithin(size_t sample, const ArgumentDomains &domains) const;

private:
  llvm::LogicalResult add(mlir::FunctionOpInterface entry,
                          const ArgumentSamples &array);

  size_t count = 0;
  llvm::MapVector<mlir::BlockArgument, Bounds> arrays;
};

} // namespace act

#endif // ACT_ANALYSIS_SAMPLES_H
