//===- Dispatch.h - A function that picks its version ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which code asks the processor what it has, when the program runs?
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TARGET_DISPATCH_H
#define ACT_LIB_TARGET_DISPATCH_H

#include "act/Target/Versions.h"

namespace llvm {
class Function;
} // namespace llvm

namespace act {

/// The processor that every one of x86-64 is at least.
constexpr llvm::StringLiteral kPlainX86 = "x86-64";

/// A function and what the processor must have to run it.
struct Candidate {
  llvm::Function *function;
  CpuidBits required;
};

/// Adds to `module` the function `name`, of the type that all `candidates`
/// have. It calls the last candidate that the processor can run, and the first
/// where it can run none. The first call chooses, later ones cost a load and a
/// jump more than a call of the candidate. Threads may call it at once.
void addDispatch(llvm::Module &module, llvm::StringRef name,
                 llvm::ArrayRef<Candidate> candidates);

} // namespace act

#endif // ACT_LIB_TARGET_DISPATCH_H
