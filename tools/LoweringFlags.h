//===- LoweringFlags.h - Flags of the tools that compile -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_LOWERINGFLAGS_H
#define ACT_TOOLS_LOWERINGFLAGS_H

#include "act/Approx/FormStore.h"
#include "act/IR/TargetOptions.h"
#include "act/Target/Program.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"
#include <chrono>

namespace act {

/// An option's value, which may not be empty.
struct NonEmptyText : llvm::cl::parser<std::string> {
  using parser::parser;
  bool parse(llvm::cl::Option &option, llvm::StringRef, llvm::StringRef text,
             std::string &value) {
    value = text.str();
    return text.empty() && option.error("expected a value, got none");
  }
};
using TextOption = llvm::cl::opt<std::string, false, NonEmptyText>;

/// An option's value, which spells an accuracy.
struct AccuracyText : llvm::cl::parser<std::string> {
  using parser::parser;
  bool parse(llvm::cl::Option &option, llvm::StringRef, llvm::StringRef text,
             std::string &value) {
    value = text.str();
    return !Accuracy::parse(value) &&
           option.error(llvm::Twine(kExpectedAccuracy) + ", got '" + text +
                        "'");
  }
};

/// What act-compile and act-run ask of the generated code, as flags; one static
/// object in each program.
struct LoweringFlags {
  llvm::cl::OptionCategory &category;
  llvm::cl::opt<std::string, false, AccuracyText> accuracy{
      "accuracy",
      llvm::cl::desc(
          "Largest error of an activation: 'ulp=N', or 'abs=X', which "
          "means X or 1 ulp, whichever is more (default: ulp=2, "
          "ulp=0.501 in 16 bits)"),
      llvm::cl::value_desc("BOUND"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> cache{
      "cache",
      llvm::cl::desc("Folder that keeps the forms found for functions that are "
                     "not in the catalogue (default: actinium in the user's "
                     "cache folder; empty for none)"),
      llvm::cl::value_desc("FOLDER"), llvm::cl::cat(category)};
  llvm::cl::opt<bool> reproducible{
      "reproducible",
      llvm::cl::desc("Give the same bits on every processor with AVX2 and "
                     "FMA"),
      llvm::cl::cat(category)};
  llvm::cl::opt<bool> openmp{
      "openmp",
      llvm::cl::desc("Run large ops on several threads, as many "
                     "as OMP_NUM_THREADS says; needs LLVM's OpenMP library"),
      llvm::cl::cat(category)};
  llvm::cl::opt<int64_t> seed{
      "seed",
      llvm::cl::desc("Integer from which act.init ops without the attribute "
                     "'seed' are drawn"),
      llvm::cl::value_desc("N"), llvm::cl::cat(category)};

  LoweringOptions options() const {
    return {seed.getNumOccurrences() ? std::to_string(seed) : "", accuracy,
            reproducible, openmp};
  }
  /// Once, before anything is compiled. On a terminal, long searches for forms
  /// are told.
  void openCache() const {
    std::string folder =
        cache.getNumOccurrences() ? cache.getValue() : userCacheFolder();
    bool isKept = !folder.empty();
    if (cache.getNumOccurrences() && isKept && !canHoldFiles(cache)) {
      llvm::WithColor::warning()
          << "--cache: expected a folder that can be written, got '" << cache
          << "'; forms are not kept\n";
      isKept = false;
    }
    FormStore::get().setFolder(folder);
    if (llvm::sys::Process::StandardErrIsDisplayed())
      tellSearches(isKept ? folder : "");
  }

private:
  static void tellSearches(const std::string &folder) {
    constexpr std::chrono::seconds kPatience(1);
    auto tell = [folder](const SynthesisRequest &request) {
      llvm::raw_ostream &os = llvm::WithColor::note();
      os << "searching for a form of " << request.formula.str();
      if (!folder.empty())
        os << ", to be kept in " << folder;
      os << '\n';
    };
    FormStore::get().setNotice(tell, kPatience);
  }

  /// Whether `folder` can be written, or be made where it would stand.
  static bool canHoldFiles(llvm::StringRef folder) {
    namespace fs = llvm::sys::fs;
    llvm::SmallString<128> path(folder);
    if (fs::make_absolute(path))
      return false;
    while (!fs::exists(path))
      llvm::sys::path::remove_filename(path);
    return fs::is_directory(path) && fs::can_write(path);
  }
};

} // namespace act

#endif // ACT_TOOLS_LOWERINGFLAGS_H
