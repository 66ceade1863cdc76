//===- act-prove-fits.cpp - The errors of fits, proved by Sollya ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of each form of polynomials on segments: is the fit as near to the function
// as its attribute `fit_error` says, on the whole line? Of forms by the
// logarithm or beside an exponential nothing is asked. Exit code 0: it is; 1:
// not everywhere, or Sollya proves nothing; 2: unusable input.
//
//===----------------------------------------------------------------------===//

#include "FitBounds.h"
#include "act/Approx/FormStore.h"
#include "act/Formula/ExactValue.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/WithColor.h"
#include <set>

using namespace llvm;

static cl::OptionCategory category("act-prove-fits options");
static cl::list<std::string> ops("op",
                                 cl::desc("Ops (default: all elementwise)"),
                                 cl::value_desc("NAME,..."), cl::CommaSeparated,
                                 cl::cat(category));
static cl::list<std::string>
    isas("isa", cl::desc("Instruction sets (default: avx2 and avx512)"),
         cl::value_desc("NAME,..."), cl::CommaSeparated, cl::cat(category));
static cl::opt<std::string>
    accuracyText("accuracy", cl::init("ulp=2"),
                 cl::desc("Accuracy of the forms in f32 (default: ulp=2)"),
                 cl::value_desc("ulp=N|abs=X"), cl::cat(category));

static int refuse(const Twine &message) {
  WithColor::error(errs(), "act-prove-fits") << message << '\n';
  return 2;
}

/// Whether arith ops compute `formula` as it is, which needs no fit.
static bool isFitted(act::Expression formula) {
  return any_of(formula.postorder(), [](act::Expression e) {
    return e.numVariables() > 0 && act::isElementary(e.primitive());
  });
}

/// Prints a line on the form; whether its fit is proved.
static Expected<bool> prove(StringRef sollya, StringRef name,
                            const act::SynthesisRequest &request) {
  act::SynthesisAnswer answer = act::FormStore::get().answer(request);
  auto *form =
      answer ? std::get_if<act::PiecewiseForm>(&answer->form) : nullptr;
  if (!form) {
    outs() << formatv("{0} {1}: no polynomials on segments\n", name,
                      request.isa->name);
    return true;
  }
  // supnorm() takes polynomials only.
  if (!form->exponents.empty() || !form->decay.growth.empty()) {
    const bool isLogarithm = !form->exponents.empty();
    outs() << formatv(
        "{0} {1}: {2}, of which nothing is proved\n", name, request.isa->name,
        isLogarithm ? "by its logarithm" : "beside an exponential");
    return true;
  }
  std::vector<act::test::FitPiece> pieces =
      act::test::fitPieces(*form, request);
  Expected<std::vector<double>> bounds = act::test::boundFits(sollya, pieces);
  if (!bounds)
    return bounds.takeError();
  // There the last rounding has to fit beside it.
  const double whereClamped =
      1.0 - 0.5 / request.accuracy.tolerance(1.0, request.format) *
                act::ulp(1.0, request.format);
  double largest = 0.0, largestClamped = 0.0;
  unsigned unproved = 0;
  for (auto [piece, bound] : zip_equal(pieces, *bounds)) {
    double claimed = piece.isClamped ? whereClamped : answer->fitError;
    double &seen = piece.isClamped ? largestClamped : largest;
    if (bound <= claimed) {
      seen = std::max(seen, bound);
      continue;
    }
    ++unproved;
    outs() << formatv("{0} {1}: on [{2:e6}, {3:e6}] expected at most {4:f4} of "
                      "the tolerance, got {5:f4}\n",
                      name, request.isa->name, piece.lo, piece.hi, claimed,
                      bound);
  }
  outs() << formatv(
      "{0} {1}: {2} pieces, {3} unproved; at most {4:f4} of the tolerance, "
      "{5:f4} claimed; where clamped {6:f4}, {7:f4} allowed\n",
      name, request.isa->name, pieces.size(), unproved, largest,
      answer->fitError, largestClamped, whereClamped);
  outs().flush();
  return unproved == 0;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv,
                              "Prove the errors of fits by Sollya\n");
  std::optional<act::Accuracy> accuracy = act::Accuracy::parse(accuracyText);
  if (!accuracy)
    return refuse("--accuracy: expected 'ulp=N' or 'abs=X', got '" +
                  accuracyText + "'");
  std::vector<std::string> chosen = isas;
  if (chosen.empty())
    chosen = {"avx2", "avx512"};
  for (StringRef isa : chosen)
    if (!act::findIsa(isa))
      return refuse("--isa: expected one of " + act::isaNames() + ", got '" +
                    isa + "'");
  ErrorOr<std::string> sollya = sys::findProgramByName("sollya");
  if (!sollya)
    return refuse("expected the program 'sollya' in the PATH: install Debian's "
                  "package sollya");
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();

  bool isProved = true;
  std::set<StringRef> known;
  for (const act::Record *record : act::allRecords(&context)) {
    if (record->variables.size() != 1)
      continue;
    known.insert(record->opName);
    if (!ops.empty() && !is_contained(ops, record->opName))
      continue;
    act::Expression formula =
        act::instantiate(*record, act::exampleParameters(record->parameters));
    if (!isFitted(formula))
      continue;
    for (StringRef isa : chosen) {
      Expected<bool> proved =
          prove(*sollya, record->opName,
                {formula, act::Format::F32, *accuracy, act::findIsa(isa)});
      if (!proved)
        return refuse(toString(proved.takeError()));
      isProved &= *proved;
    }
  }
  for (StringRef op : ops)
    if (!known.count(op))
      return refuse(
          "--op: expected an elementwise op such as 'act.gelu', got '" + op +
          "'");
  return isProved ? 0 : 1;
}
