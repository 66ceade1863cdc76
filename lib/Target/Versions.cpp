//===- Versions.cpp - One function for several processors -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/Versions.h"

#include "Dispatch.h"
#include "act/Target/Machine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Transforms/IPO/ConstantMerge.h"

using namespace llvm;

namespace {

/// LLVM's name of an instruction set and where cpuid tells of it.
struct InstructionSet {
  StringLiteral name;
  act::CpuidWord word;
  unsigned bit;
};

} // namespace

/// The instruction sets that LLVM may use for arithmetic on numbers and
/// vectors beyond the plain x86-64, but for those that gain nothing here, as
/// AMD's SSE4a. Intel, Software Developer's Manual, volume
/// 2A, CPUID, tables 3-10 and 3-8; AMD, Programmer's Manual, volume 3, appendix
/// E.4.2.
static constexpr InstructionSet kInstructionSets[] = {
    {"sse3", act::Leaf1Ecx, 0},
    {"ssse3", act::Leaf1Ecx, 9},
    {"fma", act::Leaf1Ecx, 12},
    {"cx16", act::Leaf1Ecx, 13},
    {"sse4.1", act::Leaf1Ecx, 19},
    {"sse4.2", act::Leaf1Ecx, 20},
    {"movbe", act::Leaf1Ecx, 22},
    {"popcnt", act::Leaf1Ecx, 23},
    {"avx", act::Leaf1Ecx, 28},
    {"f16c", act::Leaf1Ecx, 29},
    {"bmi", act::Leaf7Ebx, 3},
    {"avx2", act::Leaf7Ebx, 5},
    {"bmi2", act::Leaf7Ebx, 8},
    {"avx512f", act::Leaf7Ebx, 16},
    {"avx512dq", act::Leaf7Ebx, 17},
    {"avx512ifma", act::Leaf7Ebx, 21},
    {"avx512cd", act::Leaf7Ebx, 28},
    {"avx512bw", act::Leaf7Ebx, 30},
    {"avx512vl", act::Leaf7Ebx, 31},
    {"avx512vbmi", act::Leaf7Ecx, 1},
    {"avx512vbmi2", act::Leaf7Ecx, 6},
    {"gfni", act::Leaf7Ecx, 8},
    {"avx512vnni", act::Leaf7Ecx, 11},
    {"avx512bitalg", act::Leaf7Ecx, 12},
    {"avx512vpopcntdq", act::Leaf7Ecx, 14},
    {"avx512fp16", act::Leaf7Edx, 23},
    {"avxvnni", act::Leaf7Sub1Eax, 4},
    {"avx512bf16", act::Leaf7Sub1Eax, 5},
    {"sahf", act::Leaf80000001Ecx, 0},
    {"lzcnt", act::Leaf80000001Ecx, 5},
};

bool act::isInstructionSet(StringRef feature) {
  return any_of(kInstructionSets,
                [&](const InstructionSet &set) { return set.name == feature; });
}

/// What the operating system has to save for a program that uses `name`: bits 1
/// and 2 of XCR0 for ymm, 5 to 7 beside them for zmm. Intel, Software
/// Developer's Manual, volume 1, sections 14.3 and 15.2.
static uint32_t savedStateOf(StringRef name) {
  if (name.starts_with("avx512"))
    return 0xe6;
  return name.starts_with("avx") ? 0x06 : 0;
}

/// Does a processor that has `more` run code that needs `fewer`?
static bool hasBits(const act::CpuidBits &more, const act::CpuidBits &fewer) {
  return all_of(zip_equal(more, fewer), [](auto words) {
    auto [has, needs] = words;
    return (has & needs) == needs;
  });
}

static unsigned countBits(const act::CpuidBits &bits) {
  unsigned count = 0;
  for (uint32_t word : bits)
    count += popcount(word);
  return count;
}

bool act::isProcessorList(StringRef cpu) { return cpu.contains(','); }

