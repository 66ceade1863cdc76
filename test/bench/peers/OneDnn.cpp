//===- OneDnn.cpp - oneDNN's eltwise primitive ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Peer.h"

#include <dnnl.hpp>

#include <memory>
#include <optional>

using act::bench::Call;
using act::bench::Element;

namespace {

struct Algorithm {
  dnnl::algorithm kind;
  float alpha = 0.0f, beta = 0.0f;
};

std::optional<Algorithm> algorithmOf(std::string_view name) {
  using dnnl::algorithm;
  if (name == "relu")
    return Algorithm{algorithm::eltwise_relu};
  if (name == "leaky_relu")
    return Algorithm{algorithm::eltwise_relu, 0.01f};
  if (name == "clamp")
    return Algorithm{algorithm::eltwise_clip, -1.0f, 1.0f};
  if (name == "hard_swish")
    return Algorithm{algorithm::eltwise_hardswish};
  if (name == "exp")
    return Algorithm{algorithm::eltwise_exp};
  if (name == "tanh")
    return Algorithm{algorithm::eltwise_tanh};
  if (name == "sigmoid")
    return Algorithm{algorithm::eltwise_logistic};
  if (name == "silu")
    return Algorithm{algorithm::eltwise_swish, 1.0f};
  if (name == "elu" || name == "celu")
    return Algorithm{algorithm::eltwise_elu, 1.0f};
  if (name == "softplus")
    return Algorithm{algorithm::eltwise_soft_relu};
  if (name == "log_sigmoid")
    return Algorithm{algorithm::eltwise_logsigmoid};
  if (name == "mish")
    return Algorithm{algorithm::eltwise_mish};
  if (name == "gelu")
    return Algorithm{algorithm::eltwise_gelu_erf};
  if (name == "gelu_tanh")
    return Algorithm{algorithm::eltwise_gelu_tanh};
  return std::nullopt;
}

class OneDnn : public act::bench::Peer {
public:
  std::function<void()> bind(const Call &call) override {
    if (call.function == "softmax")
      return bindRows<dnnl::softmax_forward>(call);
    if (call.function == "log_softmax")
      return bindRows<dnnl::logsoftmax_forward>(call);
    std::optional<Algorithm> algorithm = algorithmOf(call.function);
    if (!algorithm ||
        (call.element != Element::F32 && call.element != Element::BF16))
      return {};
    dnnl::memory::desc layout(call.shape, typeOf(call),
                              dnnl::memory::format_tag::a);
    return bindPrimitive<dnnl::eltwise_forward>(
        call, layout, dnnl::prop_kind::forward_inference, algorithm->kind,
        layout, algorithm->alpha, algorithm->beta);
  }

private:
  static dnnl::memory::data_type typeOf(const Call &call) {
    return call.element == Element::F32 ? dnnl::memory::data_type::f32
                                        : dnnl::memory::data_type::bf16;
  }

  template <typename Primitive>
  std::function<void()> bindRows(const Call &call) {
    if (call.element != Element::F32 && call.element != Element::BF16)
      return {};
    dnnl::memory::desc layout(call.shape, typeOf(call),
                              dnnl::memory::format_tag::ab);
    return bindPrimitive<Primitive>(
        call, layout, dnnl::prop_kind::forward_inference, layout, /*axis=*/1);
  }

  /// The primitive that `arguments` describe, from the input to the output,
  /// both of `layout`.
  template <typename Primitive, typename... Arguments>
  std::function<void()> bindPrimitive(const Call &call,
                                      const dnnl::memory::desc &layout,
                                      const Arguments &...arguments) {
    try {
      typename Primitive::desc operation(arguments...);
      Primitive primitive(
          typename Primitive::primitive_desc(operation, engine));
      dnnl::memory source(layout, engine, const_cast<void *>(call.inputs[0]));
      dnnl::memory target(layout, engine, call.output);
      return [this, primitive, source, target]() mutable {
        primitive.execute(stream,
                          {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, target}});
        stream.wait();
      };
    } catch (const dnnl::error &) {
      return {}; // oneDNN has none for this format
    }
  }

  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
};

} // namespace

act::bench::Peer *actBenchPeer() {
  static OneDnn peer;
  return &peer;
}
