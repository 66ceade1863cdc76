//===- Eigen.cpp - Eigen's array expressions ------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Peer.h"

#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

using act::bench::Call;
using act::bench::Element;

namespace {

using Array = Eigen::ArrayXf;

template <typename Function>
std::function<void()> bindArrays(const Call &call, Function function) {
  const void *first = call.inputs[0];
  void *output = call.output;
  size_t size = call.size;
  return [=] {
    Eigen::Map<const Array> x(static_cast<const float *>(first), size);
    Eigen::Map<Array> y(static_cast<float *>(output), size);
    function(x, y);
  };
}

class EigenArrays : public act::bench::Peer {
public:
  std::function<void()> bind(const Call &call) override {
    if (call.element != Element::F32)
      return {};
    std::string_view name = call.function;
    if (name == "relu")
      return bindArrays(call, [](auto x, auto y) { y = x.cwiseMax(0.0f); });
    if (name == "leaky_relu")
      return bindArrays(call,
                        [](auto x, auto y) { y = x.cwiseMax(0.01f * x); });
    if (name == "clamp")
      return bindArrays(
          call, [](auto x, auto y) { y = x.cwiseMax(-1.0f).cwiseMin(1.0f); });
    if (name == "hard_swish")
      return bindArrays(call, [](auto x, auto y) {
        y = x * (x + 3.0f).cwiseMax(0.0f).cwiseMin(6.0f) * (1.0f / 6.0f);
      });
    if (name == "exp")
      return bindArrays(call, [](auto x, auto y) { y = x.exp(); });
    if (name == "tanh")
      return bindArrays(call, [](auto x, auto y) { y = x.tanh(); });
    if (name == "sigmoid")
      return bindArrays(call, [](auto x, auto y) { y = x.logistic(); });
    if (name == "silu")
      return bindArrays(call, [](auto x, auto y) { y = x * x.logistic(); });
    if (name == "softplus")
      return bindArrays(call, [](auto x, auto y) {
        y = x.cwiseMax(0.0f) + (-x.abs()).exp().log1p();
      });
    if (name == "log_sigmoid")
      return bindArrays(call, [](auto x, auto y) {
        y = x.cwiseMin(0.0f) - (-x.abs()).exp().log1p();
      });
    if (name == "gelu")
      return bindArrays(call, [](auto x, auto y) {
        y = 0.5f * x * (1.0f + (0.707106781f * x).erf());
      });
    if (name == "gelu_tanh")
      return bindArrays(call, [](auto x, auto y) {
        y = 0.5f * x *
            (1.0f + (0.797884561f * (x + 0.044715f * x * x * x)).tanh());
      });
    return {};
  }
};

} // namespace

act::bench::Peer *actBenchPeer() {
  static EigenArrays peer;
  return &peer;
}
