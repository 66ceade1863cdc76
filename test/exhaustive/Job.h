//===- Job.h - All inputs of one activation, by all cores ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_EXHAUSTIVE_JOB_H
#define ACT_TEST_EXHAUSTIVE_JOB_H

#include "Kernel.h"
#include "Progress.h"

namespace act::test {

/// A subject on some processors, at inputs whose bits are `stride` apart.
struct Job {
  Subject subject;
  std::vector<std::string> cpus;
  std::string accuracy; ///< empty: that of the compiler
  uint64_t stride, count;
  unsigned workers;
};

/// Whether `progress` has all chunks of the job.
llvm::Expected<bool> isDone(const mlir::DialectRegistry &registry,
                            const Job &job, Progress &progress);

/// What is found on each of the processors. Chunks that `progress` has are not
/// scanned again; those that are get added to it. Tells on stderr how far it
/// is.
llvm::Expected<std::vector<Findings>>
runJob(const mlir::DialectRegistry &registry, const Job &job,
       Progress &progress);

} // namespace act::test

#endif // ACT_TEST_EXHAUSTIVE_JOB_H
