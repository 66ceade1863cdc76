//===- BrainFloatPairs.cpp - Vectors of bf16 by even and odd lanes --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BrainFloatPairs.h"
#include "BrainFloatRounding.h"

#include "act/Approx/Isa.h"
#include "act/IR/Act.h"
#include "act/IR/TargetOptions.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

namespace act {
#define GEN_PASS_DEF_ACTPAIRBRAINFLOATS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// Which lane of memory stands at each place: of every 2 * `lanes` the even
/// ones first.
SmallVector<int64_t> pairedOrder(int64_t size, int64_t lanes) {
  SmallVector<int64_t> order;
  for (int64_t block = 0; block < size; block += 2 * lanes)
    for (int64_t odd : {0, 1})
      for (int64_t i = 0; i < lanes; ++i)
        order.push_back(block + 2 * i + odd);
  return order;
}

/// The place at which each lane of memory stands.
SmallVector<int64_t> memoryOrder(int64_t size, int64_t lanes) {
  SmallVector<int64_t> order(size);
  for (auto [place, lane] : llvm::enumerate(pairedOrder(size, lanes)))
    order[lane] = place;
  return order;
}

//===----------------------------------------------------------------------===//
// Expansion
//===----------------------------------------------------------------------===//

bool isVectorOf(Type type, bool brain) {
  auto vector = dyn_cast<VectorType>(type);
  return vector && vector.getRank() == 1 && !vector.isScalable() &&
         (brain ? vector.getElementType().isBF16()
                : vector.getElementType().isF32());
}

/// The lanes of a register for which `shuffle` is `order`; 0 for other
/// shuffles.
template <typename OrderFn>
int64_t lanesOf(vector::ShuffleOp shuffle, OrderFn order) {
  ArrayRef<int64_t> mask = shuffle.getMask();
  int64_t size = mask.size();
  if (shuffle.getV1VectorType() != shuffle.getType())
    return 0;
  for (int64_t lanes = 4; 2 * lanes <= size && size % (2 * lanes) == 0;
       lanes *= 2)
    if (ArrayRef<int64_t>(order(size, lanes)) == mask)
      return lanes;
  return 0;
}

Value splat(ImplicitLocOpBuilder &b, VectorType type, uint32_t value) {
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(type, APInt(32, value)));
}

constexpr uint32_t upperHalf = 0xffff0000;

/// extf of loaded lanes in paired order -> a shift and a mask. Exact.
struct ExtendPairs : OpRewritePattern<arith::ExtFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::ExtFOp extend,
                                PatternRewriter &rewriter) const override {
    auto shuffle = extend.getIn().getDefiningOp<vector::ShuffleOp>();
    if (!shuffle || !isVectorOf(shuffle.getType(), /*brain=*/true) ||
        !isVectorOf(extend.getType(), /*brain=*/false))
      return rewriter.notifyMatchFailure(extend, "expected a shuffle of bf16");
    int64_t lanes = lanesOf(shuffle, pairedOrder);
    if (lanes == 0)
      return rewriter.notifyMatchFailure(extend, "expected the paired order");
    ImplicitLocOpBuilder b(extend.getLoc(), rewriter);
    int64_t size = shuffle.getType().getNumElements();
    auto pairs = VectorType::get({size / 2}, b.getI32Type());
    auto words = VectorType::get({size}, b.getI32Type());
    Value bits = vector::BitCastOp::create(b, pairs, shuffle.getV1());
    Value even = arith::ShLIOp::create(b, bits, splat(b, pairs, 16));
    Value odd = arith::AndIOp::create(b, bits, splat(b, pairs, upperHalf));
    // Whole registers in turn: no instruction.
    SmallVector<int64_t> order;
    for (int64_t block = 0; block < size / 2; block += lanes)
      for (int64_t start : {block, size / 2 + block})
        for (int64_t i = 0; i < lanes; ++i)
          order.push_back(start + i);
    Value joined = vector::ShuffleOp::create(b, words, even, odd, order);
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(extend, extend.getType(),
                                                  joined);
    return success();
  }
};

/// Paired lanes that are rounded and stored -> a shift and a selection of bits.
/// Exact.
struct RoundPairs : OpRewritePattern<vector::ShuffleOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(vector::ShuffleOp shuffle,
                                PatternRewriter &rewriter) const override {
    auto narrow = shuffle.getV1().getDefiningOp<arith::TruncFOp>();
    if (!narrow || !act::roundsToBrainFloat(narrow) ||
        !isVectorOf(shuffle.getType(), /*brain=*/true))
      return rewriter.notifyMatchFailure(shuffle,
                                         "expected f32 rounded to bf16");
    int64_t lanes = lanesOf(shuffle, memoryOrder);
    if (lanes == 0)
      return rewriter.notifyMatchFailure(shuffle, "expected the paired order");
    ImplicitLocOpBuilder b(shuffle.getLoc(), rewriter);
    int64_t size = shuffle.getType().getNumElements();
    auto pairs = VectorType::get({size / 2}, b.getI32Type());
    Value rounded =
        act::roundToUpperHalf(rewriter, narrow, /*keepsPayload=*/true);
    auto half = [&](int64_t first) -> Value {
      SmallVector<int64_t> order;
      for (int64_t block = 0; block < size; block += 2 * lanes)
        for (int64_t i = 0; i < lanes; ++i)
          order.push_back(block + first + i);
      return vector::ShuffleOp::create(b, pairs, rounded, rounded, order);
    };
    Value even = arith::ShRUIOp::create(b, half(0), splat(b, pairs, 16));
    Value odd =
        arith::AndIOp::create(b, half(lanes), splat(b, pairs, upperHalf));
    rewriter.replaceOpWithNewOp<vector::BitCastOp>(
        shuffle, shuffle.getType(), arith::OrIOp::create(b, even, odd));
    return success();
  }
};

