//===- Composed.h - Activations of library calls ----------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// How would a user of a vector math library write each activation? One loop of
// 512-bit vectors over the textbook formula.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_PEERS_COMPOSED_H
#define ACT_BENCH_PEERS_COMPOSED_H

#include "../Peer.h"

#include <immintrin.h>

namespace act::bench {

using Vector = __m512;

inline Vector splat(float value) { return _mm512_set1_ps(value); }

inline Vector max(Vector a, Vector b) { return _mm512_max_ps(a, b); }
inline Vector min(Vector a, Vector b) { return _mm512_min_ps(a, b); }

/// `positive` where x > 0, else `other`.
inline Vector wherePositive(Vector x, Vector positive, Vector other) {
  __mmask16 mask = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GT_OQ);
  return _mm512_mask_blend_ps(mask, other, positive);
}

template <typename Function>
std::function<void()> loop(const Call &call, Function function) {
  const auto *x = static_cast<const float *>(call.inputs[0]);
  auto *y = static_cast<float *>(call.output);
  size_t size = call.size;
  if (size % 16 != 0)
    return {};
  return [=] {
    for (size_t i = 0; i < size; i += 16)
      _mm512_storeu_ps(y + i, function(_mm512_loadu_ps(x + i)));
  };
}

template <typename Function>
std::function<void()> loop2(const Call &call, Function function) {
  const auto *x = static_cast<const float *>(call.inputs[0]);
  const auto *z = static_cast<const float *>(call.inputs[1]);
  auto *y = static_cast<float *>(call.output);
  size_t size = call.size;
  if (size % 16 != 0)
    return {};
  return [=] {
    for (size_t i = 0; i < size; i += 16)
      _mm512_storeu_ps(
          y + i, function(_mm512_loadu_ps(x + i), _mm512_loadu_ps(z + i)));
  };
}

/// A peer over `Library`, which has exp, expm1, log1p, tanh and, where `hasErf`
/// says so, erf of a Vector.
template <typename Library>
class Composed : public Peer {
public:
  std::function<void()> bind(const Call &call) override {
    if (call.element != Element::F32)
      return {};
    if (std::function<void()> bound = bindErf(call))
      return bound;
    std::string_view name = call.function;
    if (name == "exp")
      return loop(call, [](Vector x) { return Library::exp(x); });
    if (name == "tanh")
      return loop(call, [](Vector x) { return Library::tanh(x); });
    if (name == "sigmoid")
      return loop(call, [](Vector x) { return sigmoid(x); });
    if (name == "silu")
      return loop(call, [](Vector x) { return x * sigmoid(x); });
    if (name == "elu" || name == "celu")
      return loop(call, [](Vector x) {
        return wherePositive(x, x, Library::expm1(x));
      });
    if (name == "selu")
      return loop(call, [](Vector x) {
        return wherePositive(x, splat(1.05070099f) * x,
                             splat(1.75809934f) * Library::expm1(x));
      });
    if (name == "softplus")
      return loop(call, [](Vector x) { return softplus(x); });
    if (name == "log_sigmoid")
      return loop(call, [](Vector x) { return -softplus(-x); });
    if (name == "mish")
      return loop(call,
                  [](Vector x) { return x * Library::tanh(softplus(x)); });
    if (name == "gelu_tanh")
      return loop(call, [](Vector x) {
        Vector u = splat(0.797884561f) * (x + splat(0.044715f) * x * x * x);
        return splat(0.5f) * x * (splat(1.0f) + Library::tanh(u));
      });
    if (name == "swiglu")
      return loop2(call, [](Vector x, Vector gate) {
        return x * (gate * sigmoid(gate));
      });
    return {};
  }

private:
  static Vector sigmoid(Vector x) {
    return splat(1.0f) / (splat(1.0f) + Library::exp(-x));
  }
  static Vector softplus(Vector x) {
    Vector magnitude = _mm512_abs_ps(x);
    return max(x, splat(0.0f)) + Library::log1p(Library::exp(-magnitude));
  }
  static std::function<void()> bindErf(const Call &call) {
    if constexpr (Library::hasErf) {
      auto gelu = [](Vector x) {
        return splat(0.5f) * x *
               (splat(1.0f) + Library::erf(splat(0.707106781f) * x));
      };
      if (call.function == "gelu")
        return loop(call, gelu);
      if (call.function == "bias_gelu")
        return loop2(call,
                     [gelu](Vector x, Vector bias) { return gelu(x + bias); });
      if (call.function == "silu_gelu")
        return loop(call, [gelu](Vector x) { return gelu(x * sigmoid(x)); });
    }
    return {};
  }
};

} // namespace act::bench

#endif // ACT_BENCH_PEERS_COMPOSED_H
