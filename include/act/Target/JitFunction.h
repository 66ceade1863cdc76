//===- JitFunction.h - A compiled function to call here --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How does this process call a function that it has just compiled? With arrays
// whose types are checked against the function's signature.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_JITFUNCTION_H
#define ACT_TARGET_JITFUNCTION_H

#include "act/Target/Npy.h"
#include "act/Target/Program.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"

#include <vector>

namespace act {

/// The machine this process runs on, or the processor `cpu` of its kind; an
/// error when `cpu` has instructions that this machine lacks.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createHostMachine(llvm::StringRef cpu);

/// `expected` as the array of a file: "'<f4' of shape (1, 5)".
std::string describe(const CArray &expected);

/// The entry of a program, in memory.
class JitFunction {
public:
  /// Compiles `program`, which is lowered for `machine`, a host machine. What
  /// is wrong with the program itself is printed as Program does.
  static llvm::Expected<JitFunction>
  create(Program &program, std::unique_ptr<llvm::TargetMachine> machine);

  /// An error when `input` is not of the element type and shape of the argument
  /// `index`.
  llvm::Error checkInput(unsigned index, const NpyArray &input) const;

  /// An error when `inputs`, each checked, differ in a dimension that the
  /// program takes to be equal.
  llvm::Error checkEqualDims(llvm::ArrayRef<NpyArray> inputs) const;

  /// Arrays for the results of a call with `inputs`, which are checked ones.
  llvm::Expected<std::vector<NpyArray>>
  allocateResults(llvm::ArrayRef<NpyArray> inputs) const;

  /// Prepares a call: what it returns computes `results` from `inputs` as often
  /// as it is called. Both must outlive it.
  std::function<void()> bind(llvm::ArrayRef<NpyArray> inputs,
                             llvm::MutableArrayRef<NpyArray> results) const;

private:
  /// A function that takes its arguments, each of 64 bits, from an array.
  using Invoke = void (*)(const uint64_t *arguments);

  explicit JitFunction(const CSignature &signature) : signature(signature) {}

  CSignature signature;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  Invoke entry = nullptr;
  /// Null where all results are of static shape.
  Invoke resultDims = nullptr;
};

} // namespace act

#endif // ACT_TARGET_JITFUNCTION_H
