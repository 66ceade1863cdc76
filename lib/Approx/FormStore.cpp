//===- FormStore.cpp - Forms that were synthesized before -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/FormStore.h"
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace act {

FormStore &FormStore::get() {
  static FormStore store;
  return store;
}

void FormStore::setCatalogue(const CatalogueEntry *entries, size_t count) {
  std::lock_guard<std::mutex> lock(mutex);
  catalogue = entries;
  catalogueSize = count;
}

void FormStore::setFolder(std::string path) {
  std::lock_guard<std::mutex> lock(mutex);
  folder = std::move(path);
}

static std::optional<SynthesisAnswer> readFile(const std::string &path) {
  std::ifstream file(path);
  if (!file)
    return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return fromText(text.str());
}

/// Writes beside `path` and renames, which replaces a file at once. A folder
/// that cannot be written only costs the search again.
static void writeFile(const std::string &folder, const std::string &path,
                      const SynthesisAnswer &answer) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::string beside = path + '.' + std::to_string(getpid());
  {
    std::ofstream file(beside);
    file << toText(answer) << '\n';
    if (!file.flush()) {
      std::filesystem::remove(beside, error);
      return;
    }
  }
  std::filesystem::rename(beside, path, error);
  if (error)
    std::filesystem::remove(beside, error);
}

std::optional<SynthesisAnswer> FormStore::find(const std::string &key) {
  auto found = known.find(key);
  if (found != known.end())
    return found->second;
  const CatalogueEntry *end = catalogue + catalogueSize;
  const CatalogueEntry *entry = std::lower_bound(
      catalogue, end, key, [](const CatalogueEntry &entry, const auto &key) {
        return std::strcmp(entry.key, key.c_str()) < 0;
      });
  std::optional<SynthesisAnswer> answer;
  if (entry != end && key == entry->key)
    answer = fromText(entry->answer);
  if (!answer && !folder.empty())
    answer = readFile(folder + '/' + key);
  if (answer)
    known.emplace(key, *answer);
  return answer;
}

SynthesisAnswer FormStore::answer(const SynthesisRequest &request) {
  std::string key = keyOf(request), sharedFolder;
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (std::optional<SynthesisAnswer> answer = find(key))
      return *answer;
    sharedFolder = folder;
  }
  // Searched outside of the lock: at worst two threads find the same.
  SynthesisAnswer answer = synthesize(request);
  if (!sharedFolder.empty())
    writeFile(sharedFolder, sharedFolder + '/' + key, answer);
  std::lock_guard<std::mutex> lock(mutex);
  known.emplace(key, answer);
  return answer;
}

std::map<std::string, std::string> FormStore::answersSoFar() {
  std::lock_guard<std::mutex> lock(mutex);
  std::map<std::string, std::string> texts;
  for (const auto &[key, answer] : known)
    texts.emplace(key, toText(answer));
  return texts;
}

} // namespace act
