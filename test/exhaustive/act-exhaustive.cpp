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

#include "Kernel.h"
#include "Progress.h"
#include "Scan.h"
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
#include "llvm/Support/xxhash.h"
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

using namespace llvm;
using act::Format;
using act::Record;
using act::test::Findings;
using act::test::Kernel;
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
           cl::desc("Distance of the f32 inputs' bits (default: 1)"),
           cl::cat(category));
static cl::opt<uint64_t> points64(
    "f64-points", cl::init(uint64_t(1) << 16),
    cl::desc("Inputs of f64, spread evenly over the bits (default: 65536)"),
    cl::cat(category));
static cl::opt<unsigned> threads("workers", cl::init(0),
                                 cl::desc("Threads (default: all cores)"),
                                 cl::cat(category));
static cl::opt<std::string> state("state", cl::init("exhaustive.state"),
                                  cl::desc("File of what is done"),
                                  cl::cat(category));
static cl::opt<std::string> output("o", cl::init("-"),
                                   cl::desc("Markdown document to write"),
                                   cl::cat(category));

namespace {

/// One function on one processor.
struct Job {
  Subject subject;
  std::string cpu;
};

} // namespace

/// The distance of the inputs' bits; all inputs of 16 bits are scanned.
static uint64_t strideOf(Format format) {
  // Odd, so that all bits of the significand vary.
  if (format == Format::F64)
    return (~uint64_t(0) / points64) | 1;
  return format == Format::F32 ? uint64_t(stride) : 1;
}

static uint64_t countOf(Format format) {
  if (format == Format::F64)
    return points64;
  uint64_t all = uint64_t(1) << act::layoutOf(format).bits;
  return (all + strideOf(format) - 1) / strideOf(format);
}

/// Runs the chunks of `job` that are not done yet.
static Expected<Findings> runJob(const mlir::DialectRegistry &registry,
                                 const Job &job, Progress &progress) {
  Expected<Kernel> kernel =
      Kernel::create(registry, job.subject, job.cpu, accuracy);
  if (!kernel)
    return kernel.takeError();
  constexpr uint64_t chunkSize = 1 << 22, blockSize = 4096;
  constexpr uint64_t sampleSize = 1 << 16;
  uint64_t step = strideOf(job.subject.format),
           count = countOf(job.subject.format);
  uint64_t numChunks = (count + chunkSize - 1) / chunkSize;
  std::string name = formatv("{0} {1} {2} {3} {4} {5:x}", job.subject.name,
                             act::layoutOf(job.subject.format).name, job.cpu,
                             step, count, kernel->codeHash());
  uint64_t key = xxh3_64bits(name);
  act::Expression expression = job.subject.expression;
  Findings total;
  std::vector<uint64_t> open;
  for (uint64_t chunk = 0; chunk < numChunks; ++chunk) {
    auto found = progress.done(key).find(chunk);
    if (found == progress.done(key).end())
      open.push_back(chunk);
    else
      total.merge(found->second);
  }

  using Bits = std::vector<uint64_t>;
  // Computes in the arrays of one thread.
  auto makeCompute = [&]() -> act::test::Compute {
    struct Arrays {
      act::NpyArray input, result;
      std::function<void()> call;
    };
    auto arrays = std::make_shared<Arrays>(
        Arrays{cantFail(kernel->allocate(blockSize)),
               cantFail(kernel->allocate(blockSize)), nullptr});
    arrays->call = kernel->bind(arrays->input, arrays->result);
    return [arrays, format = job.subject.format](const Bits &inputs,
                                                 Bits &results) {
      for (uint64_t i = 0; i < blockSize; ++i)
        act::test::storeBits(arrays->input, i, format,
                             inputs[std::min<size_t>(i, inputs.size() - 1)]);
      arrays->call();
      for (uint64_t i = 0; i < results.size(); ++i)
        results[i] = act::test::loadBits(arrays->result, i, format);
    };
  };
  // The errors of a sample first, so that few inputs are left to MPFR. They
  // keep chunks from measuring smaller ones, so a resumed run needs them too:
  // the sample is kept as if it were one chunk more, without its counts.
  if (auto sample = progress.done(key).find(numChunks);
      sample != progress.done(key).end()) {
    total.merge(sample->second);
  } else if (count > sampleSize) {
    // An odd distance, so that all bits of the significand vary.
    uint64_t distance = ((count / sampleSize - 1) | 1) * step;
    Findings sample =
        act::test::scan(expression, job.subject.format,
                        {0, sampleSize, distance}, {}, makeCompute());
    Findings worst;
    worst.normal = sample.normal;
    worst.subnormal = sample.subnormal;
    progress.add(key, numChunks, worst);
    total.merge(worst);
  }

  std::mutex mutex;
  std::atomic<size_t> next = 0;
  size_t finished = 0;
  auto begin = std::chrono::steady_clock::now();
  auto work = [&] {
    act::test::Compute compute = makeCompute();
    for (size_t i = next++; i < open.size(); i = next++) {
      uint64_t start = open[i] * chunkSize;
      Findings known;
      {
        std::lock_guard<std::mutex> lock(mutex);
        known = total;
      }
      Findings found = act::test::scan(
          expression, job.subject.format,
          {start * step, std::min(chunkSize, count - start), step}, known,
          compute);
      std::lock_guard<std::mutex> lock(mutex);
      total.merge(found);
      progress.add(key, open[i], found);
      double seconds = std::chrono::duration<double>(
                           std::chrono::steady_clock::now() - begin)
                           .count();
      ++finished;
      double left = seconds / finished * (open.size() - finished);
      errs() << formatv("\r{0} {1} {2}: {3} of {4} chunks, {5:f0} s left   ",
                        job.subject.name,
                        act::layoutOf(job.subject.format).name, job.cpu,
                        numChunks - open.size() + finished, numChunks, left);
    }
  };
  unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  unsigned numThreads = threads ? unsigned(threads) : cores;
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < numThreads; ++i)
    workers.emplace_back(work);
  for (std::thread &worker : workers)
    worker.join();
  errs() << formatv(
      "\r{0} {1} {2}: {3:f1} s                                  \n",
      job.subject.name, act::layoutOf(job.subject.format).name, job.cpu,
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
          .count());
  return total;
}

static void printWorst(raw_ostream &os, const Worst &worst, Format format) {
  os << llvm::format("%.4f", worst.ulps);
  if (worst.ulps > 0.0)
    os << llvm::format(" at %a", act::test::decode(worst.input, format));
  os << " | ";
}

static void printRow(raw_ostream &os, const Job &job, const Findings &f) {
  os << "| " << job.subject.name << " | "
     << act::layoutOf(job.subject.format).name << " | " << job.cpu << " | "
     << f.inputs << " | ";
  printWorst(os, f.normal, job.subject.format);
  printWorst(os, f.subnormal, job.subject.format);
  os << f.wrongSpecials;
  if (f.wrongSpecials)
    os << llvm::format(" at %a",
                       act::test::decode(f.wrongSpecial, job.subject.format));
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
        "4294967296 of f32; rows with fewer, f64 among them, are samples.\n\n"
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
  for (const Subject &subject : *subjects)
    for (const std::string &cpu : *wantedCpus) {
      Job job{subject, cpu};
      Expected<Findings> findings = runJob(registry, job, progress);
      if (!findings)
        return findings.takeError();
      printRow(os, job, *findings);
    }
  std::error_code error;
  raw_fd_ostream out(output, error);
  if (error)
    return createStringError("-o: " + output + ": " + error.message());
  out << document;
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
