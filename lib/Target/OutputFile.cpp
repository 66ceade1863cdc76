//===- OutputFile.cpp - Files that appear when they are complete ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/OutputFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

/// Writes to what stands at `path` without replacing it.
static Error writeInPlace(StringRef path,
                          function_ref<Error(raw_ostream &)> write) {
  std::error_code code;
  raw_fd_ostream os(path, code);
  if (code)
    return errorCodeToError(code);
  Error error = write(os);
  os.flush();
  if (os.has_error()) {
    consumeError(std::move(error));
    error = errorCodeToError(os.error());
    os.clear_error();
  }
  return error;
}

Error act::writeOutputFile(StringRef path,
                           function_ref<Error(raw_ostream &)> write) {
  if (path == "-")
    return writeInPlace(path, write);
  SmallString<128> target(path), behindLink;
  if (!sys::fs::real_path(path, behindLink))
    target = behindLink;
  sys::fs::file_status status;
  bool exists = !sys::fs::status(target, status) && sys::fs::exists(status);
  if (exists && !sys::fs::is_regular_file(status) &&
      !sys::fs::is_directory(status))
    return writeInPlace(target, write);
  return writeToOutput(target, write);
}
