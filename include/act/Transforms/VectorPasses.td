//===- VectorPasses.td - Passes to and on vector loops ----*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From linalg and rows to loops of vectors, and from activations on vectors to
// the instructions of a target.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_VECTORPASSES
#define ACT_TRANSFORMS_VECTORPASSES

include "mlir/Pass/PassBase.td"

def ActVectorize : Pass<"act-vectorize"> {
  let summary = "Turn linalg ops on tensors into vector loops with a masked tail";
  let description = [{
    Each linalg op whose innermost result dimension is parallel becomes a loop
    nest. Along that dimension the main loop handles `unroll` × lanes elements a
    step, unmasked; what is left over is done by the same code, one register a
    step and masked, so there is no scalar remainder loop. All other dimensions
    are plain loops, reductions in their written order: results are those of the
    scalar loops, bit for bit.

    Lanes are `vector-bits` divided by the width of the widest type in the body.
    An op that does not fit (no parallel innermost result dimension, a body that
    cannot be vectorized, or one such as an integer division that a masked tail
    may not execute on lanes beyond the end) is left for scalar loops, and a
    remark of the category `act-vectorize` says why.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", "512",
           "Width of the target's vector registers in bits">,
    Option<"unroll", "unroll", "unsigned", "4",
           "Vector registers a step of the main loop handles">,
  ];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect",
                           "::mlir::vector::VectorDialect"];
}

