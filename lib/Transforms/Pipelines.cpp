//===- Pipelines.cpp - The compile road as one pipeline -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/Pipelines.h"
#include "act/Approx/Isa.h"
#include "act/Conversion/Passes.h"
#include "act/Transforms/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Conversion/TosaToLinalg/TosaToLinalg.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void act::buildTensorsToLinalgPipeline(OpPassManager &pm,
                                       const ActToLLVMOptions &options) {
  // What the entry does not call need not compile.
  if (!options.entry.empty()) {
    pm.addPass(createSymbolPrivatizePass({options.entry.getValue()}));
    pm.addPass(createSymbolDCEPass());
  }
  // Before anything merges equal initializers or copies one.
  pm.addPass(createActMaterializeInit({options.seed}));
  pm.addPass(createInlinerPass());
  // Without validation: what lowers need not be of one of TOSA's levels, which
  // even lowerings leave.
  tosa::addTosaToLinalgPasses(pm, TosaToLinalgOptions(),
                              TosaToLinalgNamedOptions(), std::nullopt);
  pm.addNestedPass<func::FuncOp>(createTosaToTensorPass());
  pm.addNestedPass<func::FuncOp>(createTosaToArithPass());
  pm.addPass(createActToLinalg({/*keepRows=*/true}));
  pm.addPass(createActDecompose({/*keepRows=*/true}));
  pm.addPass(createConvertElementwiseToLinalgPass());
  if (!options.entry.empty())
    pm.addPass(createActCInterface({options.entry}));
  // With dynamic shapes the first fusion only resolves dimensions, which are
  // uses of the producer; the second then fuses.
  for (int round = 0; round < 2; ++round) {
    pm.addPass(createLinalgElementwiseOpFusionPass());
    addCleanup(pm);
  }
  // What no loop took in as a number.
  pm.addPass(createActFillConstants());
  // While shapes are those of the results: an empty tensor is not found through
  // a reshape.
  pm.addPass(createActReuseOperands());
  pm.addPass(createActEliminateEmptyTensors());
  pm.addPass(createActCollapseDims());
  addCleanup(pm);
}

void act::buildLinalgToVectorLoopsPipeline(OpPassManager &pm,
                                           const ActToLLVMOptions &options) {
  pm.addPass(createActEliminateEmptyTensors());
  if (options.openmp) {
    pm.addPass(createActParallelize());
    addCleanup(pm);
  }
  pm.addPass(
      createActVectorizeRows({options.vectorBits, options.unroll, options.isa,
                              options.accuracy, options.reproducible}));
  // One memory for what branches compute.
  addCleanup(pm);
  pm.addPass(createActEliminateEmptyTensors());
  pm.addPass(createActVectorize({options.vectorBits, options.unroll}));
  addCleanup(pm);
  // Accumulators of reduction loops live in registers.
  pm.addPass(createLoopInvariantSubsetHoistingPass());
  addCleanup(pm);
  pm.addPass(bufferization::createEmptyTensorToAllocTensorPass());
  bufferization::OneShotBufferizePassOptions bufferize;
  bufferize.bufferizeFunctionBoundaries = true;
  // What a loop carries may be computed anew while it is read, or grow.
  bufferize.allowReturnAllocsFromLoops = true;
  bufferize.functionBoundaryTypeConversion =
      bufferization::LayoutMapOption::IdentityLayoutMap;
  pm.addPass(bufferization::createOneShotBufferizePass(bufferize));
  addCleanup(pm);
  pm.addPass(memref::createFoldMemRefAliasOpsPass());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(bufferization::createBufferLoopHoistingPass());
  bufferization::buildBufferDeallocationPipeline(pm);
  pm.addPass(createConvertBufferizationToMemRefPass());
  addCleanup(pm);
  if (options.openmp)
    pm.addPass(createForallToParallelLoopPass());
}

void act::buildVectorLoopsToLLVMPipeline(OpPassManager &pm,
                                         const ActToLLVMOptions &options) {
  pm.addPass(createActRectifyByBits());
  pm.addPass(createActPairBrainFloats({options.isa}));
  pm.addPass(createActStreamStores({options.isa, /*minBytes=*/0}));
  pm.addPass(createActTabulate({options.vectorBits, options.byteTable}));
  pm.addPass(createActFuse({options.isa, options.accuracy}));
  pm.addPass(createActSynthesize(
      {options.isa, options.accuracy, options.reproducible}));
  pm.addPass(createActSynthesizedToVector({options.isa}));
  const Isa *isa = findIsa(options.isa.getValue());
  pm.addPass(createActToMath(
      {/*selfContained=*/true, /*fused=*/isa && isa->lanes > 0}));
  addCleanup(pm);
  // The body of a named op may not change, that of linalg.generic may.
  pm.addPass(createLinalgGeneralizeNamedOpsPass());
  // Small floats compute in f32 and round after each operation, as hardware
  // does where it has them; for + - * / and sqrt that is correctly rounded.
  pm.addPass(math::createMathExtendToSupportedTypes());
  arith::ArithEmulateUnsupportedFloatsOptions smallFloats;
  smallFloats.sourceTypeStrs = {"bf16", "f16"};
  smallFloats.targetTypeStr = "f32";
  pm.addPass(arith::createArithEmulateUnsupportedFloats(smallFloats));
  if (options.openmp)
    pm.addPass(createConvertSCFToOpenMPPass());
  pm.addPass(createActLegalize({options.isa, options.expandHalf}));
  pm.addPass(createConvertLinalgToLoopsPass());
  pm.addPass(createConvertVectorToSCFPass());
  addCleanup(pm);
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createConvertVectorToLLVMPass());
  ConvertMathToLLVMPassOptions exactMath;
  exactMath.approximateLog1p = false;
  pm.addPass(createConvertMathToLLVMPass(exactMath));
  pm.addPass(createConvertMathToLibmPass());
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createConvertIndexToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
  if (options.openmp)
    pm.addPass(createConvertOpenMPToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  pm.addPass(createActMaskSmallFloats());
  pm.addPass(createActAlignSpills({options.vectorBits}));
  addCleanup(pm);
}

void act::buildActToLLVMPipeline(OpPassManager &pm,
                                 const ActToLLVMOptions &options) {
  buildTensorsToLinalgPipeline(pm, options);
  buildLinalgToVectorLoopsPipeline(pm, options);
  buildVectorLoopsToLLVMPipeline(pm, options);
}

void act::registerActPipelines() {
  PassPipelineRegistration<ActToLLVMOptions>(
      "act-to-llvm", "Compile tensors and activations to the LLVM dialect",
      buildActToLLVMPipeline);
}
