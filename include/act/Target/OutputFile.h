//===- OutputFile.h - Files that appear when complete -----------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_OUTPUTFILE_H
#define ACT_TARGET_OUTPUTFILE_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

namespace act {

/// What is to become a file. A regular file is written beside its place, which
/// it takes as a whole and only when it is kept; the file behind a link is the
/// one that is replaced. stdout ("-"), pipes and devices get the text when it
/// is kept. Errors name the path.
class OutputFile {
public:
  using Writer = llvm::function_ref<llvm::Error(llvm::raw_ostream &)>;

  static llvm::Expected<OutputFile> write(llvm::StringRef path, Writer write);
  /// Several files that belong together are all written before one is kept.
  llvm::Error keep();

  OutputFile(OutputFile &&) = default;
  OutputFile &operator=(OutputFile &&) = default;
  /// Removes what was not kept.
  ~OutputFile();

private:
  explicit OutputFile(llvm::StringRef path) : path(path) {}
  llvm::Error error(llvm::Error reason) const;

  std::string path;
  llvm::SmallString<0> target; ///< the file behind `path`
  std::optional<llvm::sys::fs::TempFile> beside;
  std::string text; ///< of what is no regular file
};

/// Writes one file and keeps it.
llvm::Error writeOutputFile(llvm::StringRef path, OutputFile::Writer write);

} // namespace act

#endif // ACT_TARGET_OUTPUTFILE_H
