//===- OutputFile.cpp - Files that appear when they are complete ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/OutputFile.h"

using namespace llvm;
using act::OutputFile;

Error OutputFile::error(Error reason) const {
  return createStringError(
      path + ": cannot be written: " + toString(std::move(reason)));
}

static bool isStream(StringRef path) {
  sys::fs::file_status status;
  bool exists = !sys::fs::status(path, status) && sys::fs::exists(status);
  return path == "-" || (exists && !sys::fs::is_regular_file(status) &&
                         !sys::fs::is_directory(status));
}

/// Writes to an open file and says what went wrong on the way.
static Error writeTo(raw_fd_ostream &os, OutputFile::Writer write) {
  Error error = write(os);
  os.flush();
  if (os.has_error()) {
    consumeError(std::move(error));
    error = errorCodeToError(os.error());
    os.clear_error();
  }
  return error;
}

Expected<OutputFile> OutputFile::write(StringRef path, Writer write) {
  OutputFile file(path);
  if (sys::fs::real_path(path, file.target))
    file.target = path;
  if (isStream(path)) {
    raw_string_ostream os(file.text);
    if (Error error = write(os))
      return file.error(std::move(error));
    return file;
  }
  if (sys::fs::is_directory(file.target))
    return file.error(
        errorCodeToError(make_error_code(std::errc::is_a_directory)));
  Expected<sys::fs::TempFile> beside =
      sys::fs::TempFile::create(file.target + ".%%%%%%");
  if (!beside)
    return file.error(beside.takeError());
  file.beside = std::move(*beside);
  raw_fd_ostream os(file.beside->FD, /*shouldClose=*/false);
  if (Error error = writeTo(os, write))
    return file.error(std::move(error));
  return file;
}

Error OutputFile::keep() {
  if (beside) {
    Error failure = beside->keep(target);
    beside.reset();
    return failure ? error(std::move(failure)) : Error::success();
  }
  std::error_code code;
  raw_fd_ostream os(path == "-" ? path : target.str(), code);
  if (code)
    return error(errorCodeToError(code));
  if (Error failure = writeTo(os, [&](raw_ostream &os) {
        os << text;
        return Error::success();
      }))
    return error(std::move(failure));
  return Error::success();
}

OutputFile::~OutputFile() {
  if (beside)
    consumeError(beside->discard());
}

Error act::writeOutputFile(StringRef path, OutputFile::Writer write) {
  Expected<OutputFile> file = OutputFile::write(path, write);
  return file ? file->keep() : file.takeError();
}
