//===- SampleRun.h - Which units fire on samples ---------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The program is executed on calibration samples: in plain doubles where it
// could be read as a network, else by intervals at the sample. The counts are
// those of an experiment; what they show for certain is for WitnessSearch.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SAMPLERUN_H
#define ACT_LIB_ANALYSIS_SAMPLERUN_H

#include "ExpandedProgram.h"
#include "NetworkReader.h"
#include "ProgressMeter.h"
#include "WitnessSearch.h"
#include "act/Analysis/DeadUnits.h"
#include <mutex>

namespace act {

class SampleRun {
public:
  /// `samples` are of the arguments of `program`.
  SampleRun(const ExpandedProgram &program, const SampleSet &samples,
            std::vector<Layer> &layers);

  /// Sets Layer::firings of all layers that have dead zones.
  void run(const std::function<void(const Progress &)> &progress);
  /// Tries, for each unit without a verdict, the sample in its domain that
  /// drives it farthest out of its dead zones.
  void tryWitnesses(const ArgumentDomains &domains,
                    WitnessSearch &search) const;

private:
  /// How far out of the dead zones a unit came, and on which sample first.
  struct Farthest {
    double distance = 0.0;
    size_t sample = 0;
    void include(double otherDistance, size_t otherSample);
  };
  /// What some samples have shown of a layer.
  struct Count {
    std::vector<uint64_t> firings;
    std::vector<Farthest> farthest;
    uint64_t elementFirings = 0;
  };
  /// A layer of which each execution is a node of the network.
  struct Target {
    unsigned layer;
    llvm::SmallVector<unsigned, 1> nodes;
  };

  std::optional<Target> targetOf(unsigned layer);
  bool isExecutable(unsigned node) const;
  Count emptyCount(unsigned layer) const;
  /// Where an element of the k-th execution of a layer lies.
  using RangeAt = llvm::function_ref<Interval(unsigned k, int64_t element)>;
  /// Adds one sample, on which a layer is executed `executions` times.
  void count(unsigned layer, size_t sample, unsigned executions, RangeAt range,
             Count &tally) const;
  void merge(unsigned layer, const Count &some);
  void runNetwork(llvm::ArrayRef<Target> targets, ProgressMeter &meter);
  void runIntervals(llvm::ArrayRef<unsigned> indices, ProgressMeter &meter);

  const ExpandedProgram &program;
  const SampleSet &samples;
  std::vector<Layer> &layers;
  ValueBounds unbounded; ///< of any input
  NetworkReader reader;
  std::vector<Count> counts; ///< per layer
  std::mutex mutex;          ///< of the counts
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_SAMPLERUN_H
