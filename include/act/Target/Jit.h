//===- Jit.h - Compiled functions in this process --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_JIT_H
#define ACT_TARGET_JIT_H

#include "act/Transforms/CSignature.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>

namespace act {

/// A function of a C signature, loaded into this process.
class LoadedFunction {
public:
  /// Makes code of `module`, optimized IR that defines `signature`, for
  /// `machine`, and loads it. `machine` must be one that this process runs on.
  static llvm::Expected<LoadedFunction>
  load(std::unique_ptr<llvm::Module> module, llvm::TargetMachine &machine,
       const CSignature &signature);

  /// Calls the function: `arguments` are those of the C signature, pointers and
  /// dimensions alike as 64 bits.
  void call(llvm::ArrayRef<uint64_t> arguments) const {
    entry(arguments.data());
  }

  /// The results' dynamic dimensions for those of the inputs.
  llvm::SmallVector<int64_t>
  resultDims(llvm::ArrayRef<int64_t> inputDims) const;

private:
  using Packed = void (*)(const uint64_t *);

  std::unique_ptr<llvm::orc::LLJIT> jit;
  unsigned numResultDims = 0;
  Packed entry = nullptr;
  Packed dims = nullptr;
};

} // namespace act

#endif // ACT_TARGET_JIT_H
