//===- ElementwiseOps.td - One record per elementwise activation --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The home of each elementwise activation: name, formula, parameters, the
// side that owns each kink ('l' left, 'r' right derivative, 'm' their mean,
// ascending; PyTorch's convention where it has the function), the condition
// on the parameters and the source.
//
// A formula is a C++ expression over act::Expression; `min` and `max` may not
// be called where a parameter bears that name. A decimal of the literature is
// written as a quotient of whole numbers: it means the decimal, not the double
// beside it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ELEMENTWISEOPS_TD
#define ACT_IR_ELEMENTWISEOPS_TD

include "act/IR/ActBase.td"

class Act_ElementwiseOp<string mnemonic, string formula,
                        list<Param> params = [], string kinks = "",
                        string requires = "", string source = "PyTorch">
    : Act_Op<mnemonic, [
        Pure, SameOperandsAndResultType,
        DeclareOpInterfaceMethods<VectorUnrollOpInterface>,
        DeclareOpInterfaceMethods<ActivationOpInterface>,
        DeclareOpInterfaceMethods<ScalarFunctionOpInterface,
            ["composeExpression", "executedErrorInUlps"]>
      ] # ElementwiseMappable.traits> {
  let arguments = !con((ins Act_UnaryFloatLike:$x),
                       ParamAttributes<params>.attributes);
  let results = (outs Act_UnaryFloatLike:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
  let description = "    y = " # formula # "\n\n  Source: " # source # ".";
  let hasVerifier = 1;
  let hasFolder = 1;
  let extraClassDefinition =
      RecordSource<formula, ["x"], params, kinks, requires,
                   source>.body # [{
::mlir::OpFoldResult $cppClass::fold(FoldAdaptor adaptor) {
  return foldActivation(getOperation(), getRecord(), adaptor.getOperands());
}
}];
}

//===----------------------------------------------------------------------===//
// Linear and piecewise linear
//===----------------------------------------------------------------------===//

def Act_IdentityOp : Act_ElementwiseOp<"identity", "x">;
def Act_AffineOp : Act_ElementwiseOp<"affine", "alpha * x + beta",
    [Param<"alpha">, Param<"beta">], "", "", "oneDNN linear, ONNX Affine">;
def Act_AbsOp : Act_ElementwiseOp<"abs", "abs(x)", [], "m">;
def Act_ReluOp : Act_ElementwiseOp<"relu", "max(x, 0.0)", [], "l">;
def Act_Relu6Op : Act_ElementwiseOp<"relu6", "clip(x, 0.0, 6.0)", [], "lr">;
def Act_ReluGeneralOp : Act_ElementwiseOp<"relu_general",
    "where(x > threshold, min(x, max_value), negative_slope * (x - threshold))",
    [Param<"negative_slope", "0.0">, Param<"max_value", "kInfinity">,
     Param<"threshold", "0.0">],
    "lr", "max_value > threshold", "Keras relu">;
def Act_ClampOp : Act_ElementwiseOp<"clamp", "clip(x, min, max)",
    [Param<"min", "-kInfinity">, Param<"max", "kInfinity">],
    "rl", "min <= max", "PyTorch clamp, ONNX Clip">;
def Act_HardTanhOp : Act_ElementwiseOp<"hard_tanh", "clip(x, min, max)",
    [Param<"min", "-1.0">, Param<"max", "1.0">], "lr", "min <= max">;
def Act_LeakyReluOp : Act_ElementwiseOp<"leaky_relu",
    "where(x > 0.0, x, alpha * x)", [Param<"alpha", "0.01">], "l">;
def Act_RreluOp : Act_ElementwiseOp<"rrelu",
    "where(x > 0.0, x, (lower + upper) / 2.0 * x)",
    [Param<"lower", "0.125">, Param<"upper", "1.0 / 3.0",
                                    "Expression(1.0) / Expression(3.0)">],
    "l", "lower <= upper", "PyTorch rrelu in evaluation mode">;
def Act_ThresholdOp : Act_ElementwiseOp<"threshold",
    "where(x > threshold, x, value)",
    [Param<"threshold">, Param<"value">], "l">;
def Act_ThresholdedReluOp : Act_ElementwiseOp<"thresholded_relu",
    "where(x > alpha, x, 0.0)", [Param<"alpha", "1.0">], "l", "",
    "ONNX ThresholdedRelu">;
