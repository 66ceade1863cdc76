//===- act-run.cpp - Compile a function and call it -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The command line of the JIT: .npy files in, .npy files out.
//
//===----------------------------------------------------------------------===//

#include "LoweringFlags.h"
#include "act/InitAll.h"
#include "act/Target/JitFunction.h"
#include "act/Target/OutputFiles.h"
#include "act/Target/Timing.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

static cl::OptionCategory category("act-run options");
static cl::opt<std::string> file(cl::Positional, cl::Required,
                                 cl::desc("FILE of MLIR"), cl::cat(category));
static act::TextOption
    entry("entry",
          cl::desc("Function to call (default: main, or the only public one)"),
          cl::value_desc("NAME"), cl::cat(category));
static cl::list<std::string>
    inputFiles("input", cl::desc("Array for the next argument, a .npy file"),
               cl::value_desc("X.npy"), cl::cat(category));
static cl::list<std::string> outputFiles("output",
                                         cl::desc("File for the next result"),
                                         cl::value_desc("Y.npy"),
                                         cl::cat(category));
static act::TextOption
    cpu("mcpu",
        cl::desc("Processor to compile for (default: native); of a list, the "
                 "strongest that runs here"),
        cl::value_desc("NAME[,NAME...]"), cl::cat(category));
static act::LoweringFlags flags{category};
static cl::opt<bool>
    timing("time", cl::desc("Print the time of a call, over many calls"),
           cl::cat(category));

/// An error unless `option` is given once for each of `arrays`.
static Error checkCount(StringRef option, const cl::list<std::string> &files,
                        ArrayRef<act::CArray> arrays) {
  if (files.size() == arrays.size())
    return Error::success();
  std::string list;
  for (const act::CArray &array : arrays)
    list += (list.empty() ? ", for " : ", ") + act::describe(array);
  return createStringError("expected --" + option + "=FILE " +
                           Twine(arrays.size()) + " times" + list +
                           "; got it " + Twine(files.size()) + " times");
}

static Expected<std::vector<act::NpyArray>>
readInputs(const act::JitFunction &function) {
  std::vector<act::NpyArray> inputs;
  for (const auto &[index, path] : enumerate(inputFiles)) {
    Expected<act::NpyArray> input = act::NpyArray::read(path);
    if (!input)
      return input.takeError();
    if (Error error = function.checkInput(index, *input))
      return createStringError(path + ": argument #" + Twine(index) + ": " +
                               toString(std::move(error)));
    inputs.push_back(std::move(*input));
  }
  if (Error error = function.checkEqualDims(inputs))
    return std::move(error);
  return inputs;
}

/// All files or none.
static Error writeOutputs(ArrayRef<act::NpyArray> results) {
  act::OutputFiles files;
  for (auto [index, path] : enumerate(outputFiles)) {
    const act::NpyArray &result = results[index];
    if (Error error =
            files.add(path, [&](raw_ostream &os) { result.print(os); }))
      return error;
  }
  return files.keep();
}

/// Calls compiled code. A program that reads outside a tensor, which its IR
/// leaves undefined, is no reason for this one to crash.
static Error callSafely(function_ref<void()> call) {
  CrashRecoveryContext::Enable();
  CrashRecoveryContext context;
  if (context.RunSafely(call))
    return Error::success();
  return createStringError(file +
                           ": the function crashed: it may read outside "
                           "a tensor, or need more memory than there is");
}

static void printTime(act::Timing time, ArrayRef<act::NpyArray> results) {
  int64_t elements = 0;
  for (const act::NpyArray &result : results)
    elements += result.numElements();
  outs() << format("time per call: median %.1f ns, minimum %.1f ns",
                   time.median, time.minimum);
  if (elements != 0)
    outs() << format("; per result element: median %.4f ns, minimum %.4f ns",
                     time.median / elements, time.minimum / elements);
  outs() << '\n';
}

static Error run() {
  flags.openCache();
  Expected<std::unique_ptr<TargetMachine>> machine =
      act::createHostMachine(cpu);
  if (!machine)
    return createStringError("--mcpu: " + toString(machine.takeError()));
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  std::unique_ptr<act::Program> program = act::Program::load(registry, file);
  // A name that no function of the C library has, whatever the entry's is.
  if (!program || failed(program->lower(entry, "act_run_entry", **machine,
                                        flags.options())))
    return createStringError(file + ": cannot be compiled");
  const act::CSignature &signature = program->signature();
  if (Error error = checkCount("input", inputFiles, signature.inputs))
    return error;
  for (auto path = outputFiles.begin(); path != outputFiles.end(); ++path)
    if (is_contained(make_range(outputFiles.begin(), path), *path))
      return createStringError(
          "expected a file of its own for each result, got "
          "--output=" +
          *path + " twice");
  // A timing alone needs no place for the results.
  if (!timing || !outputFiles.empty())
    if (Error error = checkCount("output", outputFiles, signature.results))
      return error;
  Expected<act::JitFunction> function =
      act::JitFunction::create(*program, std::move(*machine));
  if (!function)
    return function.takeError();
  Expected<std::vector<act::NpyArray>> inputs = readInputs(*function);
  if (!inputs)
    return inputs.takeError();
  Expected<std::vector<act::NpyArray>> results =
      function->allocateResults(*inputs);
  if (!results)
    return results.takeError();
  std::function<void()> call = function->bind(*inputs, *results);
  if (Error error = callSafely(call))
    return error;
  if (Error error = writeOutputs(*results))
    return error;
  if (timing)
    printTime(act::measure(call), *results);
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  if (!cl::ParseCommandLineOptions(
          argc, argv, "Compiles a function of an MLIR file and calls it\n",
          &errs()))
    return 2;
  if (Error error = run()) {
    WithColor::error(errs(), "act-run") << toString(std::move(error)) << '\n';
    return 2;
  }
  return 0;
}
