//===- InitAll.h - Everything that can be registered -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only lists of parts: every tool and plugin calls these.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_INITALL_H
#define ACT_INITALL_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

/// The act dialect, all upstream dialects, and all interface models.
void registerAllDialects(mlir::DialectRegistry &registry);
/// All passes and pipelines, upstream's included.
void registerAllPasses();

/// Actinium's parts alone, for a host that has registered upstream's.
void registerOwnDialects(mlir::DialectRegistry &registry);
void registerOwnPasses();

} // namespace act

#endif // ACT_INITALL_H
