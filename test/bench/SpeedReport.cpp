//===- SpeedReport.cpp - Results beside the targets -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SpeedReport.h"

#include "Contestants.h"
#include "Targets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/TargetParser/Host.h"

#include <cmath>

using namespace act;
using namespace act::bench;
using llvm::format;
using llvm::StringRef;

namespace {

constexpr int64_t cachedSize = 1 << 16, streamedSize = 1 << 24;
constexpr int64_t shortSize = 1 << 10;

/// The accuracy in the name of one of this compiler's results for this
/// machine's processor; none for other results.
std::optional<StringRef> accuracyOf(const Result &result) {
  StringRef name = result.contestant;
  if (result.isPeer || !name.consume_front(ownName))
    return std::nullopt;
  if (name.empty())
    return StringRef("default");
  name = name.drop_front();
  return name.contains('=') && !name.contains(' ') ? std::optional(name)
                                                   : std::nullopt;
}

class Report {
public:
  Report(llvm::ArrayRef<Contest> contests, llvm::raw_ostream &os)
      : contests(contests), os(os) {}

  void writeCached(Inputs inputs);
  void writeFormats();
  void writeGradients();
  void writeStreamed();
  void writeShort();
  void writeOtherProcessors();

private:
  const Contest *find(StringRef function, Format format, int64_t size,
                      Inputs inputs = Inputs::Uniform) const {
    const auto *found = llvm::find_if(contests, [&](const Contest &contest) {
      return contest.function->name == function && contest.format == format &&
             contest.size == size && contest.inputs == inputs;
    });
    return found == contests.end() ? nullptr : found;
  }

  /// Calls `visit` with the contests of `format` at `size` that this compiler
  /// took part in, and its result there.
  template <typename Visitor>
  void forEach(Format format, int64_t size, Inputs inputs, Visitor visit) {
    for (const Contest &contest : contests)
      if (contest.format == format && contest.size == size &&
          contest.inputs == inputs)
        if (const Result *own = contest.find(ownName))
          visit(contest, *own);
  }

  void writeHeading(StringRef title, StringRef columns) {
    os << "\n## " << title << "\n\n| " << columns << " |\n|";
    for (size_t i = 0; i <= columns.count('|'); ++i)
      os << "---|";
    os << '\n';
  }

  /// A ratio beside its target; in bold, with what it is above it, where it is.
  void writeRatio(double ratio, std::optional<double> target) {
    if (!target)
      os << format(" %.2f |", ratio);
    else if (ratio <= *target)
      os << format(" %.2f (%.4g) |", ratio, *target);
    else
      os << format(" **%.2f** (%.4g, %+.0f %%) |", ratio, *target,
                   100.0 * (ratio / *target - 1.0));
  }

  void writePeer(const Contest &contest) {
    const Result *best = contest.bestPeer();
    if (!best) {
      os << " |";
      return;
    }
    double ratio = best->minimum / contest.results.front().minimum;
    os << format(" %.2f ", ratio) << best->contestant;
    double error = std::max(best->accuracy->inputs, best->accuracy->tail);
    if (error < 1e4)
      os << format(" (%.1f ulp) |", error);
    else
      os << " (tail lost) |";
  }

  llvm::ArrayRef<Contest> contests;
  llvm::raw_ostream &os;
};

} // namespace

void Report::writeCached(Inputs inputs) {
  bool first = true;
  forEach(Format::F32, cachedSize, inputs,
          [&](const Contest &contest, const Result &own) {
            if (StringRef(contest.function->name).ends_with(gradientSuffix))
              return;
            if (first) {
              std::string columns = "function | copy, ns";
              for (const Result &result : contest.results)
                if (auto accuracy = accuracyOf(result))
                  columns += (" | " + *accuracy).str();
              columns += " | error by default, ulp | best other library";
              writeHeading(("f32, 64 Ki elements, inputs " + nameOf(inputs) +
                            ": times a copy")
                               .str(),
                           columns);
            }
            first = false;
            double copy = contest.results.front().minimum;
            os << "| " << contest.function->name << format(" | %.4f |", copy);
            for (const Result &result : contest.results)
              if (auto accuracy = accuracyOf(result))
                writeRatio(
                    result.minimum / copy,
                    copyTarget(contest.function->name, *accuracy, inputs));
            os << format(" %.2f |",
                         std::max(own.accuracy->inputs, own.accuracy->tail));
            writePeer(contest);
            os << '\n';
          });
}

