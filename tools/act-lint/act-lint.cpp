//===- act-lint.cpp - Report the dead units of a network ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The command line of the dead-unit analysis. Exit code 0: nothing found at or
// above --fail-on; 1: something was; 2: unusable input or usage.
//
//===----------------------------------------------------------------------===//

#include "act/InitAll.h"
#include "act/Report/DeadUnitReport.h"
#include "act/Target/Program.h"

#include "mlir/IR/DialectRegistry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace {
enum class ReportFormat { Text, Json };
enum class FailOn { Note, Warning, Error, Never };
} // namespace

static cl::OptionCategory category("act-lint options");
static cl::opt<std::string> file(cl::Positional, cl::Required,
                                 cl::desc("FILE of MLIR"), cl::cat(category));
static cl::list<std::string> domains(
    "domain",
    cl::desc("Domain of an argument of the entry function: ARG:[lo,hi] for all "
             "its elements, or ARG:[lo,hi],[lo,hi],... with one interval per "
             "element in row-major order; ends may be inf or -inf. Wins over "
             "the attribute act.domain"),
    cl::value_desc("ARG:[lo,hi]"), cl::cat(category));
static cl::opt<act::Semantics> semantics(
    "semantics", cl::desc("Which program is judged"),
    cl::values(clEnumValN(act::Semantics::Ieee, "ieee",
                          "as executed: with rounding, in any order of "
                          "summation (default)"),
               clEnumValN(act::Semantics::Real, "real", "over the reals")),
    cl::init(act::Semantics::Ieee), cl::cat(category));
static cl::opt<uint64_t> budget(
    "budget",
    cl::desc("How many parts of the domain may be bounded to settle one unit, "
             "where the inputs are at most 16 numbers; 0: none (default 8192)"),
    cl::value_desc("N"), cl::init(act::DeadUnitOptions().budget),
    cl::cat(category));
static cl::opt<ReportFormat> reportFormat(
    "format", cl::desc("Form of the report"),
    cl::values(clEnumValN(ReportFormat::Text, "text", "for people (default)"),
               clEnumValN(ReportFormat::Json, "json", "for programs")),
    cl::init(ReportFormat::Text), cl::cat(category));
static cl::opt<std::string> output("o", cl::desc("File of the report"),
                                   cl::value_desc("FILE"), cl::init("-"),
                                   cl::cat(category));
static cl::opt<FailOn> failOn(
    "fail-on", cl::desc("Least level of a finding for exit code 1"),
    cl::values(clEnumValN(FailOn::Note, "note", "any finding"),
               clEnumValN(FailOn::Warning, "warning", "the default"),
               clEnumValN(FailOn::Error, "error", "errors only"),
               clEnumValN(FailOn::Never, "never", "exit 0 whatever is found")),
    cl::init(FailOn::Warning), cl::cat(category));

static Error fileError(const Twine &what) {
  return createStringError(inconvertibleErrorCode(), what);
}

static Error writeReport(const act::DeadUnitTable &table) {
  // Kept only if it is written to the end.
  std::error_code error;
  ToolOutputFile report(output, error, sys::fs::OF_Text);
  if (error)
    return fileError(output + ": cannot be written: " + error.message());
  if (reportFormat == ReportFormat::Json)
    act::writeDeadUnitJson(table, report.os());
  else
    act::writeDeadUnitText(table, file, report.os());
  report.os().flush();
  if (report.os().has_error()) {
    error = report.os().error();
    report.os().clear_error();
    return fileError(output + ": cannot be written: " + error.message());
  }
  report.keep();
  return Error::success();
}

static bool fails(const act::DeadUnitTable &table) {
  return any_of(table.findings, [](const act::Finding &finding) {
    switch (finding.level) {
    case act::Level::Note:
      return failOn == FailOn::Note;
    case act::Level::Warning:
      return failOn == FailOn::Note || failOn == FailOn::Warning;
    case act::Level::Error:
      return failOn != FailOn::Never;
    }
    llvm_unreachable("unknown level");
  });
}

static Expected<int> run() {
  act::DeadUnitOptions options;
  options.semantics = semantics;
  options.budget = budget;
  for (const std::string &text : domains) {
    Expected<act::DomainText> domain = act::parseDomain(text);
    if (!domain)
      return fileError("--domain: " + toString(domain.takeError()));
    options.domains.push_back(std::move(*domain));
  }
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  std::unique_ptr<act::Program> program = act::Program::load(registry, file);
  if (!program)
    return fileError(file + ": cannot be read");
  FailureOr<act::DeadUnitTable> table =
      act::findDeadUnits(program->module(), options);
  if (failed(table))
    return fileError(file + ": cannot be analysed");
  if (Error error = writeReport(*table))
    return std::move(error);
  return fails(*table) ? 1 : 0;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  if (!cl::ParseCommandLineOptions(
          argc, argv,
          "Reports units of a network that can never fire, and other units "
          "that do not learn\n",
          &errs()))
    return 2;
  Expected<int> exitCode = run();
  if (!exitCode) {
    WithColor::error(errs(), "act-lint")
        << toString(exitCode.takeError()) << '\n';
    return 2;
  }
  return *exitCode;
}
