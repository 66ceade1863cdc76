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

#include "EntryFunction.h"
#include "ProgressLine.h"
#include "act/Analysis/Rules.h"
#include "act/InitAll.h"
#include "act/Report/Baseline.h"
#include "act/Target/Npy.h"
#include "act/Target/OutputFiles.h"
#include "act/Target/Program.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace {
enum class ReportFormat { Text, Json, Sarif, Html };
enum class FailOn { Note, Warning, Error, Never };
} // namespace

static cl::OptionCategory category("act-lint options");
static cl::opt<std::string> file(cl::Positional, cl::desc("FILE of MLIR"),
                                 cl::cat(category));
static cl::opt<std::string>
    explained("explain",
              cl::desc("Says what a code of a finding means, or each code, and "
                       "judges nothing"),
              cl::value_desc("DRNNN|all"), cl::cat(category));
static cl::opt<std::string> entry(
    "entry",
    cl::desc("The function that is judged, with those that it calls, and whose "
             "arguments --domain and --samples speak of (default: all public "
             "functions are judged; the options speak of 'main', or the only "
             "one)"),
    cl::value_desc("NAME"), cl::cat(category));
static cl::list<std::string> domains(
    "domain",
    cl::desc("Domain of an argument of the entry function: ARG:[lo,hi] for all "
             "its elements, or ARG:[lo,hi],[lo,hi],... with one interval per "
             "element in row-major order; ends may be inf or -inf. Or an "
             "attribute: ARG:#act.ball<center = [0], radius = [1]>, "
             "ARG:#act.simplex, ARG:#act.one_hot. Wins over the attribute "
             "act.domain"),
    cl::value_desc("ARG:[lo,hi]"), cl::cat(category));
static cl::list<std::string> sampleFiles(
    "samples",
    cl::desc("Typical values of an argument of the entry function: an .npy "
             "file of floats whose rows have the shape of the argument. Units "
             "that fire for none of them are found, but never called dead"),
    cl::value_desc("ARG:FILE.npy"), cl::cat(category));
static cl::opt<act::Semantics> semantics(
    "semantics", cl::desc("Which program is judged"),
    cl::values(clEnumValN(act::Semantics::Ieee, "ieee",
                          "as executed: with rounding, in any order of "
                          "summation (default)"),
               clEnumValN(act::Semantics::Real, "real", "over the reals")),
    cl::init(act::Semantics::Ieee), cl::cat(category));
static cl::opt<uint64_t> budget(
    "budget",
    cl::desc("How many parts of the domain, or cases of kinks where the inputs "
             "are more than 16 numbers, may be bounded to settle one unit; up "
             "to 32 times as many for units that are nearly settled by then; "
             "0: none (default 8192)"),
    cl::value_desc("N"), cl::init(act::kDefaultBudget), cl::cat(category));
static cl::opt<act::ThresholdPreset> thresholds(
    "thresholds",
    cl::desc("Which share of dead units, proved or silent on samples, is too "
             "much: as in a tool that watches training. Findings on single "
             "units become notes"),
    cl::values(
        clEnumValN(act::ThresholdPreset::KerasContrib, "keras-contrib",
                   "a warning from 10 % of a layer that never fire"),
        clEnumValN(act::ThresholdPreset::SageMaker, "sagemaker",
                   "an error above 50 % of a layer that fire on less than 1 % "
                   "of samples"),
        clEnumValN(act::ThresholdPreset::DeepChecker, "deepchecker",
                   "a warning above 50 % of a layer that fire on less than "
                   "5 % of samples"),
        clEnumValN(act::ThresholdPreset::DeepDiagnosis, "deepdiagnosis",
                   "an error from 70 % of a layer's activations that are 0"),
        clEnumValN(act::ThresholdPreset::AutoTrainer, "autotrainer",
                   "an error from 70 % of all units that never fire")),
    cl::init(act::ThresholdPreset::None), cl::cat(category));
static cl::opt<cl::boolOrDefault> progress(
    "progress",
    cl::desc("Show on stderr how far long work is (default: on a terminal)"),
    cl::cat(category));
