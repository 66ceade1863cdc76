//===- Dispatch.cpp - A function that picks its version -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Dispatch.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

/// The registers of one answer of cpuid.
enum CpuidRegister : unsigned { Eax, Ebx, Ecx, Edx };

/// Emits cpuid for `leaf` and `subleaf`.
static Value *emitCpuid(IRBuilder<> &builder, uint32_t leaf,
                        uint32_t subleaf = 0) {
  Type *word = builder.getInt32Ty();
  auto *type = FunctionType::get(StructType::get(word, word, word, word),
                                 {word, word}, /*isVarArg=*/false);
  InlineAsm *cpuid = InlineAsm::get(
      type, "cpuid",
      "={ax},={bx},={cx},={dx},{ax},{cx},~{dirflag},~{fpsr},~{flags}",
      /*hasSideEffects=*/false);
  return builder.CreateCall(
      type, cpuid, {builder.getInt32(leaf), builder.getInt32(subleaf)});
}

/// Emits xgetbv for register 0, the low half.
static Value *emitXgetbv(IRBuilder<> &builder) {
  Type *word = builder.getInt32Ty();
  auto *type = FunctionType::get(StructType::get(word, word), {word},
                                 /*isVarArg=*/false);
  // With side effects, so that it stays behind the test that allows it.
  InlineAsm *xgetbv = InlineAsm::get(
      type, "xgetbv", "={ax},={dx},{cx},~{dirflag},~{fpsr},~{flags}",
      /*hasSideEffects=*/true);
  Value *answer = builder.CreateCall(type, xgetbv, {builder.getInt32(0)});
  return builder.CreateExtractValue(answer, Eax);
}

/// Emits the words at the end of `function`, whose insertion point moves.
static std::array<Value *, act::NumCpuidWords>
emitCpuidWords(IRBuilder<> &builder, Function *function) {
  std::array<Value *, act::NumCpuidWords> words;
  Value *zero = builder.getInt32(0);
  auto wordOf = [&](Value *answer, CpuidRegister reg, Value *isThere) {
    Value *word = builder.CreateExtractValue(answer, reg);
    return isThere ? builder.CreateSelect(isThere, word, zero) : word;
  };
  Value *last = wordOf(emitCpuid(builder, 0), Eax, nullptr);
  // A leaf beyond the last answers with that of another one.
  Value *hasLeaf7 = builder.CreateICmpUGE(last, builder.getInt32(7));
  words[act::Leaf1Ecx] = wordOf(emitCpuid(builder, 1), Ecx, nullptr);
  Value *leaf7 = emitCpuid(builder, 7);
  words[act::Leaf7Ebx] = wordOf(leaf7, Ebx, hasLeaf7);
  words[act::Leaf7Ecx] = wordOf(leaf7, Ecx, hasLeaf7);
  words[act::Leaf7Edx] = wordOf(leaf7, Edx, hasLeaf7);
  Value *hasSub1 = builder.CreateICmpNE(wordOf(leaf7, Eax, hasLeaf7), zero);
  words[act::Leaf7Sub1Eax] = wordOf(emitCpuid(builder, 7, 1), Eax, hasSub1);
  // Every processor of 64 bits has this leaf: it tells of the 64 bits.
  words[act::Leaf80000001Ecx] =
      wordOf(emitCpuid(builder, 0x80000001), Ecx, nullptr);

  // The instruction itself is there only where the system has allowed it.
  constexpr uint32_t osxsave = uint32_t(1) << 27;
  Value *allowed = builder.CreateICmpNE(
      builder.CreateAnd(words[act::Leaf1Ecx], osxsave), zero);
  LLVMContext &context = function->getContext();
  BasicBlock *before = builder.GetInsertBlock();
  BasicBlock *ask = BasicBlock::Create(context, "ask", function);
  BasicBlock *choose = BasicBlock::Create(context, "choose", function);
  builder.CreateCondBr(allowed, ask, choose);
  builder.SetInsertPoint(ask);
  Value *saved = emitXgetbv(builder);
  builder.CreateBr(choose);
  builder.SetInsertPoint(choose);
  PHINode *xcr0 = builder.CreatePHI(builder.getInt32Ty(), 2);
  xcr0->addIncoming(zero, before);
  xcr0->addIncoming(saved, ask);
  words[act::Xcr0] = xcr0;
  return words;
}

/// Emits: the last of `candidates` that the processor can run.
static Value *emitChoice(IRBuilder<> &builder, Function *function,
                         ArrayRef<act::Candidate> candidates) {
  std::array<Value *, act::NumCpuidWords> words =
      emitCpuidWords(builder, function);
  Value *choice = candidates.front().function;
  for (const act::Candidate &candidate : candidates.drop_front()) {
    Value *runs = builder.getTrue();
    for (auto [word, bits] : zip_equal(words, candidate.required))
      if (bits != 0)
        runs = builder.CreateAnd(
            runs, builder.CreateICmpEQ(builder.CreateAnd(word, bits),
                                       builder.getInt32(bits)));
    choice = builder.CreateSelect(runs, candidate.function, choice);
  }
  return choice;
}

/// Emits a return of a call of `callee` with the arguments of `caller`.
static void emitForward(IRBuilder<> &builder, Function *caller, Value *callee) {
  SmallVector<Value *> arguments(make_pointer_range(caller->args()));
  CallInst *call =
      builder.CreateCall(caller->getFunctionType(), callee, arguments);
  call->setTailCallKind(CallInst::TCK_MustTail);
  call->setAttributes(
      AttributeList::get(caller->getContext(), AttributeSet(), AttributeSet(),
                         SmallVector<AttributeSet>(arguments.size())));
  if (caller->getReturnType()->isVoidTy())
    builder.CreateRetVoid();
  else
    builder.CreateRet(call);
}

void act::addDispatch(Module &module, StringRef name,
                      ArrayRef<Candidate> candidates) {
  LLVMContext &context = module.getContext();
  FunctionType *type = candidates.front().function->getFunctionType();
  auto create = [&](GlobalValue::LinkageTypes linkage, const Twine &symbol) {
    Function *function = Function::Create(type, linkage, symbol, module);
    function->addFnAttr("target-cpu", kPlainX86);
    function->addFnAttr("target-features", "");
    return function;
  };
  Function *dispatch = create(GlobalValue::ExternalLinkage, name);
  Function *resolve = create(GlobalValue::InternalLinkage, name + ".resolve");
  auto *pointer = PointerType::getUnqual(context);
  auto *chosen = new GlobalVariable(module, pointer, /*isConstant=*/false,
                                    GlobalValue::InternalLinkage, resolve,
                                    name + ".chosen");
  Align align = module.getDataLayout().getPointerABIAlignment(0);

  IRBuilder<> builder(context);
  builder.SetInsertPoint(BasicBlock::Create(context, "", dispatch));
  // Whoever chooses chooses the same, so that no order is needed.
  LoadInst *load = builder.CreateAlignedLoad(pointer, chosen, align);
  load->setAtomic(AtomicOrdering::Monotonic);
  emitForward(builder, dispatch, load);

  builder.SetInsertPoint(BasicBlock::Create(context, "", resolve));
  Value *choice = emitChoice(builder, resolve, candidates);
  StoreInst *store = builder.CreateAlignedStore(choice, chosen, align);
  store->setAtomic(AtomicOrdering::Monotonic);
  emitForward(builder, resolve, choice);
}
