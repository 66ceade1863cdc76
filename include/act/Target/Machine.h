//===- Machine.h - The machine that code is for ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which machine does code run on, and how wide are its vectors?
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_MACHINE_H
#define ACT_TARGET_MACHINE_H

#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>

namespace act {

/// A target by name. `triple` empty is this machine's. `cpu` is one of the
/// triple's processors or "native", this machine's with all its features; empty
/// is "native" for the architecture of this machine, else the plainest.
/// `features`, "+a,-b", change what a named processor has.
struct TargetName {
  std::string triple;
  std::string cpu;
  std::string features;
};

/// A machine that emits position-independent code as fast as it can make it. An
/// error says which triple or cpu is unknown, and which is known.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const TargetName &name);

/// The width in bits of the vector registers that `machine` prefers; 128 where
/// it has none, for LLVM then splits vectors.
unsigned getVectorBits(llvm::TargetMachine &machine);

/// Whether `machine` has instructions that convert f16.
bool convertsHalf(llvm::TargetMachine &machine);

/// The name of the row of the table of instruction sets (act/Approx/Isa.h) that
/// serves `machine`: "generic" where no other does.
llvm::StringRef getIsaName(llvm::TargetMachine &machine);

/// How many bytes of a table one permute of `machine` reads at an index per
/// byte: 128 by vpermi2b, 16 by vpshufb; 0 where it has neither.
unsigned getByteTableSize(llvm::TargetMachine &machine);

} // namespace act

#endif // ACT_TARGET_MACHINE_H
