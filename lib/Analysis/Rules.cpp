//===- Rules.cpp - What each code of a finding stands for -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/Rules.h"

namespace act {

static constexpr Rule kRules[] = {
    {"DR001", "ConstantNetwork",
     "a layer of dead units makes a result constant",
     "All units of a layer are dead and every path from the inputs to a result "
     "goes through them. The result is the same for every input, and no "
     "gradient reaches the layers before.",
     "Initialize this layer and those before it anew.", Level::Error, true},
    {"DR002", "DeadUnits", "units that never fire",
     "The pre-activation stays in a dead zone of the activation for every "
     "input "
     "of the domain: the output is 0 and no gradient passes. An error where "
     "half of the layer's units or more are dead.",
     "Move the bias of the unit or initialize its weights anew; for inference "
     "the unit may be removed.",
     Level::Warning, true},
    {"DR003", "RarelyFiringUnits", "units that are unlikely to fire",
     "With the given distribution of the inputs, less than one input of an "
     "epoch is expected to make the unit fire, or none of the samples does. "
     "That is no proof: the unit may fire for other inputs.",
     "Raise the bias of the unit or center the inputs; if the samples are "
     "typical, the unit may be pruned.",
     Level::Warning, false},
    {"DR004", "BornDeadNetwork", "initializers that may give a dead network",
     "The probability that the network is constant right after initialization "
     "is above the threshold.",
     "Make the network wider, or use an initializer that avoids dead layers.",
     Level::Warning, false},
    {"DR005", "BornDeadUnits", "initializers that give many dead units",
     "The share of units of a layer that are expected to be dead right after "
     "initialization is above the threshold.",
     "Center the inputs, keep the variance of the weights and biases at 0.",
     Level::Note, false},
    {"DR006", "StablyActiveUnits", "units whose activation does nothing",
     "The pre-activation never enters a dead zone of the activation.",
     "The activation may be folded away for these units.", Level::Note, true},
    {"DR007", "SaturatedUnits", "units with a constant output",
     "The pre-activation stays where the activation is a constant other than "
     "0: "
     "no gradient passes.",
     "Scale the weights down, or replace the unit by its constant.",
     Level::Warning, true},
    {"DR008", "VanishedGradient", "units whose gradient rounds to 0",
     "The gradient of a smooth activation is so small for every input of the "
     "domain that it is 0 in the type of the program.",
     "Scale the weights down, or normalize the inputs.", Level::Warning, true},
    {"DR009", "BoundAtKink", "units whose bound ends at a kink",
     "The bound of the pre-activation ends exactly where the gradient is a "
     "convention, which differs between frameworks.",
     "Initialize weights or biases away from 0.", Level::Note, true},
    {"DR010", "PoisonedUnits", "units computed from NaN or infinite parameters",
     "A parameter that the unit is computed from is NaN or infinite, so that "
     "nothing is proved about its output.",
     "Export the network from a state before training diverged.",
     Level::Warning, true},
    {"DR011", "NoDomain", "an input without a bounded domain",
     "Nothing can be proved about what depends on an input that may be any "
     "number.",
     "Give the domain by --domain or by the attribute act.domain of the "
     "argument.",
     Level::Warning, true},
    {"DR012", "Permanence", "whether dead units can come back to life",
     "In the first layer no gradient reaches the weights of dead units, so "
     "that "
     "training does not revive them; behind other layers it may.",
     "See the finding about the dead units themselves.", Level::Note, true},
    {"DR013", "UnusedSuppression", "a suppression that suppresses nothing",
     "An attribute act.suppress names a code that is not found at its "
     "operation "
     "or inside it.",
     "Remove the code from the attribute.", Level::Warning, true},
    {"DR014", "SignalDecay", "initial weights that lose the signal",
     "With its initial weights, what tells two inputs apart shrinks from layer "
     "to layer, and the gradients with it; adaptive optimizers then take full "
     "steps along noise, which kill layers.",
     "Initialize weights by He's scale with biases of 0; in deep networks add "
     "skips or normalization.",
     Level::Warning, false},
    {"DR015", "UnknownOp", "an op of which no bounds are known",
     "The results of the op may be anything, so that nothing is proved about "
     "units that depend on them.",
     "Lower the op to linalg, arith or math, or attach an external model of "
     "BoundsOpInterface.",
     Level::Note, true},
    {"DR016", "DeadShare", "more dead units than a tool accepts",
     "Too many units are dead by the rule of the tool that --thresholds "
     "names: proved to be, or silent on the samples.",
     "See the findings about the units themselves.", Level::Warning, false},
    {"DR017", "UnestimatedLayers", "initial layers without an estimate",
     "The weights of the layers are initializers, and how many of their units "
     "start silent is not known: estimates are made of dense and convolutional "
     "relu layers that follow one another from an argument on.",
     "Draw the weights and count silent units on samples.", Level::Note, true},
};

llvm::ArrayRef<Rule> rules() { return kRules; }

std::optional<unsigned> findRule(llvm::StringRef code) {
  for (auto [index, rule] : llvm::enumerate(kRules))
    if (code == rule.code)
      return index;
  return std::nullopt;
}

} // namespace act
