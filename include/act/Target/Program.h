//===- Program.h - One IR file on its way to LLVM IR -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How does a file of MLIR become optimized LLVM IR with one C function?
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_PROGRAM_H
#define ACT_TARGET_PROGRAM_H

#include "act/Transforms/CSignature.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <memory>

namespace llvm {
class LLVMContext;
class Module;
class TargetMachine;
} // namespace llvm

namespace act {

/// What a user may ask of the code, beside the machine it is for.
struct LoweringOptions {
  std::string seed;          ///< of `act-materialize-init`; empty for none
  std::string accuracy;      ///< of `act-synthesize`; empty for the defaults
  bool reproducible = false; ///< the same bits on x86-64-v3 and x86-64-v4
  bool openmp = false;       ///< large ops on several threads
};

/// The folder `actinium` where this user's programs keep what can be made
/// again; empty where the system has no such place.
std::string userCacheFolder();

/// A module in a context of its own. What is wrong with it is printed to stderr
/// as `FILE:LINE:COLUMN: error: …`; functions then return failure or null.
class Program {
public:
  /// Parses and verifies the file `path`, "-" for stdin. `registry` holds the
  /// dialects to expect.
  static std::unique_ptr<Program> load(const mlir::DialectRegistry &registry,
                                       llvm::StringRef path);

  /// A copy, which may be lowered for another machine. It shares the context:
  /// the copies are not for several threads.
  std::unique_ptr<Program> clone();

  /// Lowers to the LLVM dialect for `machine`. The function `entry` (see
  /// findEntry) gets the C signature of `act-c-interface` under `name`; an
  /// empty `name` keeps the entry's own.
  mlir::LogicalResult lower(llvm::StringRef entry, llvm::StringRef name,
                            llvm::TargetMachine &machine,
                            const LoweringOptions &options = {});

  /// After lowering: what C passes to the function.
  const CSignature &signature() const { return entrySignature; }
  mlir::ModuleOp module() { return *ir; }

  /// After lowering: LLVM IR for `machine`, optimized as clang's -O3 does, in
  /// which only the entry and its companion are visible from outside. Code is
  /// scheduled for the processor `tuneCpu`, by default that of `machine`.
  std::unique_ptr<llvm::Module> translate(llvm::LLVMContext &llvmContext,
                                          llvm::TargetMachine &machine,
                                          llvm::StringRef tuneCpu = {});

private:
  explicit Program(const mlir::DialectRegistry &registry);
  explicit Program(std::shared_ptr<mlir::MLIRContext> context);

  std::shared_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> ir;
  CSignature entrySignature;
};

} // namespace act

#endif // ACT_TARGET_PROGRAM_H
