//===- Contest.h - Kernels timed side by side --------------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// How do kernels compare on a machine whose speed changes from moment to
// moment? All are timed in the same rounds, one batch each, and each keeps its
// times.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_CONTEST_H
#define ACT_BENCH_CONTEST_H

#include "Cases.h"
#include "Peer.h"

#include "act/Formula/Format.h"
#include "act/Target/Npy.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace act::bench {

/// A library found, or this compiler, or the copy.
struct Contestant {
  std::string name;
  bool isPeer = false; ///< another library's
  /// Returns an empty function where it has no such kernel.
  std::function<llvm::Expected<std::function<void()>>(
      const Case &, Format, llvm::MutableArrayRef<NpyArray> inputs,
      NpyArray &output)>
      bind;
};

/// The largest errors over the inputs, in units in the last place of the exact
/// result.
struct Accuracy {
  double inputs = 0.0; ///< over the inputs that are timed
  double tail = 0.0;   ///< on [-12, -5], where a cancellation shows
};

struct Result {
  std::string contestant;
  bool isPeer = false;
  double minimum, median;           ///< nanoseconds per element
  std::optional<Accuracy> accuracy; ///< none for the copy
};

/// The law that inputs are drawn from: uniform on [-8, 8], or normal(0, 1).
enum class Inputs { Uniform, Normal };

/// The name by which options and results know `inputs`.
llvm::StringRef nameOf(Inputs inputs);

/// One function in one format at one size.
struct Contest {
  const Case *function;
  Format format;
  int64_t size;
  Inputs inputs;
  std::vector<Result> results; ///< the copy first, then in contestants' order

  /// The fastest of the other libraries; null where there is none.
  const Result *bestPeer() const;
  const Result *find(llvm::StringRef contestant) const;
};

struct ContestOptions {
  unsigned rounds = 25;
  unsigned seed = 1;
};

llvm::Expected<Contest> runContest(const Case &function, Format format,
                                   int64_t size, Inputs inputs,
                                   llvm::ArrayRef<Contestant> contestants,
                                   const ContestOptions &options);

} // namespace act::bench

#endif // ACT_BENCH_CONTEST_H
