//===- Peer.h - Another library's kernels ------------------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What does the benchmark ask of a library it compares with? Each peer is a
// shared module of its own, which exports `actBenchPeer`: a peer that is
// missing or broken takes nothing else with it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_PEER_H
#define ACT_BENCH_PEER_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace act::bench {

/// The element format of arrays, by MLIR's names.
enum class Element { F32, BF16, F16, F64 };

/// Arrays of row-wise functions are rows of so many elements.
constexpr size_t rowLength = 1024;

/// One call to time: `output[i] = function(inputs[0][i], ...)`, or of rows.
struct Call {
  std::string_view function; ///< the name of a case, see Cases.cpp
  Element element;
  size_t size;
  std::vector<int64_t> shape; ///< of size elements: of rows, or of them all
  size_t numInputs;
  const void *const *inputs;
  void *output;
};

class Peer {
public:
  virtual ~Peer() = default;
  /// What computes `call` as often as it is called; empty where the peer has no
  /// such kernel.
  virtual std::function<void()> bind(const Call &call) = 0;
};

} // namespace act::bench

/// Defined by each module; null where this machine cannot run it.
extern "C" act::bench::Peer *actBenchPeer();

#endif // ACT_BENCH_PEER_H
