//===- DeadUnitPasses.td - Passes that change networks ----*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is done about dead and stable units.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_DEADUNITPASSES
#define ACT_TRANSFORMS_DEADUNITPASSES

include "mlir/Pass/PassBase.td"

def ActPruneStable : Pass<"act-prune-stable", "::mlir::ModuleOp"> {
  let summary = "Remove units whose output is known, for inference";
  let description = [{
    Judges every unit as `act-find-dead-units` does and removes those that
    compute nothing, so that the network gives the same results on the domain
    with smaller matrices:

    - Dead units go with their weights, their bias and the weights they feed.
      Exact but for the sign of zero.
    - Units saturated at a number c go too, and c times each weight they feed
      is added to the next constant bias, or by an op where there is none. Exact
      over the reals; that bias is rounded once.
    - The activation of a layer goes where it changes no unit. Exact where it
      selects, as that of a relu does.

    With `merge-linear` also what is exact over the reals alone, so that the last
    bits of results change:

    - Of the stably active units of a layer, those whose incoming weights are a
      combination w = K v of the weights of others, with biases b and c, go: z =
      K z' + (b - K c), whose outgoing weights are added to those of z'.
    - Two contractions with constant weights and biases between which no
      activation is left become one, (W2 W1) x + (b2 + W2 b1), where that takes
      fewer multiplications.

    A layer is a contraction with constant weights, elementwise ops and an
    activation that nothing but contractions with constant weights read. What is
    0 may lead to these through pooling, padding with zeros and functions with
    f(0) = 0. Of a layer without a unit left its start (the bias) stays.
    Constants that others use too are copied. Where a layer or a unit stays, a
    remark of the category `act-prune-stable` says why: an outgoing weight is NaN
    or infinite, the output is read by something else, only some units are stably
    active. The result is judged again until nothing is left to remove.

    A removed unit cannot learn: do not train the result.
  }];
  let options = [
    ListOption<"domains", "domain", "std::string",
               "Domain of an argument of the entry function: ARG:[lo,hi], or "
               "ARG:[lo,hi],[lo,hi],... with one interval per element">,
    Option<"budget", "budget", "uint64_t", /*default=*/"::act::kDefaultBudget",
           "Parts of the domain that may be bounded to settle one unit">,
    Option<"semantics", "semantics", "::act::Semantics",
           "::act::Semantics::Ieee",
           "Which program is judged: as executed, or over the reals",
           [{::llvm::cl::values(
             clEnumValN(::act::Semantics::Ieee, "ieee", "with rounding, any order of summation"),
             clEnumValN(::act::Semantics::Real, "real", "over the reals"))}]>,
    Option<"mergeLinear", "merge-linear", "bool", /*default=*/"false",
           "Merge stably active units and contractions, rounding anew">,
  ];
}

