//===- ObservedNetwork.h - Pre-activations as executed ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function of a program on the compile road, with the pre-activations of its
// layers as further results.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_ATTACK_OBSERVEDNETWORK_H
#define ACT_TEST_ATTACK_OBSERVEDNETWORK_H

#include "act/Formula/Format.h"
#include "act/Formula/Interval.h"
#include "act/Target/JitFunction.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace act::test {

class ObservedNetwork {
public:
  /// Compiles the function `name` of `program`, which stays as it is. The
  /// arguments are tensors of floats.
  static llvm::Expected<ObservedNetwork> create(Program &program,
                                                llvm::StringRef name);

  /// The number of elements of all arguments, one after the other.
  unsigned numInputs() const { return inputs.size(); }
  /// The nearest number that input `index` can be.
  double rounded(unsigned index, double value) const;
  /// The least and the largest number of `range` that input `index` can be.
  Interval numbersIn(unsigned index, Interval range) const;
  /// Executes the function; inputs are numbers of their types.
  void run(llvm::ArrayRef<double> point);
  /// Element `index` of the pre-activation of `layer` in the last execution.
  double preactivation(unsigned layer, int64_t index) const;
  /// Whether the last executions gave the same results, the sign of zero aside.
  /// Both are of the same type.
  bool hasResultsOf(const ObservedNetwork &other) const;

private:
  /// One element of an argument.
  struct Input {
    unsigned argument;
    int64_t element;
    Format format;
    const llvm::fltSemantics *semantics;
  };

  explicit ObservedNetwork(JitFunction function)
      : function(std::move(function)) {}

  JitFunction function;
  std::vector<Input> inputs;
  std::vector<Format> formats; ///< of the layers
  std::vector<Format> own;     ///< of the results before these
  std::vector<NpyArray> arrays, results;
  std::function<void()> call;
};

} // namespace act::test

#endif // ACT_TEST_ATTACK_OBSERVEDNETWORK_H
