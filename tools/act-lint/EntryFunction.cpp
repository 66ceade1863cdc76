//===- EntryFunction.cpp - Which function is judged -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntryFunction.h"
#include "act/Transforms/CSignature.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

bool hasFunction(ModuleOp module) {
  return module
      .walk([](FunctionOpInterface function) {
        return function.isExternal() ? WalkResult::advance()
                                     : WalkResult::interrupt();
      })
      .wasInterrupted();
}

LogicalResult keepEntry(ModuleOp module, StringRef name) {
  FailureOr<func::FuncOp> entry = act::findEntry(module, name);
  if (failed(entry))
    return failure();
  // What only others call is then called by nobody.
  for (auto function : module.getOps<FunctionOpInterface>())
    if (function != *entry)
      function.setPrivate();
  PassManager dropUncalled(module.getContext());
  dropUncalled.addPass(createSymbolDCEPass());
  return dropUncalled.run(module);
}