static Expected<act::ProcessorVersion> createVersion(StringRef triple,
                                                     StringRef cpu) {
  if (cpu.empty() || cpu == "native")
    return createStringError("expected names of processors in a list, got '" +
                             cpu + "'");
  auto whole = act::createTargetMachine({triple.str(), cpu.str(), ""});
  if (!whole)
    return whole.takeError();
  if (!(*whole)->getTargetTriple().isX86())
    return createStringError(
        "expected one processor for a target other than x86-64, got a list "
        "for '" +
        (*whole)->getTargetTriple().str() + "'");
  act::ProcessorVersion version{cpu.str(), nullptr, {}};
  std::string features;
  ListSeparator comma(",");
  for (const InstructionSet &set : kInstructionSets)
    if ((*whole)->getMCSubtargetInfo()->checkFeatures(("+" + set.name).str())) {
      features += (Twine(StringRef(comma)) + "+" + set.name).str();
      version.required[set.word] |= uint32_t(1) << set.bit;
      version.required[act::Xcr0] |= savedStateOf(set.name);
    }
  auto machine =
      act::createTargetMachine({triple.str(), act::kPlainX86.str(), features});
  if (!machine)
    return machine.takeError();
  version.machine = std::move(*machine);
  return version;
}

Expected<std::vector<act::ProcessorVersion>>
act::createVersions(StringRef triple, StringRef cpus) {
  std::vector<ProcessorVersion> versions;
  for (StringRef cpu : split(cpus, ',')) {
    Expected<ProcessorVersion> version = createVersion(triple, cpu);
    if (!version)
      return version.takeError();
    for (const ProcessorVersion &other : versions)
      if (other.required == version->required)
        return createStringError(
            "expected processors of different instruction sets, got '" +
            other.cpu + "' and '" + cpu + "'; drop one of them");
    versions.push_back(std::move(*version));
  }
  // A version comes after all those whose code runs on its processor.
  sort(versions, [](const ProcessorVersion &a, const ProcessorVersion &b) {
    return std::pair(countBits(a.required), a.required) <
           std::pair(countBits(b.required), b.required);
  });
  for (const ProcessorVersion &version : versions)
    if (!hasBits(version.required, versions.front().required))
      return createStringError("expected a processor in the list whose code "
                               "runs on all others, got '" +
                               versions.front().cpu +
                               "', whose code does not "
                               "run on '" +
                               version.cpu + "'; add " + kPlainX86);
  return versions;
}

Expected<std::unique_ptr<Module>>
act::joinVersions(std::vector<std::unique_ptr<Module>> modules,
                  ArrayRef<ProcessorVersion> versions, StringRef name) {
  std::vector<std::string> names;
  for (auto [module, version] : zip_equal(modules, versions)) {
    names.push_back((name + "." + version.cpu).str());
    module->getFunction(name)->setName(names.back());
    // The first one's companion serves all.
    if (module != modules.front())
      for (Function &function : make_early_inc_range(*module))
        if (!function.isDeclaration() && function.hasExternalLinkage() &&
            function.getName() != names.back() && function.use_empty())
          function.eraseFromParent();
  }
  std::unique_ptr<Module> joined = std::move(modules.front());
  for (std::unique_ptr<Module> &module : drop_begin(modules))
    if (Linker::linkModules(*joined, std::move(module)))
      return createStringError("expected the versions of '" + name +
                               "' to link with each other");
  SmallVector<Candidate> candidates;
  for (auto [versionName, version] : zip_equal(names, versions)) {
    Function *function = joined->getFunction(versionName);
    function->setLinkage(GlobalValue::InternalLinkage);
    candidates.push_back({function, version.required});
  }
  addDispatch(*joined, name, candidates);
  // Weights and tables that the versions share are there once.
  ModuleAnalysisManager none;
  ConstantMergePass().run(*joined, none);
  return joined;
}
