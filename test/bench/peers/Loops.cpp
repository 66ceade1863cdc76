//===- Loops.cpp - What a C++ compiler makes of plain loops ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Compiled by each compiler found, with -O3 -march=native -ffast-math.
//
//===----------------------------------------------------------------------===//

#include "../Peer.h"

#include <cmath>

using act::bench::Call;
using act::bench::Element;

namespace {

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }
float softplus(float x) {
  return std::fmax(x, 0.0f) + std::log1p(std::exp(-std::fabs(x)));
}
float gelu(float x) { return 0.5f * x * (1.0f + std::erf(0.707106781f * x)); }
float geluTanh(float x) {
  return 0.5f * x *
         (1.0f + std::tanh(0.797884561f * (x + 0.044715f * x * x * x)));
}

// `function` is a lambda, never a pointer to a function: it has to be inlined.
template <typename Function>
std::function<void()> loop(const Call &call, Function function) {
  const auto *__restrict x = static_cast<const float *>(call.inputs[0]);
  auto *__restrict y = static_cast<float *>(call.output);
  size_t size = call.size;
  return [=] {
    for (size_t i = 0; i < size; ++i)
      y[i] = function(x[i]);
  };
}

template <typename Function>
std::function<void()> loop2(const Call &call, Function function) {
  const auto *__restrict x = static_cast<const float *>(call.inputs[0]);
  const auto *__restrict z = static_cast<const float *>(call.inputs[1]);
  auto *__restrict y = static_cast<float *>(call.output);
  size_t size = call.size;
  return [=] {
    for (size_t i = 0; i < size; ++i)
      y[i] = function(x[i], z[i]);
  };
}

class Loops : public act::bench::Peer {
public:
  std::function<void()> bind(const Call &call) override {
    if (call.element != Element::F32)
      return {};
    std::string_view name = call.function;
    if (name == "relu")
      return loop(call, [](float x) { return x > 0.0f ? x : 0.0f; });
    if (name == "leaky_relu")
      return loop(call, [](float x) { return x > 0.0f ? x : 0.01f * x; });
    if (name == "clamp")
      return loop(call, [](float x) {
        return x < -1.0f ? -1.0f : x > 1.0f ? 1.0f : x;
      });
    if (name == "hard_swish")
      return loop(call, [](float x) {
        float t = x + 3.0f;
        t = t < 0.0f ? 0.0f : t > 6.0f ? 6.0f : t;
        return x * t * (1.0f / 6.0f);
      });
    if (name == "exp")
      return loop(call, [](float x) { return std::exp(x); });
    if (name == "tanh")
      return loop(call, [](float x) { return std::tanh(x); });
    if (name == "sigmoid")
      return loop(call, [](float x) { return sigmoid(x); });
    if (name == "silu")
      return loop(call, [](float x) { return x * sigmoid(x); });
    if (name == "elu" || name == "celu")
      return loop(call, [](float x) { return x > 0.0f ? x : std::expm1(x); });
    if (name == "selu")
      return loop(call, [](float x) {
        return x > 0.0f ? 1.05070099f * x : 1.75809934f * std::expm1(x);
      });
    if (name == "softplus")
      return loop(call, [](float x) { return softplus(x); });
    if (name == "log_sigmoid")
      return loop(call, [](float x) { return -softplus(-x); });
    if (name == "mish")
      return loop(call, [](float x) { return x * std::tanh(softplus(x)); });
    if (name == "gelu")
      return loop(call, [](float x) { return gelu(x); });
    if (name == "gelu_tanh")
      return loop(call, [](float x) { return geluTanh(x); });
    if (name == "silu_gelu")
      return loop(call, [](float x) { return gelu(x * sigmoid(x)); });
    if (name == "bias_gelu")
      return loop2(call, [](float x, float bias) { return gelu(x + bias); });
    if (name == "swiglu")
      return loop2(
          call, [](float x, float gate) { return x * gate * sigmoid(gate); });
    return {};
  }
};

} // namespace

act::bench::Peer *actBenchPeer() {
  static Loops peer;
  return &peer;
}
