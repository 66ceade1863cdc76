//===- Contestants.cpp - Who takes part -----------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contestants.h"

#include "Copy.h"
#include "Inputs.h"

#include "act/InitAll.h"
#include "act/Target/JitFunction.h"

#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace act;
using namespace act::bench;
using llvm::createStringError;
using llvm::Expected;
using llvm::MutableArrayRef;
using llvm::StringRef;

Contestant act::bench::copyContestant() {
  auto bind = [](const Case &, Format, MutableArrayRef<NpyArray> inputs,
                 NpyArray &output) -> Expected<std::function<void()>> {
    const auto *from = reinterpret_cast<const uint64_t *>(inputs[0].data());
    auto *to = reinterpret_cast<uint64_t *>(output.data());
    size_t count = output.numBytes() / sizeof(uint64_t);
    // From where this compiler's kernels do so (act-stream-stores).
    if (output.numBytes() >= 16 << 20)
      return [=] { streamWords(from, to, count); };
    return [=] { copyWords(from, to, count); };
  };
  return {copyName.str(), /*isPeer=*/false, bind};
}

/// Compiles `function` on arrays of `format` for this machine's `cpu`.
static Expected<JitFunction> compile(const Case &function, Format format,
                                     StringRef cpu, StringRef accuracy) {
  llvm::SmallString<128> path;
  int descriptor;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile(
          function.name, "mlir", descriptor, path))
    return llvm::createFileError(path, error);
  llvm::FileRemover remover(path);
  llvm::raw_fd_ostream(descriptor, /*shouldClose=*/true)
      << tensorModule(function, layoutOf(format).name);

  Expected<std::unique_ptr<llvm::TargetMachine>> machine =
      createHostMachine(cpu);
  if (!machine)
    return machine.takeError();
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  std::unique_ptr<Program> program = Program::load(registry, path);
  if (!program || failed(program->lower("kernel", "", **machine,
                                        {/*seed=*/"", accuracy.str()})))
    return createStringError(function.name + ": cannot be compiled");
  return JitFunction::create(*program, std::move(*machine));
}

namespace {
/// Kernels by function and format, each compiled once.
class OwnKernels {
public:
  OwnKernels(StringRef cpu, StringRef accuracy)
      : cpu(cpu), accuracy(accuracy) {}

  Expected<const JitFunction *> get(const Case &function, Format format) {
    auto [entry, isNew] = kernels.try_emplace({function.name, format}, nullptr);
    if (isNew) {
      Expected<JitFunction> compiled = compile(function, format, cpu, accuracy);
      if (!compiled)
        return compiled.takeError();
      entry->second = std::make_unique<JitFunction>(std::move(*compiled));
    }
    return entry->second.get();
  }

private:
  std::string cpu, accuracy;
  std::map<std::pair<std::string, Format>, std::unique_ptr<JitFunction>>
      kernels;
};
} // namespace

Contestant act::bench::ownContestant(StringRef cpu, StringRef accuracy) {
  std::string name = ownName.str();
  if (cpu != "native")
    name += (" " + cpu).str();
  if (!accuracy.empty())
    name += (" " + accuracy).str();
  auto kernels = std::make_shared<OwnKernels>(cpu, accuracy);
  auto bind = [kernels](const Case &function, Format format,
                        MutableArrayRef<NpyArray> inputs,
                        NpyArray &output) -> Expected<std::function<void()>> {
    Expected<const JitFunction *> kernel = kernels->get(function, format);
    if (!kernel)
      return kernel.takeError();
    return (*kernel)->bind(inputs, output);
  };
  return {name, /*isPeer=*/false, bind};
}

llvm::ArrayRef<const char *> act::bench::peerNames() {
  static const char *const names[] = {ACT_BENCH_PEERS};
  return names;
}

static Element elementOf(Format format) {
  switch (format) {
  case Format::F16:
    return Element::F16;
  case Format::BF16:
    return Element::BF16;
  case Format::F32:
    return Element::F32;
  case Format::F64:
    return Element::F64;
  }
  llvm_unreachable("a format is one of the four");
}

Expected<Contestant> act::bench::loadPeer(StringRef name) {
  std::string path = (ACT_BENCH_PEER_DIR "/" + name + ".so").str();
  if (!llvm::sys::fs::exists(path))
    return createStringError("its library was not found by the build");
  std::string error;
  llvm::sys::DynamicLibrary library =
      llvm::sys::DynamicLibrary::getPermanentLibrary(path.c_str(), &error);
  if (!library.isValid())
    return createStringError(error);
  auto *open = reinterpret_cast<decltype(&actBenchPeer)>(
      library.getAddressOfSymbol("actBenchPeer"));
  Peer *peer = open ? open() : nullptr;
  if (!peer)
    return createStringError("it does not run on this machine");

  auto bind = [peer](const Case &function, Format format,
                     MutableArrayRef<NpyArray> inputs,
                     NpyArray &output) -> Expected<std::function<void()>> {
    llvm::SmallVector<const void *> pointers;
    for (NpyArray &input : inputs)
      pointers.push_back(input.data());
    return peer->bind({function.name, elementOf(format),
                       static_cast<size_t>(output.numElements()),
                       output.shape().vec(), pointers.size(), pointers.data(),
                       output.data()});
  };
  return Contestant{name.str(), /*isPeer=*/true, bind};
}
