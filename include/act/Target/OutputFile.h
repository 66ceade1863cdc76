//===- OutputFile.h - Files that appear when they are complete --*- C++
//-*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_OUTPUTFILE_H
#define ACT_TARGET_OUTPUTFILE_H

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace act {

/// Writes `path`, "-" for stdout, by `write`. A regular file is replaced as a
/// whole and only when `write` succeeds; the file behind a link is the one that
/// is replaced. Pipes and devices are written to as they are.
llvm::Error
writeOutputFile(llvm::StringRef path,
                llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write);

} // namespace act

#endif // ACT_TARGET_OUTPUTFILE_H
