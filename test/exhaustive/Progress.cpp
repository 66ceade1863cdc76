//===- Progress.cpp - What of a long scan is done -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace act::test {

Error Progress::open(StringRef path) {
  filePath = path.str();
  if (auto buffer = MemoryBuffer::getFile(path)) {
    for (line_iterator line(**buffer); !line.is_at_eof(); ++line) {
      unsigned long long key, chunk, at[8];
      double ulps[3];
      char end = 0;
      // A line cut off by a stop lacks its end and is computed again.
      if (sscanf(
              line->str().c_str(),
              "%llx %llu %la %llx %la %llx %la %llx %llu %llu %llu %llx %llu%c",
              &key, &chunk, &ulps[0], &at[0], &ulps[1], &at[1], &ulps[2],
              &at[2], &at[3], &at[4], &at[5], &at[6], &at[7], &end) == 14 &&
          end == ';')
        chunks[key][chunk] = {{ulps[0], at[0]},
                              {ulps[1], at[1]},
                              at[3],
                              {ulps[2], at[2]},
                              at[4],
                              at[5],
                              at[6],
                              at[7]};
    }
  }
  std::error_code error;
  file =
      std::make_unique<raw_fd_ostream>(path, error, sys::fs::CD_OpenAlways,
                                       sys::fs::FA_Write, sys::fs::OF_Append);
  if (error)
    return createStringError(Twine("--state: ") + path + ": " +
                             error.message());
  *file << '\n'; // ends a line that was cut off
  return Error::success();
}

void Progress::add(uint64_t key, uint64_t chunk, const Findings &f) {
  chunks[key][chunk] = f;
  *file << format("%llx %llu ", (unsigned long long)key,
                  (unsigned long long)chunk);
  for (const Worst &worst : {f.normal, f.subnormal, f.reversal})
    *file << format("%a %llx ", worst.ulps, (unsigned long long)worst.input);
  *file << f.reversals << ' ' << f.outOfRange << ' ' << f.wrongSpecials << ' '
        << format("%llx ", (unsigned long long)f.wrongSpecial) << f.inputs
        << ";\n";
  file->flush();
}

void Progress::finish() {
  file.reset();
  if (all_of(chunks, [&](auto &entry) { return asked.count(entry.first); }))
    sys::fs::remove(filePath);
}

} // namespace act::test