def ActVectorizeRows : Pass<"act-vectorize-rows"> {
  let summary = "Turn rows of probabilities into vector loops";
  let description = [{
    A row-wise op on tensors whose form is one of probabilities or of their
    logarithms, along the innermost dimension, becomes three loops for each row:
    for the largest score m, for the weights exp(s - m) and their sum, and for
    the results. Whole steps handle `unroll` registers unmasked; the rest of the
    row is done one register a step, masked.

    Scores that a `linalg.generic` of a few arithmetic steps computes, for these
    rows alone, are computed each time that they are read, and not stored.

    The differences s - m keep what they round off, sums are made in f64 and
    quotients are products with a reciprocal of two parts, so that in f32 a
    probability is within 2 ulp, however long the row is. A row's results depend
    on no other row. Other ops are left, and a remark of the category
    `act-vectorize-rows` says why.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", "512",
           "Width of the target's vector registers in bits">,
    Option<"unroll", "unroll", "unsigned", "4",
           "Vector registers a step of the main loop handles">,
    Option<"isa", "isa", "std::string", "\"avx512\"",
           "Instruction set of the code: generic, avx2 or avx512">,
    Option<"accuracy", "accuracy", "std::string", "\"\"",
           "Largest error allowed: 'ulp=N' or 'abs=X'; from 4 ulp on steps are "
           "cheaper, below 2 they stay what they are">,
    Option<"reproducible", "reproducible", "bool", "false",
           "Give the same bits on every instruction set that is synthesized "
           "for">,
  ];
  let dependentDialects = ["::act::ActDialect", "::mlir::LLVM::LLVMDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect",
                           "::mlir::vector::VectorDialect"];
}

def ActFuse : Pass<"act-fuse"> {
  let summary = "Make one function of a chain of activations";
  let description = [{
    Where an activation is applied to the result of another that nothing else
    reads, both become one `act.map`, if synthesis finds a form for the
    composition that costs less than the two: one function is faster than two
    long bodies in a loop, and more exact, since nothing is rounded between. A
    remark of the category `act-fuse` names each chain. Where no such form is
    found, the ops stay.
  }];
  let options = [
    Option<"isa", "isa", "std::string", "\"avx512\"",
           "Instruction set of the code: generic (nothing is fused), avx2 or "
           "avx512">,
    Option<"accuracy", "accuracy", "std::string", "\"\"",
           "Largest error allowed: 'ulp=N' or 'abs=X'">,
  ];
  let dependentDialects = ["::act::ActDialect"];
}

def ActTabulate : Pass<"act-tabulate", "::mlir::ModuleOp"> {
  let summary = "Turn activations on 8-bit floats into tables of all values";
  let description = [{
    Each activation of one variable on a scalar or vector of an 8-bit float
    becomes a lookup in the table of its 256 values, each correctly rounded.
    Vectors of whole registers of `vector-bits` are looked up by the permutes of
    x86, of which `byte-table` says how many bytes of a table one reads: 128 by
    vpermi2b, 16 by vpshufb. All else loads from a constant in memory.

    Other arithmetic on 8-bit floats is an error, as no target has it.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", "512",
           "Width of the target's vector registers in bits">,
    Option<"byteTable", "byte-table", "unsigned", "0",
           "Bytes of a table that one permute reads: 128 (of 512 bits), 16 (of "
           "256 or 512 bits) or 0 for none">,
  ];
  let dependentDialects = [
    "::act::ActDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect",
    "::mlir::vector::VectorDialect"
  ];
}

def ActSynthesize : Pass<"act-synthesize", "::mlir::ModuleOp"> {
  let summary = "Turn activations on vectors into forms with a known error";
  let description = [{
    Each op on f32, f16 or bf16, or a vector of it, whose formula of one variable
    holds an elementary function becomes `act.piecewise`, `act.exponential`,
    `act.exponential_linear` or, where none of them keeps the accuracy,
    `act.log_domain`: the cheapest form for the instruction set that does. A
    product of functions of one variable each, as gates are, is synthesized
    factor by factor. 16-bit results are computed in f32 and rounded once, to
    bf16 with ties away from 0, which is one addition.

    Arithmetic alone is computed in f32 as it is written, line by line or as
    products of lines in two floats, where that keeps the accuracy.

    Where a form is valid on a part of the line only, arguments outside take
    an `act.piecewise` that is valid on all of it, an `act.log_domain` or else
    the reference lowering in f64, in a function of its own that is called when
    some lane of a register needs it; no lane's bits depend on its neighbours.

    The attribute `accuracy = #act.accuracy<...>` of an op decides, else the
    option. Without either an error of 2 ulp is allowed in f32 and 0.501 ulp in
    the 16-bit formats. What no form serves is left, with a remark that says so.
  }];
  let options = [
    Option<"isa", "isa", "std::string", "\"avx512\"",
           "Instruction set of the code: generic, avx2 or avx512">,
    Option<"accuracy", "accuracy", "std::string", "\"\"",
           "Largest error allowed: 'ulp=N' or 'abs=X'">,
    Option<"reproducible", "reproducible", "bool", "false",
           "Use the same forms, and so give the same bits, on every instruction "
           "set that is synthesized for">,
  ];
  let dependentDialects = [
    "::act::ActDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"
  ];
}

def ActLegalize : Pass<"act-legalize", "::mlir::ModuleOp"> {
  let summary = "Rewrite what upstream lowers inexactly or not at all";
  let description = [{
    Six things before the lowering to LLVM:

    - `math.expm1` becomes a call of libm: upstream expands it to exp(x) - 1,
      which loses every digit near zero.
    - Conversions of f64 to f16 and bf16 round once, through f32 rounded to odd,
      and not in a function of the compiler's runtime library.
    - Conversions to bf16 become integer rounding, to nearest, subnormals kept:
      the x86 instruction flushes them, and targets without it call a function
      for each element. What is a bf16 already is not rounded, and NaNs are
      tested for only where they may come from other values than bf16. In the
      order of `act-pair-brain-floats` they take no permutation.
    - Copies between strided buffers become loops, for which upstream calls a
      function of its runtime library.
    - Dense buffers that are expanded to several dynamic dimensions at once,
      which upstream cannot do, become casts with explicit strides.
    - Scopes of stack memory in which none is allocated go: upstream puts one
      around what a thread does, and no branch may be in it.

    With `expand-half` conversions of f16 become integer arithmetic, for a target
    that would call a function of the compiler's runtime library.
  }];
  let options = [
    Option<"isa", "isa", "std::string", /*default=*/"\"generic\"",
           "Instruction set: generic, avx2 or avx512">,
    Option<"expandHalf", "expand-half", "bool", "false",
           "The target has no instructions that convert f16">,
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::memref::MemRefDialect",
    "::mlir::vector::VectorDialect"
  ];
}

def ActRectifyByBits : Pass<"act-rectify-by-bits"> {
  let summary = "Take the positive part of 16-bit floats by their bits";
  let description = [{
    Where vectors of f16 or bf16 are loaded, all that is done with them is
    max(x, 0), and the result is stored, the order of the bits as integers tells
    what is kept: no lane is converted to f32. Exact; NaN stays as it is.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def ActPairBrainFloats : Pass<"act-pair-brain-floats"> {
  let summary = "Compute on the even and the odd lanes of bf16 by themselves";
  let description = [{
    Where all ops from loads of bf16 vectors to stores of them are elementwise,
    the lanes of each pair of registers are computed on in another order: first
    the even ones, then the odd ones. Exact: no lane meets another. The order is
    made by shuffles after the loads and before the stores, which
    `act-legalize` takes into the conversions.
  }];
  let options = [
    Option<"isa", "isa", "std::string", /*default=*/"\"generic\"",
           "Instruction set: generic (nothing is paired), avx2 or avx512">
  ];
  let dependentDialects = ["::mlir::vector::VectorDialect"];
}

def ActStreamStores : Pass<"act-stream-stores"> {
  let summary = "Store large results past the cache";
  let description = [{
    Of a loop over whole vectors that writes one dense result, or a piece of it in
    a parallel loop, and reads operands that lie elsewhere, makes a second one
    with aligned non-temporal stores, for results of at least `min-bytes`; the
    loop itself then does the first and the last step. Exact: every element is
    computed by the same operations. A store that fills a line without reading it
    first saves a third of a copy's traffic, and slows down whoever finds the
    result in memory instead of in the cache: hence the bound.
  }];
  let options = [
    Option<"isa", "isa", "std::string", /*default=*/"\"generic\"",
           "Instruction set: generic (no streaming stores), avx2 or avx512">,
    Option<"minBytes", "min-bytes", "uint64_t", /*default=*/"0",
           "Size of a result from which it is streamed (0: that of the "
           "instruction set)">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect", "::mlir::LLVM::LLVMDialect"
  ];
}

def ActMaskSmallFloats : Pass<"act-mask-small-floats"> {
  let summary = "Access memory of 16-bit floats under a mask, or past the "
                "cache, as integers";
  let description = [{
    In the LLVM dialect, makes masked loads and stores of f16 and bf16 vectors
    ones of i16. Exact. A target without arithmetic on these formats else widens
    each lane to f32 and calls a function of the compiler's run-time library to
    narrow it again, which may not exist. So it does with non-temporal stores,
    for which a target that has no such store of bf16 makes plain ones.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def ActAlignSpills : Pass<"act-align-spills"> {
  let summary = "Let LLVM align the vector registers that it spills";
  let description = [{
    In the LLVM dialect, gives functions that compute on vectors wider than a
    stack is aligned to a frame pointer, unless they say what they want. Only
    with one does LLVM align the frame to the registers in it: it finds out that
    some are spilled when it is too late to reserve the register. Without, by
    where the stack of a process begins, every other spilled register of 256 bits
    lies across two cache lines in one process of two, and every one of 512 bits
    in three of four; loops that spill took up to three times as long there.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"512",
           "Width of the target's vector registers in bits; up to 128 they are "
           "aligned by themselves">
  ];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // ACT_TRANSFORMS_VECTORPASSES
