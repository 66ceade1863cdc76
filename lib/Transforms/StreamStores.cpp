//===- StreamStores.cpp - Large results go round the cache ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How does a result that no cache can hold reach memory? By stores that do not
// read its lines first. They have to be aligned, which the result is not: the
// streaming loop starts at its first whole line, and the plain loop then does
// the first and the last step only. Where steps overlap an element is computed
// twice, to the same bits, so no operand may share memory with the result. A
// piece of the result that a thread computes is done in the same way.
//
//===----------------------------------------------------------------------===//

#include "act/IR/TargetOptions.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace act {
#define GEN_PASS_DEF_ACTSTREAMSTORES
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// A loop over whole steps: what it writes and reads.
struct StepLoop {
  scf::ForOp loop;
  int64_t step; ///< elements
  vector::TransferWriteOp write;
  SmallVector<Value> operands;

  /// From the loop's index to the element that is written; null where they are
  /// the same.
  affine::AffineApplyOp shift() {
    return write.getIndices().front().getDefiningOp<affine::AffineApplyOp>();
  }

  int64_t elementBytes() {
    return write.getVectorType().getElementTypeBitWidth() / 8;
  }
};

/// The buffer is dense, so that its address and size tell where it lies.
bool isDense(Value buffer) {
  auto type = dyn_cast<MemRefType>(buffer.getType());
  return type && type.getLayout().isIdentity() &&
         type.getElementType().isIntOrFloat() &&
         type.getElementTypeBitWidth() % 8 == 0;
}

/// Is `index` that of the loop, or that plus a number that the loop does not
/// change?
bool stepsWith(Value index, scf::ForOp loop) {
  if (index == loop.getInductionVar())
    return true;
  auto shift = index.getDefiningOp<affine::AffineApplyOp>();
  if (!shift)
    return false;
  AffineMap map = shift.getAffineMap();
  unsigned dims = map.getNumDims();
  AffineExpr shifted = map.getResult(0);
  AffineExpr next = shifted;
  for (auto [i, operand] : llvm::enumerate(shift.getMapOperands())) {
    AffineExpr variable = i < dims
                              ? getAffineDimExpr(i, map.getContext())
                              : getAffineSymbolExpr(i - dims, map.getContext());
    if (operand == loop.getInductionVar())
      next = next.replace(variable, variable + 1);
    else if (!loop.isDefinedOutsideOfLoop(operand))
      return false;
  }
  return simplifyAffineExpr(next - shifted, dims, map.getNumSymbols()) == 1;
}

/// Does `write` put one whole step at the loop's index, or shifted with it?
bool writesWholeStep(vector::TransferWriteOp write, scf::ForOp loop,
                     int64_t step) {
  return isDense(write.getBase()) && write.getShapedType().getRank() == 1 &&
         loop.isDefinedOutsideOfLoop(write.getBase()) && !write.getMask() &&
         !write.hasOutOfBoundsDim() &&
         write.getPermutationMap().isMinorIdentity() &&
         stepsWith(write.getIndices().front(), loop) &&
         write.getVectorType().getNumElements() == step;
}

/// What `loop` does, null with the reason why its stores can not stream.
std::optional<StepLoop> analyze(scf::ForOp loop, int64_t lineBytes,
                                StringRef &reason) {
  std::optional<int64_t> step = getConstantIntValue(loop.getStep());
  std::optional<int64_t> start = getConstantIntValue(loop.getLowerBound());
  reason = "expected a loop from zero by a constant step, at the function's "
           "top level or in a parallel loop, without results";
  if (!step || start != 0 || loop.getNumResults() != 0 ||
      !isa<FunctionOpInterface, scf::ParallelOp>(loop->getParentOp()))
    return std::nullopt;
  reason = "expected one write, of a whole step of a dense result, and reads "
           "of dense operands";
  StepLoop found{loop, *step, nullptr, {}};
  for (Operation &op : loop.getBody()->without_terminator()) {
    if (isPure(&op))
      continue;
    if (auto read = dyn_cast<vector::TransferReadOp>(op);
        read && isDense(read.getBase()) &&
        loop.isDefinedOutsideOfLoop(read.getBase())) {
      found.operands.push_back(read.getBase());
      continue;
    }
    auto write = dyn_cast<vector::TransferWriteOp>(op);
    if (!write || found.write || !writesWholeStep(write, loop, *step))
      return std::nullopt;
    found.write = write;
  }
  if (!found.write)
    return std::nullopt;
  reason = "expected a step of whole cache lines";
  if (*step * found.elementBytes() % lineBytes != 0)
    return std::nullopt;
  reason = "expected operands apart from the result";
  if (llvm::is_contained(found.operands, found.write.getBase()))
    return std::nullopt;
  return found;
}

/// Emits the streaming loop before a loop.
class Streaming {
public:
  Streaming(StepLoop stepLoop, const act::Isa &isa)
      : plain(std::move(stepLoop)), isa(isa),
        builder(plain.loop.getLoc(), plain.loop) {}

