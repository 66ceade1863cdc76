//===- act-bench.cpp - Times kernels against other libraries' -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contestants.h"
#include "ResultWriters.h"
#include "SpeedReport.h"

#include "act/Target/OutputFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/WithColor.h"

#include <sched.h>

using namespace llvm;
using namespace act::bench;

static cl::OptionCategory category("act-bench options");
static cl::opt<std::string>
    filter("filter", cl::desc("Only functions whose name matches"),
           cl::value_desc("REGEX"), cl::cat(category));
static cl::list<int64_t> sizes("sizes", cl::CommaSeparated,
                               cl::desc("Numbers of elements (default: 1024,"
                                        "65536,16777216)"),
                               cl::value_desc("N,..."), cl::cat(category));
static cl::list<std::string>
    formats("formats", cl::CommaSeparated,
            cl::desc("Among f32, bf16, f16 and f64 (default: the first three)"),
            cl::value_desc("F,..."), cl::cat(category));
static cl::list<std::string>
    peers("peers", cl::CommaSeparated,
          cl::desc("Libraries to compare with, or none (default: all that the "
                   "build found)"),
          cl::value_desc("NAME,..."), cl::cat(category));
static cl::opt<unsigned> rounds("rounds", cl::init(25),
                                cl::desc("How often each kernel is timed"),
                                cl::value_desc("N"), cl::cat(category));
static cl::opt<unsigned> seed("seed", cl::init(1),
                              cl::desc("Seed of the inputs"),
                              cl::value_desc("N"), cl::cat(category));
static cl::list<Inputs>
    inputs("inputs", cl::CommaSeparated,
           cl::desc("Laws of the inputs (default: uniform)"),
           cl::values(clEnumValN(Inputs::Uniform, "uniform", "on [-8, 8]"),
                      clEnumValN(Inputs::Normal, "normal",
                                 "of mean 0 and variance 1")),
           cl::cat(category));
static cl::list<std::string> accuracies(
    "accuracy", cl::CommaSeparated,
    cl::desc("Largest errors of this compiler's kernels, each timed by "
             "itself: 'ulp=N', 'abs=X' or 'default' (ulp=2, ulp=0.501 in 16 "
             "bits)"),
    cl::value_desc("BOUND,..."), cl::cat(category));
static cl::list<std::string>
    cpus("mcpu", cl::CommaSeparated,
         cl::desc("Processors that this compiler's kernels are made for, each "
                  "timed by itself, those after the first with the first "
                  "accuracy (default: native)"),
         cl::value_desc("NAME,..."), cl::cat(category));
static cl::opt<bool> noOwn("no-own", cl::desc("Time the other libraries alone"),
                           cl::cat(category));
static cl::opt<std::string> jsonFile("json", cl::desc("Write results as JSON"),
                                     cl::value_desc("FILE"), cl::cat(category));
static cl::opt<std::string> svgFile("svg", cl::desc("Write a plot"),
                                    cl::value_desc("FILE"), cl::cat(category));
static cl::opt<std::string>
    markdownFile("markdown", cl::desc("Write the results beside the targets"),
                 cl::value_desc("FILE"), cl::cat(category));
static cl::opt<std::string>
    notesFile("notes", cl::desc("What --markdown puts at its end"),
              cl::value_desc("FILE"), cl::cat(category));

/// Stays on one core, and keeps the libraries' thread pools from others.
static void pinToOneCore() {
  setenv("OMP_NUM_THREADS", "1", /*overwrite=*/1);
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(sched_getcpu(), &cores);
  // Where it may not, times are noisier but right.
  sched_setaffinity(0, sizeof cores, &cores);
}

static Expected<std::vector<act::Format>> chosenFormats() {
  std::vector<act::Format> chosen;
  const act::Format known[] = {act::Format::F32, act::Format::BF16,
                               act::Format::F16, act::Format::F64};
  if (formats.empty())
    return std::vector<act::Format>(std::begin(known), std::end(known) - 1);
  for (StringRef name : formats) {
    auto *found = find_if(known, [&](act::Format format) {
      return act::layoutOf(format).name == name;
    });
    if (found == std::end(known))
      return createStringError(
          "--formats: expected f32, bf16, f16 or f64, got '" + name + "'");
    chosen.push_back(*found);
  }
  return chosen;
}

static Expected<std::vector<int64_t>> chosenSizes() {
  std::vector<int64_t> chosen(sizes.begin(), sizes.end());
  if (chosen.empty())
    chosen = {1 << 10, 1 << 16, 1 << 24};
  for (int64_t size : chosen)
    if (size <= 0 || size % 16 != 0)
      return createStringError("--sizes: expected a positive multiple of 16, "
                               "got " +
                               Twine(size));
  return chosen;
}

