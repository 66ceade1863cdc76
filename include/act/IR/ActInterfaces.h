//===- ActInterfaces.h - The interfaces of ActInterfaces.td ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTINTERFACES_H
#define ACT_IR_ACTINTERFACES_H

#include "act/IR/Record.h"
#include "mlir/IR/OpDefinition.h"
#include <limits>

#include "act/IR/ActInterfaces.h.inc"

#endif // ACT_IR_ACTINTERFACES_H
