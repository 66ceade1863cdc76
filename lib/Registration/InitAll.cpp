//===- InitAll.cpp - Everything that can be registered --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/InitAll.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/Analysis/Passes.h"
#include "act/Approx/Catalogue.h"
#include "act/Conversion/Passes.h"
#include "act/IR/Act.h"
#include "act/IR/ScalarModels.h"
#include "act/Transforms/Passes.h"
#include "act/Transforms/Pipelines.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"

namespace act {

void registerOwnDialects(mlir::DialectRegistry &registry) {
  useCatalogue();
  registry.insert<ActDialect>();
  registerBoundsModels(registry);
  registerScalarFunctions(registry);
}

void registerOwnPasses() {
  registerActAnalysisPasses();
  registerActConversionPasses();
  registerActTransformsPasses();
  registerActPipelines();
}

void registerAllDialects(mlir::DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registerOwnDialects(registry);
}

void registerAllPasses() {
  mlir::registerAllPasses();
  registerOwnPasses();
}

} // namespace act
