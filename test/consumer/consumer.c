//===- consumer.c - A host that uses Actinium through the C API -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Raises a relu that is spelt with a comparison, as consumer.cpp does.
//
//===----------------------------------------------------------------------===//

#include "act-c/Act.h"
#include "mlir-c/IR.h"
#include "mlir-c/Pass.h"
#include <stdio.h>

static const char *source = "func.func @relu(%x: f32) -> f32 {\n"
                            "  %zero = arith.constant 0.0 : f32\n"
                            "  %p = arith.cmpf ugt, %x, %zero : f32\n"
                            "  %y = arith.select %p, %x, %zero : f32\n"
                            "  return %y : f32\n"
                            "}\n";

static void print(MlirStringRef text, void *unused) {
  fwrite(text.data, 1, text.length, unused ? stderr : stdout);
}

// CHECK-C: act.relu %{{.*}} : f32
int main(void) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  actRegisterAllDialects(registry);
  actRegisterAllPasses();
  MlirContext context =
      mlirContextCreateWithRegistry(registry, /*threadingEnabled=*/false);
  MlirModule module = mlirModuleCreateParse(
      context, mlirStringRefCreateFromCString(source));
  if (mlirModuleIsNull(module))
    return 2;
  MlirPassManager passes = mlirPassManagerCreate(context);
  MlirLogicalResult result = mlirParsePassPipeline(
      mlirPassManagerGetAsOpPassManager(passes),
      mlirStringRefCreateFromCString("builtin.module(raise-to-act)"), print,
      stderr);
  MlirOperation operation = mlirModuleGetOperation(module);
  if (mlirLogicalResultIsSuccess(result))
    result = mlirPassManagerRunOnOp(passes, operation);
  mlirOperationPrint(operation, print, NULL);
  mlirPassManagerDestroy(passes);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  mlirDialectRegistryDestroy(registry);
  return mlirLogicalResultIsFailure(result);
}
