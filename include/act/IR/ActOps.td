//===- ActOps.td - All ops of the dialect: what mlir-tblgen reads --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "act/IR/ActAttributes.td"
include "act/IR/ElementwiseOps.td"
include "act/IR/GatedOps.td"
include "act/IR/InitOps.td"
include "act/IR/MapOps.td"
include "act/IR/RowwiseOps.td"
include "act/IR/SynthesizedOps.td"