/// extf(truncf(x)) -> the upper half of x, rounded. Exact.
struct RoundInPlace : OpRewritePattern<arith::ExtFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::ExtFOp extend,
                                PatternRewriter &rewriter) const override {
    auto narrow = extend.getIn().getDefiningOp<arith::TruncFOp>();
    if (!narrow || !act::roundsToBrainFloat(narrow) ||
        !isVectorOf(narrow.getType(), /*brain=*/true) ||
        narrow.getIn().getType() != extend.getType())
      return rewriter.notifyMatchFailure(extend,
                                         "expected f32 rounded to bf16");
    ImplicitLocOpBuilder b(extend.getLoc(), rewriter);
    Value rounded =
        act::roundToUpperHalf(rewriter, narrow, /*keepsPayload=*/true);
    auto bits = cast<VectorType>(rounded.getType());
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(
        extend, extend.getType(),
        arith::AndIOp::create(b, rounded, splat(b, bits, upperHalf)));
    return success();
  }
};

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Ops of one block whose lanes do not meet, from loads to stores of bf16.
struct Lanewise {
  llvm::SetVector<vector::TransferReadOp> loads;
  llvm::SetVector<vector::TransferWriteOp> stores;
};

/// Does `transfer` move whole vectors of bf16, contiguous and without a mask?
template <typename TransferOp>
bool isPlain(TransferOp transfer, VectorType type) {
  return transfer.getVectorType() == type && !transfer.getMask() &&
         !transfer.hasOutOfBoundsDim() &&
         transfer.getPermutationMap().isMinorIdentity() &&
         isa<MemRefType>(transfer.getShapedType());
}

/// All that values flow to and from, from `store` on; none if lanes meet, or
/// come from elsewhere.
std::optional<Lanewise> findLanewise(vector::TransferWriteOp store) {
  VectorType type = store.getVectorType();
  Lanewise found;
  llvm::SetVector<Operation *> ops;
  ops.insert(store);
  for (size_t next = 0; next < ops.size(); ++next) {
    Operation *op = ops[next];
    // The same in every lane, whoever else reads it.
    SplatElementsAttr same;
    if (matchPattern(op, m_Constant(&same)))
      continue;
    if (auto spread = dyn_cast<vector::BroadcastOp>(op);
        spread && !isa<VectorType>(spread.getSourceType()))
      continue;
    if (op->getBlock() != store->getBlock())
      return std::nullopt;
    if (auto write = dyn_cast<vector::TransferWriteOp>(op)) {
      if (!isPlain(write, type))
        return std::nullopt;
      found.stores.insert(write);
      if (Operation *source = write.getVector().getDefiningOp())
        ops.insert(source);
      else
        return std::nullopt;
      continue;
    }
    if (auto read = dyn_cast<vector::TransferReadOp>(op)) {
      if (!isPlain(read, type))
        return std::nullopt;
      found.loads.insert(read);
    } else {
      if (!OpTrait::hasElementwiseMappableTraits(op) &&
          !isa<act::ScalarFunctionOpInterface>(op))
        return std::nullopt;
      for (Value operand : op->getOperands()) {
        auto vector = dyn_cast<VectorType>(operand.getType());
        Operation *source = operand.getDefiningOp();
        if (!vector || vector.getShape() != type.getShape() || !source)
          return std::nullopt;
        ops.insert(source);
      }
    }
    for (Operation *user : op->getUsers())
      ops.insert(user);
  }
  return found;
}

struct PairBrainFloats : act::impl::ActPairBrainFloatsBase<PairBrainFloats> {
  using ActPairBrainFloatsBase::ActPairBrainFloatsBase;

  void runOnOperation() override {
    FailureOr<const act::Isa *> chosen =
        act::parseIsa(getOperation()->getLoc(), isa);
    if (failed(chosen))
      return signalPassFailure();
    lanes = (*chosen)->lanes;
    if (lanes == 0)
      return;
    SmallVector<vector::TransferWriteOp> stores;
    getOperation()->walk([&](vector::TransferWriteOp store) {
      VectorType type = store.getVectorType();
      if (isVectorOf(type, /*brain=*/true) &&
          type.getNumElements() % (2 * lanes) == 0)
        stores.push_back(store);
    });
    llvm::SetVector<vector::TransferWriteOp> done;
    for (vector::TransferWriteOp store : stores) {
      if (done.contains(store))
        continue;
      if (std::optional<Lanewise> found = findLanewise(store)) {
        done.insert_range(found->stores);
        pair(*found);
      }
    }
  }

private:
  void pair(Lanewise &found) {
    for (vector::TransferReadOp load : found.loads) {
      OpBuilder builder(&getContext());
      builder.setInsertionPointAfter(load);
      Value loaded = load.getVector();
      auto paired = vector::ShuffleOp::create(
          builder, load.getLoc(), loaded, loaded,
          pairedOrder(load.getVectorType().getNumElements(), lanes));
      loaded.replaceAllUsesExcept(paired, paired);
    }
    for (vector::TransferWriteOp store : found.stores) {
      OpBuilder builder(store);
      Value value = store.getVector();
      store.getValueToStoreMutable().assign(vector::ShuffleOp::create(
          builder, store.getLoc(), value, value,
          memoryOrder(store.getVectorType().getNumElements(), lanes)));
    }
  }

  int64_t lanes = 0;
};

} // namespace

void act::populateBrainFloatPairPatterns(RewritePatternSet &patterns) {
  // Before upstream's, which know one conversion at a time.
  constexpr int benefit = 2;
  patterns.add<ExtendPairs, RoundPairs, RoundInPlace>(patterns.getContext(),
                                                      benefit);
}
