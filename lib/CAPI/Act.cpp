//===- Act.cpp - Actinium for users of MLIR's C API -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act-c/Act.h"
#include "act/IR/Act.h"
#include "act/InitAll.h"
#include "mlir/CAPI/Registration.h"

MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(Act, act, act::ActDialect)

void actRegisterOwnDialects(MlirDialectRegistry registry) {
  act::registerOwnDialects(*unwrap(registry));
}

void actRegisterAllDialects(MlirDialectRegistry registry) {
  act::registerAllDialects(*unwrap(registry));
}

void actRegisterOwnPasses() { act::registerOwnPasses(); }

void actRegisterAllPasses() { act::registerAllPasses(); }