static cl::opt<ReportFormat> reportFormat(
    "format", cl::desc("Form of the report"),
    cl::values(clEnumValN(ReportFormat::Text, "text", "for people (default)"),
               clEnumValN(ReportFormat::Json, "json", "for programs"),
               clEnumValN(ReportFormat::Sarif, "sarif",
                          "SARIF 2.1.0, for code scanning"),
               clEnumValN(ReportFormat::Html, "html",
                          "a page with charts, which needs no other file")),
    cl::init(ReportFormat::Text), cl::cat(category));
static cl::opt<bool>
    listUnits("units",
              cl::desc("List every unit that is not proved, with the bounds of "
                       "its pre-activation (json: the bounds of all units)"),
              cl::cat(category));
static cl::opt<std::string> output("o", cl::desc("File of the report"),
                                   cl::value_desc("FILE"), cl::init("-"),
                                   cl::cat(category));
static cl::opt<std::string>
    baseline("baseline",
             cl::desc("File of findings that are known and do not count, as "
                      "--write-baseline makes it"),
             cl::value_desc("FILE"), cl::cat(category));
static cl::opt<std::string> newBaseline(
    "write-baseline",
    cl::desc("Writes a baseline of what is found and not suppressed in the "
             "source; the exit code stays that of the findings"),
    cl::value_desc("FILE"), cl::cat(category));
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

static void writeReport(const act::DeadUnitReport &report, raw_ostream &os) {
  switch (reportFormat) {
  case ReportFormat::Text:
    return act::writeDeadUnitText(report, os);
  case ReportFormat::Json:
    return act::writeDeadUnitJson(report, os);
  case ReportFormat::Sarif:
    return act::writeDeadUnitSarif(report, os);
  case ReportFormat::Html:
    return act::writeDeadUnitHtml(report, os);
  }
  llvm_unreachable("unknown format");
}

static Expected<act::Baseline> readBaseline() {
  ErrorOr<std::unique_ptr<MemoryBuffer>> text = MemoryBuffer::getFile(baseline);
  if (!text)
    return fileError(baseline +
                     ": cannot be read: " + text.getError().message());
  Expected<act::Baseline> known = act::parseBaseline((*text)->getBuffer());
  if (!known)
    return fileError(baseline + ": " + toString(known.takeError()));
  return known;
}

