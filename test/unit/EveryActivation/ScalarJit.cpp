//===- ScalarJit.cpp - Compiled loops over single activations -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScalarJit.h"
#include "act/Conversion/Passes.h"
#include "act/IR/FloatFormat.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "mlir/ExecutionEngine/CRunnerUtils.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include <cstring>

using namespace mlir;

namespace act::test {

MLIRContext &testContext() {
  static MLIRContext *context = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    registerAllPasses();
    DialectRegistry registry;
    registerAllDialects(registry);
    registerAllToLLVMIRTranslations(registry);
    auto *result = new MLIRContext(registry);
    result->loadAllAvailableDialects();
    return result;
  }();
  return *context;
}

std::string typeName(Format format) { return layoutOf(format).name; }

FloatType floatType(Format format) {
  return act::floatType(&testContext(), format);
}

static unsigned bytesOf(Format format) { return layoutOf(format).bits / 8; }

std::vector<double> allValues(Format format) {
  std::vector<double> values;
  const llvm::fltSemantics &semantics = floatType(format).getFloatSemantics();
  for (uint64_t bits = 0; bits < 65536; ++bits)
    values.push_back(toDouble(llvm::APFloat(semantics, llvm::APInt(16, bits))));
  return values;
}

/// The loop's function; a bare mnemonic might be one of libm's.
static std::string functionName(const Record &record) {
  return "apply_" + record.opName.split('.').second.str();
}

/// `func.func @apply_NAME` over memrefs: one input for each variable, one
/// output.
static std::string loopOver(const Record &record, Format format) {
  std::string type = typeName(format), memref = "memref<?x" + type + ">";
  std::string text, operands, types;
  llvm::raw_string_ostream os(text);
  os << "func.func @" << functionName(record) << "(";
  for (size_t v = 0; v < record.variables.size(); ++v)
    os << "%in" << v << ": " << memref << ", ";
  os << "%out: " << memref << ") attributes {llvm.emit_c_interface} {\n"
     << "  %c0 = arith.constant 0 : index\n  %c1 = arith.constant 1 : index\n"
     << "  %n = memref.dim %out, %c0 : " << memref << "\n"
     << "  scf.for %i = %c0 to %n step %c1 {\n";
  for (size_t v = 0; v < record.variables.size(); ++v) {
    os << "    %x" << v << " = memref.load %in" << v << "[%i] : " << memref
       << "\n";
    operands += (v ? ", %x" : "%x") + std::to_string(v);
    types += (v ? ", " : "") + type;
  }
  os << "    %y = \"" << record.opName << "\"(" << operands << ") {";
  SmallVector<double> values = exampleParameters(record.parameters);
  bool first = true;
  for (auto [parameter, value] : llvm::zip_equal(record.parameters, values)) {
    if (parameter.defaultValue)
      continue;
    os << (first ? "" : ", ") << parameter.name << " = " << value << " : f64";
    first = false;
  }
  os << "} : (" << types << ") -> " << type
     << "\n    memref.store %y, %out[%i] : " << memref
     << "\n  }\n  return\n}\n";
  return text;
}

static LogicalResult lower(ModuleOp module) {
  PassManager passes(&testContext());
  passes.addPass(createActToMath());
  // libm first: MathToLLVM turns expm1 and log1p into exp - 1 and log(1 + x).
  LogicalResult parsed = parsePassPipeline(
      "canonicalize,act-legalize,arith-expand,convert-math-to-libm,"
      "convert-math-to-llvm,convert-scf-to-cf,finalize-memref-to-llvm,"
      "convert-arith-to-llvm,convert-func-to-llvm,convert-cf-to-llvm,"
      "reconcile-unrealized-casts",
      passes);
  if (failed(parsed))
    return failure();
  return passes.run(module);
}

ScalarJit::ScalarJit(ArrayRef<const Record *> records, Format format)
    : format(format) {
  std::string text;
  for (const Record *record : records)
    text += loopOver(*record, format);
  auto module = parseSourceString<ModuleOp>(text, &testContext());
  if (!module || failed(lower(*module)))
    return;
  ExecutionEngineOptions options;
  auto optimize = makeOptimizingTransformer(2, 0, nullptr);
  options.transformer = optimize;
  auto made = ExecutionEngine::create(*module, options);
  if (made)
    engine = std::move(*made);
  else
    llvm::errs() << llvm::toString(made.takeError()) << "\n";
}

std::vector<double>
ScalarJit::run(const Record &record,
               const std::vector<std::vector<double>> &inputs) {
  size_t count = inputs.front().size();
  unsigned bytes = bytesOf(format);
  // One buffer and descriptor for each input and the output.
  std::vector<std::vector<char>> buffers;
  for (const std::vector<double> &input : inputs) {
    std::vector<char> &buffer = buffers.emplace_back(count * bytes);
    for (size_t i = 0; i < count; ++i) {
      uint64_t bits = toAPFloat(input[i], floatType(format))
                          .bitcastToAPInt()
                          .getZExtValue();
      std::memcpy(buffer.data() + i * bytes, &bits, bytes);
    }
  }
  buffers.emplace_back(count * bytes);
  std::vector<StridedMemRefType<char, 1>> descriptors;
  for (std::vector<char> &buffer : buffers)
    descriptors.push_back(
        {buffer.data(), buffer.data(), 0, {int64_t(count)}, {1}});
  std::vector<void *> pointers, arguments;
  for (auto &descriptor : descriptors)
    pointers.push_back(&descriptor);
  for (void *&pointer : pointers)
    arguments.push_back(&pointer);
  std::string name = "_mlir_ciface_" + functionName(record);
  if (llvm::Error error = engine->invokePacked(name, arguments)) {
    llvm::errs() << llvm::toString(std::move(error)) << "\n";
    return {};
  }
  std::vector<double> results;
  const llvm::fltSemantics &semantics = floatType(format).getFloatSemantics();
  for (size_t i = 0; i < count; ++i) {
    uint64_t bits = 0;
    std::memcpy(&bits, buffers.back().data() + i * bytes, bytes);
    results.push_back(
        toDouble(llvm::APFloat(semantics, llvm::APInt(bytes * 8, bits))));
  }
  return results;
}

} // namespace act::test
