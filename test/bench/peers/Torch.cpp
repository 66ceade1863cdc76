//===- Torch.cpp - PyTorch's kernels, called from C++ ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Peer.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <cstdlib>
#include <map>
#include <string>

using act::bench::Call;
using act::bench::Element;
using at::Tensor;

namespace {

/// Fills `y` from `x` and, where there is a second input, `z`.
using Kernel = std::function<void(Tensor &y, const Tensor &x, const Tensor &z)>;

// The ops of eager mode that write to a tensor of the caller's; PyTorch has no
// kernel for what is missing here, or none that takes the input of a gradient.
const std::map<std::string, Kernel, std::less<>> &kernels() {
  static const std::map<std::string, Kernel, std::less<>> table = {
      {"relu", [](auto &y, auto &x, auto &) { at::clamp_min_out(y, x, 0.0); }},
      {"leaky_relu",
       [](auto &y, auto &x, auto &) { at::leaky_relu_out(y, x, 0.01); }},
      {"clamp",
       [](auto &y, auto &x, auto &) { at::clamp_out(y, x, -1.0, 1.0); }},
      {"hard_swish", [](auto &y, auto &x, auto &) { at::hardswish_out(y, x); }},
      {"exp", [](auto &y, auto &x, auto &) { at::exp_out(y, x); }},
      {"tanh", [](auto &y, auto &x, auto &) { at::tanh_out(y, x); }},
      {"sigmoid", [](auto &y, auto &x, auto &) { at::sigmoid_out(y, x); }},
      {"elu", [](auto &y, auto &x, auto &) { at::elu_out(y, x); }},
      {"celu", [](auto &y, auto &x, auto &) { at::elu_out(y, x); }},
      {"selu",
       [](auto &y, auto &x, auto &) {
         at::elu_out(y, x, 1.6732632423543772, 1.0507009873554805);
       }},
      {"silu", [](auto &y, auto &x, auto &) { at::silu_out(y, x); }},
      {"gelu", [](auto &y, auto &x, auto &) { at::gelu_out(y, x); }},
      {"gelu_tanh",
       [](auto &y, auto &x, auto &) { at::gelu_out(y, x, "tanh"); }},
      {"mish", [](auto &y, auto &x, auto &) { at::mish_out(y, x); }},
      {"softplus", [](auto &y, auto &x, auto &) { at::softplus_out(y, x); }},
      {"log_sigmoid",
       [](auto &y, auto &x, auto &) { at::log_sigmoid_out(y, x); }},
      {"silu_gelu",
       [](auto &y, auto &x, auto &) {
         at::silu_out(y, x);
         at::gelu_out(y, y);
       }},
      {"bias_gelu",
       [](auto &y, auto &x, auto &z) {
         at::add_out(y, x, z);
         at::gelu_out(y, y);
       }},
      {"swiglu",
       [](auto &y, auto &x, auto &z) {
         at::silu_out(y, z);
         at::mul_out(y, y, x);
       }},
      {"softmax",
       [](auto &y, auto &x, auto &) {
         at::_softmax_out(y, x, 1, /*half_to_float=*/false);
       }},
      {"log_softmax",
       [](auto &y, auto &x, auto &) {
         at::_log_softmax_out(y, x, 1, /*half_to_float=*/false);
       }},
      {"relu_gradient",
       [](auto &y, auto &x, auto &z) {
         at::threshold_backward_out(y, z, x, 0.0);
       }},
      {"elu_gradient",
       [](auto &y, auto &x, auto &z) {
         at::elu_backward_out(y, z, 1.0, 1.0, 1.0, /*is_result=*/false, x);
       }},
      {"silu_gradient",
       [](auto &y, auto &x, auto &z) { at::silu_backward_out(y, z, x); }},
      {"gelu_gradient",
       [](auto &y, auto &x, auto &z) { at::gelu_backward_out(y, z, x); }},
      {"gelu_tanh_gradient",
       [](auto &y, auto &x, auto &z) {
         at::gelu_backward_out(y, z, x, "tanh");
       }},
      {"softplus_gradient",
       [](auto &y, auto &x, auto &z) {
         at::softplus_backward_out(y, z, x, 1.0, 20.0);
       }},
  };
  return table;
}

at::ScalarType typeOf(Element element) {
  switch (element) {
  case Element::F32:
    return at::kFloat;
  case Element::BF16:
    return at::kBFloat16;
  case Element::F16:
    return at::kHalf;
  case Element::F64:
    return at::kDouble;
  }
  std::abort();
}

class Torch : public act::bench::Peer {
public:
  std::function<void()> bind(const Call &call) override {
    auto kernel = kernels().find(call.function);
    if (kernel == kernels().end())
      return {};
    auto tensor = [&](const void *data) {
      return at::from_blob(const_cast<void *>(data), call.shape,
                           typeOf(call.element));
    };
    c10::InferenceMode mode;
    Tensor x = tensor(call.inputs[0]), y = tensor(call.output);
    Tensor z = call.numInputs > 1 ? tensor(call.inputs[1]) : Tensor();
    std::function<void()> run = [y, x, z, function = kernel->second]() mutable {
      c10::InferenceMode mode;
      function(y, x, z);
    };
    try {
      run();
    } catch (const c10::Error &) {
      return {}; // none for this format
    }
    return run;
  }
};

} // namespace

act::bench::Peer *actBenchPeer() {
  // Without it Debian's build stays at AVX2.
  setenv("ATEN_CPU_CAPABILITY", "avx512", /*overwrite=*/0);
  at::set_num_threads(1);
  static Torch peer;
  return &peer;
}
