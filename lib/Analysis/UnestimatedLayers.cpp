//===- UnestimatedLayers.cpp - Initial layers without an estimate ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Silence about a layer must not read as health: of gates, normalization and
// layers of few units there is no estimate, and it is said.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "act/IR/ActInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace act {

/// The ops of layers that are computed from initializers with no other layer
/// in between.
static llvm::SmallPtrSet<Operation *, 16>
layersOfInitializers(Operation *root,
                     const llvm::SmallPtrSetImpl<Operation *> &layerOps) {
  llvm::SmallPtrSet<Operation *, 16> reached;
  llvm::SetVector<Operation *> open;
  root->walk(
      [&](InitializerOpInterface initializer) { open.insert(initializer); });
  for (size_t next = 0; next < open.size(); ++next)
    for (Operation *user : open[next]->getUsers()) {
      if (layerOps.contains(user))
        reached.insert(user);
      else
        open.insert(user);
    }
  return reached;
}

static Finding unestimated(Operation *function, ArrayRef<std::string> names) {
  constexpr size_t kShown = 4;
  Finding finding;
  finding.code = "DR017";
  finding.level = Level::Note;
  finding.op = function;
  finding.subject = "initializers";
  llvm::raw_string_ostream os(finding.message);
  os << llvm::formatv("no estimate for {0} layer{1} of initializers: ",
                      names.size(), names.size() == 1 ? "" : "s");
  llvm::interleaveComma(names.take_front(kShown), os);
  if (names.size() > kShown)
    os << ", and " << names.size() - kShown << " more";
  os << "; how many of their units start silent is not known";
  finding.cause =
      "estimates are made of dense and convolutional relu layers that follow "
      "one another from an argument on, with pooling, reshapes and residual "
      "sums between them; gates, normalization, layers of fewer than 16 "
      "units, constant biases in residual sums or at padded borders, and sums "
      "without weights of their own have none";
  finding.evidence = "a limit of the analysis, nothing is wrong with the "
                     "network for that";
  finding.fixes.push_back(
      {"draw the weights (act-opt --act-materialize-init=seed=1) and count the "
       "units that stay silent on typical inputs (act-lint --samples)",
       true});
  return finding;
}

void diagnoseUnestimated(Operation *root, ArrayRef<InitialChain> chains,
                         ArrayRef<Layer> layers,
                         std::vector<Finding> &findings) {
  llvm::SmallPtrSet<Operation *, 16> layerOps;
  for (const Layer &layer : layers)
    layerOps.insert(layer.site.op);
  llvm::SmallPtrSet<Operation *, 16> open =
      layersOfInitializers(root, layerOps);
  // Of dense layers that are narrow it is known how likely all are silent.
  for (const InitialChain &chain : chains)
    if (chain.isWide() || (chain.path.isDense() && chain.path.isStraight() &&
                           !chain.sharesInitializers))
      for (unsigned layer : chain.layers)
        open.erase(layers[layer].site.op);
  llvm::MapVector<Operation *, SmallVector<std::string>> names;
  for (const Layer &layer : layers)
    if (open.contains(layer.site.op) && !layer.units.empty())
      names[layer.site.op->getParentOfType<FunctionOpInterface>()].push_back(
          layer.name);
  for (const auto &[function, some] : names)
    if (function)
      findings.push_back(unestimated(function, some));
}

} // namespace act
