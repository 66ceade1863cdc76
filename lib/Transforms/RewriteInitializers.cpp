//===- RewriteInitializers.cpp - Laws of weights for relu layers ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RewriteInitializers.h"
#include "LayerBias.h"
#include "ReplaceActivation.h"
#include "Weights.h"
#include "act/Analysis/BornDead.h"
#include "act/IR/Act.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace mlir;

namespace act {

/// He's scheme of the family of `scheme`; nothing where it is none of its own.
static std::optional<WeightScheme> heSchemeOf(WeightScheme scheme) {
  switch (scheme) {
  case WeightScheme::Uniform:
  case WeightScheme::KaimingUniform:
  case WeightScheme::XavierUniform:
  case WeightScheme::LecunUniform:
  case WeightScheme::TorchDefault:
    return WeightScheme::KaimingUniform;
  case WeightScheme::Orthogonal:
    return std::nullopt;
  default:
    return WeightScheme::KaimingNormal;
  }
}

/// By LeCun's law, whose variance is 1 / fan_in.
static double fanInOf(InitOp op) {
  OwningOpRef<InitOp> probe = cast<InitOp>(op->clone());
  probe->setScheme(WeightScheme::LecunNormal);
  return std::round(1.0 / probe->getWeightLaw().variance);
}

/// `old` with another law of the same fans, in its place for `use`.
static InitOp changeScheme(RewriterBase &rewriter, OpOperand &use,
                           WeightScheme scheme) {
  auto old = use.get().getDefiningOp<InitOp>();
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(old);
  auto fresh = cast<InitOp>(rewriter.clone(*old));
  rewriter.modifyOpInPlace(fresh, [&] {
    for (StringRef parameter :
         {"mode", "gain", "value", "mean", "std", "lower", "upper"})
      fresh->removeAttr(parameter);
    InitOp::populateDefaultProperties(fresh->getName(), fresh.getProperties());
    fresh.setScheme(scheme);
  });
  rewriter.modifyOpInPlace(use.getOwner(), [&] { use.set(fresh); });
  if (old->use_empty())
    rewriter.eraseOp(old);
  return fresh;
}

namespace {

/// A relu layer with weights that are not drawn yet.
class InitialLayer {
public:
  static std::optional<InitialLayer> read(const Layer &layer);

  /// What was changed, or nothing.
  std::string useHeScale(RewriterBase &rewriter) const;
  std::string useAsymmetric(RewriterBase &rewriter, uint64_t seed) const;

  const Layer *layer;

private:
  InitOp weights() const {
    return parameters.factor->get().getDefiningOp<InitOp>();
  }
  std::string zeroBias(RewriterBase &rewriter) const;