def Act_HardShrinkOp : Act_ElementwiseOp<"hard_shrink",
    "where(abs(x) > lambd, x, 0.0)", [Param<"lambd", "0.5">], "rl",
    "lambd >= 0">;
def Act_SoftShrinkOp : Act_ElementwiseOp<"soft_shrink",
    "where(x > lambd, x - lambd, where(x < -lambd, x + lambd, 0.0))",
    [Param<"lambd", "0.5">], "rl", "lambd >= 0">;
def Act_ShrinkOp : Act_ElementwiseOp<"shrink",
    "where(x < -lambd, x + bias, where(x > lambd, x - bias, 0.0))",
    [Param<"lambd", "0.5">, Param<"bias", "0.0">], "rl", "lambd >= 0",
    "ONNX Shrink">;
def Act_HardSigmoidOp : Act_ElementwiseOp<"hard_sigmoid",
    "clip(alpha * x + beta, 0.0, 1.0)",
    [Param<"alpha", "1.0 / 6.0", "Expression(1.0) / Expression(6.0)">,
     Param<"beta", "0.5">],
    "lr", "", "PyTorch hardsigmoid; ONNX HardSigmoid has alpha = 0.2">;
def Act_HardSwishOp : Act_ElementwiseOp<"hard_swish",
    "x * clip(alpha * x + beta, 0.0, 1.0)",
    [Param<"alpha", "1.0 / 6.0", "Expression(1.0) / Expression(6.0)">,
     Param<"beta", "0.5">],
    "lr", "", "PyTorch hardswish, oneDNN hardswish">;
def Act_SparseSigmoidOp : Act_ElementwiseOp<"sparse_sigmoid",
    "clip((x + 1.0) / 2.0, 0.0, 1.0)", [], "m", "", "JAX sparse_sigmoid">;

//===----------------------------------------------------------------------===//
// Quadratic
//===----------------------------------------------------------------------===//

def Act_SparsePlusOp : Act_ElementwiseOp<"sparse_plus",
    "where(x <= -1.0, 0.0, where(x < 1.0, (x + 1.0) * (x + 1.0) / 4.0, x))",
    [], "", "", "JAX sparse_plus">;
def Act_ReluSquaredOp : Act_ElementwiseOp<"relu_squared",
    "max(x, 0.0) * max(x, 0.0)", [], "", "",
    "So et al. 2021, Primer; Hugging Face relu2">;
def Act_SquareOp : Act_ElementwiseOp<"square", "x * x", [], "", "",
    "Keras, oneDNN square">;

//===----------------------------------------------------------------------===//
// Exponential
//===----------------------------------------------------------------------===//

def Act_ExpOp : Act_ElementwiseOp<"exp", "exp(x)">;
def Act_EluOp : Act_ElementwiseOp<"elu",
    "where(x > 0.0, x, alpha * expm1(x))", [Param<"alpha", "1.0">], "l">;
def Act_CeluOp : Act_ElementwiseOp<"celu",
    "where(x > 0.0, x, alpha * expm1(x / alpha))", [Param<"alpha", "1.0">], "",
    "alpha > 0">;
def Act_SeluOp : Act_ElementwiseOp<"selu",
    "scale * where(x > 0.0, x, alpha * expm1(x))",
    [Param<"alpha", "1.6732632423543772848170429916717">,
     Param<"scale", "1.0507009873554804934193349852946">],
    "l", "", "Klambauer et al. 2017; PyTorch selu">;
def Act_XieluOp : Act_ElementwiseOp<"xielu",
    "where(x < 0.0, alpha_n * (expm1(x) - x) + beta * x, "
    "x * (alpha_p * x + beta))",
    [Param<"alpha_p", "0.8">, Param<"alpha_n", "0.8">, Param<"beta", "0.5">],
    "", "", "Huang et al. 2024, without the epsilon of Apertus">;

//===----------------------------------------------------------------------===//
// Sigmoidal
//===----------------------------------------------------------------------===//

def Act_SigmoidOp : Act_ElementwiseOp<"sigmoid", "sigmoid(x)">;
def Act_LogSigmoidOp : Act_ElementwiseOp<"log_sigmoid", "-softplus(-x)">;
def Act_SoftplusOp : Act_ElementwiseOp<"softplus",
    "softplus(beta * x) / beta", [Param<"beta", "1.0">], "", "beta > 0",
    "PyTorch softplus without its threshold">;
