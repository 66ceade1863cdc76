//===- act-compile.cpp - Compile a function to a file for C ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The command line of the compiler: one function of an MLIR file becomes a file
// that C links, and a header that declares it.
//
//===----------------------------------------------------------------------===//

#include "LoweringFlags.h"
#include "act/InitAll.h"
#include "act/Target/Emit.h"
#include "act/Target/Machine.h"
#include "act/Target/OpenMP.h"
#include "act/Target/OutputFiles.h"
#include "act/Target/Program.h"
#include "act/Target/Versions.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

enum class Emission { MLIR, LLVM, Assembly, Object, Shared };

static cl::OptionCategory category("act-compile options");
static cl::opt<std::string> file(cl::Positional, cl::Required,
                                 cl::desc("FILE of MLIR"), cl::cat(category));
static cl::opt<std::string> output("o", cl::Required,
                                   cl::desc("File to write; - for stdout"),
                                   cl::value_desc("OUT"), cl::cat(category));
static cl::opt<Emission> emission(
    "emit", cl::desc("What to write:"), cl::init(Emission::Object),
    cl::values(clEnumValN(Emission::MLIR, "mlir", "MLIR of the LLVM dialect"),
               clEnumValN(Emission::LLVM, "llvm", "Optimized LLVM IR"),
               clEnumValN(Emission::Assembly, "asm", "Assembly"),
               clEnumValN(Emission::Object, "obj", "An object (default)"),
               clEnumValN(Emission::Shared, "shared", "A shared library")),
    cl::cat(category));
static act::TextOption
    header("header", cl::desc("Write a C header that declares the function"),
           cl::value_desc("H"), cl::cat(category));
static act::TextOption entry(
    "entry",
    cl::desc("Function to compile (default: main, or the only public one)"),
    cl::value_desc("NAME"), cl::cat(category));
static act::TextOption
    cName("name",
          cl::desc("The function's name in C (default: its own; for main, "
                   "which C reserves, the stem of FILE)"),
          cl::value_desc("NAME"), cl::cat(category));
static act::TextOption triple("mtriple",
                              cl::desc("Target triple (default: this "
                                       "machine's)"),
                              cl::value_desc("T"), cl::cat(category));
static act::TextOption
    cpu("mcpu",
        cl::desc("Processor to compile for (default: native, or the plainest "
                 "of another architecture); of a list of x86-64 processors, "
                 "the first call takes the strongest that it runs on, and the "
                 "weakest is required"),
        cl::value_desc("NAME[,NAME...]"), cl::cat(category));
static act::LoweringFlags flags{category};

/// A C identifier made of the file's name.
static std::string nameOfFile() {
  if (file == "-")
    return "stdin_main";
  std::string name = sys::path::stem(file).str();
  for (char &c : name)
    if (!isAlnum(c))
      c = '_';
  return name.empty() || isDigit(name.front()) ? "_" + name : name;
}

static SmallVector<char, 0> print(function_ref<void(raw_ostream &)> printer) {
  SmallVector<char, 0> text;
  raw_svector_ostream os(text);
  printer(os);
  return text;
}

/// The name of the function `entry` in C; empty for its own.
static mlir::FailureOr<std::string> chooseName(act::Program &program) {
  mlir::FailureOr<mlir::func::FuncOp> function =
      act::findEntry(program.module(), entry);
  if (failed(function))
    return mlir::failure();
  if (cName.empty() && function->getName() == "main")
    return nameOfFile();
  return std::string(cName);
}

static mlir::LogicalResult lower(act::Program &program,
                                 TargetMachine &machine) {
  mlir::FailureOr<std::string> name = chooseName(program);
  if (failed(name))
    return mlir::failure();
  return program.lower(entry, *name, machine, flags.options());
}

static Error cannotCompile() {
  return createStringError(file + ": cannot be compiled");
}

