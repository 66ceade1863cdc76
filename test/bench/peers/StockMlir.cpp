//===- StockMlir.cpp - Kernels compiled by upstream MLIR's passes ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The kernels are those of StockKernels.mlir, on memrefs of one dimension,
// which are passed as five numbers each.
//
//===----------------------------------------------------------------------===//

#include "KernelSymbols.h"

#include "../Peer.h"

#include <cstdint>

using act::bench::Call;
using act::bench::Element;
using act::bench::findKernel;

namespace {

const char *prefixOf(Element element) {
  switch (element) {
  case Element::F32:
    return "mlir_f32_";
  case Element::BF16:
    return "mlir_bf16_";
  case Element::F16:
    return "mlir_f16_";
  case Element::F64:
    break;
  }
  return nullptr; // the polynomials are of f32
}

class StockMlir : public act::bench::Peer {
public:
  std::function<void()> bind(const Call &call) override {
    using Unary = void(const void *, const void *, int64_t, int64_t, int64_t,
                       void *, void *, int64_t, int64_t, int64_t);
    using Binary = void(const void *, const void *, int64_t, int64_t, int64_t,
                        const void *, const void *, int64_t, int64_t, int64_t,
                        void *, void *, int64_t, int64_t, int64_t);
    const char *prefix = prefixOf(call.element);
    if (!prefix)
      return {};
    const void *x = call.inputs[0];
    void *y = call.output;
    int64_t n = call.size;
    if (call.numInputs == 1) {
      auto *kernel = findKernel<Unary>(prefix, call.function);
      if (!kernel)
        return {};
      return [=] { kernel(x, x, 0, n, 1, y, y, 0, n, 1); };
    }
    const void *z = call.inputs[1];
    auto *kernel = findKernel<Binary>(prefix, call.function);
    if (!kernel)
      return {};
    return [=] { kernel(x, x, 0, n, 1, z, z, 0, n, 1, y, y, 0, n, 1); };
  }
};

} // namespace

act::bench::Peer *actBenchPeer() {
  static StockMlir peer;
  return &peer;
}