void Report::writeFormats() {
  bool first = true;
  for (Format small : {Format::BF16, Format::F16, Format::F64})
    forEach(small, cachedSize, Inputs::Uniform,
            [&](const Contest &contest, const Result &own) {
              const Contest *single =
                  find(contest.function->name, Format::F32, cachedSize);
              if (!single)
                return;
              if (first)
                writeHeading("Other formats, 64 Ki elements: times f32",
                             "function | format | ns per element | times f32 "
                             "| best other library, times this");
              first = false;
              os << "| " << contest.function->name << " | "
                 << layoutOf(small).name << format(" | %.4f |", own.minimum);
              writeRatio(own.minimum / single->find(ownName)->minimum,
                         small == Format::F64
                             ? std::nullopt
                             : std::optional(smallFormatTarget));
              if (const Result *best = contest.bestPeer())
                os << format(" %.2f ", best->minimum / own.minimum)
                   << best->contestant;
              os << " |\n";
            });
}

void Report::writeGradients() {
  bool first = true;
  forEach(Format::F32, cachedSize, Inputs::Uniform,
          [&](const Contest &contest, const Result &own) {
            StringRef name = contest.function->name;
            const Contest *forward = name.consume_back(gradientSuffix)
                                         ? find(name, Format::F32, cachedSize)
                                         : nullptr;
            if (!forward)
              return;
            if (first)
              writeHeading("Gradients, f32, 64 Ki elements: times the function",
                           "function | ns per element | times the function | "
                           "error, ulp | best other library, times this");
            first = false;
            os << "| " << name << format(" | %.4f |", own.minimum);
            writeRatio(own.minimum / forward->find(ownName)->minimum,
                       gradientTarget);
            os << format(" %.2f |",
                         std::max(own.accuracy->inputs, own.accuracy->tail));
            if (const Result *best = contest.bestPeer())
              os << format(" %.2f ", best->minimum / own.minimum)
                 << best->contestant;
            os << " |\n";
          });
}

void Report::writeStreamed() {
  bool first = true;
  forEach(Format::F32, streamedSize, Inputs::Uniform,
          [&](const Contest &contest, const Result &own) {
            if (contest.function->numInputs > 1)
              return; // moves more bytes than the copy
            if (first)
              writeHeading("f32, 16 Mi elements: times a streaming copy",
                           "function | copy, ns | times the copy | best other "
                           "library");
            first = false;
            double copy = contest.results.front().minimum;
            os << "| " << contest.function->name << format(" | %.4f |", copy);
            writeRatio(own.minimum / copy, streamTarget);
            writePeer(contest);
            os << '\n';
          });
}

void Report::writeShort() {
  bool first = true;
  forEach(Format::F32, shortSize, Inputs::Uniform,
          [&](const Contest &contest, const Result &own) {
            if (first)
              writeHeading("f32, 1 Ki elements: a whole call",
                           "function | ns | ns above 1 Ki elements of 64 Ki | "
                           "best other library, times this");
            first = false;
            os << "| " << contest.function->name
               << format(" | %.0f |", own.minimum * shortSize);
            const Contest *cached =
                find(contest.function->name, Format::F32, cachedSize);
            if (cached)
              os << format(" %.0f",
                           (own.minimum - cached->find(ownName)->minimum) *
                               shortSize);
            os << " |";
            if (const Result *best = contest.bestPeer())
              os << format(" %.2f ", best->minimum / own.minimum)
                 << best->contestant;
            os << " |\n";
          });
}

void Report::writeOtherProcessors() {
  bool first = true;
  forEach(Format::F32, cachedSize, Inputs::Uniform,
          [&](const Contest &contest, const Result &own) {
            for (const Result &other : contest.results) {
              StringRef name = other.contestant;
              if (other.isPeer || !name.consume_front(ownName) ||
                  !name.consume_front(" ") || name.contains('='))
                continue;
              if (first)
                writeHeading("f32, 64 Ki elements: code for other processors",
                             "function | code for | ns per element | times "
                             "code for this one");
              first = false;
              os << "| " << contest.function->name << " | " << name
                 << format(" | %.4f |", other.minimum);
              writeRatio(other.minimum / own.minimum,
                         name == "x86-64-v3" ? std::optional(avx2Target)
                                             : std::nullopt);
              os << '\n';
            }
          });
}

void act::bench::writeReport(llvm::ArrayRef<Contest> contests,
                             const ContestOptions &options, StringRef notes,
                             llvm::raw_ostream &os) {
  os << "# Speed of the generated code\n\n"
        "Written by `act-bench` on one core of a machine that LLVM calls\n`"
     << llvm::sys::getHostCPUName() << "`; the least of at most "
     << options.rounds
     << " rounds, in which all kernels take turns.\n"
        "In brackets stands the target that was set (for another machine, an "
        "AMD Zen 5);\nin bold what is above it, and by how much. Errors are "
        "the largest on the inputs and\non [-12, -5]; docs/accuracy.md has "
        "those on all inputs.\n";
  Report report(contests, os);
  report.writeCached(Inputs::Uniform);
  report.writeCached(Inputs::Normal);
  report.writeGradients();
  report.writeFormats();
  report.writeStreamed();
  report.writeShort();
  report.writeOtherProcessors();
  if (!notes.empty())
    os << '\n' << notes;
}
