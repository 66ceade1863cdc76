//===- Facts.h - What is known of every activation -------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything here is computed from the records by the readers of Formula: the
// documentation, and the loops of the tests over every activation.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_REPORT_FACTS_H
#define ACT_REPORT_FACTS_H

#include "act/IR/Record.h"
#include "llvm/Support/raw_ostream.h"

namespace act {

/// Values for the parameters of `record`: the defaults, and for parameters
/// that have none 0.5, 1, 1.5, ...
llvm::SmallVector<double>
exampleParameters(llvm::ArrayRef<Parameter> parameters);

/// The facts of all activations that `context` knows as a JSON array, in order
/// of name. Numbers that JSON cannot hold are strings: "inf", "-inf", "nan",
/// "-0".
void printFactsAsJson(mlir::MLIRContext *context, llvm::raw_ostream &os);

/// The same as a page of documentation in Markdown.
void printFactsAsMarkdown(mlir::MLIRContext *context, llvm::raw_ostream &os);

} // namespace act

#endif // ACT_REPORT_FACTS_H
