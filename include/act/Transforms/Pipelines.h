//===- Pipelines.h - The compile road as one pipeline ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In which order do tensors become machine code's last step before LLVM? Each
// stage is a function of its own, so that other compilers can take a part.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_PIPELINES_H
#define ACT_TRANSFORMS_PIPELINES_H

#include "mlir/Pass/PassOptions.h"

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace act {

struct ActToLLVMOptions : mlir::PassPipelineOptions<ActToLLVMOptions> {
  Option<std::string> entry{
      *this, "entry",
      llvm::cl::desc(
          "Give this function a plain C signature (act-c-interface); "
          "without it functions take and return memrefs")};
  Option<unsigned> vectorBits{
      *this, "vector-bits",
      llvm::cl::desc("Width of the target's vector registers in bits"),
      llvm::cl::init(512)};
  Option<unsigned> unroll{
      *this, "unroll",
      llvm::cl::desc("Vector registers a step of a main loop handles"),
      llvm::cl::init(4)};
  Option<std::string> isa{
      *this, "isa",
      llvm::cl::desc("Instruction set that act-synthesize makes code for: "
                     "generic, avx2 or avx512"),
      llvm::cl::init("generic")};
  Option<unsigned> byteTable{
      *this, "byte-table",
      llvm::cl::desc("Bytes of a table that one permute reads: 128, 16 or 0 "
                     "(act-tabulate)"),
      llvm::cl::init(0)};
  Option<std::string> accuracy{
      *this, "accuracy",
      llvm::cl::desc("Largest error allowed, 'ulp=N' or 'abs=X' "
                     "(act-synthesize)")};
  Option<bool> expandHalf{
      *this, "expand-half",
      llvm::cl::desc("The target has no instructions that convert f16 "
                     "(act-legalize)"),
      llvm::cl::init(false)};
  Option<bool> reproducible{
      *this, "reproducible",
      llvm::cl::desc("Give the same bits on every instruction set with fused "
                     "multiply-add (act-synthesize)"),
      llvm::cl::init(false)};
  Option<bool> openmp{
      *this, "openmp",
      llvm::cl::desc("Run large ops on several threads, by calls "
                     "of LLVM's OpenMP library (act-parallelize)"),
      llvm::cl::init(false)};
  Option<std::string> seed{
      *this, "seed",
      llvm::cl::desc("Integer from which act.init ops without the attribute "
                     "'seed' are drawn (act-materialize-init)")};
};

/// tosa, elementwise and act ops on tensors to fused linalg on tensors. The
/// entry, when there is one, takes and fills the caller's arrays from here on.
void buildTensorsToLinalgPipeline(mlir::OpPassManager &pm,
                                  const ActToLLVMOptions &options);

/// linalg on tensors to vector code in loops on buffers, freed where they end;
/// act ops apply to vectors.
void buildLinalgToVectorLoopsPipeline(mlir::OpPassManager &pm,
                                      const ActToLLVMOptions &options);

/// Vector code in loops to the LLVM dialect, with calls of libm where there is
/// no intrinsic.
void buildVectorLoopsToLLVMPipeline(mlir::OpPassManager &pm,
                                    const ActToLLVMOptions &options);

/// The three above, in order.
void buildActToLLVMPipeline(mlir::OpPassManager &pm,
                            const ActToLLVMOptions &options);

/// Registers `act-to-llvm`.
void registerActPipelines();

} // namespace act

#endif // ACT_TRANSFORMS_PIPELINES_H
