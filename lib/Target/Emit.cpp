//===- Emit.cpp - Assembly, objects and shared libraries ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/Emit.h"
#include "act/Target/OutputFiles.h"

#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

static Expected<SmallVector<char, 0>>
emitFile(Module &module, TargetMachine &machine, CodeGenFileType type) {
  SmallVector<char, 0> buffer;
  raw_svector_ostream os(buffer);
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, os, nullptr, type))
    return createStringError("expected a target that emits files, got '" +
                             machine.getTargetTriple().str() + "'");
  passes.run(module);
  return buffer;
}

Expected<SmallVector<char, 0>> act::emitAssembly(Module &module,
                                                 TargetMachine &machine) {
  return emitFile(module, machine, CodeGenFileType::AssemblyFile);
}

Expected<SmallVector<char, 0>> act::emitObject(Module &module,
                                               TargetMachine &machine) {
  return emitFile(module, machine, CodeGenFileType::ObjectFile);
}

/// The first of `names` on the PATH.
static Expected<std::string> findProgram(ArrayRef<StringRef> names,
                                         StringRef package) {
  for (StringRef name : names)
    if (ErrorOr<std::string> path = sys::findProgramByName(name))
      return *path;
  return createStringError("expected '" + names.front() +
                           "' on the PATH to link a shared library, got none; "
                           "install the Debian package " +
                           package + " or emit an object");
}

/// An empty temporary file, removed when the caller is done with it.
static Expected<std::unique_ptr<FileRemover>>
makeTemporary(StringRef suffix, SmallString<128> &path) {
  if (std::error_code error =
          sys::fs::createTemporaryFile("act-compile", suffix, path))
    return createStringError(error, "expected to make a temporary file: " +
                                        error.message());
  return std::make_unique<FileRemover>(path);
}

static std::string contents(StringRef path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> buffer =
      MemoryBuffer::getFile(path, /*IsText=*/false,
                            /*RequiresNullTerminator=*/false);
  return buffer ? (*buffer)->getBuffer().str() : std::string();
}

Expected<SmallVector<char, 0>>
act::linkShared(ArrayRef<char> object, TargetMachine &machine, bool openmp) {
  Expected<std::string> clang = findProgram({"clang-22", "clang"}, "clang-22");
  if (!clang)
    return clang.takeError();
  Expected<std::string> lld = findProgram({"ld.lld-22", "ld.lld"}, "lld-22");
  if (!lld)
    return lld.takeError();
  SmallString<128> input, output, log;
  Expected<std::unique_ptr<FileRemover>> removeInput =
      makeTemporary("o", input);
  if (!removeInput)
    return removeInput.takeError();
  Expected<std::unique_ptr<FileRemover>> removeOutput =
      makeTemporary("so", output);
  if (!removeOutput)
    return removeOutput.takeError();
  Expected<std::unique_ptr<FileRemover>> removeLog = makeTemporary("log", log);
  if (!removeLog)
    return removeLog.takeError();
  if (Error error = act::writeOutputFile(input, [&](raw_ostream &os) {
        os.write(object.data(), object.size());
      }))
    return error;

  std::string target = "--target=" + machine.getTargetTriple().str();
  std::string linker = "--ld-path=" + *lld;
  SmallVector<StringRef> arguments = {*clang,        target, "-shared",
                                      linker,        input,  "-lm",
                                      "-Wl,-z,defs", "-o",   output};
  if (openmp)
    arguments.push_back("-fopenmp");
  std::optional<StringRef> redirects[] = {StringRef(""), StringRef(log),
                                          StringRef(log)};
  std::string reason;
  int code =
      sys::ExecuteAndWait(*clang, arguments, std::nullopt, redirects,
                          /*SecondsToWait=*/0, /*MemoryLimit=*/0, &reason);
  if (code != 0)
    return createStringError("expected '" + *clang +
                             "' to link a shared library, got exit code " +
                             Twine(code) + ": " + reason + contents(log));
  std::string library = contents(output);
  return SmallVector<char, 0>(library.begin(), library.end());
}
