//===- Cases.cpp - The functions that are timed ---------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cases.h"

#include "act/IR/ScalarReader.h"
#include "act/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

static const act::bench::Case cases[] = {
    {"relu", 1, "%y = act.relu %x : $T"},
    {"leaky_relu", 1, "%y = act.leaky_relu %x : $T"},
    {"clamp", 1, "%y = act.clamp %x {min = -1.0, max = 1.0} : $T"},
    {"hard_swish", 1, "%y = act.hard_swish %x : $T"},
    {"exp", 1, "%y = act.exp %x : $T"},
    {"tanh", 1, "%y = act.tanh %x : $T"},
    {"sigmoid", 1, "%y = act.sigmoid %x : $T"},
    {"elu", 1, "%y = act.elu %x : $T"},
    {"selu", 1, "%y = act.selu %x : $T"},
    {"celu", 1, "%y = act.celu %x : $T"},
    {"silu", 1, "%y = act.silu %x : $T"},
    {"gelu", 1, "%y = act.gelu %x : $T"},
    {"gelu_tanh", 1, "%y = act.gelu_tanh %x : $T"},
    {"mish", 1, "%y = act.mish %x : $T"},
    {"softplus", 1, "%y = act.softplus %x : $T"},
    {"log_sigmoid", 1, "%y = act.log_sigmoid %x : $T"},
    {"silu_gelu", 1, "%s = act.silu %x : $T\n%y = act.gelu %s : $T"},
    {"bias_gelu", 2, "%s = arith.addf %x, %z : $T\n%y = act.gelu %s : $T"},
    {"tanh_gradient", 2,
     "%d = act.derivative \"act.tanh\" %x : $T\n%y = arith.mulf %d, %z : $T"},
    {"gelu_gradient", 2,
     "%d = act.derivative \"act.gelu\" %x : $T\n%y = arith.mulf %d, %z : $T"},
    {"swiglu", 2, "%y = act.swiglu %x gate %z : ($T, $T) -> $T"},
};

llvm::ArrayRef<act::bench::Case> act::bench::allCases() { return cases; }

/// A module with `@kernel` on values of `type`.
static std::string moduleOf(const act::bench::Case &function, StringRef type) {
  std::string text = ("func.func @kernel(%x: $T" +
                      StringRef(function.numInputs == 2 ? ", %z: $T" : "") +
                      ") -> $T {\n" + function.body + "\nreturn %y : $T\n}\n")
                         .str();
  for (size_t at; (at = text.find("$T")) != std::string::npos;)
    text.replace(at, 2, type);
  return text;
}

std::string act::bench::tensorModule(const Case &function, StringRef element) {
  return moduleOf(function, ("tensor<?x" + element + ">").str());
}

llvm::Expected<act::Expression> act::bench::expressionOf(const Case &function) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(
      moduleOf(function, "f64"), ParserConfig(&context));
  if (!module)
    return llvm::createStringError("expected a body that parses, got '" +
                                   StringRef(function.body) + "'");
  auto kernel = module->lookupSymbol<func::FuncOp>("kernel");
  ScalarReader reader(kernel.getArguments());
  std::optional<Expression> read =
      reader.read(kernel.front().getTerminator()->getOperand(0));
  if (!read)
    return llvm::createStringError("expected ops that have a formula, got '" +
                                   StringRef(function.body) + "'");
  return *read;
}
