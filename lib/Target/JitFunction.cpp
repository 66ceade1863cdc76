//===- JitFunction.cpp - A compiled function to call here -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/JitFunction.h"

#include "act/IR/FloatFormat.h"
#include "act/Target/Machine.h"
#include "act/Target/OpenMP.h"
#include "act/Target/Versions.h"

#include "llvm/ExecutionEngine/Orc/CompileUtils.h"
#include "llvm/ExecutionEngine/Orc/ThreadSafeModule.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

/// The files' name of an element type that CSignature allows.
static act::NpyElement elementOf(mlir::Type type) {
  using act::NpyElement;
  if (std::optional<act::Format> format = act::formatOf(type))
    return act::npyElementOf(*format);
  if (act::isFloat8(type))
    return NpyElement::F8;
  switch (type.getIntOrFloatBitWidth()) {
  case 8:
    return NpyElement::I8;
  case 16:
    return NpyElement::I16;
  case 32:
    return NpyElement::I32;
  default:
    return NpyElement::I64;
  }
}

static std::string describe(act::NpyElement element, ArrayRef<int64_t> shape) {
  return ("'" + act::npyName(element) + "' of shape " + act::printShape(shape))
      .str();
}

std::string act::describe(const CArray &expected) {
  return ::describe(elementOf(expected.element), expected.shape);
}

/// The machine of the strongest processor of the list `cpus` whose code runs
/// here.
static Expected<std::unique_ptr<TargetMachine>>
createHostMachineOfList(StringRef cpus) {
  Expected<std::vector<act::ProcessorVersion>> versions =
      act::createVersions("", cpus);
  if (!versions)
    return versions.takeError();
  for (const act::ProcessorVersion &version : reverse(drop_begin(*versions))) {
    Expected<std::unique_ptr<TargetMachine>> machine =
        act::createHostMachine(version.cpu);
    if (machine)
      return machine;
    consumeError(machine.takeError());
  }
  return act::createHostMachine(versions->front().cpu);
}

Expected<std::unique_ptr<TargetMachine>> act::createHostMachine(StringRef cpu) {
  if (isProcessorList(cpu))
    return createHostMachineOfList(cpu);
  Expected<std::unique_ptr<TargetMachine>> machine =
      createTargetMachine({"", cpu.str(), ""});
  if (!machine)
    return machine.takeError();
  StringMap<bool> host = sys::getHostCPUFeatures();
  const MCSubtargetInfo &info = *(*machine)->getMCSubtargetInfo();
  std::string without;
  for (const SubtargetFeatureKV &feature : info.getAllProcessorFeatures()) {
    // What the host does not answer for is tuning, not an instruction set.
    auto known = host.find(feature.Key);
    if (known == host.end() || known->second ||
        !info.getFeatureBits().test(feature.Value))
      continue;
    if (!info.getTargetTriple().isX86() || isInstructionSet(feature.Key))
      return createStringError("expected a processor whose code runs here, got "
                               "'" +
                               cpu + "': this machine lacks " + feature.Key);
    without += (without.empty() ? "-" : ",-") + std::string(feature.Key);
  }
  return without.empty() ? std::move(machine)
                         : createTargetMachine({"", cpu.str(), without});
}

/// Adds to `module` a function that calls `callee` with its arguments, pointers
/// and i64, taken from an array. Returns its name.
static std::string addInvoke(Module &module, StringRef callee) {
  Function *function = module.getFunction(callee);
  LLVMContext &context = module.getContext();
  IRBuilder<> builder(context);
  auto *type = FunctionType::get(builder.getVoidTy(), builder.getPtrTy(),
                                 /*isVarArg=*/false);
  std::string name = ("act.invoke." + callee).str();
  Function *invoke =
      Function::Create(type, Function::ExternalLinkage, name, module);
  builder.SetInsertPoint(BasicBlock::Create(context, "", invoke));
  SmallVector<Value *> arguments;
  for (auto [index, parameter] :
       enumerate(function->getFunctionType()->params())) {
    Value *slot = builder.CreateConstGEP1_64(builder.getInt64Ty(),
                                             invoke->getArg(0), index);
    arguments.push_back(builder.CreateLoad(parameter, slot));
  }
  builder.CreateCall(function, arguments);
  builder.CreateRetVoid();
  return name;
}

/// Lets code of `jit` call the functions of LLVM's OpenMP library.
static Error loadOpenMP(orc::LLJIT &jit) {
  auto library = orc::DynamicLibrarySearchGenerator::Load(
      act::kOpenMPLibrary.data(), jit.getDataLayout().getGlobalPrefix());
  if (!library)
    return createStringError(
        "expected LLVM's OpenMP library to run code on several threads, got: " +
        toString(library.takeError()) +
        "; install the Debian package libomp-22-dev or leave out --openmp");
  jit.getMainJITDylib().addGenerator(std::move(*library));
  return Error::success();
}

