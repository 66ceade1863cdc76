//===- OutputFiles.h - Files that appear when complete ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_OUTPUTFILES_H
#define ACT_TARGET_OUTPUTFILES_H

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>
#include <vector>

namespace act {

/// What are to become files that belong together: all are written before one is
/// kept. A regular file is written beside its place, which it takes as a whole
/// and only when it is kept; the file behind a link is the one that is
/// replaced. stdout ("-"), pipes and devices get the text when it is kept.
/// Errors name the path.
class OutputFiles {
public:
  using Writer = llvm::function_ref<void(llvm::raw_ostream &)>;

  OutputFiles();
  /// Removes what was not kept.
  ~OutputFiles();

  llvm::Error add(llvm::StringRef path, Writer write);
  llvm::Error keep();

private:
  class File;
  std::vector<std::unique_ptr<File>> files;
};

/// Writes one file and keeps it.
llvm::Error writeOutputFile(llvm::StringRef path, OutputFiles::Writer write);

} // namespace act

#endif // ACT_TARGET_OUTPUTFILES_H
