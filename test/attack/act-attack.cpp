//===- act-attack.cpp - Look for inputs against what is proved ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Judges each function of a file as act-lint does, compiles it and executes it
// on inputs of its domain. Exit code 0: nothing contradicts a verdict; 1:
// something does; 2: unusable input.
//
//===----------------------------------------------------------------------===//

#include "Attack.h"
#include "act/Approx/FormStore.h"
#include "act/InitAll.h"
#include "mlir/IR/DialectRegistry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

static cl::OptionCategory category("act-attack options");
static cl::opt<std::string> file(cl::Positional, cl::Required,
                                 cl::desc("FILE of MLIR"), cl::cat(category));
static cl::list<std::string>
    domains("domain", cl::desc("Domain of an argument, as for act-lint"),
            cl::value_desc("ARG:[lo,hi]"), cl::cat(category));
static cl::opt<unsigned>
    points("points", cl::init(1000),
           cl::desc("Random inputs of each function (default: 1000)"),
           cl::value_desc("N"), cl::cat(category));
static cl::opt<act::Semantics> semantics(
    "semantics", cl::desc("Which program is judged"),
    cl::values(clEnumValN(act::Semantics::Ieee, "ieee",
                          "the one that is executed (default)"),
               clEnumValN(act::Semantics::Real, "real",
                          "that over the reals, which rounding may refute")),
    cl::init(act::Semantics::Ieee), cl::cat(category));
static cl::opt<uint64_t> seed("seed", cl::init(1),
                              cl::desc("Seed of the inputs (default: 1)"),
                              cl::value_desc("N"), cl::cat(category));

static cl::opt<std::string>
    twin("same-as",
         cl::desc("File of functions of the same names, whose results must be "
                  "the same but for the sign of zero"),
         cl::value_desc("FILE"), cl::cat(category));

namespace {
struct Tally {
  unsigned networks = 0, units[act::kNumVerdicts] = {}, unseen = 0, refuted = 0;
  uint64_t executions = 0;
};
} // namespace

/// The intervals of all elements of all arguments.
static std::vector<act::Interval> domainOf(mlir::FunctionOpInterface function,
                                           const act::ArgumentBounds &domains) {
  std::vector<act::Interval> ranges;
  for (mlir::BlockArgument argument : function.getArguments()) {
    act::Bounds bounds = domains.lookup(argument);
    for (int64_t i = 0, e = act::boundsSize(argument.getType()); i < e; ++i)
      ranges.push_back(bounds.isBottom() ? act::Interval() : bounds[i].range);
  }
  return ranges;
}

static std::vector<const act::Layer *>
layersOf(mlir::FunctionOpInterface function, const act::DeadUnitTable &table) {
  std::vector<const act::Layer *> layers;
  for (const act::Layer &layer : table.layers)
    if (function->isAncestor(layer.site.op))
      layers.push_back(&layer);
  return layers;
}

/// The function of the same name and type in another program, which has a
/// context of its own.
static Expected<act::test::ObservedNetwork>
twinOf(mlir::FunctionOpInterface function, act::Program &program) {
  auto text = [](mlir::FunctionOpInterface each) {
    return formatv("{0}", each.getFunctionType()).str();
  };
  auto other =
      program.module().lookupSymbol<mlir::func::FuncOp>(function.getName());
  if (!other || text(other) != text(function))
    return createStringError("expected a function of the type " +
                             text(function) + " in " + twin);
  return act::test::ObservedNetwork::create(program, function.getName());
}

static Error attack(act::Program &program, act::Program *other,
                    mlir::FunctionOpInterface function,
                    std::vector<const act::Layer *> layers,
                    ArrayRef<act::Interval> domain, Tally &tally) {
  Expected<act::test::ObservedNetwork> network =
      act::test::ObservedNetwork::create(program, function.getName());
  if (!network)
    return network.takeError();
  for (const act::Layer *layer : layers)
    for (const act::Unit &unit : layer->units)
      ++tally.units[unsigned(unit.verdict)];
  Expected<act::test::Attack> attack =
      act::test::Attack::create(*network, std::move(layers), domain, seed);
  if (!attack)
    return attack.takeError();
  std::optional<act::test::ObservedNetwork> same;
  if (other) {
    Expected<act::test::ObservedNetwork> compiled = twinOf(function, *other);
    if (!compiled)
      return compiled.takeError();
    same.emplace(std::move(*compiled));
    attack->compareWith(*same);
  }
  attack->run(points);
  for (StringRef refutation : attack->refutations())
    outs() << "refuted: " << refutation << '\n';
  ++tally.networks;
  tally.executions += attack->executions();
  tally.unseen += attack->numUnseen();
  tally.refuted += attack->refutations().size();
  return Error::success();
}

static void print(const Tally &tally) {
  outs() << tally.networks << " networks:";
  for (unsigned i = 0; i < act::kNumVerdicts; ++i)
    outs() << (i ? ", " : " ") << tally.units[i] << ' '
           << act::name(act::Verdict(i));
  outs() << '\n'
         << tally.executions << " executions, " << tally.refuted
         << " units refuted, " << tally.unseen
         << " alive ones not seen to fire\n";
}

static Expected<Tally> run() {
  act::FormStore::get().setFolder(act::userCacheFolder());
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  std::unique_ptr<act::Program> program = act::Program::load(registry, file);
  if (!program)
    return createStringError(file + ": cannot be read");
  std::unique_ptr<act::Program> other;
  if (!twin.empty() && !(other = act::Program::load(registry, twin)))
    return createStringError(twin + ": cannot be read");
  act::DeadUnitOptions options;
  options.semantics = semantics;
  for (const std::string &text : domains) {
    Expected<act::DomainText> domain = act::parseDomain(text);
    if (!domain)
      return domain.takeError();
    options.domains.push_back(std::move(*domain));
  }
  mlir::FailureOr<act::ArgumentDomains> inputs =
      act::collectDomains(program->module(), options.domains);
  mlir::FailureOr<act::DeadUnitTable> table =
      act::findDeadUnits(program->module(), options);
  if (failed(inputs) || failed(table))
    return createStringError(file + ": cannot be analysed");
  for (const auto &[argument, set] : inputs->sets)
    if (set)
      return createStringError(file + ": expected domains that are boxes, "
                                      "of which inputs are drawn");
  Tally tally;
  for (mlir::FunctionOpInterface function :
       act::entryFunctions(program->module()))
    if (Error error =
            attack(*program, other.get(), function, layersOf(function, *table),
                   domainOf(function, inputs->bounds), tally))
      return createStringError(file + ": '" + function.getName() +
                               "': " + toString(std::move(error)));
  return tally;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  if (!cl::ParseCommandLineOptions(
          argc, argv, "Looks for inputs against what act-lint proves\n",
          &errs()))
    return 2;
  Expected<Tally> tally = run();
  if (!tally) {
    WithColor::error(errs(), "act-attack")
        << toString(tally.takeError()) << '\n';
    return 2;
  }
  print(*tally);
  return tally->refuted ? 1 : 0;
}
