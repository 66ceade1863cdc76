//===- Machine.cpp - The machine that code is for -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/Machine.h"

#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace llvm;

static void initializeTargets() {
  static const bool once = [] {
    InitializeAllTargetInfos();
    InitializeAllTargets();
    InitializeAllTargetMCs();
    InitializeAllAsmPrinters();
    // For the code that asks the processor what it has.
    InitializeAllAsmParsers();
    return true;
  }();
  (void)once;
}

/// The name and features of this machine's processor.
static std::pair<std::string, std::string> getHost() {
  SubtargetFeatures features;
  for (const auto &[name, enabled] : sys::getHostCPUFeatures())
    features.AddFeature(name, enabled);
  return {sys::getHostCPUName().str(), features.getString()};
}

/// Does LLVM know `cpu` for `triple`?
static bool isProcessorOf(const Target &target, const Triple &triple,
                          StringRef cpu) {
  std::unique_ptr<MCSubtargetInfo> any(
      target.createMCSubtargetInfo(triple, "", ""));
  if (!any || !any->isCPUStringValid(cpu))
    return false;
  if (!triple.isX86())
    return true;
  // LLVM takes a processor of 32 bits, only to abort when it makes code.
  std::unique_ptr<MCSubtargetInfo> info(
      target.createMCSubtargetInfo(triple, cpu, ""));
  return info->checkFeatures("+64bit");
}

/// The processor of `triple` whose name is most like `cpu`; empty where there
/// are none.
static StringRef nearestProcessor(const Target &target, const Triple &triple,
                                  StringRef cpu) {
  std::unique_ptr<MCSubtargetInfo> info(
      target.createMCSubtargetInfo(triple, "", ""));
  StringRef nearest;
  unsigned least = std::numeric_limits<unsigned>::max();
  for (const SubtargetSubTypeKV &processor :
       info ? info->getAllProcessorDescriptions()
            : ArrayRef<SubtargetSubTypeKV>()) {
    unsigned distance = cpu.edit_distance_insensitive(processor.Key);
    if (distance < least && isProcessorOf(target, triple, processor.Key)) {
      nearest = processor.Key;
      least = distance;
    }
  }
  return nearest;
}

Expected<std::unique_ptr<TargetMachine>>
act::createTargetMachine(const TargetName &name) {
  initializeTargets();
  Triple host(sys::getProcessTriple());
  Triple triple =
      name.triple.empty() ? host : Triple(Triple::normalize(name.triple));
  std::string reason;
  const Target *target = TargetRegistry::lookupTarget(triple, reason);
  if (!target)
    return createStringError("expected a target triple that LLVM knows, got '" +
                             triple.str() + "': " + reason);
  if (!triple.isArch64Bit())
    return createStringError("expected a target of 64 bits, got '" +
                             triple.str() + "'");
  std::string cpu = name.cpu, features = name.features;
  if (cpu.empty() && triple.getArch() == host.getArch())
    cpu = "native";
  if (cpu == "native") {
    if (triple.getArch() != host.getArch())
      return createStringError("expected the name of a processor of '" +
                               triple.str() + "', got 'native', which is of '" +
                               host.str() + "'");
    std::tie(cpu, features) = getHost();
  }
  if (!cpu.empty() && !isProcessorOf(*target, triple, cpu))
    return createStringError("expected a processor of '" + triple.str() +
                             "', got '" + cpu + "'; the nearest name is '" +
                             nearestProcessor(*target, triple, cpu) +
                             "', and 'clang-22 --target=" + triple.str() +
                             " --print-supported-cpus' prints all");
  std::unique_ptr<TargetMachine> machine(target->createTargetMachine(
      triple, cpu, features, TargetOptions(), Reloc::PIC_, std::nullopt,
      CodeGenOptLevel::Aggressive));
  if (!machine)
    return createStringError(
        "expected a target that makes machine code, got '" + triple.str() +
        "'");
  return machine;
}

unsigned act::getVectorBits(TargetMachine &machine) {
  // LLVM answers for a function, whose attributes may choose another processor.
  LLVMContext context;
  Module module("probe", context);
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  auto *type = FunctionType::get(Type::getVoidTy(context), false);
  Function *function =
      Function::Create(type, Function::ExternalLinkage, "probe", module);
  constexpr unsigned narrowest = 128;
  unsigned bits =
      machine.getTargetTransformInfo(*function)
          .getRegisterBitWidth(TargetTransformInfo::RGK_FixedWidthVector)
          .getFixedValue();
  return std::max(bits, narrowest);
}

bool act::convertsHalf(TargetMachine &machine) {
  return !machine.getTargetTriple().isX86() ||
         machine.getMCSubtargetInfo()->checkFeatures("+f16c");
}

StringRef act::getIsaName(TargetMachine &machine) {
  if (!machine.getTargetTriple().isX86())
    return "generic";
  const MCSubtargetInfo &info = *machine.getMCSubtargetInfo();
  // What the levels x86-64-v4 and x86-64-v3 bring to this code.
  if (info.checkFeatures("+avx512f,+avx512bw,+avx512dq,+avx512vl"))
    return "avx512";
  if (info.checkFeatures("+avx2,+fma"))
    return "avx2";
  return "generic";
}

unsigned act::getByteTableSize(TargetMachine &machine) {
  StringRef isa = getIsaName(machine);
  const MCSubtargetInfo &info = *machine.getMCSubtargetInfo();
  if (isa == "avx512" && info.checkFeatures("+avx512vbmi"))
    return 128;
  return isa == "generic" ? 0 : 16;
}
