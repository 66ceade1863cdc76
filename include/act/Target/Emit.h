//===- Emit.h - What act-compile writes ------------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_EMIT_H
#define ACT_TARGET_EMIT_H

#include "act/Transforms/CSignature.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

namespace llvm {
class Module;
class TargetMachine;
class raw_ostream;
} // namespace llvm

namespace act {

/// Assembly or an ELF object of `module`, in memory.
llvm::Expected<llvm::SmallVector<char, 0>>
emitAssembly(llvm::Module &module, llvm::TargetMachine &machine);
llvm::Expected<llvm::SmallVector<char, 0>>
emitObject(llvm::Module &module, llvm::TargetMachine &machine);

/// Links `object` and libm, with `openmp` LLVM's OpenMP library too, to a
/// shared library, in memory, with clang and lld found on the PATH. An error
/// names the program that is missing, or holds what the linker said.
llvm::Expected<llvm::SmallVector<char, 0>>
linkShared(llvm::ArrayRef<char> object, llvm::TargetMachine &machine,
           bool openmp);

/// A header that declares `signature` for C and C++ and says what each
/// parameter is.
void writeCHeader(const CSignature &signature, llvm::raw_ostream &os);

} // namespace act

#endif // ACT_TARGET_EMIT_H