  LayerBias parameters;
};

} // namespace

std::optional<InitialLayer> InitialLayer::read(const Layer &layer) {
  InitialLayer result;
  result.layer = &layer;
  result.parameters = LayerBias::find(layer.site, [](Value value) {
    return value.getDefiningOp<InitOp>() || weightsOf(value);
  });
  if (!isRelu(layer.site) || !result.parameters.factor || !result.weights())
    return std::nullopt;
  return result;
}

std::string InitialLayer::zeroBias(RewriterBase &rewriter) const {
  OpOperand *bias = parameters.bias;
  if (!bias || matchPattern(bias->get(), m_AnyZeroFloat()))
    return "";
  auto initializer = bias->get().getDefiningOp<InitOp>();
  if (!initializer) {
    auto type = cast<ShapedType>(bias->get().getType());
    replaceWeights(rewriter, *bias,
                   cast<DenseElementsAttr>(rewriter.getZeroAttr(type)));
    return "biases 0";
  }
  if (initializer.getScheme() == WeightScheme::Zeros)
    return "";
  InitOp zero = changeScheme(rewriter, *bias, WeightScheme::Zeros);
  rewriter.modifyOpInPlace(zero, [&] {
    for (StringRef parameter : {"fan_in", "fan_out", "seed"})
      zero->removeAttr(parameter);
  });
  return "biases 0";
}

std::string InitialLayer::useHeScale(RewriterBase &rewriter) const {
  InitOp old = weights();
  WeightLaw law = old.getWeightLaw();
  StringRef scheme = stringifyWeightScheme(old.getScheme());
  double scale = std::sqrt(2.0 / (fanInOf(old) * law.variance));
  bool isScaled = law.mean == 0.0 && std::isfinite(scale);
  std::string text;
  if (std::optional<WeightScheme> he = heSchemeOf(old.getScheme());
      he && !(isScaled && std::abs(scale - 1.0) < 1e-9)) {
    text = llvm::formatv("{0} -> {1}", scheme, stringifyWeightScheme(*he));
    if (isScaled)
      text += llvm::formatv(": weights times {0:f3}", scale);
    changeScheme(rewriter, *parameters.factor, *he);
  }
  std::string biases = zeroBias(rewriter);
  return text + (text.empty() || biases.empty() ? "" : ", ") + biases;
}

std::string InitialLayer::useAsymmetric(RewriterBase &rewriter,
                                        uint64_t seed) const {
  InitOp old = weights();
  if (old.getScheme() == WeightScheme::RandomizedAsymmetric)
    return "";
  // The seed tells weights and biases which entry is drawn from Beta(2, 1).
  int64_t shared = old.getSeed().value_or(seed);
  std::string text =
      llvm::formatv("{0} -> {1}", stringifyWeightScheme(old.getScheme()),
                    stringifyWeightScheme(WeightScheme::RandomizedAsymmetric));
  auto fanIn = int64_t(fanInOf(old));
  auto change = [&](OpOperand &use) {
    InitOp fresh =
        changeScheme(rewriter, use, WeightScheme::RandomizedAsymmetric);
    rewriter.modifyOpInPlace(fresh, [&] {
      fresh.setSeed(shared);
      fresh.setFanIn(fanIn);
    });
  };
  change(*parameters.factor);
  OpOperand *bias = parameters.bias;
  if (bias && bias->get().getDefiningOp<InitOp>() &&
      cast<ShapedType>(bias->get().getType()).getRank() == 1)
    change(*bias);
  else
    text += ", biases stay";
  return text;
}

//===----------------------------------------------------------------------===//
// All layers
//===----------------------------------------------------------------------===//

void rewriteInitializers(RewriterBase &rewriter, ArrayRef<Layer> layers,
                         uint64_t seed, StringRef category) {
  llvm::MapVector<Operation *, std::vector<InitialLayer>> functions;
  auto remarkOn = [&](const Layer &layer) {
    return remark::RemarkOpts::name(layer.name).category(category);
  };
  for (const Layer &layer : layers)
    if (std::optional<InitialLayer> initial = InitialLayer::read(layer))
      functions[layer.site.op->getParentOfType<FunctionOpInterface>()]
          .push_back(*initial);
    else
      remark::missed(layer.site.op->getLoc(), remarkOn(layer))
          << remark::reason("expected max(x, 0) of a sum of products with "
                            "weights that are {0} ops",
                            InitOp::getOperationName());
  for (auto &[function, chain] : functions) {
    std::vector<unsigned> widths;
    for (const InitialLayer &initial : chain)
      widths.push_back(initial.layer->units.size());
    constexpr double kLikely = 0.01;
    bool isNarrow = bornDeadUpperBound(widths) > kLikely;
    for (const InitialLayer &initial : chain) {
      std::string change = isNarrow ? initial.useAsymmetric(rewriter, ++seed)
                                    : initial.useHeScale(rewriter);
      const Layer &layer = *initial.layer;
      if (!change.empty())
        remark::passed(layer.site.op->getLoc(), remarkOn(layer))
            << remark::reason("{0}", change);
    }
  }
}

} // namespace act
