//===- MaterializeInit.cpp - Initializers to the numbers they stand for ---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/ActInterfaces.h"
#include "act/IR/RandomDraws.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinOps.h"

namespace act {
#define GEN_PASS_DEF_ACTMATERIALIZEINIT
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

/// `value` in `semantics`: to nearest even, or to the other side where only
/// that one lies in the support.
static APFloat roundInto(act::Interval support, double value,
                         const llvm::fltSemantics &semantics) {
  auto round = [&](APFloat::roundingMode mode) {
    APFloat rounded(value);
    bool inexact;
    rounded.convert(semantics, mode, &inexact);
    return rounded;
  };
  APFloat nearest = round(APFloat::rmNearestTiesToEven);
  double got = nearest.convertToDouble();
  if (!nearest.isFinite() || support.contains(got))
    return nearest;
  APFloat other = round(value > got ? APFloat::rmTowardPositive
                                    : APFloat::rmTowardNegative);
  return support.contains(other.convertToDouble()) ? other : nearest;
}

/// The drawn elements in their type; an error if it does not hold them.
static FailureOr<DenseElementsAttr> draw(act::InitializerOpInterface op,
                                         uint64_t seed) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  auto elementType = cast<FloatType>(type.getElementType());
  std::vector<double> weights(type.getNumElements());
  op.drawWeights(seed, weights);
  act::Interval support = op.getWeightLaw().support;
  unsigned bytes = elementType.getWidth() / 8;
  std::vector<char> buffer(weights.size() * bytes);
  for (auto [index, weight] : llvm::enumerate(weights)) {
    APFloat rounded =
        roundInto(support, weight, elementType.getFloatSemantics());
    if (!rounded.isFinite())
      return op->emitOpError()
             << "expected weights that " << elementType << " holds, got "
             << weight << "; use a wider type or other parameters";
    llvm::StoreIntToMemory(
        rounded.bitcastToAPInt(),
        reinterpret_cast<uint8_t *>(buffer.data() + index * bytes), bytes);
  }
  return DenseElementsAttr::getFromRawBuffer(type, buffer);
}

namespace {

/// A constant of more lives in no IR: 16 GiB of f64.
constexpr int64_t kMaxElements = int64_t(1) << 31;

class MaterializeInit
    : public act::impl::ActMaterializeInitBase<MaterializeInit> {
public:
  using ActMaterializeInitBase::ActMaterializeInitBase;

  LogicalResult initialize(MLIRContext *context) override {
    int64_t number;
    if (seed.empty())
      return success();
    if (StringRef(seed).getAsInteger(10, number))
      return emitError(UnknownLoc::get(context))
             << "expected a 64-bit integer as the option seed, got '" << seed
             << "'";
    optionSeed = uint64_t(number);
    return success();
  }

  void runOnOperation() override {
    act::RandomStream seeds(optionSeed.value_or(0));
    WalkResult result =
        getOperation()->walk([&](act::InitializerOpInterface op) {
          bool isDrawn = !op.getWeightLaw().support.isPoint();
          std::optional<uint64_t> ownSeed = op.getSeed();
          if (isDrawn && !ownSeed && !optionSeed) {
            op->emitOpError("expected the attribute 'seed' or the option seed");
            return WalkResult::interrupt();
          }
          bool takesNext = isDrawn && !ownSeed;
          return materialize(op,
                             takesNext ? seeds.bits() : ownSeed.value_or(0));
        });
    if (result.wasInterrupted())
      signalPassFailure();
  }

private:
  static WalkResult materialize(act::InitializerOpInterface op, uint64_t seed) {
    auto type = cast<ShapedType>(op->getResult(0).getType());
    if (type.getNumElements() > kMaxElements) {
      op->emitOpError() << "expected at most " << kMaxElements
                        << " elements to draw, got " << type.getNumElements();
      return WalkResult::interrupt();
    }
    FailureOr<DenseElementsAttr> weights = draw(op, seed);
    if (failed(weights))
      return WalkResult::interrupt();
    OpBuilder builder(op);
    Value constant = arith::ConstantOp::create(builder, op->getLoc(), *weights);
    op->getResult(0).replaceAllUsesWith(constant);
    op->erase();
    return WalkResult::advance();
  }

  std::optional<uint64_t> optionSeed;
};

} // namespace