Expected<act::JitFunction>
act::JitFunction::create(Program &program,
                         std::unique_ptr<TargetMachine> machine) {
  JitFunction function(program.signature());
  auto context = std::make_unique<LLVMContext>();
  std::unique_ptr<Module> module = program.translate(*context, *machine);
  if (!module)
    return createStringError("the program does not compile");
  std::string entryName = addInvoke(*module, function.signature.name);
  std::string resultDimsName;
  if (function.signature.numResultDims() != 0)
    resultDimsName = addInvoke(*module, function.signature.resultDimsName());

  Expected<std::unique_ptr<orc::LLJIT>> jit =
      orc::LLJITBuilder()
          .setDataLayout(machine->createDataLayout())
          .setCompileFunctionCreator(
              [&](orc::JITTargetMachineBuilder)
                  -> Expected<
                      std::unique_ptr<orc::IRCompileLayer::IRCompiler>> {
                return std::make_unique<orc::TMOwningSimpleCompiler>(
                    std::move(machine));
              })
          .create();
  if (!jit)
    return jit.takeError();
  function.jit = std::move(*jit);
  if (callsOpenMP(*module))
    if (Error error = loadOpenMP(*function.jit))
      return error;
  if (Error error = function.jit->addIRModule(
          orc::ThreadSafeModule(std::move(module), std::move(context))))
    return error;
  for (auto [name, pointer] :
       {std::pair(entryName, &function.entry),
        std::pair(resultDimsName, &function.resultDims)}) {
    if (name.empty())
      continue;
    Expected<orc::ExecutorAddr> address = function.jit->lookup(name);
    if (!address)
      return address.takeError();
    *pointer = address->toPtr<Invoke>();
  }
  return function;
}

Error act::JitFunction::checkInput(unsigned index,
                                   const NpyArray &input) const {
  const CArray &expected = signature.inputs[index];
  bool fits = elementOf(expected.element) == input.element() &&
              expected.shape.size() == input.shape().size();
  if (fits)
    for (auto [wanted, found] : zip_equal(expected.shape, input.shape()))
      fits &= mlir::ShapedType::isDynamic(wanted) || wanted == found;
  if (fits)
    return Error::success();
  return createStringError("expected " + describe(expected) + ", got " +
                           ::describe(input.element(), input.shape()));
}

Error act::JitFunction::checkEqualDims(ArrayRef<NpyArray> inputs) const {
  for (ArrayRef<ArgumentDim> dims : signature.equalDims) {
    ArgumentDim first = dims.front();
    int64_t wanted = inputs[first.argument].shape()[first.dim];
    for (ArgumentDim dim : dims.drop_front()) {
      int64_t found = inputs[dim.argument].shape()[dim.dim];
      if (found != wanted)
        return createStringError(
            "argument #" + Twine(dim.argument) + ": expected " + Twine(wanted) +
            " as dimension " + Twine(dim.dim) + ", as dimension " +
            Twine(first.dim) + " of argument #" + Twine(first.argument) +
            " is, got " + Twine(found));
    }
  }
  return Error::success();
}

/// The sizes of those dimensions of `inputs` that `signature` leaves open.
static SmallVector<uint64_t> openDims(const act::CSignature &signature,
                                      ArrayRef<act::NpyArray> inputs) {
  SmallVector<uint64_t> dims;
  for (auto [argument, input] : zip_equal(signature.inputs, inputs))
    for (auto [wanted, found] : zip_equal(argument.shape, input.shape()))
      if (mlir::ShapedType::isDynamic(wanted))
        dims.push_back(found);
  return dims;
}

Expected<std::vector<act::NpyArray>>
act::JitFunction::allocateResults(ArrayRef<NpyArray> inputs) const {
  SmallVector<int64_t> dims(signature.numResultDims());
  if (resultDims) {
    SmallVector<uint64_t> arguments = openDims(signature, inputs);
    arguments.push_back(reinterpret_cast<uintptr_t>(dims.data()));
    resultDims(arguments.data());
  }
  ArrayRef<int64_t> rest = dims;
  std::vector<NpyArray> results;
  for (const CArray &result : signature.results) {
    SmallVector<int64_t> shape = result.shape;
    for (int64_t &size : shape)
      if (mlir::ShapedType::isDynamic(size))
        size = rest.consume_front();
    Expected<NpyArray> array =
        NpyArray::create(elementOf(result.element), shape);
    if (!array)
      return array.takeError();
    results.push_back(std::move(*array));
  }
  return results;
}

std::function<void()>
act::JitFunction::bind(ArrayRef<NpyArray> inputs,
                       MutableArrayRef<NpyArray> results) const {
  std::vector<uint64_t> arguments;
  for (const NpyArray &input : inputs)
    arguments.push_back(reinterpret_cast<uintptr_t>(input.data()));
  append_range(arguments, openDims(signature, inputs));
  for (NpyArray &result : results)
    arguments.push_back(reinterpret_cast<uintptr_t>(result.data()));
  return [invoke = entry, arguments] { invoke(arguments.data()); };
}
