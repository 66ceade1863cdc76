//===- OpenMP.h - The library that runs code on threads --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What does code for several threads need beside itself? LLVM's OpenMP library.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_OPENMP_H
#define ACT_TARGET_OPENMP_H

#include "llvm/IR/Module.h"

namespace act {

/// The library's file name, with the version of its binary interface.
inline constexpr llvm::StringLiteral kOpenMPLibrary = "libomp.so.5";

/// Does `module` start threads by the library?
inline bool callsOpenMP(const llvm::Module &module) {
  return module.getFunction("__kmpc_fork_call") != nullptr;
}

} // namespace act

#endif // ACT_TARGET_OPENMP_H
