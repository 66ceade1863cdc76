//===- DeadUnits.h - Verdicts on the units of a network --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which units can never fire, and what follows? One table that every report
// and pass reads.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_DEADUNITS_H
#define ACT_ANALYSIS_DEADUNITS_H

#include "act/Analysis/ActivationSites.h"
#include "act/Analysis/Domains.h"
#include "act/Analysis/Samples.h"
#include <functional>

namespace act {

/// What is known of a unit over the whole domain. A unit of a convolution is a
/// channel; it is dead only if it is at every position.
enum class Verdict {
  Dead,         ///< proved: output 0, no gradient
  StablyActive, ///< proved: never in a dead zone, ends apart
  Saturated,    ///< proved: no gradient, at a constant that is not 0
  Alive,        ///< an input is known for which it passes a gradient
  Mixed,        ///< alive, and an input is known for which it passes none
  Poisoned,     ///< computed from parameters that are NaN or infinite
  Unknown       ///< nothing of this could be shown
};
inline constexpr unsigned kNumVerdicts = 7;
/// Whether it holds for every input of the domain.
inline bool isProved(Verdict verdict) {
  return verdict != Verdict::Unknown && verdict != Verdict::Alive &&
         verdict != Verdict::Mixed;
}
/// "dead", "stably_active", ...
llvm::StringRef name(Verdict verdict);

/// What proved a verdict.
enum class Method {
  Intervals,      ///< of each op by itself
  Zonotope,       ///< affine forms of the inputs and of what functions bend
  LinearBounds,   ///< back-substituted to the inputs
  InputBisection, ///< linear bounds on many parts of the inputs
  KinkSplitting   ///< linear bounds for many cases of sides of kinks
};
inline constexpr unsigned kNumMethods = 5;
/// "interval bounds", ...
llvm::StringRef name(Method method);

struct Unit {
  Verdict verdict = Verdict::Unknown;
  Method method = Method::Intervals;
  Interval bounds; ///< of the pre-activation, over all positions
  /// As executed, some position is at least this high for an input that is
  /// known, and at most this low for another; infinite where none was tried.
  double highestSeen = -std::numeric_limits<double>::infinity();
  double lowestSeen = std::numeric_limits<double>::infinity();
  /// The bounds end exactly at a kink: the gradient there is a convention.
  bool touchesKink = false;
};

struct Layer {
  ActivationSite site;
  std::string name; ///< "main.layer1", in order of execution
  std::vector<Unit> units;
  /// Whether no other layer lies between this one and the inputs.
  bool isFirst = false;
  /// Of an initial network: the share of units that are expected to be silent
  /// on kEstimateInputs inputs, an estimate.
  std::optional<double> silentShare;
  /// Of the first layer of one whose weights are initializers: the probability
  /// that a unit is dead on the whole domain, exact in the reals.
  std::optional<double> bornDead;
  /// Per unit, an upper bound of the probability that a normal input makes it
  /// fire, an estimate; empty without one. Exact for a dense first layer.
  std::vector<double> activeProbability;
  /// Per unit, on how many of DeadUnitTable::numSamples it fires as executed in
  /// doubles; empty for layers that were not executed.
  std::vector<uint64_t> firings;
  /// The same over all elements: each position of a unit counts.
  uint64_t elementFirings = 0;

  llvm::SmallVector<unsigned> indices(Verdict verdict) const;
};

/// The sites of layers, in their order; they live as long as these.
std::vector<const ActivationSite *> sitesOf(llvm::ArrayRef<Layer> layers);

/// How many inputs Layer::silentShare speaks of.
inline constexpr unsigned kEstimateInputs = 256;

enum class Level { Note, Warning, Error };
llvm::StringRef name(Level level);

struct Fix {
  std::string description;
  bool isSafe; ///< keeps what the network computes
};

/// Why a finding is not to count.
struct Suppression {
  enum class Origin { Source, Baseline };
  Origin origin;
  std::string reason;
};

struct Finding {
  const char *code; ///< "DR002"
  Level level;
  std::optional<unsigned> layer; ///< index into the table
  mlir::Operation *op;           ///< where to report it
  std::string message;
  /// What brings it about; empty where the bounds of the units say so.
  std::string cause;
  std::string evidence; ///< how it is known, and under which assumptions
  llvm::SmallVector<unsigned> units;
  llvm::SmallVector<Fix> fixes;
  /// What tells it apart beside its layer and units: "argument 0".
  std::string subject;
  std::optional<Suppression> suppression;
};

/// Of how many dead units of a layer it is said how far they are from firing.
inline constexpr unsigned kExplainedUnits = 4;

/// How many parts of the domain are bounded at most to settle one unit.
inline constexpr uint64_t kDefaultBudget = 8192;

/// Which share of dead units in a layer makes a finding, by a tool that trains
/// with the network; see its table in Thresholds.cpp.
enum class ThresholdPreset {
  None,
  KerasContrib,
  SageMaker,
  DeepChecker,
  DeepDiagnosis,
  AutoTrainer
};

/// How far a step of the analysis is.
struct Progress {
  llvm::StringRef step; ///< "units", "samples"
  uint64_t done, total;
};

struct DeadUnitOptions {
  std::vector<DomainText> domains;
  std::vector<ArgumentSamples> samples;
  /// How many parts of the domain may be bounded to settle one unit, up to 32
  /// times as many for units that are nearly settled by then.
  uint64_t budget = kDefaultBudget;
  Semantics semantics = Semantics::Ieee;
  ThresholdPreset thresholds = ThresholdPreset::None;
  /// Called by one thread at a time, in no fixed order of steps; may be empty.
  std::function<void(const Progress &)> progress;
};

struct DeadUnitTable {
  std::vector<Layer> layers;
  std::vector<Finding> findings;
  Semantics semantics;
  size_t numSamples = 0;
};

/// Judges every unit below `root`. Fails, with a diagnostic, where the input
/// cannot be analysed: weights that are elided, a domain or samples that do not
/// fit.
llvm::FailureOr<DeadUnitTable> findDeadUnits(mlir::Operation *root,
                                             const DeadUnitOptions &options);

} // namespace act

#endif // ACT_ANALYSIS_DEADUNITS_H