/// The program as LLVM IR with a version for each of `versions`.
static Expected<std::unique_ptr<Module>>
translateVersions(act::Program &program, LLVMContext &context,
                  ArrayRef<act::ProcessorVersion> versions) {
  std::vector<std::unique_ptr<Module>> modules;
  for (const act::ProcessorVersion &version : drop_begin(versions)) {
    std::unique_ptr<act::Program> copy = program.clone();
    if (failed(lower(*copy, *version.machine)))
      return cannotCompile();
    modules.push_back(copy->translate(context, *version.machine, version.cpu));
  }
  const act::ProcessorVersion &weakest = versions.front();
  if (failed(lower(program, *weakest.machine)))
    return cannotCompile();
  modules.insert(modules.begin(),
                 program.translate(context, *weakest.machine, weakest.cpu));
  if (!all_of(modules, [](const auto &module) { return module != nullptr; }))
    return createStringError(file + ": cannot be translated to LLVM IR");
  return act::joinVersions(std::move(modules), versions,
                           program.signature().name);
}

/// What `output` is to hold of `module`.
static Expected<SmallVector<char, 0>> emit(Module &module,
                                           TargetMachine &machine) {
  if (emission == Emission::LLVM)
    return print([&](raw_ostream &os) { module.print(os, nullptr); });
  if (emission == Emission::Assembly)
    return act::emitAssembly(module, machine);
  Expected<SmallVector<char, 0>> object = act::emitObject(module, machine);
  if (!object || emission == Emission::Object)
    return object;
  return act::linkShared(*object, machine, act::callsOpenMP(module));
}

/// Compiles `program` for the processors of a list.
static Expected<SmallVector<char, 0>> compileForList(act::Program &program) {
  Expected<std::vector<act::ProcessorVersion>> versions =
      act::createVersions(triple, cpu);
  if (!versions)
    return versions.takeError();
  if (emission == Emission::MLIR)
    return createStringError("expected one processor with --emit=mlir, got '" +
                             cpu + "'; ask for --emit=llvm");
  LLVMContext context;
  Expected<std::unique_ptr<Module>> module =
      translateVersions(program, context, *versions);
  if (!module)
    return module.takeError();
  return emit(**module, *versions->front().machine);
}

/// Compiles `program` for one processor.
static Expected<SmallVector<char, 0>> compileForOne(act::Program &program,
                                                    TargetMachine &machine) {
  if (failed(lower(program, machine)))
    return cannotCompile();
  if (emission == Emission::MLIR)
    return print([&](raw_ostream &os) { program.module().print(os); });
  LLVMContext context;
  std::unique_ptr<Module> module = program.translate(context, machine);
  if (!module)
    return createStringError(file + ": cannot be translated to LLVM IR");
  return emit(*module, machine);
}

static Expected<SmallVector<char, 0>> compile(act::Program &program) {
  if (act::isProcessorList(cpu))
    return compileForList(program);
  Expected<std::unique_ptr<TargetMachine>> machine =
      act::createTargetMachine({triple, cpu, ""});
  if (!machine)
    return machine.takeError();
  return compileForOne(program, **machine);
}

/// The code, and the header if one is asked for: all files or none.
static Error writeFiles(ArrayRef<char> content,
                        const act::CSignature &signature) {
  act::OutputFiles files;
  if (Error error = files.add(output, [&](raw_ostream &os) {
        os.write(content.data(), content.size());
      }))
    return error;
  if (!header.empty())
    if (Error error = files.add(
            header, [&](raw_ostream &os) { act::writeCHeader(signature, os); }))
      return error;
  return files.keep();
}

static Error run() {
  flags.openCache();
  if (cName == "main")
    return createStringError("--name: expected another name than 'main', which "
                             "C reserves");
  if (header == output)
    return createStringError("expected another file for the header than '" +
                             output + "', which -o names");
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  std::unique_ptr<act::Program> program = act::Program::load(registry, file);
  if (!program)
    return createStringError(file + ": cannot be read as MLIR");
  Expected<SmallVector<char, 0>> content = compile(*program);
  if (!content)
    return content.takeError();
  return writeFiles(*content, program->signature());
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  if (!cl::ParseCommandLineOptions(
          argc, argv, "Compiles a function of an MLIR file for C\n", &errs()))
    return 2;
  if (Error error = run()) {
    WithColor::error(errs(), "act-compile")
        << toString(std::move(error)) << '\n';
    return 2;
  }
  return 0;
}
