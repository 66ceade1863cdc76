//===- InitOps.td - A symbolic initializer of weights -----*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_INITOPS_TD
#define ACT_IR_INITOPS_TD

include "act/IR/ActBase.td"

def Act_WeightScheme : I32EnumAttr<"WeightScheme", "law of initial weights", [
    I32EnumAttrCase<"Zeros", 0, "zeros">,
    I32EnumAttrCase<"Constant", 1, "constant">,
    I32EnumAttrCase<"Normal", 2, "normal">,
    I32EnumAttrCase<"TruncatedNormal", 3, "truncated_normal">,
    I32EnumAttrCase<"Uniform", 4, "uniform">,
    I32EnumAttrCase<"KaimingNormal", 5, "kaiming_normal">,
    I32EnumAttrCase<"KaimingUniform", 6, "kaiming_uniform">,
    I32EnumAttrCase<"XavierNormal", 7, "xavier_normal">,
    I32EnumAttrCase<"XavierUniform", 8, "xavier_uniform">,
    I32EnumAttrCase<"LecunNormal", 9, "lecun_normal">,
    I32EnumAttrCase<"LecunUniform", 10, "lecun_uniform">,
    I32EnumAttrCase<"Orthogonal", 11, "orthogonal">,
    I32EnumAttrCase<"TorchDefault", 12, "torch_default">,
    I32EnumAttrCase<"RandomizedAsymmetric", 13, "randomized_asymmetric">]> {
  let cppNamespace = "::act";
  let genSpecializedAttr = 0;
}
def Act_WeightSchemeAttr : EnumAttr<Act_Dialect, Act_WeightScheme, "scheme">;

def Act_FanMode : I32EnumAttr<"FanMode", "which fan scales the weights", [
    I32EnumAttrCase<"FanIn", 0, "fan_in">,
    I32EnumAttrCase<"FanOut", 1, "fan_out">]> {
  let cppNamespace = "::act";
  let genSpecializedAttr = 0;
}
def Act_FanModeAttr : EnumAttr<Act_Dialect, Act_FanMode, "fan_mode">;

def Act_InitOp : Act_Op<"init", [
      Pure, DeclareOpInterfaceMethods<InitializerOpInterface>]> {
  let summary = "Weights or biases that are not drawn yet, known by their law";
  let description = [{
    A tensor of f16, bf16, f32 or f64 numbers of a law, with `n` = the fan that
    `mode` selects, as in PyTorch's torch.nn.init:

    | scheme | law |
    |---|---|
    | zeros | 0 |
    | constant | `value` |
    | normal | N(`mean`, `std`^2) |
    | truncated_normal | N(`mean`, `std`^2) restricted to [`lower`, `upper`] |
    | uniform | U(`lower`, `upper`) |
    | kaiming_normal, kaiming_uniform (He) | variance `gain`^2 / n; gain sqrt(2) |
    | xavier_normal, xavier_uniform (Glorot) | variance 2 `gain`^2 / (fan_in + fan_out); gain 1 |
    | lecun_normal, lecun_uniform | variance 1 / fan_in |
    | orthogonal | `gain` times a Haar-distributed (semi-)orthogonal matrix |
    | torch_default | U(-1/sqrt(fan_in), 1/sqrt(fan_in)), of Linear and Conv |
    | randomized_asymmetric | RAI: N(0, 0.3609/fan_in), one entry per output Beta(2, 1) |

    The fans follow from the shape: dimension `out_dim` holds the outputs,
    `in_dim` the inputs, all others are the window of a convolution (PyTorch:
    out_dim 0, in_dim 1; linalg.matmul: out_dim 1, in_dim 0). A bias, of rank
    below 2, needs `fan_in` where its scheme depends on it.

    `act-materialize-init` draws the numbers from `seed`. Equal seeds give equal
    draws: ops that differ in nothing else get the same numbers, so layers need
    seeds of their own. Weights and biases of randomized_asymmetric are one
    layer's if their seeds are equal: then exactly one entry of each output's
    weights and bias is the one from Beta(2, 1).

    ```mlir
    %w = act.init kaiming_normal {out_dim = 1 : i64, in_dim = 0 : i64} : tensor<784x128xf32>
    %b = act.init torch_default {fan_in = 784 : i64} : tensor<128xf32>
    ```
  }];
  let arguments = (ins
      Act_WeightSchemeAttr:$scheme,
      DefaultValuedAttr<Act_FanModeAttr, "::act::FanMode::FanIn">:$mode,
      DefaultValuedAttr<I64Attr, "0">:$out_dim,
      DefaultValuedAttr<I64Attr, "1">:$in_dim,
      OptionalAttr<I64Attr>:$fan_in, OptionalAttr<I64Attr>:$fan_out,
      OptionalAttr<F64Attr>:$gain,
      DefaultValuedAttr<F64Attr, "0.0">:$value,
      DefaultValuedAttr<F64Attr, "0.0">:$mean,
      DefaultValuedAttr<F64Attr, "1.0">:$std,
      OptionalAttr<F64Attr>:$lower, OptionalAttr<F64Attr>:$upper,
      OptionalAttr<I64Attr>:$seed);
  let results = (outs StaticShapeTensorOf<[Act_Float]>:$result);
  let assemblyFormat = "$scheme attr-dict `:` type($result)";
  let hasVerifier = 1;
}

#endif // ACT_IR_INITOPS_TD
