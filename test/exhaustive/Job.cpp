//===- Job.cpp - All inputs of one activation, by all cores ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Job.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/xxhash.h"
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

using namespace llvm;

namespace act::test {

namespace {

constexpr uint64_t kChunkSize = 1 << 22, kBlockSize = 4096;
constexpr uint64_t kSampleSize = 1 << 16;

/// The subject's code for one processor.
struct Target {
  Kernel kernel;
  uint64_t key; ///< in the progress
  Findings total;
};

class Runner {
public:
  Runner(const Job &job, Progress &progress)
      : job(job), progress(progress),
        numChunks((job.count + kChunkSize - 1) / kChunkSize) {}

  Error compile(const mlir::DialectRegistry &registry);
  void takeSamples();
  void scanChunks();
  void scanSpecials();
  std::vector<Findings> findings() const;
  bool isDone() const {
    return all_of(targets, [&](const Target &target) {
      for (uint64_t chunk = 0; chunk < numChunks; ++chunk)
        if (!isDone(target, chunk))
          return false;
      return true;
    });
  }

private:
  bool isDone(const Target &target, uint64_t chunk) const {
    return progress.done(target.key).count(chunk);
  }
  /// The targets for which `chunk` is still to be scanned.
  std::vector<Target *> openTargets(uint64_t chunk);
  std::vector<Findings> scanInputs(const Inputs &inputs,
                                   const std::vector<Target *> &open);
  void record(uint64_t chunk, const std::vector<Target *> &open,
              const std::vector<Findings> &found);

  const Job &job;
  Progress &progress;
  uint64_t numChunks;
  std::vector<Target> targets;
  std::mutex mutex; ///< of the totals and the progress
};

} // namespace

Error Runner::compile(const mlir::DialectRegistry &registry) {
  for (const std::string &cpu : job.cpus) {
    Expected<Kernel> kernel =
        Kernel::create(registry, job.subject, cpu, job.accuracy);
    if (!kernel)
      return kernel.takeError();
    std::string name = formatv("{0} {1} {2} {3} {4} {5:x}", job.subject.name,
                               layoutOf(job.subject.format).name, cpu,
                               job.stride, job.count, kernel->codeHash());
    targets.push_back({std::move(*kernel), xxh3_64bits(name), {}});
    for (const auto &[chunk, found] : progress.done(targets.back().key))
      targets.back().total.merge(found);
  }
  return Error::success();
}

/// Computes in arrays of its own, so that threads do not share any.
static Compute makeCompute(const Kernel &kernel, Format format) {
  struct Arrays {
    NpyArray input, result;
    std::function<void()> call;
  };
  auto arrays = std::make_shared<Arrays>(
      Arrays{cantFail(kernel.allocate(kBlockSize)),
             cantFail(kernel.allocate(kBlockSize)), nullptr});
  arrays->call = kernel.bind(arrays->input, arrays->result);
  return [arrays, format](const std::vector<uint64_t> &inputs,
                          std::vector<uint64_t> &results) {
    storeAllBits(arrays->input, format, inputs);
    arrays->call();
    loadAllBits(arrays->result, format, results);
  };
}

std::vector<Findings> Runner::scanInputs(const Inputs &inputs,
                                         const std::vector<Target *> &open) {
  std::vector<Candidate> candidates;
  for (Target *target : open) {
    std::lock_guard<std::mutex> lock(mutex);
    candidates.push_back(
        {makeCompute(target->kernel, job.subject.format), target->total});
  }
  return scan(job.subject.expression, job.subject.format, inputs, candidates);
}

std::vector<Target *> Runner::openTargets(uint64_t chunk) {
  std::lock_guard<std::mutex> lock(mutex);
  std::vector<Target *> open;
  for (Target &target : targets)
    if (!isDone(target, chunk))
      open.push_back(&target);
  return open;
}

void Runner::record(uint64_t chunk, const std::vector<Target *> &open,
                    const std::vector<Findings> &found) {
  std::lock_guard<std::mutex> lock(mutex);
  for (auto [target, findings] : zip_equal(open, found)) {
    target->total.merge(findings);
    progress.add(target->key, chunk, findings);
  }
}

/// The errors of a sample first, so that few inputs are left to MPFR. They
/// keep chunks from measuring smaller ones, so a resumed run needs them too:
/// the sample is kept as if it were one chunk more, without its counts.
void Runner::takeSamples() {
  std::vector<Target *> open = openTargets(numChunks);
  if (job.count <= kSampleSize || open.empty())
    return;
  // An odd distance, so that all bits of the significand vary.
  uint64_t distance = ((job.count / kSampleSize - 1) | 1) * job.stride;
  std::vector<Findings> worst;
  for (const Findings &sample : scanInputs({0, kSampleSize, distance}, open)) {
    worst.emplace_back();
    worst.back().normal = sample.normal;
    worst.back().subnormal = sample.subnormal;
  }
  record(numChunks, open, worst);
}

void Runner::scanChunks() {
  std::string name =
      formatv("{0} {1}", job.subject.name, layoutOf(job.subject.format).name);
  auto begin = std::chrono::steady_clock::now();
  auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         begin)
        .count();
  };
  std::atomic<uint64_t> next = 0, scanned = 0;
  auto work = [&] {
    for (uint64_t chunk = next++; chunk < numChunks; chunk = next++) {
      std::vector<Target *> open = openTargets(chunk);
      if (open.empty())
        continue;
      uint64_t start = chunk * kChunkSize;
      record(chunk, open,
             scanInputs({start * job.stride,
                         std::min(kChunkSize, job.count - start), job.stride},
                        open));
      double left = seconds() / ++scanned * (numChunks - chunk - 1);
      errs() << formatv("\r{0}: {1} of {2} chunks, {3:f0} s left   ", name,
                        chunk + 1, numChunks, left);
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < job.workers; ++i)
    workers.emplace_back(work);
  for (std::thread &worker : workers)
    worker.join();
  errs() << formatv("\r{0}: {1:f1} s{2}\n", name, seconds(),
                    std::string(30, ' '));
}

/// Zeros, infinities and NaN, which a stride steps over; they are not counted
/// as inputs.
void Runner::scanSpecials() {
  if (job.stride == 1)
    return;
  std::vector<Target *> all;
  for (Target &target : targets)
    all.push_back(&target);
  const FormatLayout &layout = layoutOf(job.subject.format);
  uint64_t sign = uint64_t(1) << (layout.bits - 1);
  uint64_t infinity = sign - (uint64_t(1) << (layout.precision - 1));
  for (uint64_t bits : {uint64_t(0), infinity, sign - 1}) {
    for (uint64_t input : {bits, bits | sign}) {
      std::vector<Findings> found = scanInputs({input, 1, 1}, all);
      for (auto [target, findings] : zip_equal(all, found)) {
        findings.inputs = 0;
        target->total.merge(findings);
      }
    }
  }
}

std::vector<Findings> Runner::findings() const {
  std::vector<Findings> totals;
  for (const Target &target : targets)
    totals.push_back(target.total);
  return totals;
}

Expected<bool> isDone(const mlir::DialectRegistry &registry, const Job &job,
                      Progress &progress) {
  Runner runner(job, progress);
  if (Error error = runner.compile(registry))
    return error;
  return runner.isDone();
}

Expected<std::vector<Findings>> runJob(const mlir::DialectRegistry &registry,
                                       const Job &job, Progress &progress) {
  Runner runner(job, progress);
  if (Error error = runner.compile(registry))
    return error;
  runner.takeSamples();
  runner.scanChunks();
  runner.scanSpecials();
  return runner.findings();
}

} // namespace act::test
