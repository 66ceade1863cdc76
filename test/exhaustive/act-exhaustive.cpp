//===- act-exhaustive.cpp - Prove the accuracy of generated code ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every input of every elementwise op, on each processor level that runs here,
// against the exact value. What is done is kept in a file, so that a run that
// was stopped goes on where it was.
//
//===----------------------------------------------------------------------===//

#include "Job.h"
#include "act/Formula/ExactValue.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/WithColor.h"
#include <map>
#include <thread>

using namespace llvm;
using act::Format;
using act::Record;
using act::test::Findings;
using act::test::Job;
using act::test::Progress;
using act::test::Subject;
using act::test::Worst;

static cl::OptionCategory category("act-exhaustive options");
static cl::opt<std::string>
    file(cl::Positional,
         cl::desc("[FILE.mlir, whose entry is scanned instead of the ops]"),
         cl::cat(category));
static cl::list<std::string> ops("op", cl::CommaSeparated,
                                 cl::desc("Ops (default: all elementwise)"),
                                 cl::value_desc("act.NAME"), cl::cat(category));
static cl::list<std::string>
    formats("format", cl::CommaSeparated,
            cl::desc("f16, bf16, f32, f64 (default: all)"), cl::cat(category));
static cl::list<std::string>
    cpus("mcpu", cl::CommaSeparated,
         cl::desc("Processors (default: the x86-64 levels that run here)"),
         cl::cat(category));
static cl::opt<std::string>
    accuracy("accuracy",
             cl::desc("Accuracy to ask for (default: that of the compiler)"),
             cl::value_desc("ulp=N"), cl::cat(category));
static cl::opt<uint64_t>
    stride("stride", cl::init(1),
           cl::desc("Distance of the f32 inputs' bits (default: 1); of what "
                    "the state has all inputs, all are reported"),
           cl::cat(category));
static cl::opt<uint64_t> points64(
    "f64-points", cl::init(uint64_t(1) << 16),
    cl::desc("Inputs of f64, spread evenly over the bits (default: 65536)"),
    cl::cat(category));
static cl::opt<unsigned> threads("workers", cl::init(0),
                                 cl::desc("Threads (default: all cores)"),
                                 cl::cat(category));
static cl::opt<std::string>
    state("state", cl::init("exhaustive.state"),
          cl::desc("File of what is done, which a later run goes on from and "
                   "reads results of the same code from (default: "
                   "exhaustive.state, until all is done)"),
          cl::cat(category));
static cl::opt<std::string> output("o", cl::init("-"),
                                   cl::desc("Markdown document to write"),
                                   cl::cat(category));

/// The distance of the inputs' bits; all inputs of 16 bits are scanned.
static uint64_t strideOf(Format format) {
  // Odd, so that all bits of the significand vary.
  if (format == Format::F64)
    return (~uint64_t(0) / points64) | 1;
  return format == Format::F32 ? uint64_t(stride) : 1;
}

static Job jobOf(const Subject &subject, std::vector<std::string> cpus,
                 uint64_t stride) {
  uint64_t count = points64;
  if (subject.format != Format::F64) {
    uint64_t all = uint64_t(1) << act::layoutOf(subject.format).bits;
    count = (all + stride - 1) / stride;
  }
  unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  return {subject, std::move(cpus), accuracy,
          stride,  count,           threads ? unsigned(threads) : cores};
}

/// What is found of `subject` on each of `cpus`: of all inputs where an earlier
/// run has that, else of those that are asked for.
static Expected<std::vector<Findings>>
findingsOf(const mlir::DialectRegistry &registry, const Subject &subject,
           const std::vector<std::string> &cpus, Progress &progress) {
  std::vector<std::string> whole, sampled;
  for (const std::string &cpu : cpus) {
    bool isWhole = false;
    if (subject.format == Format::F32 && stride != 1) {
      Expected<bool> done =
          act::test::isDone(registry, jobOf(subject, {cpu}, 1), progress);
      if (!done)
        return done.takeError();
      isWhole = *done;
    }
    (isWhole ? whole : sampled).push_back(cpu);
  }
  std::map<std::string, Findings> found;
  for (const auto &[some, distance] :
       {std::pair(whole, uint64_t(1)),
        std::pair(sampled, strideOf(subject.format))}) {
    if (some.empty())
      continue;
    Expected<std::vector<Findings>> findings =
        act::test::runJob(registry, jobOf(subject, some, distance), progress);
    if (!findings)
      return findings.takeError();
    for (auto [cpu, each] : zip_equal(some, *findings))
      found[cpu] = each;
  }
  std::vector<Findings> inOrder;
  for (const std::string &cpu : cpus)
    inOrder.push_back(found[cpu]);
  return inOrder;
}

static void printWorst(raw_ostream &os, const Worst &worst, Format format) {
  os << llvm::format("%.4f", worst.ulps);
  if (worst.ulps > 0.0)
    os << llvm::format(" at %a", act::test::decode(worst.input, format));
  os << " | ";
}

static void printRow(raw_ostream &os, const Subject &subject, StringRef cpu,
                     const Findings &f) {
  os << "| " << subject.name << " | " << act::layoutOf(subject.format).name
     << " | " << cpu << " | " << f.inputs << " | ";
  printWorst(os, f.normal, subject.format);
  printWorst(os, f.subnormal, subject.format);
  os << f.wrongSpecials;
  if (f.wrongSpecials)
    os << llvm::format(" at %a",
                       act::test::decode(f.wrongSpecial, subject.format));
  os << " | " << f.reversals;
  if (f.reversals)
    os << llvm::format(", up to %.1f ulps", f.reversal.ulps);
  os << " | " << f.outOfRange << " |\n";
}