def ActFixDeadRelu : Pass<"act-fix-dead-relu", "::mlir::ModuleOp"> {
  let summary = "Give dead units a gradient; changes what the network computes";
  let description = [{
    Judges every unit as `act-find-dead-units` does and changes the parameters
    of dead ones, layer by layer, until an input is known for which each fires.
    With [L, U] for the proved bounds of a unit's pre-activation and t for the
    end of the dead zone (0 for a relu), `strategy` is one of

    - `bias-lift`: b + (t - U) + tau (U - L), the least that lets it fire,
    - `recentre`: b + t - (L + U)/2, so that it fires on half of its bounds; in
      a first layer with a normal domain, for which a unit that DR003 names
      counts as dead, b + t - m + s Q(p) for the mean m and the deviation s of
      its pre-activation and the normal quantile Q, so that it fires with the
      probability p = `probability`,
    - `sign-flip`: weights and bias change sign, then as `recentre`,
    - `centre-inputs`: the biases b of a first layer become b - W mu, which is W
      (x - mu) + b, with mu the mean of the inputs: the middle of a box, or that
      of a normal domain,
    - `reinitialize`: incoming weights are drawn by He's law until the unit fires
      on a tenth to nine tenths of 256 inputs, with b = 0, and what it feeds is
      weighed with 0: the network computes what it did,
    - `leaky`: the relu of the whole layer becomes max(x, alpha x),
    - `replace`: it becomes the activation `activation`, at its defaults, which
      must have a gradient everywhere,
    - `initialize`: no unit is judged, but weights of relu layers that are
      `act.init` ops get He's scale, times sqrt(2 / (fan_in variance)), and
      biases 0; where layers are so narrow that the network is constant with a
      probability above 0.01, randomized asymmetric initialization.

    Bounds are not attained: units that the first three leave without a known
    input are lifted on, each time to fire on twice the share of their bounds, at
    last on all of them.

    The first three and `centre-inputs` need a constant bias with an element for
    each unit; `sign-flip` and `reinitialize` also constant weights. What others
    use too is copied. A remark of the category `act-fix-dead-relu` names each
    layer that was changed, from what to what, each that was not, with the
    reason, and units that `budget` left open. An option that the strategy does
    not read is an error.

    None of these adds one positive number to all biases: past the first layer
    that makes more units dead and not less. With He weights of width 512 and 256
    inputs the tenth layer has 12.5 % silent units with biases of 0, 14.4 % with
    0.1 and 22.5 % with 1.
  }];
  let options = [
    ListOption<"domains", "domain", "std::string",
               "Domain of an argument of the entry function: ARG:[lo,hi], or "
               "ARG:[lo,hi],[lo,hi],... with one interval per element">,
    Option<"budget", "budget", "uint64_t", /*default=*/"::act::kDefaultBudget",
           "Parts of the domain that may be bounded to settle one unit">,
    Option<"semantics", "semantics", "::act::Semantics",
           "::act::Semantics::Ieee",
           "Which program is judged: as executed, or over the reals",
           [{::llvm::cl::values(
             clEnumValN(::act::Semantics::Ieee, "ieee", "with rounding, any order of summation"),
             clEnumValN(::act::Semantics::Real, "real", "over the reals"))}]>,
    Option<"strategy", "strategy", "::act::DeadReluFix",
           "::act::DeadReluFix::BiasLift", "What to change",
           [{::llvm::cl::values(
             clEnumValN(::act::DeadReluFix::BiasLift, "bias-lift", "lift the bias as little as lets the unit fire"),
             clEnumValN(::act::DeadReluFix::Recentre, "recentre", "centre the bounds of the unit"),
             clEnumValN(::act::DeadReluFix::SignFlip, "sign-flip", "negate weights and bias, then centre"),
             clEnumValN(::act::DeadReluFix::CentreInputs, "centre-inputs", "subtract the mean of the inputs in the biases"),
             clEnumValN(::act::DeadReluFix::Reinitialize, "reinitialize", "draw the weights anew, and weigh the output with 0"),
             clEnumValN(::act::DeadReluFix::Leaky, "leaky", "let a part of what is negative pass"),
             clEnumValN(::act::DeadReluFix::Replace, "replace", "put another activation in the place of the relu"),
             clEnumValN(::act::DeadReluFix::Initialize, "initialize", "change the laws of weights that are not drawn"))}]>,
    Option<"tau", "tau", "double", /*default=*/"0.1",
           "Share of its bounds on which a lifted unit fires">,
    Option<"probability", "probability", "double", /*default=*/"0.5",
           "With which a recentred unit fires on normal inputs">,
    Option<"alpha", "alpha", "double", /*default=*/"0.01",
           "Slope of a leaky relu below 0">,
    Option<"activation", "activation", "std::string", /*default=*/"",
           "Name of the activation that replaces a relu">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0",
           "From which weights are drawn">,
  ];
}

#endif // ACT_TRANSFORMS_DEADUNITPASSES
