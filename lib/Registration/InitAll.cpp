//===- InitAll.cpp - Everything that can be registered --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/InitAll.h"
#include "act/Conversion/Passes.h"
#include "act/IR/Act.h"
#include "act/Transforms/Passes.h"
#include "act/Transforms/Pipelines.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"

namespace act {

void registerAllDialects(mlir::DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<ActDialect>();
}

void registerAllPasses() {
  mlir::registerAllPasses();
  registerActConversionPasses();
  registerActTransformsPasses();
  registerActPipelines();
}

} // namespace act
