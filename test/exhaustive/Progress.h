//===- Progress.h - What of a long scan is done ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_EXHAUSTIVE_PROGRESS_H
#define ACT_TEST_EXHAUSTIVE_PROGRESS_H

#include "Scan.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <memory>
#include <set>
#include <string>

namespace act::test {

/// Which chunks are done, by a key for everything that they depend on, in a
/// file for a run that goes on.
class Progress {
public:
  /// Reads what is there; an error when it cannot be written.
  llvm::Error open(llvm::StringRef path);
  const std::map<uint64_t, Findings> &done(uint64_t key) {
    asked.insert(key);
    return chunks[key];
  }
  void add(uint64_t key, uint64_t chunk, const Findings &findings);
  /// Removes the file, unless it has what nobody asked for: of other runs.
  void finish();

private:
  std::map<uint64_t, std::map<uint64_t, Findings>> chunks;
  std::set<uint64_t> asked;
  std::string filePath;
  std::unique_ptr<llvm::raw_fd_ostream> file;
};

} // namespace act::test

#endif // ACT_TEST_EXHAUSTIVE_PROGRESS_H