  /// Streams the result where it takes `minBytes` or more, and leaves the first
  /// and the last step to the plain loop.
  void emit(uint64_t minBytes) {
    Value step = plain.loop.getStep();
    Value numSteps =
        arith::CeilDivUIOp::create(builder, plain.loop.getUpperBound(), step);
    Value end = arith::MulIOp::create(builder, numSteps, step);
    Value size = memref::DimOp::create(builder, plain.write.getBase(), 0);
    Value isLarge = arith::AndIOp::create(
        builder, isAtLeast(size, minBytes / plain.elementBytes()),
        // The first step and the last.
        isAtLeast(end, 2 * plain.step));
    Value distance = choose(isLarge, step, [&] {
      return choose(isApart(), step, [&] {
        emitLoop(end);
        return Value(arith::SubIOp::create(builder, end, step));
      });
    });
    plain.loop.setStep(distance);
  }

private:
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, value);
  }

  Value isAtLeast(Value number, uint64_t least) {
    return arith::CmpIOp::create(builder, arith::CmpIPredicate::uge, number,
                                 constant(least));
  }

  /// `then()` where the condition holds, else `otherwise`.
  Value choose(Value condition, Value otherwise,
               llvm::function_ref<Value()> then) {
    auto branch = scf::IfOp::create(builder, TypeRange{builder.getIndexType()},
                                    condition, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    scf::YieldOp::create(builder, then());
    builder.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(builder, otherwise);
    return branch.getResult(0);
  }

  /// The addresses of a dense buffer's first byte and of the one behind it.
  std::pair<Value, Value> extent(Value buffer) {
    auto type = cast<MemRefType>(buffer.getType());
    Value start =
        memref::ExtractAlignedPointerAsIndexOp::create(builder, buffer);
    Value bytes = constant(type.getElementTypeBitWidth() / 8);
    for (int64_t i = 0; i < type.getRank(); ++i)
      bytes = arith::MulIOp::create(builder, bytes,
                                    memref::DimOp::create(builder, buffer, i));
    return {start, arith::AddIOp::create(builder, start, bytes)};
  }

  /// Does the result share no memory with an operand?
  Value isApart() {
    auto [start, end] = extent(plain.write.getBase());
    Value all = arith::ConstantIntOp::create(builder, 1, 1);
    for (Value operand : plain.operands) {
      auto [first, last] = extent(operand);
      Value below = arith::CmpIOp::create(builder, arith::CmpIPredicate::ule,
                                          last, start);
      Value above =
          arith::CmpIOp::create(builder, arith::CmpIPredicate::uge, first, end);
      all = arith::AndIOp::create(builder, all,
                                  arith::OrIOp::create(builder, below, above));
    }
    return all;
  }

  /// The address of the element that the loop writes first.
  Value firstAddress() {
    Value address = memref::ExtractAlignedPointerAsIndexOp::create(
        builder, plain.write.getBase());
    if (!plain.shift())
      return address;
    IRMapping mapping;
    mapping.map(plain.loop.getInductionVar(), constant(0));
    Value element = builder.clone(*plain.shift(), mapping)->getResult(0);
    return arith::AddIOp::create(
        builder, address,
        arith::MulIOp::create(builder, element,
                              constant(plain.elementBytes())));
  }

  /// The step of the loop at which the first whole line of what it writes
  /// starts, in elements.
  Value firstWholeLine() {
    Value address = firstAddress();
    Value before = arith::SubIOp::create(builder, constant(0), address);
    Value rest =
        arith::AndIOp::create(builder, before, constant(isa.lineBytes - 1));
    return arith::DivUIOp::create(builder, rest,
                                  constant(plain.elementBytes()));
  }

  /// The loop's steps from the first whole line on, up to the last that fits
  /// before `end`.
  void emitLoop(Value end) {
    // i + step <= end, as i < end - (step - 1).
    Value bound = arith::SubIOp::create(builder, end, constant(plain.step - 1));
    auto loop = scf::ForOp::create(builder, firstWholeLine(), bound,
                                   plain.loop.getStep());
    IRMapping mapping;
    mapping.map(plain.loop.getInductionVar(), loop.getInductionVar());
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    for (Operation &op : plain.loop.getBody()->without_terminator()) {
      if (&op != plain.write) {
        builder.clone(op, mapping);
        continue;
      }
      auto store = vector::StoreOp::create(
          builder, mapping.lookupOrDefault(plain.write.getVector()),
          plain.write.getBase(),
          mapping.lookupOrDefault(plain.write.getIndices().front()));
      store.setNontemporal(true);
      store.setAlignment(isa.lineBytes);
    }
    builder.setInsertionPointAfter(loop);
    // Another thread that learns by a plain store that the result is there has
    // to see it.
    LLVM::CallIntrinsicOp::create(
        builder, builder.getStringAttr(isa.streamFence), ValueRange{});
  }

  StepLoop plain;
  const act::Isa &isa;
  ImplicitLocOpBuilder builder;
};

class StreamStores : public act::impl::ActStreamStoresBase<StreamStores> {
public:
  using ActStreamStoresBase::ActStreamStoresBase;

  void runOnOperation() override {
    FailureOr<const act::Isa *> known =
        act::parseIsa(getOperation()->getLoc(), isa);
    if (failed(known))
      return signalPassFailure();
    const act::Isa *row = *known;
    if (row->streamBytes == 0)
      return;
    SmallVector<scf::ForOp> loops;
    getOperation()->walk([&](scf::ForOp loop) { loops.push_back(loop); });
    for (scf::ForOp loop : loops) {
      StringRef reason;
      if (std::optional<StepLoop> found = analyze(loop, row->lineBytes, reason))
        Streaming(*found, *row)
            .emit(minBytes ? minBytes.getValue() : row->streamBytes);
      else
        remark::missed(
            loop.getLoc(),
            remark::RemarkOpts::name("plain-stores").category(getArgument()))
            << remark::reason("{0}", reason.str());
    }
  }
};

} // namespace
