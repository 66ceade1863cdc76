//===- HalideKernels.cpp - Compiles Halide's kernels, by the build --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Run by the build with the name of an object file, which gets one pipeline for
// each function and Halide's run-time system. exp, log and erf are what Halide
// has of its own in vectors; tanh, which it takes from libm one number at a
// time, is written with exp.
//
//===----------------------------------------------------------------------===//

#include <Halide.h>

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

using Halide::Expr;

namespace {

Expr sigmoid(Expr x) { return 1.0f / (1.0f + Halide::exp(-x)); }
Expr tanhByExp(Expr x) { return 1.0f - 2.0f / (1.0f + Halide::exp(2.0f * x)); }
Expr softplus(Expr x) {
  return Halide::max(x, 0.0f) +
         Halide::log(1.0f + Halide::exp(-Halide::abs(x)));
}
Expr elu(Expr x) { return Halide::select(x > 0.0f, x, Halide::exp(x) - 1.0f); }
Expr gelu(Expr x) { return 0.5f * x * (1.0f + Halide::erf(0.707106781f * x)); }
// tanh(log(1 + e)) = (e^2 + 2 e) / (e^2 + 2 e + 2), with e = exp(x).
Expr mish(Expr x) {
  Expr e = Halide::exp(Halide::min(x, 20.0f));
  Expr n = e * (e + 2.0f);
  return x * n / (n + 2.0f);
}

struct Kernel {
  const char *name;
  std::function<Expr(Expr x, Expr z)> formula;
  bool isBinary = false;
};

const Kernel kernels[] = {
    {"relu", [](Expr x, Expr) { return Halide::max(x, 0.0f); }},
    {"leaky_relu",
     [](Expr x, Expr) { return Halide::select(x > 0.0f, x, 0.01f * x); }},
    {"clamp", [](Expr x, Expr) { return Halide::clamp(x, -1.0f, 1.0f); }},
    {"hard_swish",
     [](Expr x, Expr) {
       return x * Halide::clamp(x + 3.0f, 0.0f, 6.0f) * (1.0f / 6.0f);
     }},
    {"exp", [](Expr x, Expr) { return Halide::exp(x); }},
    {"tanh", [](Expr x, Expr) { return tanhByExp(x); }},
    {"sigmoid", [](Expr x, Expr) { return sigmoid(x); }},
    {"elu", [](Expr x, Expr) { return elu(x); }},
    {"celu", [](Expr x, Expr) { return elu(x); }},
    {"selu",
     [](Expr x, Expr) {
       return Halide::select(x > 0.0f, 1.05070099f * x,
                             1.75809934f * (Halide::exp(x) - 1.0f));
     }},
    {"silu", [](Expr x, Expr) { return x * sigmoid(x); }},
    {"gelu", [](Expr x, Expr) { return gelu(x); }},
    {"gelu_tanh",
     [](Expr x, Expr) {
       Expr u = 0.797884561f * (x + 0.044715f * x * x * x);
       return 0.5f * x * (1.0f + tanhByExp(u));
     }},
    {"mish", [](Expr x, Expr) { return mish(x); }},
    {"softplus", [](Expr x, Expr) { return softplus(x); }},
    {"log_sigmoid", [](Expr x, Expr) { return -softplus(-x); }},
    {"silu_gelu", [](Expr x, Expr) { return gelu(x * sigmoid(x)); }},
    {"bias_gelu", [](Expr x, Expr z) { return gelu(x + z); }, true},
    {"swiglu", [](Expr x, Expr z) { return x * z * sigmoid(z); }, true},
};

} // namespace

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "error: expected the name of an object file\n");
    return 2;
  }
  Halide::Target target = Halide::get_host_target();
  Halide::Module module("kernels", target);
  for (const Kernel &kernel : kernels) {
    Halide::ImageParam x(Halide::Float(32), 1, "x"), z(Halide::Float(32), 1);
    Halide::Var i;
    Halide::Func y;
    y(i) = kernel.formula(x(i), kernel.isBinary ? z(i) : Expr(0.0f));
    y.vectorize(i, 4 * target.natural_vector_size<float>(),
                Halide::TailStrategy::GuardWithIf);
    std::vector<Halide::Argument> arguments = {x};
    if (kernel.isBinary)
      arguments.push_back(z);
    Halide::Module compiled =
        y.compile_to_module(arguments, std::string("halide_") + kernel.name);
    for (const auto &function : compiled.functions())
      module.append(function);
  }
  module.compile({{Halide::OutputFileType::object, argv[1]}});
  return 0;
}
