//===- FormStore.cpp - Forms that were synthesized before -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/FormStore.h"
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
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

void FormStore::setNotice(Notice tell, std::chrono::milliseconds after) {
  std::lock_guard<std::mutex> lock(mutex);
  notice = std::move(tell);
  patience = after;
}

/// What decides the answer, in full: keys of two formulas may be equal.
static std::string identityOf(const SynthesisRequest &request) {
  return keyOf(request) + ' ' + request.formula.str();
}

static std::string keyIn(const std::string &identity) {
  return identity.substr(0, identity.find(' '));
}

/// A file holds the identity on its first line and the answer on the second.
static std::optional<SynthesisAnswer> readFile(const std::string &path,
                                               const std::string &identity) {
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line) || line != identity)
    return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return fromText(text.str());
}

/// Writes beside `path` and renames, which replaces a file at once. A folder
/// that cannot be written only costs the search again.
static void writeFile(const std::string &folder, const std::string &identity,
                      const SynthesisAnswer &answer) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  // Another thread may have searched for the same.
  static std::atomic<unsigned> numFiles = 0;
  std::string path = folder + '/' + keyIn(identity);
  std::string beside =
      path + '.' + std::to_string(getpid()) + '.' + std::to_string(numFiles++);
  {
    std::ofstream file(beside);
    file << identity << '\n' << toText(answer) << '\n';
    if (!file.flush()) {
      std::filesystem::remove(beside, error);
      return;
    }
  }
  std::filesystem::rename(beside, path, error);
  if (error)
    std::filesystem::remove(beside, error);
}

std::optional<SynthesisAnswer> FormStore::find(const std::string &identity) {
  auto found = known.find(identity);
  if (found != known.end())
    return found->second;
  std::string key = keyIn(identity);
  const CatalogueEntry *end = catalogue + catalogueSize;
  const CatalogueEntry *entry = std::lower_bound(
      catalogue, end, key, [](const CatalogueEntry &entry, const auto &key) {
        return std::strcmp(entry.key, key.c_str()) < 0;
      });
  std::optional<SynthesisAnswer> answer;
  if (entry != end && key == entry->key)
    answer = fromText(entry->answer);
  if (!answer && !folder.empty())
    answer = readFile(folder + '/' + key, identity);
  if (answer)
    known.emplace(identity, *answer);
  return answer;
}

SynthesisAnswer FormStore::search(const SynthesisRequest &request) const {
  if (!notice)
    return synthesize(request);
  std::mutex ending;
  std::condition_variable ended;
  bool isDone = false;
  std::thread watch([&] {
    std::unique_lock<std::mutex> lock(ending);
    if (!ended.wait_for(lock, patience, [&] { return isDone; }))
      notice(request);
  });
  SynthesisAnswer answer = synthesize(request);
  {
    std::lock_guard<std::mutex> lock(ending);
    isDone = true;
  }
  ended.notify_one();
  watch.join();
  return answer;
}

SynthesisAnswer FormStore::answer(const SynthesisRequest &request) {
  std::string identity = identityOf(request), sharedFolder;
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (std::optional<SynthesisAnswer> answer = find(identity))
      return *answer;
    sharedFolder = folder;
  }
  // Searched outside of the lock: at worst two threads find the same.
  SynthesisAnswer answer = search(request);
  if (!sharedFolder.empty())
    writeFile(sharedFolder, identity, answer);
  std::lock_guard<std::mutex> lock(mutex);
  known.emplace(identity, answer);
  return answer;
}

std::map<std::string, std::string> FormStore::answersSoFar() {
  std::lock_guard<std::mutex> lock(mutex);
  std::map<std::string, std::string> texts;
  for (const auto &[identity, answer] : known)
    texts.emplace(keyIn(identity), toText(answer));
  return texts;
}

} // namespace act
