//===- Findings.cpp - What verdicts mean for the user ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function per code. Levels follow the effect on training: what cannot
// learn is a warning, what makes the network constant an error.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "ExecutedError.h"
#include "ResultFlow.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/Profile.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <cstdio>

using namespace mlir;

namespace act {

StringRef name(Level level) {
  switch (level) {
  case Level::Note:
    return "note";
  case Level::Warning:
    return "warning";
  case Level::Error:
    return "error";
  }
  llvm_unreachable("unknown level");
}

//===----------------------------------------------------------------------===//
// Wording
//===----------------------------------------------------------------------===//

static std::string listed(ArrayRef<unsigned> units) {
  constexpr size_t kShown = 12;
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleaveComma(units.take_front(kShown), os);
  if (units.size() > kShown)
    os << ", and " << units.size() - kShown << " more";
  return text;
}

/// "unit 24 of 50 is" or "units 14, 15 of 50 are".
std::string subjectOf(const Layer &layer, ArrayRef<unsigned> units) {
  return llvm::formatv("{0} {1} of {2} {3}",
                       units.size() == 1 ? "unit" : "units", listed(units),
                       layer.units.size(), units.size() == 1 ? "is" : "are");
}

/// "interval bounds (2), input bisection (1)": how the units were proved.
static std::string methodsOf(const Layer &layer, ArrayRef<unsigned> units) {
  unsigned counts[kNumMethods] = {};
  for (unsigned unit : units)
    ++counts[unsigned(layer.units[unit].method)];
  std::string text;
  for (unsigned i = 0; i < kNumMethods; ++i) {
    if (counts[i] == 0)
      continue;
    text += text.empty() ? "" : ", ";
    text += name(static_cast<Method>(i));
    if (counts[i] < units.size())
      text += llvm::formatv(" ({0})", counts[i]);
  }
  return text;
}

static std::string evidenceFor(const Layer &layer, ArrayRef<unsigned> units,
                               Semantics semantics) {
  std::string text = methodsOf(layer, units);
  if (semantics == Semantics::Real)
    return text + " in the reals, rounding of the program ignored";
  llvm::raw_string_ostream os(text);
  os << " of the program as executed in "
     << getElementTypeOrSelf(layer.site.type) << ", any order of summation";
  return text;
}

std::string shortened(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return buffer;
}

namespace {

/// Collects the findings of one layer.
class LayerDiagnoser {
public:
  LayerDiagnoser(const Layer &layer, unsigned index, Semantics semantics,
                 ResultFlow &flow, std::vector<Finding> &findings)
      : layer(layer), index(index), semantics(semantics), findings(findings) {
    if (layer.indices(Verdict::Dead).size() == layer.units.size())
      constantResults = flow.resultsThrough(layer.site.op);
  }

  void run() {
    if (layer.units.empty())
      return;
    diagnoseConstantNetwork();
    diagnoseDead();
    diagnoseStablyActive();
    diagnoseSaturated();
    diagnoseBoundary();
    diagnosePoisoned();
  }

private:
  Finding &add(const char *code, Level level, std::string message,
               ArrayRef<unsigned> units) {
    Finding finding;
    finding.code = code;
    finding.level = level;
    finding.layer = index;
    finding.op = layer.site.op;
    finding.message = std::move(message);
    finding.evidence = evidenceFor(layer, units, semantics);
    finding.units.assign(units.begin(), units.end());
    findings.push_back(std::move(finding));
    return findings.back();
  }

  void diagnoseConstantNetwork();
  void diagnoseDead();
  void diagnosePermanence(ArrayRef<unsigned> units);
  void diagnoseStablyActive();
  void diagnoseSaturated();
  void diagnoseBoundary();
  void diagnosePoisoned();

