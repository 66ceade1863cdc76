//===- ScalarJit.h - Compiled loops over single activations ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_EVERYACTIVATION_SCALARJIT_H
#define ACT_TEST_UNIT_EVERYACTIVATION_SCALARJIT_H

#include "act/Formula/ExactValue.h"
#include "act/IR/Record.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/MLIRContext.h"
#include <memory>
#include <string>
#include <vector>

namespace act::test {

/// A context with act, all of upstream and the translations to LLVM.
mlir::MLIRContext &testContext();

/// The name of `format` as MLIR spells the type.
std::string typeName(Format format);

/// The type of the numbers of `format`.
mlir::FloatType floatType(Format format);

/// All values of a 16-bit format, NaNs included, as doubles.
std::vector<double> allValues(Format format);

/// For each record a loop over its op on scalars of one format, expanded by
/// act-to-math and compiled with upstream's lowerings alone.
class ScalarJit {
public:
  ScalarJit(llvm::ArrayRef<const Record *> records, Format format);

  /// Whether every step of the compilation succeeded.
  bool isValid() const { return engine != nullptr; }

  /// The compiled values; `inputs[v][i]` is variable v of element i.
  std::vector<double> run(const Record &record,
                          const std::vector<std::vector<double>> &inputs);

private:
  Format format;
  std::unique_ptr<mlir::ExecutionEngine> engine;
};

} // namespace act::test

#endif // ACT_TEST_UNIT_EVERYACTIVATION_SCALARJIT_H
