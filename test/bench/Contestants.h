//===- Contestants.h - Who takes part ----------------------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_CONTESTANTS_H
#define ACT_BENCH_CONTESTANTS_H

#include "Contest.h"

namespace act::bench {

/// The copy of the same bytes, by the faster of plain stores and of those that
/// go round the cache; all times are compared with it.
Contestant copyContestant();

/// The names of this compiler's kernels and of the copy in the results.
constexpr llvm::StringLiteral ownName = "actinium";
constexpr llvm::StringLiteral copyName = "copy";

/// The function as this compiler compiles it for the processor `cpu`, to
/// `accuracy`, as the options of act-compile spell them. "native" and an empty
/// accuracy, the defaults, are not part of its name.
Contestant ownContestant(llvm::StringRef cpu, llvm::StringRef accuracy);

/// The peers that the build knows of, built or not.
llvm::ArrayRef<const char *> peerNames();

/// Loads the module of the peer `name`; an error says why it cannot take part.
llvm::Expected<Contestant> loadPeer(llvm::StringRef name);

} // namespace act::bench

#endif // ACT_BENCH_CONTESTANTS_H