static void printHeading(raw_ostream &os) {
  os << "# Accuracy of the generated code\n\n"
        "Written by `act-exhaustive`. Errors are in ulps of the exact result, "
        "measured by MPFR\nat the input given; no other input's error is "
        "larger by more than a millionth of it;\nwhat is below 2^-10 ulps is "
        "not measured and given as 0.\nA row proves what it says "
        "only where it has all inputs of its format: 65536 of f16\nand bf16, "
        "4294967296 of f32; rows with fewer, f64 among them, are samples, with "
        "zeros,\ninfinities and NaN.\n\n"
        "| op | format | processor | inputs | error, normal results | error, "
        "subnormal results | wrong at NaN, inf, 0 | steps against the "
        "direction | out of range |\n|---|---|---|---|---|---|---|---|---|\n";
}

static Expected<std::vector<Format>> chosenFormats() {
  constexpr Format all[] = {Format::F16, Format::BF16, Format::F32,
                            Format::F64};
  if (formats.empty())
    return std::vector<Format>(std::begin(all), std::end(all));
  std::vector<Format> chosen;
  for (const std::string &name : formats) {
    auto *format = find_if(
        all, [&](Format format) { return name == act::layoutOf(format).name; });
    if (format == std::end(all))
      return createStringError(
          "--format: expected f16, bf16, f32 or f64, got '" + name + "'");
    chosen.push_back(*format);
  }
  return chosen;
}

static Expected<std::vector<std::string>> chosenCpus() {
  std::vector<std::string> chosen;
  if (cpus.empty())
    for (StringRef cpu : {"x86-64-v4", "x86-64-v3", "x86-64"}) {
      Expected<std::unique_ptr<TargetMachine>> machine =
          act::createHostMachine(cpu);
      if (machine)
        chosen.push_back(cpu.str());
      else
        errs() << "skipped: " << toString(machine.takeError()) << '\n';
    }
  for (StringRef cpu : cpus) {
    Expected<std::unique_ptr<TargetMachine>> machine =
        act::createHostMachine(cpu);
    if (!machine)
      return createStringError("--mcpu: " + toString(machine.takeError()));
    chosen.push_back(cpu.str());
  }
  return chosen;
}

static Expected<std::vector<const Record *>>
chosenRecords(mlir::MLIRContext &context) {
  std::vector<const Record *> chosen;
  for (const Record *record : act::allRecords(&context))
    if (record->variables.size() == 1 &&
        (ops.empty() || is_contained(ops, record->opName)))
      chosen.push_back(record);
  for (const std::string &name : ops)
    if (none_of(chosen, [&](auto *record) { return record->opName == name; }))
      return createStringError("--op: expected an elementwise op such as '" +
                               act::allRecords(&context).front()->opName +
                               "', got '" + name + "'");
  return chosen;
}

static Expected<std::vector<Subject>>
chosenSubjects(const mlir::DialectRegistry &registry,
               mlir::MLIRContext &context) {
  std::vector<Subject> chosen;
  if (!file.empty()) {
    if (!ops.empty() || !formats.empty())
      return createStringError("expected FILE or --op and --format, got both");
    Expected<Subject> subject = act::test::loadSubject(registry, file);
    if (!subject)
      return subject.takeError();
    chosen.push_back(*subject);
    return chosen;
  }
  auto records = chosenRecords(context);
  if (!records)
    return records.takeError();
  auto wantedFormats = chosenFormats();
  if (!wantedFormats)
    return wantedFormats.takeError();
  for (const Record *record : *records)
    for (Format format : *wantedFormats)
      chosen.push_back(act::test::subjectOf(*record, format));
  return chosen;
}

static Error run() {
  if (stride == 0 || points64 == 0)
    return createStringError("expected a positive --stride and --f64-points");
  mlir::DialectRegistry registry;
  act::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();
  Expected<std::vector<Subject>> subjects = chosenSubjects(registry, context);
  if (!subjects)
    return subjects.takeError();
  auto wantedCpus = chosenCpus();
  if (!wantedCpus)
    return wantedCpus.takeError();
  Progress progress;
  if (Error error = progress.open(state))
    return error;
  std::string document;
  raw_string_ostream os(document);
  printHeading(os);
  for (const Subject &subject : *subjects) {
    Expected<std::vector<Findings>> findings =
        findingsOf(registry, subject, *wantedCpus, progress);
    if (!findings)
      return findings.takeError();
    for (auto [cpu, found] : zip_equal(*wantedCpus, *findings))
      printRow(os, subject, cpu, found);
  }
  std::error_code error;
  raw_fd_ostream out(output, error);
  if (error)
    return createStringError("-o: " + output + ": " + error.message());
  out << document;
  // A file that was asked for is kept for the next run.
  if (!state.getNumOccurrences())
    progress.finish();
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  if (!cl::ParseCommandLineOptions(
          argc, argv, "Compares generated code with exact values\n", &errs()))
    return 2;
  if (Error error = run()) {
    WithColor::error(errs(), "act-exhaustive")
        << toString(std::move(error)) << '\n';
    return 2;
  }
  return 0;
}