static bool fails(const act::DeadUnitTable &table) {
  return any_of(table.findings, [](const act::Finding &finding) {
    if (finding.suppression)
      return false;
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

/// The format of the elements of a file; nothing for integers.
static std::optional<act::Format> formatOf(act::NpyElement element) {
  switch (element) {
  case act::NpyElement::F16:
    return act::Format::F16;
  case act::NpyElement::BF16:
    return act::Format::BF16;
  case act::NpyElement::F32:
    return act::Format::F32;
  case act::NpyElement::F64:
    return act::Format::F64;
  default:
    return std::nullopt;
  }
}

/// Samples as the command line names them; they are read from `arrays`.
static Error readSamples(std::vector<act::NpyArray> &arrays,
                         act::DeadUnitOptions &options) {
  for (const std::string &text : sampleFiles) {
    auto [argument, path] = StringRef(text).split(':');
    act::ArgumentSamples samples;
    if (argument.getAsInteger(10, samples.argument) || path.empty())
      return fileError("--samples: expected samples as '0:FILE.npy', got '" +
                       text + "'");
    Expected<act::NpyArray> array = act::NpyArray::read(path);
    if (!array)
      return fileError("--samples: " + toString(array.takeError()));
    std::optional<act::Format> format = formatOf(array->element());
    if (!format)
      return fileError("--samples: " + path + ": expected floats, got '" +
                       act::npyName(array->element()) + "'");
    samples.shape.assign(array->shape().begin(), array->shape().end());
    samples.values = act::Bounds::constant(
        ArrayRef(array->data(), array->numBytes()), *format);
    options.samples.push_back(std::move(samples));
    arrays.push_back(std::move(*array));
  }
  return Error::success();
}

/// On a terminal, unless the user wants otherwise.
static bool showsProgress() {
  if (progress != cl::BOU_UNSET)
    return progress == cl::BOU_TRUE;
  return sys::Process::StandardErrIsDisplayed();
}

/// Prints what the rules that --explain names stand for.
static Error explain() {
  std::optional<unsigned> index = act::findRule(explained);
  if (!index && explained != "all")
    return fileError("--explain: expected 'all' or a code from " +
                     Twine(act::rules().front().code) + " to " +
                     act::rules().back().code + ", got '" + explained + "'");
  for (const act::Rule &rule :
       index ? act::rules().slice(*index, 1) : act::rules())
    outs() << rule.code << ' ' << rule.name << ": " << rule.summary << "\n  "
           << rule.description << "\n  to do: " << rule.help << '\n';
  return Error::success();
}

static Expected<act::DeadUnitOptions> readOptions() {
  if (file.empty())
    return fileError("expected a FILE of MLIR, got none");
  bool overwrites = false;
  if (output != "-" && !sys::fs::equivalent(file, output, overwrites) &&
      overwrites)
    return fileError("expected another file for the report than the network's, "
                     "got '" +
                     output + "' for both");
  if (newBaseline.getNumOccurrences() && newBaseline == output)
    return fileError("expected different files for the report and "
                     "--write-baseline, got '" +
                     output + "' for both");
  act::DeadUnitOptions options;
  options.semantics = semantics;
  options.budget = budget;
  options.thresholds = thresholds;
  Expected<std::vector<act::DomainText>> parsed = act::parseDomains(domains);
  if (!parsed)
    return fileError("--domain: " + toString(parsed.takeError()));
  options.domains = std::move(*parsed);
  return options;
}

/// The report and the baseline, or neither.
static Error writeFiles(const act::DeadUnitReport &report) {
  act::OutputFiles files;
  if (newBaseline.getNumOccurrences())
    if (Error error = files.add(newBaseline, [&](raw_ostream &os) {
          act::writeBaseline(report, os);
        }))
      return error;
  if (Error error =
          files.add(output, [&](raw_ostream &os) { writeReport(report, os); }))
    return error;
  return files.keep();
}

static Expected<int> run() {
  Expected<act::DeadUnitOptions> options = readOptions();
  if (!options)
    return options.takeError();
  std::vector<act::NpyArray> arrays;
  if (Error error = readSamples(arrays, *options))
    return std::move(error);
  std::optional<act::Baseline> known;
  if (baseline.getNumOccurrences()) {
    Expected<act::Baseline> read = readBaseline();
    if (!read)
      return read.takeError();
    known = std::move(*read);
  }
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  std::unique_ptr<act::Program> program = act::Program::load(registry, file);
  if (!program)
    return fileError(file + ": cannot be read");
  if (!hasFunction(program->module()))
    return fileError(file + ": expected a function with a body, got none");
  if (entry.getNumOccurrences() && failed(keepEntry(program->module(), entry)))
    return fileError(file + ": cannot be analysed");
  ProgressLine line;
  if (showsProgress())
    options->progress = [&](const act::Progress &now) { line.show(now); };
  FailureOr<act::DeadUnitTable> table =
      act::findDeadUnits(program->module(), *options);
  line.clear();
  if (failed(table))
    return fileError(file + ": cannot be analysed");
  if (table->layers.empty())
    WithColor::warning(errs(), "act-lint")
        << file << ": no activation with units was found\n";
  act::DeadUnitReport report(std::move(*table), file);
  report.listsUnits = listUnits;
  if (known)
    act::applyBaseline(*known, report);
  if (Error error = writeFiles(report))
    return std::move(error);
  return fails(report.table) ? 1 : 0;
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
  Expected<int> exitCode = 0;
  if (!explained.getNumOccurrences())
    exitCode = run();
  else if (Error error = explain())
    exitCode = std::move(error);
  if (!exitCode) {
    WithColor::error(errs(), "act-lint")
        << toString(exitCode.takeError()) << '\n';
    return 2;
  }
  return *exitCode;
}
