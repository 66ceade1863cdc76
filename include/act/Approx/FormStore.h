//===- FormStore.h - Forms that were synthesized before --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where does a form come from without a search? From this process, from the
// catalogue that the build made, or from a folder that compilers share. All
// hold the answers to requests, "there is no form" among them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_FORMSTORE_H
#define ACT_APPROX_FORMSTORE_H

#include "act/Approx/Synthesis.h"
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace act {

/// A request as text without spaces, short enough for a file's name: what
/// decides the answer, with a hash of the formula.
std::string keyOf(const SynthesisRequest &request);

/// An answer as text, bit for bit; and back, nothing if `text` is not one, as
/// when a file was cut off.
using SynthesisAnswer = std::optional<SynthesizedForm>;
std::string toText(const SynthesisAnswer &answer);
std::optional<SynthesisAnswer> fromText(std::string_view text);

/// One line of the catalogue: key and answer.
struct CatalogueEntry {
  const char *key, *answer;
};

class FormStore {
public:
  /// The store of this process. Thread-safe.
  static FormStore &get();

  /// `entries`, sorted by key, live as long as the process.
  void setCatalogue(const CatalogueEntry *entries, size_t count);
  /// A folder to share answers by, made when needed; empty for none. Files are
  /// written whole or not at all, so that compilers may run at once.
  void setFolder(std::string path);

  /// Tells that a search takes longer than `patience`: `notice` is called once
  /// for each such search, from a thread of its own. To be set before the
  /// first.
  using Notice = std::function<void(const SynthesisRequest &)>;
  void setNotice(Notice notice, std::chrono::milliseconds patience);

  /// The answer to `request`, searched for if it is new.
  SynthesisAnswer answer(const SynthesisRequest &request);

  /// All answers of this process, as key and text.
  std::map<std::string, std::string> answersSoFar();

private:
  std::optional<SynthesisAnswer> find(const std::string &identity);
  SynthesisAnswer search(const SynthesisRequest &request) const;

  std::mutex mutex;
  std::map<std::string, SynthesisAnswer> known; ///< by key and formula
  const CatalogueEntry *catalogue = nullptr;
  size_t catalogueSize = 0;
  std::string folder;
  Notice notice;
  std::chrono::milliseconds patience{0};
};

} // namespace act

#endif // ACT_APPROX_FORMSTORE_H
