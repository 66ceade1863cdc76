//===- OutputFiles.cpp - Files that appear when they are complete ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/OutputFiles.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <optional>

using namespace llvm;
using act::OutputFiles;

class OutputFiles::File {
public:
  explicit File(StringRef path) : path(path) {}
  ~File() {
    if (beside)
      consumeError(beside->discard());
  }

  Error write(Writer write);
  Error keep();

  /// Whether what is kept of one replaces what is kept of the other.
  bool isSame(const File &other) const {
    return beside && other.beside && target == other.target;
  }

private:
  Error error(Error reason) const {
    return createStringError(
        path + ": cannot be written: " + toString(std::move(reason)));
  }

  std::string path;
  SmallString<0> target; ///< the file behind `path`
  std::optional<sys::fs::TempFile> beside;
  std::string text; ///< of what is no regular file
};

static bool isStream(StringRef path) {
  sys::fs::file_status status;
  bool exists = !sys::fs::status(path, status) && sys::fs::exists(status);
  return path == "-" || (exists && !sys::fs::is_regular_file(status) &&
                         !sys::fs::is_directory(status));
}

/// Writes to an open file and says what went wrong on the way.
static Error writeTo(raw_fd_ostream &os, OutputFiles::Writer write) {
  write(os);
  os.flush();
  Error error = errorCodeToError(os.error());
  os.clear_error();
  return error;
}

Error OutputFiles::File::write(Writer write) {
  if (sys::fs::real_path(path, target)) {
    target = path;
    sys::fs::make_absolute(target);
    sys::path::remove_dots(target, /*remove_dot_dot=*/true);
  }
  if (isStream(path)) {
    raw_string_ostream os(text);
    write(os);
    return Error::success();
  }
  if (sys::fs::is_directory(target))
    return error(errorCodeToError(make_error_code(std::errc::is_a_directory)));
  Expected<sys::fs::TempFile> created =
      sys::fs::TempFile::create(target + ".%%%%%%");
  if (!created)
    return error(created.takeError());
  beside = std::move(*created);
  raw_fd_ostream os(beside->FD, /*shouldClose=*/false);
  if (Error failure = writeTo(os, write))
    return error(std::move(failure));
  return Error::success();
}

Error OutputFiles::File::keep() {
  if (beside) {
    Error failure = beside->keep(target);
    beside.reset();
    return failure ? error(std::move(failure)) : Error::success();
  }
  std::error_code code;
  raw_fd_ostream os(path == "-" ? path : target.str(), code);
  if (code)
    return error(errorCodeToError(code));
  if (Error failure = writeTo(os, [&](raw_ostream &os) { os << text; }))
    return error(std::move(failure));
  return Error::success();
}

OutputFiles::OutputFiles() = default;
OutputFiles::~OutputFiles() = default;

Error OutputFiles::add(StringRef path, Writer write) {
  auto file = std::make_unique<File>(path);
  if (Error error = file->write(write))
    return error;
  for (const std::unique_ptr<File> &other : files)
    if (file->isSame(*other))
      return createStringError(path + ": expected a file of its own for each "
                                      "output, got this one twice");
  files.push_back(std::move(file));
  return Error::success();
}

Error OutputFiles::keep() {
  for (std::unique_ptr<File> &file : files)
    if (Error error = file->keep())
      return error;
  return Error::success();
}

Error act::writeOutputFile(StringRef path, OutputFiles::Writer write) {
  OutputFiles files;
  if (Error error = files.add(path, write))
    return error;
  return files.keep();
}
