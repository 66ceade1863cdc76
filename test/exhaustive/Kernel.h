//===- Kernel.h - The compiled code of one activation -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_EXHAUSTIVE_KERNEL_H
#define ACT_TEST_EXHAUSTIVE_KERNEL_H

#include "act/Formula/Format.h"
#include "act/IR/Record.h"
#include "act/Target/JitFunction.h"
#include "mlir/IR/DialectRegistry.h"

namespace act::test {

/// The number of `format` with these bits.
double decode(uint64_t bits, Format format);
/// The same for `count` of them.
void decodeAll(const uint64_t *bits, double *numbers, unsigned count,
               Format format);
/// Element `index` of `array`, whose numbers have `format`.
uint64_t loadBits(const NpyArray &array, int64_t index, Format format);
void storeBits(NpyArray &array, int64_t index, Format format, uint64_t bits);
/// The same for elements 0, 1, ...
void loadAllBits(const NpyArray &array, Format format,
                 std::vector<uint64_t> &bits);
void storeAllBits(NpyArray &array, Format format,
                  const std::vector<uint64_t> &bits);

/// The attributes of `record`'s op that have no default, with example values:
/// "lambda = 5e-1 : f64".
std::string exampleAttributes(const Record &record);

/// The program of a module that is given as text; null where it is none.
std::unique_ptr<Program> loadText(const mlir::DialectRegistry &registry,
                                  llvm::StringRef text);

/// A function of one variable, as a formula and as IR.
struct Subject {
  std::string name;
  Expression expression;
  Format format;      ///< of argument and result
  std::string source; ///< a module whose entry takes and gives tensor<?xformat>
};

/// The activation of `record`, with example values for parameters that have no
/// default.
Subject subjectOf(const Record &record, Format format);

/// The entry of the IR file `path`, if it is a composition of elementwise ops.
llvm::Expected<Subject> loadSubject(const mlir::DialectRegistry &registry,
                                    llvm::StringRef path);

/// A subject on the compile road for one processor at an accuracy (empty: the
/// default).
class Kernel {
public:
  static llvm::Expected<Kernel> create(const mlir::DialectRegistry &registry,
                                       const Subject &subject,
                                       llvm::StringRef cpu,
                                       llvm::StringRef accuracy);

  /// A vector for `count` inputs or results.
  llvm::Expected<NpyArray> allocate(int64_t count) const;
  /// Prepares a call; both must outlive what is returned.
  std::function<void()> bind(NpyArray &input, NpyArray &result) const;
  /// Of the optimized code: another code has another one.
  uint64_t codeHash() const { return hash; }

private:
  Kernel(JitFunction function, NpyElement element, uint64_t hash)
      : function(std::move(function)), element(element), hash(hash) {}

  JitFunction function;
  NpyElement element;
  uint64_t hash;
};

} // namespace act::test

#endif // ACT_TEST_EXHAUSTIVE_KERNEL_H
