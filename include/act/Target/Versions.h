//===- Versions.h - One function for several processors --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How does one object serve several processors? It holds a version of the
// function for each, and the first call asks the processor which to take.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_VERSIONS_H
#define ACT_TARGET_VERSIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace llvm {
class Module;
} // namespace llvm

namespace act {

/// The words that the instructions cpuid and xgetbv answer with and that tell
/// what code may use.
enum CpuidWord : unsigned {
  Leaf1Ecx,
  Leaf7Ebx,
  Leaf7Ecx,
  Leaf7Edx,
  Leaf7Sub1Eax,
  Leaf80000001Ecx,
  Xcr0,
  NumCpuidWords
};

/// The bits that have to be set in each word.
using CpuidBits = std::array<uint32_t, NumCpuidWords>;

/// Is `feature`, as LLVM names it, one of the instruction sets of x86-64 that
/// code is made for? Code does without all others.
bool isInstructionSet(llvm::StringRef feature);

/// One processor of a list.
struct ProcessorVersion {
  std::string cpu;
  /// The plain processor with those instruction sets of `cpu` whose presence
  /// `required` checks, and no others.
  std::unique_ptr<llvm::TargetMachine> machine;
  CpuidBits required;
};

/// Is `cpu` a list, "A,B", and not one name?
bool isProcessorList(llvm::StringRef cpu);

/// The processors of the list `cpus`, "A,B", the weakest first: its code runs
/// on all others. An error says which name is unknown, twice there or out of
/// place.
llvm::Expected<std::vector<ProcessorVersion>>
createVersions(llvm::StringRef triple, llvm::StringRef cpus);

/// Joins modules of one context, one for each of `versions` in order, which all
/// define the function `name`. In the result, `name` calls the last version
/// whose processor's instruction sets the running one has, and the first where
/// there is none. It needs no library.
llvm::Expected<std::unique_ptr<llvm::Module>>
joinVersions(std::vector<std::unique_ptr<llvm::Module>> modules,
             llvm::ArrayRef<ProcessorVersion> versions, llvm::StringRef name);

} // namespace act

#endif // ACT_TARGET_VERSIONS_H