static Expected<std::vector<const Case *>> chosenCases() {
  Regex pattern("^(" + filter + ")$");
  std::string reason;
  if (!filter.empty() && !pattern.isValid(reason))
    return createStringError("--filter: expected a regular expression, got '" +
                             filter + "': " + reason);
  std::vector<const Case *> chosen;
  for (const Case &function : allCases())
    if (filter.empty() || pattern.match(function.name))
      chosen.push_back(&function);
  if (chosen.empty())
    return createStringError("--filter: expected the name of a function, got "
                             "'" +
                             filter + "', which matches none");
  return chosen;
}

/// The elements of `list`, or `otherwise` where there are none.
template <typename T>
static std::vector<T> orDefault(const cl::list<T> &list, T otherwise) {
  return list.empty() ? std::vector<T>{otherwise}
                      : std::vector<T>(list.begin(), list.end());
}

static Expected<std::vector<Contestant>> chosenContestants() {
  std::vector<Contestant> contestants = {copyContestant()};
  if (!noOwn)
    for (auto [i, cpu] : enumerate(orDefault(cpus, std::string("native"))))
      for (StringRef accuracy : orDefault(accuracies, std::string("default"))) {
        contestants.push_back(
            ownContestant(cpu, accuracy == "default" ? "" : accuracy));
        if (i > 0)
          break;
      }
  if (peers.size() == 1 && peers.front() == "none")
    return contestants;
  for (StringRef name : peers)
    if (!is_contained(peerNames(), name))
      return createStringError("--peers: expected none or names among " +
                               join(peerNames(), ", ") + ", got '" + name +
                               "'");
  for (StringRef name : peerNames()) {
    if (!peers.empty() && !is_contained(peers, name))
      continue;
    Expected<Contestant> peer = loadPeer(name);
    if (peer)
      contestants.push_back(std::move(*peer));
    else
      outs() << "skipped " << name << ": " << toString(peer.takeError())
             << '\n';
  }
  return contestants;
}

static Expected<std::vector<Contest>> runAll(const ContestOptions &options) {
  auto functions = chosenCases();
  if (!functions)
    return functions.takeError();
  auto formats = chosenFormats();
  if (!formats)
    return formats.takeError();
  auto sizes = chosenSizes();
  if (!sizes)
    return sizes.takeError();
  auto contestants = chosenContestants();
  if (!contestants)
    return contestants.takeError();
  std::vector<Contest> contests;
  for (const Case *function : *functions)
    for (act::Format format : *formats)
      for (int64_t size : *sizes)
        for (Inputs law : orDefault(inputs, Inputs::Uniform)) {
          // Past the cache, memory decides: one law tells as much.
          constexpr int64_t longest = 1 << 20;
          if (size > longest && !inputs.empty() && law != inputs.front())
            continue;
          Expected<Contest> contest =
              runContest(*function, format, size, law, *contestants, options);
          if (!contest)
            return contest.takeError();
          printTable(*contest, outs());
          outs().flush();
          contests.push_back(std::move(*contest));
        }
  return contests;
}

static Error run() {
  if (rounds == 0)
    return createStringError("--rounds: expected at least 1, got 0");
  std::unique_ptr<MemoryBuffer> notes = MemoryBuffer::getMemBuffer("");
  if (!notesFile.empty()) {
    ErrorOr<std::unique_ptr<MemoryBuffer>> read =
        MemoryBuffer::getFile(notesFile);
    if (!read)
      return createFileError(notesFile, read.getError());
    notes = std::move(*read);
  }
  ContestOptions options{rounds, seed};
  Expected<std::vector<Contest>> contests = runAll(options);
  if (!contests)
    return contests.takeError();
  if (!jsonFile.empty())
    if (Error error = act::writeOutputFile(jsonFile, [&](raw_ostream &os) {
          writeJson(*contests, options, os);
        }))
      return error;
  if (!markdownFile.empty())
    if (Error error = act::writeOutputFile(markdownFile, [&](raw_ostream &os) {
          writeReport(*contests, options, notes->getBuffer(), os);
        }))
      return error;
  if (!svgFile.empty())
    return act::writeOutputFile(
        svgFile, [&](raw_ostream &os) { writeSvg(*contests, os); });
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  if (!cl::ParseCommandLineOptions(
          argc, argv, "Times kernels against those of other libraries\n",
          &errs()))
    return 2;
  pinToOneCore();
  if (Error error = run()) {
    WithColor::error(errs(), "act-bench") << toString(std::move(error)) << '\n';
    return 2;
  }
  return 0;
}
