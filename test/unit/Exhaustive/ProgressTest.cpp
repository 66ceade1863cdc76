//===- ProgressTest.cpp - What is left of a finished scan -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include <gtest/gtest.h>

using namespace act::test;

namespace {

TEST(Progress, LeavesNoFileButThatOfOtherRuns) {
  llvm::SmallString<128> path;
  ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("progress", "state", path));
  llvm::FileRemover remover(path);
  Findings findings;
  findings.inputs = 7;
  {
    Progress stopped;
    llvm::cantFail(stopped.open(path));
    stopped.done(1);
    stopped.add(1, 0, findings);
  }
  {
    Progress other;
    llvm::cantFail(other.open(path));
    other.done(2);
    other.add(2, 0, findings);
    other.finish();
    EXPECT_TRUE(llvm::sys::fs::exists(path));
  }
  Progress resumed;
  llvm::cantFail(resumed.open(path));
  ASSERT_EQ(resumed.done(1).size(), 1u);
  EXPECT_EQ(resumed.done(1).at(0).inputs, 7u);
  resumed.done(2);
  resumed.finish();
  EXPECT_FALSE(llvm::sys::fs::exists(path));
}

} // namespace
