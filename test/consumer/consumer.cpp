//===- consumer.cpp - A compiler that uses Actinium's package -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Raises a relu that is spelt with a comparison and expands it again: the
// dialect, the models and the passes come from the installed package.
//
//===----------------------------------------------------------------------===//

#include "act/Conversion/Passes.h"
#include "act/InitAll.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/raw_ostream.h"

static constexpr const char *kSource = R"(
func.func @relu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %positive = arith.cmpf ugt, %x, %zero : f32
  %y = arith.select %positive, %x, %zero : f32
  return %y : f32
})";

// CHECK-LABEL: raised
// CHECK: act.relu %{{.*}} : f32
// CHECK-LABEL: expanded
// CHECK-NOT: act.
// CHECK: arith.maximumf

int main() {
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(kSource, &context);
  if (!module)
    return 2;
  mlir::PassManager raise(&context), expand(&context);
  raise.addPass(act::createRaiseToAct());
  expand.addPass(act::createActToMath());
  if (failed(raise.run(*module)))
    return 1;
  llvm::outs() << "raised\n" << *module;
  if (failed(expand.run(*module)))
    return 1;
  llvm::outs() << "expanded\n" << *module;
  return 0;
}
