//===- act-bench-verifier.cpp - The analysis beside a verifier ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints how many units of networks of relus are settled, and in which time, by
// linear programs over triangles, by these with mixed-integer programs after
// them, and by act-lint's analysis. Exit code 0: no unit is dead for one and
// alive for another; 1: some are; 2: unusable input.
//
//===----------------------------------------------------------------------===//

#include "Verification.h"
#include "act/Analysis/Domains.h"
#include "act/InitAll.h"
#include "act/Target/Program.h"
#include "mlir/IR/DialectRegistry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include <chrono>

using namespace llvm;
using act::bench::Answer;

static cl::OptionCategory category("act-bench-verifier options");
static cl::list<std::string> files(cl::Positional, cl::OneOrMore,
                                   cl::desc("FILES of MLIR"),
                                   cl::cat(category));
static cl::list<std::string>
    domains("domain", cl::desc("Domain of an argument, as for act-lint"),
            cl::value_desc("ARG:[lo,hi]"), cl::cat(category));
static cl::opt<double>
    limit("seconds", cl::init(5.0),
          cl::desc("How long the exact program of a unit may be searched "
                   "(default: 5)"),
          cl::value_desc("N"), cl::cat(category));
static cl::opt<uint64_t>
    budget("budget", cl::init(act::kDefaultBudget),
           cl::desc("Boxes or cases to bound for one unit, as for act-lint"),
           cl::value_desc("N"), cl::cat(category));

namespace {
/// What one method found of all units, in the order of the layers.
struct Outcome {
  const char *method;
  std::vector<Answer> units;
  double seconds = 0.0;
};
} // namespace

using Clock = std::chrono::steady_clock;

static double secondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

static Answer answerOf(act::Verdict verdict) {
  switch (verdict) {
  case act::Verdict::Dead:
    return Answer::Dead;
  case act::Verdict::StablyActive:
  case act::Verdict::Saturated:
  case act::Verdict::Alive:
  case act::Verdict::Mixed:
    return Answer::Alive;
  case act::Verdict::Poisoned:
  case act::Verdict::Unknown:
    return Answer::Open;
  }
  llvm_unreachable("unknown verdict");
}

static std::vector<Answer> answersOf(const act::DeadUnitTable &table) {
  std::vector<Answer> units;
  for (const act::Layer &layer : table.layers)
    for (const act::Unit &unit : layer.units)
      units.push_back(answerOf(unit.verdict));
  return units;
}

static std::vector<Answer> answersOf(const act::bench::Verification &verifier,
                                     size_t numLayers) {
  std::vector<Answer> units;
  for (unsigned layer = 0; layer < numLayers; ++layer)
    append_range(units, verifier.answers(layer));
  return units;
}

static Expected<std::vector<Outcome>>
settle(mlir::Operation *module, const act::DeadUnitOptions &options) {
  std::vector<Outcome> outcomes(3);
  mlir::FailureOr<act::ArgumentDomains> inputs =
      act::collectDomains(module, options.domains);
  Clock::time_point begin = Clock::now();
  mlir::FailureOr<act::DeadUnitTable> table =
      act::findDeadUnits(module, options);
  if (failed(inputs) || failed(table))
    return createStringError("cannot be analysed");
  outcomes[2] = {"act-lint", answersOf(*table), secondsSince(begin)};

  act::ValueBounds bounds(module, inputs->bounds, act::Semantics::Real);
  act::NetworkReader reader(bounds, act::sitesOf(table->layers),
                            act::Semantics::Real,
                            act::NetworkReader::Purpose::Bounds, inputs->sets);
  act::bench::Verification verifier(reader, table->layers);
  size_t numLayers = table->layers.size();
  begin = Clock::now();
  if (Error error = verifier.boundByTriangles())
    return std::move(error);
  outcomes[0] = {"triangle LP", answersOf(verifier, numLayers),
                 secondsSince(begin)};
  if (Error error = verifier.searchExactly(limit))
    return std::move(error);
  outcomes[1] = {"... and MILP", answersOf(verifier, numLayers),
                 secondsSince(begin)};
  return outcomes;
}

/// Units that are dead by one method and alive by another.
static size_t countContradictions(ArrayRef<Outcome> outcomes) {
  size_t found = 0;
  for (size_t unit = 0; unit < outcomes.front().units.size(); ++unit) {
    auto any = [&](Answer answer) {
      return any_of(outcomes, [&](const Outcome &each) {
        return each.units[unit] == answer;
      });
    };
    found += any(Answer::Dead) && any(Answer::Alive);
  }
  return found;
}

static void print(StringRef file, ArrayRef<Outcome> outcomes) {
  for (const Outcome &outcome : outcomes) {
    size_t dead = count(outcome.units, Answer::Dead);
    size_t alive = count(outcome.units, Answer::Alive);
    size_t all = outcome.units.size();
    outs() << formatv("{0,-24} {1,5}  {2,-12} {3,5} {4,5} {5,5} {6,8:P1} "
                      "{7,9:F2} s\n",
                      sys::path::filename(file), all, outcome.method, dead,
                      alive, all - dead - alive,
                      all ? double(dead + alive) / all : 1.0, outcome.seconds);
  }
}

static Expected<size_t> compare(const mlir::DialectRegistry &registry,
                                StringRef file,
                                const act::DeadUnitOptions &options) {
  std::unique_ptr<act::Program> program = act::Program::load(registry, file);
  if (!program)
    return createStringError(file + ": cannot be read");
  Expected<std::vector<Outcome>> outcomes = settle(program->module(), options);
  if (!outcomes)
    return createStringError(file + ": " + toString(outcomes.takeError()));
  print(file, *outcomes);
  outs().flush();
  size_t contradictions = countContradictions(*outcomes);
  if (contradictions)
    outs() << file << ": " << contradictions
           << " units are dead by one method and alive by another\n";
  return contradictions;
}

static Expected<size_t> compareAll() {
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  act::DeadUnitOptions options;
  options.budget = budget;
  for (const std::string &text : domains) {
    Expected<act::DomainText> domain = act::parseDomain(text);
    if (!domain)
      return domain.takeError();
    options.domains.push_back(std::move(*domain));
  }
  outs() << formatv("{0,-24} {1,5}  {2,-12} {3,5} {4,5} {5,5} {6,8} {7,11}\n",
                    "network", "units", "method", "dead", "alive", "open",
                    "settled", "time");
  size_t contradictions = 0;
  for (const std::string &file : files) {
    Expected<size_t> more = compare(registry, file, options);
    if (!more)
      return more.takeError();
    contradictions += *more;
  }
  return contradictions;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  if (!cl::ParseCommandLineOptions(
          argc, argv,
          "Settles the units of networks of relus beside a verifier made of "
          "linear and mixed-integer programs\n",
          &errs()))
    return 2;
  Expected<size_t> contradictions = compareAll();
  if (!contradictions) {
    WithColor::error(errs(), "act-bench-verifier")
        << toString(contradictions.takeError()) << '\n';
    return 2;
  }
  return *contradictions ? 1 : 0;
}
