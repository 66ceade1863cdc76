//===- Program.cpp - One IR file on its way to LLVM IR --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/Program.h"

#include "act/Approx/Isa.h"
#include "act/Target/Machine.h"
#include "act/Transforms/Pipelines.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/OpenMP/OpenMPToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Target/TargetMachine.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

using namespace mlir;

static llvm::HighlightColor colorOf(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return llvm::HighlightColor::Error;
  case DiagnosticSeverity::Warning:
    return llvm::HighlightColor::Warning;
  case DiagnosticSeverity::Note:
    return llvm::HighlightColor::Note;
  case DiagnosticSeverity::Remark:
    return llvm::HighlightColor::Remark;
  }
  llvm_unreachable("a severity is one of the four");
}

static StringRef nameOf(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return "error: ";
  case DiagnosticSeverity::Warning:
    return "warning: ";
  case DiagnosticSeverity::Note:
    return "note: ";
  case DiagnosticSeverity::Remark:
    return "remark: ";
  }
  llvm_unreachable("a severity is one of the four");
}

/// Prints `diagnostic` in LLVM's voice but without the source line, which holds
/// megabytes where it holds weights.
static void print(const Diagnostic &diagnostic, raw_ostream &os) {
  Location loc = diagnostic.getLocation();
  if (auto file = loc->findInstanceOf<FileLineColLoc>()) {
    os << file.getFilename().getValue() << ':';
    // That of a whole file is 0:0.
    if (file.getLine() != 0)
      os << file.getLine() << ':' << file.getColumn() << ':';
    os << ' ';
  } else if (!isa<UnknownLoc>(loc)) {
    os << loc << ": ";
  }
  DiagnosticSeverity severity = diagnostic.getSeverity();
  llvm::WithColor(os, colorOf(severity)) << nameOf(severity);
  os << diagnostic << '\n';
  for (const Diagnostic &note : diagnostic.getNotes())
    print(note, os);
}

act::Program::Program(const DialectRegistry &registry)
    : context(std::make_shared<MLIRContext>(registry)) {
  DialectRegistry translations;
  registerBuiltinDialectTranslation(translations);
  registerLLVMDialectTranslation(translations);
  registerOpenMPDialectTranslation(translations);
  context->appendDialectRegistry(translations);
  // An op may hold megabytes of weights.
  context->printOpOnDiagnostic(false);
  context->getDiagEngine().registerHandler([](Diagnostic &diagnostic) {
    print(diagnostic, llvm::errs());
    return success();
  });
}

act::Program::Program(std::shared_ptr<MLIRContext> context)
    : context(std::move(context)) {}

std::unique_ptr<act::Program> act::Program::clone() {
  std::unique_ptr<Program> copy(new Program(context));
  copy->ir = ir->clone();
  copy->entrySignature = entrySignature;
  return copy;
}

/// Maps all pages of a mapped file in one go: one by one, when they are first
/// read, takes ten times as long.
static void mapPages(const llvm::MemoryBuffer &file) {
#ifdef MADV_POPULATE_READ
  if (file.getBufferKind() == llvm::MemoryBuffer::MemoryBuffer_MMap)
    (void)madvise(const_cast<char *>(file.getBufferStart()),
                  file.getBufferSize(), MADV_POPULATE_READ);
#endif
}

std::unique_ptr<act::Program>
act::Program::load(const DialectRegistry &registry, StringRef path) {
  std::unique_ptr<Program> program(new Program(registry));
  std::string reason;
  std::unique_ptr<llvm::MemoryBuffer> file = openInputFile(path, &reason);
  if (!file) {
    emitError(UnknownLoc::get(program->context.get()), reason);
    return nullptr;
  }
  mapPages(*file);
  // Shared, so that the weights of bytecode are read where they lie.
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(file), llvm::SMLoc());
  program->ir = parseSourceFile<ModuleOp>(sources, program->context.get());
  return program->ir ? std::move(program) : nullptr;
}

/// The keywords of C17 and C++20, as the header serves both.
static bool isKeyword(StringRef name) {
  static const StringRef keywords =
      " alignas alignof and and_eq asm auto bitand bitor bool break case catch "
      "char char8_t char16_t char32_t class co_await co_return co_yield compl "
      "concept const const_cast consteval constexpr constinit continue "
      "decltype "
      "default delete do double dynamic_cast else enum explicit export extern "
      "false float for friend goto if inline int long mutable namespace new "
      "noexcept not not_eq nullptr operator or or_eq private protected public "
      "register reinterpret_cast requires restrict return short signed sizeof "
      "static static_assert static_cast struct switch template this "
      "thread_local throw true try typedef typeid typename union unsigned "
      "using "
      "virtual void volatile wchar_t while xor xor_eq ";
  return keywords.contains((" " + name + " ").str());
}

