//===- Passes.td - From tensors to vector loops, as passes --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which steps of the compile road are ours? What upstream does well (fusion,
// bufferization, lowering) stays upstream's; Pipelines.h strings both together.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_PASSES
#define ACT_TRANSFORMS_PASSES

include "act/Transforms/DeadUnitPasses.td"
include "act/Transforms/TensorPasses.td"
include "act/Transforms/VectorPasses.td"

#endif // ACT_TRANSFORMS_PASSES
