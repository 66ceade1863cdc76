//===- Passes.td - Conversions from and to the dialect ----*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_PASSES_TD
#define ACT_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ActToMath : Pass<"act-to-math"> {
  let summary = "Expand activations to arith and math ops";
  let description = [{
    Replaces each elementwise and two-operand gated activation and each act.map
    on scalars, vectors and tensors of static shape by arith and math ops: the
    reference lowering. It is accurate before it is fast: a formula that rounds
    more than once is computed in f64, so that f16, bf16 and f32 results are
    within 0.51 ulp of the exact value where libm is good to some ulps.

    With `self-contained` this holds for elementary functions of math and tosa,
    too, which are left alone else; functions of angles remain.

    Tensors of dynamic shape have no constants of their type: act-to-linalg,
    or convert-elementwise-to-linalg for elementwise ops, comes first.
  }];
  let options = [
    Option<"selfContained", "self-contained", "bool", "false",
           "Build elementary functions from arith ops, so that no library is "
           "called; f64 is then computed in sums of two f64">,
    Option<"fused", "fused", "bool", "false",
           "With self-contained: math.fma of f64 is an instruction">,
  ];
  let dependentDialects = ["::act::ActDialect"];
}

def ActToLinalg : Pass<"act-to-linalg"> {
  let summary = "Lower activations on tensors to linalg";
  let description = [{
    On tensors: row-wise activations become reductions and elementwise linalg
    ops; gates are split by slices; elementwise, gated and map ops become
    linalg.generic with the scalar op, or the body of the map, inside.

    With `keep-rows` row-wise activations stay, for act-vectorize-rows and
    act-decompose.
  }];
  let options = [
    Option<"keepRows", "keep-rows", "bool", "false",
           "Leave row-wise activations">,
  ];
  let dependentDialects = [
    "::act::ActDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::tensor::TensorDialect", "::mlir::affine::AffineDialect"
  ];
}

def ActSynthesizedToVector
    : Pass<"act-synthesized-to-vector", "::mlir::ModuleOp"> {
  let summary = "Lower synthesized forms to arith and vector code";
  let description = [{
    `act.piecewise`, `act.exponential`, `act.exponential_linear` and
    `act.log_domain` become arith and math ops of the width of the op, and,
    register by register, the instruction set's own: table lookups by its
    permutes, scaling by a power of two. Exact: each step of the op's definition
    is one instruction that rounds as it says.
    Without permutes that suffice an `act.log_domain` gathers from a constant.

    Where an exponential may end in a subnormal number it branches: such results
    take instructions of Intel's processors a hundred cycles and more, but not
    the conversion from f64 by which they are reached, with the same bits.

    The code runs only where the instruction set is there; LLVM aborts where
    the target that is compiled for lacks it.
  }];
  let options = [
    Option<"isa", "isa", "std::string", "\"avx512\"",
           "Instruction set of the code: generic, avx2 or avx512">,
  ];
  let dependentDialects = [
    "::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect",
    "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"
  ];
}

def RaiseToAct : Pass<"raise-to-act"> {
  let summary = "Recognize activations by what they compute";
  let description = [{
    Finds arith, math and tosa ops, in any function or linalg body, that
    together compute an activation, and replaces them by it. A candidate is
    read as a formula and compared by value: by its canonical form, else by a
    fingerprint and at many points. What agrees there is raised if it provably
    agrees everywhere, within half an ulp of its own type once each rounded
    constant is read as the number that it rounds. NaN behaviour that differs
    refuses.

    Remarks say what was raised, with the measured difference, and what was
    nearly raised and why it was not.
  }];
  let dependentDialects = ["::act::ActDialect"];
  let options = [
    Option<"ignoreNaN", "ignore-nan", "bool", "false",
           "Raise although a NaN input gives another result">,
  ];
}

#endif // ACT_CONVERSION_PASSES_TD