/// Names of the implementation and of types, among them those of <stdint.h>,
/// which headers include.
static bool isReserved(StringRef name) {
  return name.starts_with("__") || name.ends_with("_t") || name == "NULL" ||
         (name.size() > 1 && name[0] == '_' && llvm::isUpper(name[1]));
}

static bool isCIdentifier(StringRef name) {
  return !name.empty() && !llvm::isDigit(name.front()) && !isKeyword(name) &&
         !isReserved(name) && llvm::all_of(name, [](char c) {
           return llvm::isAlnum(c) || c == '_';
         });
}

/// Is `name` a function of the C library, which generated code may call?
static bool isLibraryFunction(StringRef name, llvm::TargetMachine &machine) {
  llvm::TargetLibraryInfoImpl library(machine.getTargetTriple());
  llvm::LibFunc function;
  return library.getLibFunc(name, function);
}

/// Gives `entry` the name that C calls, if C and the linker can live with it.
static LogicalResult nameEntry(func::FuncOp entry, StringRef name,
                               llvm::TargetMachine &machine) {
  if (name.empty())
    name = entry.getName();
  if (!isCIdentifier(name))
    return entry->emitError("expected a C identifier as the name of the entry "
                            "function, got '")
           << name << "'; give it another name (--name)";
  if (isLibraryFunction(name, machine))
    return entry->emitError("expected an entry function with a name that the C "
                            "library does not have, got '")
           << name << "'; give it another name (--name)";
  if (name == entry.getName())
    return success();
  SymbolTable symbols(entry->getParentOfType<ModuleOp>());
  if (symbols.lookup(name))
    return entry->emitError("expected a name for '")
           << entry.getName() << "' that nothing else has, got '" << name
           << "'";
  return symbols.rename(entry, name);
}

std::string act::userCacheFolder() {
  SmallString<128> path;
  if (!llvm::sys::path::cache_directory(path))
    return {};
  llvm::sys::path::append(path, "actinium");
  return path.str().str();
}

LogicalResult act::Program::lower(StringRef entry, StringRef name,
                                  llvm::TargetMachine &machine,
                                  const LoweringOptions &lowering) {
  FailureOr<func::FuncOp> function = findEntry(*ir, entry);
  if (failed(function))
    return failure();
  if (failed(nameEntry(*function, name, machine)))
    return failure();
  FailureOr<CSignature> signature = getCSignature(*function);
  if (failed(signature))
    return failure();
  entrySignature = std::move(*signature);
  entrySignature.equalDims = equalArgumentDims(*function);

  ActToLLVMOptions options;
  options.entry = entrySignature.name;
  options.isa = getIsaName(machine).str();
  bool isFused = findIsa(options.isa.getValue())->lanes > 0;
  if (lowering.reproducible && !isFused)
    emitWarning(UnknownLoc::get(context.get()))
        << "--reproducible: expected a processor with AVX2 and FMA, such as "
           "x86-64-v3, got '"
        << machine.getTargetCPU() << "', on which results have other bits";
  // Forms are made for whole registers, whatever width LLVM would choose.
  constexpr unsigned kBitsOfF32 = 32;
  options.vectorBits =
      std::max(getVectorBits(machine),
               findIsa(options.isa.getValue())->lanes * kBitsOfF32);
  options.expandHalf = !convertsHalf(machine);
  options.byteTable = getByteTableSize(machine);
  options.accuracy = lowering.accuracy;
  options.reproducible = lowering.reproducible;
  options.openmp = lowering.openmp;
  options.seed = lowering.seed;
  PassManager pm(context.get());
  buildActToLLVMPipeline(pm, options);
  return pm.run(*ir);
}

/// Runs the pipeline of clang's -O3 on `module`.
static void optimize(llvm::Module &module, llvm::TargetMachine &machine) {
  llvm::PassBuilder builder(&machine);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager callGraph;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraph);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraph, modules);
  builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3)
      .run(module, modules);
}

std::unique_ptr<llvm::Module>
act::Program::translate(llvm::LLVMContext &llvmContext,
                        llvm::TargetMachine &machine, StringRef tuneCpu) {
  std::unique_ptr<llvm::Module> module =
      translateModuleToLLVMIR(*ir, llvmContext, entrySignature.name);
  if (!module) {
    ir->emitError("expected a module that translates to LLVM IR");
    return nullptr;
  }
  module->setTargetTriple(machine.getTargetTriple());
  module->setDataLayout(machine.createDataLayout());
  for (llvm::Function &function : *module) {
    if (function.isDeclaration())
      continue;
    if (function.getName() != entrySignature.name &&
        function.getName() != entrySignature.resultDimsName())
      function.setLinkage(llvm::GlobalValue::InternalLinkage);
    // So that LLVM's own tools compile the printed IR for the same processor.
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    if (!tuneCpu.empty())
      function.addFnAttr("tune-cpu", tuneCpu);
  }
  optimize(*module, machine);
  return module;
}
