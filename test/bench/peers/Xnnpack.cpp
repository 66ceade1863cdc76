//===- Xnnpack.cpp - XNNPACK's unary operators ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Peer.h"

#include <xnnpack.h>

#include <limits>
#include <memory>

using act::bench::Call;
using act::bench::Element;

namespace {

struct DeleteOperator {
  void operator()(xnn_operator *op) const { xnn_delete_operator(op); }
};

using Setup = xnn_status (*)(xnn_operator_t, size_t, const float *, float *,
                             pthreadpool_t);

/// An operator over rows, set up for the call.
std::function<void()> bindOperator(const Call &call, xnn_status created,
                                   xnn_operator_t op, Setup setup,
                                   size_t rows = 1) {
  if (created != xnn_status_success)
    return {};
  std::shared_ptr<xnn_operator> owner(op, DeleteOperator());
  if (setup(op, rows, static_cast<const float *>(call.inputs[0]),
            static_cast<float *>(call.output), nullptr) != xnn_status_success)
    return {};
  return [owner] { xnn_run_operator(owner.get(), /*threadpool=*/nullptr); };
}

class Xnnpack : public act::bench::Peer {
public:
  std::function<void()> bind(const Call &call) override {
    if (call.element != Element::F32)
      return {};
    constexpr float infinity = std::numeric_limits<float>::infinity();
    std::string_view name = call.function;
    size_t n = call.size;
    xnn_operator_t op = nullptr;
    xnn_status created;
    if (name == "relu") {
      created = xnn_create_clamp_nc_f32(n, n, n, 0.0f, infinity, 0, &op);
      return bindOperator(call, created, op, xnn_setup_clamp_nc_f32);
    }
    if (name == "clamp") {
      created = xnn_create_clamp_nc_f32(n, n, n, -1.0f, 1.0f, 0, &op);
      return bindOperator(call, created, op, xnn_setup_clamp_nc_f32);
    }
    if (name == "leaky_relu") {
      created = xnn_create_leaky_relu_nc_f32(n, n, n, 0.01f, 0, &op);
      return bindOperator(call, created, op, xnn_setup_leaky_relu_nc_f32);
    }
    if (name == "hard_swish") {
      created = xnn_create_hardswish_nc_f32(n, n, n, 0, &op);
      return bindOperator(call, created, op, xnn_setup_hardswish_nc_f32);
    }
    if (name == "elu" || name == "celu") {
      created = xnn_create_elu_nc_f32(n, n, n, 1.0f, 0, &op);
      return bindOperator(call, created, op, xnn_setup_elu_nc_f32);
    }
    if (name == "sigmoid") {
      created = xnn_create_sigmoid_nc_f32(n, n, n, 0, &op);
      return bindOperator(call, created, op, xnn_setup_sigmoid_nc_f32);
    }
    if (name == "softmax") {
      const size_t rows = call.shape.front(), length = call.shape.back();
      created = xnn_create_softmax_nc_f32(length, length, length, 0, &op);
      return bindOperator(call, created, op, xnn_setup_softmax_nc_f32, rows);
    }
    return {};
  }
};

} // namespace

act::bench::Peer *actBenchPeer() {
  static Xnnpack peer;
  static const bool ready =
      xnn_initialize(/*allocator=*/nullptr) == xnn_status_success;
  return ready ? &peer : nullptr;
}