  const Layer &layer;
  unsigned index;
  Semantics semantics;
  /// Those that depend on the inputs through the layer alone, if all of it is
  /// dead.
  SmallVector<unsigned> constantResults;
  std::vector<Finding> &findings;
};

} // namespace

//===----------------------------------------------------------------------===//
// The codes
//===----------------------------------------------------------------------===//

void LayerDiagnoser::diagnoseConstantNetwork() {
  if (constantResults.empty())
    return;
  Finding &finding = add(
      "DR001", Level::Error,
      llvm::formatv(
          "{0} dead and every path from the inputs to result "
          "{1} goes through {2}: the result is the same for "
          "every input",
          layer.units.size() == 1
              ? std::string("the only unit is")
              : llvm::formatv("all {0} units are", layer.units.size()).str(),
          listed(constantResults), layer.units.size() == 1 ? "it" : "them"),
      layer.indices(Verdict::Dead));
  finding.fixes.push_back({"initialize this layer and those before it anew: no "
                           "gradient reaches them",
                           false});
}

/// Whether callers read the units themselves, so that none may be redrawn or
/// removed.
static bool isResult(Operation *op) {
  return llvm::any_of(op->getUsers(), [](Operation *user) {
    return user->hasTrait<OpTrait::ReturnLike>();
  });
}

void LayerDiagnoser::diagnoseDead() {
  SmallVector<unsigned> dead = layer.indices(Verdict::Dead);
  if (dead.empty())
    return;
  bool isMost = 2 * dead.size() >= layer.units.size();
  Finding &finding = add(
      "DR002", isMost ? Level::Error : Level::Warning,
      llvm::formatv("{0} dead: {1} output is 0 for every input of the domain "
                    "and no gradient passes ({2:f1} %)",
                    subjectOf(layer, dead), dead.size() == 1 ? "its" : "their",
                    100.0 * dead.size() / layer.units.size()),
      dead);
  for (unsigned unit : ArrayRef(dead).take_front(kExplainedUnits))
    if (std::string text = adviceFor(layer, unit); !text.empty())
      finding.fixes.push_back({std::move(text), false});
  if (!isResult(layer.site.op)) {
    finding.fixes.push_back(
        {"to train on, draw the weights of the dead units anew and weigh what "
         "they feed with 0: the output stays",
         true});
    finding.fixes.push_back(
        {"remove the dead units for inference, if no weight "
         "they feed is infinite or NaN",
         true});
  }
  diagnosePermanence(dead);
}

void LayerDiagnoser::diagnosePermanence(ArrayRef<unsigned> units) {
  // Where no gradient passes to any result, nothing before it moves either.
  auto function = layer.site.op->getParentOfType<FunctionOpInterface>();
  bool isFrozen = function && units.size() == layer.units.size() &&
                  constantResults.size() == function.getNumResults();
  bool isPermanent = layer.isFirst || isFrozen;
  StringRef they = units.size() == 1 ? "it" : "they";
  std::string all = subjectOf(layer, units);
  Finding &finding =
      add("DR012", Level::Note,
          isPermanent
              ? all + " dead for good: training does not revive " +
                    (units.size() == 1 ? "it" : "them") + ", by SGD or by Adam"
              : all + " dead for now: training may revive " +
                    (units.size() == 1 ? "it" : "them"),
          units);
  finding.cause =
      !isPermanent
          ? ("layers before this one still learn, which moves the inputs of " +
             Twine(units.size() == 1 ? "the unit" : "the units") +
             "; with those frozen " + they + " would stay dead")
                .str()
      : layer.isFirst ? "a dead unit passes no gradient to its weights and "
                        "bias, and no layer before this one moves its inputs"
                      : "no gradient passes this layer, so that neither its "
                        "weights nor those before it change";
  if (!isPermanent) {
    finding.evidence = "not proved either way: whether it happens is up to "
                       "training";
    return;
  }
  finding.evidence =
      "proved for inputs of the domain and plain training; what else may "
      "revive "
      "units: inputs outside the domain, weight decay that spares a positive "
      "bias, L2 in the gradients of Adam";
}

void LayerDiagnoser::diagnoseStablyActive() {
  SmallVector<unsigned> active = layer.indices(Verdict::StablyActive);
  if (active.empty())
    return;
  Finding &finding =
      add("DR006", Level::Note,
          subjectOf(layer, active) +
              " stably active: the dead zone is never entered, so that the "
              "activation does nothing there",
          active);
  finding.fixes.push_back({"fold the activation away for these units", true});
}

void LayerDiagnoser::diagnoseSaturated() {
  SmallVector<unsigned> saturated = layer.indices(Verdict::Saturated);
  if (saturated.empty())
    return;
  if (layer.site.function->isSmooth()) {
    Expression slope = differentiate(layer.site.function->expression());
    double largest = 0.0;
    for (unsigned unit : saturated)
      largest =
          std::max(largest, range(slope, layer.units[unit].bounds).magnitude());
    std::string text;
    llvm::raw_string_ostream os(text);
    os << subjectOf(layer, saturated)
       << " numerically dead: the gradient rounds to 0 in "
       << getElementTypeOrSelf(layer.site.type)
       << " for every input: it is at most " << shortened(largest)
       << ", and the smallest positive number is "
       << shortened(smallestSubnormal(*formatOf(layer.site.type)));
    add("DR008", Level::Warning, text, saturated)
        .fixes.push_back(
            {"scale the weights down, or normalize the inputs", false});
    return;
  }
  Finding &finding = add("DR007", Level::Warning,
                         subjectOf(layer, saturated) +
                             " saturated: the output is the same "
                             "constant for every input of the domain",
                         saturated);
  finding.fixes.push_back({"replace the units by their constant, but not in "
                           "front of a zero-padded convolution",
                           true});
}

void LayerDiagnoser::diagnoseBoundary() {
  SmallVector<unsigned> touching;
  for (auto [unit, facts] : llvm::enumerate(layer.units))
    if (facts.touchesKink)
      touching.push_back(unit);
  if (touching.empty())
    return;
  Finding &finding = add("DR009", Level::Note,
                         subjectOf(layer, touching) +
                             " at a kink: the bound ends exactly where the "
                             "gradient is a convention of the framework",
                         touching);
  finding.fixes.push_back({"initialize weights or biases away from 0", false});
}

void LayerDiagnoser::diagnosePoisoned() {
  SmallVector<unsigned> poisoned = layer.indices(Verdict::Poisoned);
  if (poisoned.empty())
    return;
  Finding &finding = add("DR010", Level::Warning,
                         subjectOf(layer, poisoned) +
                             " poisoned: computed from parameters that are "
                             "NaN or infinite",
                         poisoned);
  finding.evidence = "the parameters were read";
  finding.fixes.push_back({"export the network from a state before training "
                           "diverged",
                           false});
}

std::vector<Finding> diagnose(Operation *root, const ArgumentBounds &domains,
                              ArrayRef<Layer> layers, Semantics semantics) {
  std::vector<Finding> findings;
  ResultFlow flow;
  for (auto [index, layer] : llvm::enumerate(layers))
    LayerDiagnoser(layer, index, semantics, flow, findings).run();
  diagnoseDomains(root, domains, layers, findings);
  diagnoseUnknownOps(root, layers, findings);
  return findings;
}

} // namespace act