def Act_TanhOp : Act_ElementwiseOp<"tanh", "tanh(x)">;
def Act_ScaledTanhOp : Act_ElementwiseOp<"scaled_tanh",
    "alpha * tanh(beta * x)", [Param<"alpha">, Param<"beta">], "", "",
    "TensorRT kSCALED_TANH">;
def Act_TanhShrinkOp : Act_ElementwiseOp<"tanh_shrink", "x - tanh(x)">;
def Act_SoftSignOp : Act_ElementwiseOp<"soft_sign", "x / (1.0 + abs(x))">;
def Act_SquareplusOp : Act_ElementwiseOp<"squareplus",
    "where(x < 0.0, b / 4.0 / (sqrt(x * x + b) / 2.0 - x / 2.0), "
    "x / 2.0 + sqrt(x * x + b) / 2.0)",
    [Param<"b", "4.0">], "", "b >= 0", "Barron 2021; Keras squareplus">;
def Act_LaplaceOp : Act_ElementwiseOp<"laplace",
    "normalCdf((x - mu) / sigma)",
    [Param<"mu", "0.707107">, Param<"sigma", "0.282095">], "", "sigma > 0",
    "Ma et al. 2022, Mega">;

//===----------------------------------------------------------------------===//
// Self-gated
//===----------------------------------------------------------------------===//

def Act_SiluOp : Act_ElementwiseOp<"silu", "x * sigmoid(x)">;
def Act_SwishOp : Act_ElementwiseOp<"swish", "x * sigmoid(alpha * x)",
    [Param<"alpha", "1.0">], "", "", "Ramachandran et al. 2017; ONNX Swish">;
def Act_QuickGeluOp : Act_ElementwiseOp<"quick_gelu",
    "x * sigmoid(1702.0 / Expression(1000.0) * x)", [], "", "", "Hendrycks and Gimpel 2016">;
def Act_GeluOp : Act_ElementwiseOp<"gelu", "x * normalCdf(x)", [], "", "",
    "Hendrycks and Gimpel 2016; PyTorch gelu">;
def Act_GeluTanhOp : Act_ElementwiseOp<"gelu_tanh",
    "x * sigmoid(2.0 * sqrt(2.0 / Expression::pi()) * "
    "(x + 44715.0 / Expression(1e6) * x * x * x))",
    [], "", "", "Hendrycks and Gimpel 2016; PyTorch gelu, approximate = tanh">;
def Act_GeluClippedOp : Act_ElementwiseOp<"gelu_clipped",
    "clip(x * normalCdf(x), min, max)",
    [Param<"min", "-10.0">, Param<"max", "10.0">], "lr", "min <= max",
    "Hugging Face gelu_10">;
def Act_MishOp : Act_ElementwiseOp<"mish", "x * tanh(softplus(x))", [], "", "",
    "Misra 2019; PyTorch mish">;

//===----------------------------------------------------------------------===//
// With a second operand
//===----------------------------------------------------------------------===//

def Act_PreluOp : Act_Op<"prelu", [
      Pure, AllTypesMatch<["x", "y"]>,
      DeclareOpInterfaceMethods<ActivationOpInterface>,
      DeclareOpInterfaceMethods<ScalarFunctionOpInterface,
          ["composeExpression", "executedErrorInUlps"]>]> {
  let arguments = (ins Act_FloatLike:$x, Act_FloatLike:$slope,
                       DefaultValuedAttr<I64Attr, "1">:$axis);
  let results = (outs Act_UnaryFloatLike:$y);
  let description = [{
    y = where(x > 0.0, x, slope * x)

    The slope is of the type of x, or a scalar of its element type, or a tensor
    of rank 1 with one slope per index of `axis` of x (PyTorch: axis 1).

    Source: He et al. 2015; PyTorch prelu.
  }];
  let assemblyFormat =
      "$x `,` $slope attr-dict `:` type($x) `,` type($slope)";
  let hasVerifier = 1;
  let extraClassDefinition =
      RecordSource<"where(x > 0.0, x, slope * x)", ["x", "slope"], [],
                   "l", "", "He et al. 2015; PyTorch prelu">.body;
}

#endif // ACT_IR_ELEMENTWISEOPS_TD
