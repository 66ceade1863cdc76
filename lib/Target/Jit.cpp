//===- Jit.cpp - Compiled functions in this process -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/Jit.h"
#include "act/Target/Emit.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

using namespace llvm;

static std::string packedName(StringRef name) {
  return (name + "_packed").str();
}

/// Adds `void NAME_packed(const uint64_t *)`, which takes the arguments of
/// NAME from an array: a signature that C++ can call whatever NAME's is.
static Error addPackedCall(Module &module, StringRef name) {
  Function *callee = module.getFunction(name);
  if (!callee)
    return createStringError("expected the module to define '" + name + "'");
  LLVMContext &context = module.getContext();
  auto *type = FunctionType::get(Type::getVoidTy(context),
                                 {PointerType::getUnqual(context)}, false);
  Function *packed = Function::Create(type, Function::ExternalLinkage,
                                      packedName(name), module);
  packed->copyAttributesFrom(callee);
  packed->setAttributes(AttributeList().addFnAttributes(
      context, AttrBuilder(context, callee->getAttributes().getFnAttrs())));
  IRBuilder<> builder(BasicBlock::Create(context, "entry", packed));
  SmallVector<Value *> arguments;
  for (Argument &argument : callee->args()) {
    Value *slot = builder.CreateConstGEP1_64(
        builder.getInt64Ty(), packed->getArg(0), argument.getArgNo());
    arguments.push_back(builder.CreateLoad(argument.getType(), slot));
  }
  builder.CreateCall(callee, arguments);
  builder.CreateRetVoid();
  return Error::success();
}

Expected<act::LoadedFunction>
act::LoadedFunction::load(std::unique_ptr<Module> module,
                          TargetMachine &machine, const CSignature &signature) {
  LoadedFunction function;
  function.numResultDims = signature.numResultDims();
  if (Error error = addPackedCall(*module, signature.name))
    return error;
  if (function.numResultDims)
    if (Error error = addPackedCall(*module, signature.resultDimsName()))
      return error;
  Expected<SmallVector<char, 0>> object = emitObject(*module, machine);
  if (!object)
    return object.takeError();

  Expected<std::unique_ptr<orc::LLJIT>> jit = orc::LLJITBuilder().create();
  if (!jit)
    return jit.takeError();
  function.jit = std::move(*jit);
  if (Error error =
          function.jit->addObjectFile(std::make_unique<SmallVectorMemoryBuffer>(
              std::move(*object), /*RequiresNullTerminator=*/false)))
    return error;
  auto lookup = [&](StringRef name, Packed &address) -> Error {
    Expected<orc::ExecutorAddr> found = function.jit->lookup(packedName(name));
    if (!found)
      return found.takeError();
    address = found->toPtr<Packed>();
    return Error::success();
  };
  if (Error error = lookup(signature.name, function.entry))
    return error;
  if (function.numResultDims)
    if (Error error = lookup(signature.resultDimsName(), function.dims))
      return error;
  return function;
}

SmallVector<int64_t>
act::LoadedFunction::resultDims(ArrayRef<int64_t> inputDims) const {
  SmallVector<int64_t> results(numResultDims);
  if (!dims)
    return results;
  SmallVector<uint64_t> arguments(inputDims.begin(), inputDims.end());
  arguments.push_back(reinterpret_cast<uint64_t>(results.data()));
  dims(arguments.data());
  return results;
}
