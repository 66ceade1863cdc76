//===- act-c/Act.h - Actinium for users of MLIR's C API ----------*- C -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Registers Actinium's parts. Its passes are then reached as all others are, by
// name: mlirParsePassPipeline(…, "builtin.module(raise-to-act)", …). Link
// Actinium::ActCAPI, and MLIR's own libMLIRCAPIIR.a with libMLIR.so.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_C_ACT_H
#define ACT_C_ACT_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(Act, act);

/// Adds the act dialect and Actinium's models of upstream's ops, for a host
/// that registers upstream's dialects itself.
MLIR_CAPI_EXPORTED void actRegisterOwnDialects(MlirDialectRegistry registry);
/// The same, and all upstream dialects.
MLIR_CAPI_EXPORTED void actRegisterAllDialects(MlirDialectRegistry registry);

/// Registers Actinium's passes and pipelines, for a host that registers
/// upstream's itself. Once in a process.
MLIR_CAPI_EXPORTED void actRegisterOwnPasses(void);
/// The same, and all upstream passes.
MLIR_CAPI_EXPORTED void actRegisterAllPasses(void);

#ifdef __cplusplus
}
#endif

#endif // ACT_C_ACT_H
