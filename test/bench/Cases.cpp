//===- Cases.cpp - The functions that are timed ---------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cases.h"

#include "Peer.h"

#include "act/IR/ScalarReader.h"
#include "act/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace mlir;

using act::bench::Case;

/// Replaces the row by the weights exp(x - m), and returns the position of the
/// largest and the sum of all others.
static std::pair<size_t, double> weigh(std::vector<double> &row) {
  size_t largest = llvm::max_element(row) - row.begin();
  double most = row[largest], others = 0.0;
  for (auto [i, x] : llvm::enumerate(row)) {
    x = std::exp(x - most);
    if (i != largest)
      others += x;
  }
  return {largest, others};
}

static void softmaxOf(std::vector<double> &row) {
  double others = weigh(row).second;
  for (double &x : row)
    x /= 1.0 + others;
}

static void logSoftmaxOf(std::vector<double> &row) {
  std::vector<double> weights = row;
  auto [largest, others] = weigh(weights);
  double most = row[largest], less = std::log1p(others);
  for (double &x : row)
    x = x - most - less;
}

static std::vector<Case> makeCases() {
  const std::pair<const char *, const char *> activations[] = {
      {"relu", ""},
      {"leaky_relu", ""},
      {"clamp", " {min = -1.0, max = 1.0}"},
      {"hard_swish", ""},
      {"exp", ""},
      {"tanh", ""},
      {"sigmoid", ""},
      {"elu", ""},
      {"selu", ""},
      {"celu", ""},
      {"silu", ""},
      {"gelu", ""},
      {"gelu_tanh", ""},
      {"mish", ""},
      {"softplus", ""},
      {"log_sigmoid", ""},
  };
  std::vector<Case> cases;
  for (auto [name, parameters] : activations)
    cases.push_back(
        {name, 1,
         ("%y = act." + Twine(name) + " %x" + parameters + " : $T").str()});
  for (auto [name, parameters] : activations) {
    std::string with = *parameters ? (Twine(" with") + parameters).str() : "";
    cases.push_back({(name + act::bench::gradientSuffix).str(), 2,
                     ("%d = act.derivative \"act." + Twine(name) + "\" %x" +
                      with + " : $T\n%y = arith.mulf %d, %z : $T")
                         .str()});
  }
  cases.push_back(
      {"silu_gelu", 1, "%s = act.silu %x : $T\n%y = act.gelu %s : $T"});
  cases.push_back(
      {"bias_gelu", 2, "%s = arith.addf %x, %z : $T\n%y = act.gelu %s : $T"});
  cases.push_back({"swiglu", 2, "%y = act.swiglu %x gate %z : ($T, $T) -> $T"});
  cases.push_back(
      {"softmax", 1, "%y = act.softmax %x : ($T) -> $T", softmaxOf});
  cases.push_back(
      {"log_softmax", 1, "%y = act.log_softmax %x : ($T) -> $T", logSoftmaxOf});
  return cases;
}

llvm::ArrayRef<Case> act::bench::allCases() {
  static const std::vector<Case> cases = makeCases();
  return cases;
}

/// A module with `@kernel` on values of `type`.
static std::string moduleOf(const Case &function, StringRef type) {
  std::string text = ("func.func @kernel(%x: $T" +
                      StringRef(function.numInputs == 2 ? ", %z: $T" : "") +
                      ") -> $T {\n" + function.body + "\nreturn %y : $T\n}\n")
                         .str();
  for (size_t at; (at = text.find("$T")) != std::string::npos;)
    text.replace(at, 2, type);
  return text;
}

std::vector<int64_t> act::bench::shapeOf(const Case &function, int64_t size) {
  if (function.rowwise)
    return {size / int64_t(rowLength), int64_t(rowLength)};
  return {size};
}

std::string act::bench::tensorModule(const Case &function, StringRef element) {
  std::string inner = function.rowwise ? std::to_string(rowLength) + "x" : "";
  return moduleOf(function, ("tensor<?x" + inner + element + ">").str());
}

llvm::Expected<act::Expression> act::bench::expressionOf(const Case &function) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(
      moduleOf(function, "f64"), ParserConfig(&context));
  if (!module)
    return llvm::createStringError("expected a body that parses, got '" +
                                   function.body + "'");
  auto kernel = module->lookupSymbol<func::FuncOp>("kernel");
  ScalarReader reader(kernel.getArguments());
  std::optional<Expression> read =
      reader.read(kernel.front().getTerminator()->getOperand(0));
  if (!read)
    return llvm::createStringError("expected ops that have a formula, got '" +
                                   function.body + "'");
  return *read;
}
