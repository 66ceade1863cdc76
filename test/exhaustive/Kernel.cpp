//===- Kernel.cpp - The compiled code of one activation -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarReader.h"
#include "act/Report/Facts.h"
#include "act/Transforms/CSignature.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>
#include <cstring>

using namespace llvm;
using mlir::FailureOr;
using mlir::MLIRContext;
using mlir::ModuleOp;
using mlir::OwningOpRef;
using mlir::RankedTensorType;

namespace act::test {

double decode(uint64_t bits, Format format) {
  switch (format) {
  case Format::F16:
    return APFloat(APFloat::IEEEhalf(), APInt(16, bits)).convertToFloat();
  case Format::BF16:
    return bit_cast<float>(static_cast<uint32_t>(bits << 16));
  case Format::F32:
    return bit_cast<float>(static_cast<uint32_t>(bits));
  case Format::F64:
    return bit_cast<double>(bits);
  }
  llvm_unreachable("a format is one of the four");
}

void decodeAll(const uint64_t *bits, double *numbers, unsigned count,
               Format format) {
  // Loops that the compiler vectorizes.
  if (format == Format::F32)
    for (unsigned i = 0; i < count; ++i)
      numbers[i] = bit_cast<float>(static_cast<uint32_t>(bits[i]));
  else if (format == Format::F64)
    for (unsigned i = 0; i < count; ++i)
      numbers[i] = bit_cast<double>(bits[i]);
  else
    for (unsigned i = 0; i < count; ++i)
      numbers[i] = decode(bits[i], format);
}

uint64_t loadBits(const NpyArray &array, int64_t index, Format format) {
  uint64_t bits = 0;
  unsigned bytes = layoutOf(format).bits / 8;
  std::memcpy(&bits, array.data() + index * bytes, bytes);
  return bits;
}

void storeBits(NpyArray &array, int64_t index, Format format, uint64_t bits) {
  unsigned bytes = layoutOf(format).bits / 8;
  std::memcpy(array.data() + index * bytes, &bits, bytes);
}

/// Calls `visit` with a null pointer to the unsigned integer as wide as
/// `format`, so that loops over elements need no call for each.
template <typename Visitor>
static void visitWord(Format format, Visitor visit) {
  switch (layoutOf(format).bits) {
  case 16:
    return visit(static_cast<uint16_t *>(nullptr));
  case 32:
    return visit(static_cast<uint32_t *>(nullptr));
  case 64:
    return visit(static_cast<uint64_t *>(nullptr));
  }
  llvm_unreachable("a format has 16, 32 or 64 bits");
}

void loadAllBits(const NpyArray &array, Format format,
                 std::vector<uint64_t> &bits) {
  visitWord(format, [&](auto *word) {
    using Word = std::remove_pointer_t<decltype(word)>;
    auto *words = reinterpret_cast<const Word *>(array.data());
    std::copy_n(words, bits.size(), bits.begin());
  });
}

void storeAllBits(NpyArray &array, Format format,
                  const std::vector<uint64_t> &bits) {
  visitWord(format, [&](auto *word) {
    auto *words = reinterpret_cast<decltype(word)>(array.data());
    std::copy(bits.begin(), bits.end(), words);
  });
}

std::string exampleAttributes(const Record &record) {
  std::string attributes;
  SmallVector<double> values = exampleParameters(record.parameters);
  for (auto [parameter, value] : zip_equal(record.parameters, values)) {
    if (parameter.defaultValue)
      continue;
    attributes += (attributes.empty() ? "" : ", ") +
                  std::string(parameter.name) + " = " +
                  formatv("{0:e17}", value).str() + " : f64";
  }
  return attributes;
}

static std::string source(const Record &record, Format format) {
  std::string text, attributes = exampleAttributes(record);
  std::string type = formatv("tensor<?x{0}>", layoutOf(format).name);
  raw_string_ostream(text) << "func.func @f(%x: " << type << ") -> " << type
                           << " {\n  %y = \"" << record.opName << "\"(%x) {"
                           << attributes << "} : (" << type << ") -> " << type
                           << "\n  return %y : " << type << "\n}\n";
  return text;
}

Subject subjectOf(const Record &record, Format format) {
  return {record.opName.str(),
          instantiate(record, exampleParameters(record.parameters)), format,
          source(record, format)};
}

static std::optional<Format> formatOfFloat(mlir::Type element) {
  for (Format format : {Format::F16, Format::BF16, Format::F32, Format::F64})
    if (element == floatType(element.getContext(), format))
      return format;
  return std::nullopt;
}

Expected<Subject> loadSubject(const mlir::DialectRegistry &registry,
                              StringRef path) {
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module =
      mlir::parseSourceFile<ModuleOp>(path, mlir::ParserConfig(&context));
  if (!module)
    return createStringError(path + ": expected IR that parses");
  FailureOr<mlir::func::FuncOp> entry = findEntry(*module, "");
  if (failed(entry))
    return createStringError(path + ": expected an entry function");
  auto fail = [&](const Twine &expected) {
    return createStringError(path + ": expected the entry '" +
                             entry->getName() + "' to " + expected);
  };
  auto type = entry->getNumArguments() == 1
                  ? dyn_cast<RankedTensorType>(entry->getArgument(0).getType())
                  : nullptr;
  std::optional<Format> format =
      type && type.getRank() == 1 && type.isDynamicDim(0)
          ? formatOfFloat(type.getElementType())
          : std::nullopt;
  if (!format ||
      mlir::TypeRange(entry->getResultTypes()) != mlir::TypeRange(type))
    return fail("take and give one tensor such as tensor<?xf32>");
  mlir::Operation *end = entry->getBody().back().getTerminator();
  std::optional<Expression> expression =
      ScalarReader(entry->getArguments()).read(end->getOperand(0));
  if (!entry->getBody().hasOneBlock() || !expression)
    return fail("be a composition of elementwise ops that have a formula");
  std::string text;
  raw_string_ostream(text) << *module;
  return Subject{entry->getName().str(), *expression, *format, text};
}

/// Program reads files only.
std::unique_ptr<Program> loadText(const mlir::DialectRegistry &registry,
                                  StringRef text) {
  SmallString<128> path;
  int descriptor;
  if (sys::fs::createTemporaryFile("act-exhaustive", "mlir", descriptor, path))
    return nullptr;
  FileRemover remover(path);
  raw_fd_ostream(descriptor, /*shouldClose=*/true) << text;
  return Program::load(registry, path);
}

Expected<Kernel> Kernel::create(const mlir::DialectRegistry &registry,
                                const Subject &subject, StringRef cpu,
                                StringRef accuracy) {
  Expected<std::unique_ptr<TargetMachine>> machine = createHostMachine(cpu);
  if (!machine)
    return machine.takeError();
  std::unique_ptr<Program> program = loadText(registry, subject.source);
  if (!program || failed(program->lower("", "act_exhaustive_entry", **machine,
                                        {"", accuracy.str(), false})))
    return createStringError(subject.name + ": cannot be compiled");
  LLVMContext context;
  std::unique_ptr<Module> module = program->translate(context, **machine);
  if (!module)
    return createStringError(subject.name + ": cannot be translated");
  std::string code;
  raw_string_ostream(code) << *module;
  Expected<JitFunction> function =
      JitFunction::create(*program, std::move(*machine));
  if (!function)
    return function.takeError();
  return Kernel(std::move(*function), npyElementOf(subject.format),
                xxh3_64bits(code));
}

Expected<NpyArray> Kernel::allocate(int64_t count) const {
  return NpyArray::create(element, {count});
}

std::function<void()> Kernel::bind(NpyArray &input, NpyArray &result) const {
  return function.bind(input, result);
}

} // namespace act::test
