//===- Halide.cpp - Kernels compiled ahead of time by Halide --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The kernels are those of HalideKernels.cpp.
//
//===----------------------------------------------------------------------===//

#include "KernelSymbols.h"

#include "../Peer.h"

#include <HalideRuntime.h>

#include <memory>

using act::bench::Call;
using act::bench::Element;

namespace {

/// An array as Halide sees it; it is not to move.
struct Array {
  halide_dimension_t dim;
  halide_buffer_t buffer = {};

  Array(const void *data, size_t size) : dim(0, static_cast<int>(size), 1) {
    buffer.host = static_cast<uint8_t *>(const_cast<void *>(data));
    buffer.type = halide_type_of<float>();
    buffer.dimensions = 1;
    buffer.dim = &dim;
  }
};

class HalidePeer : public act::bench::Peer {
public:
  std::function<void()> bind(const Call &call) override {
    if (call.element != Element::F32)
      return {};
    auto x = std::make_shared<Array>(call.inputs[0], call.size);
    auto y = std::make_shared<Array>(call.output, call.size);
    if (call.numInputs == 1) {
      auto *kernel =
          act::bench::findKernel<int(halide_buffer_t *, halide_buffer_t *)>(
              "halide_", call.function);
      if (!kernel)
        return {};
      return [=] { kernel(&x->buffer, &y->buffer); };
    }
    auto z = std::make_shared<Array>(call.inputs[1], call.size);
    auto *kernel = act::bench::findKernel<int(
        halide_buffer_t *, halide_buffer_t *, halide_buffer_t *)>(
        "halide_", call.function);
    if (!kernel)
      return {};
    return [=] { kernel(&x->buffer, &z->buffer, &y->buffer); };
  }
};

} // namespace

act::bench::Peer *actBenchPeer() {
  static HalidePeer peer;
  return &peer;
}
