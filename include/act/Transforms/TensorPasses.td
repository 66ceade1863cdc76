//===- TensorPasses.td - Passes on tensors ----------------*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What becomes of tensors before they have loops: fused linalg, on the
// caller's arrays and, where asked, on several threads.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_TENSORPASSES
#define ACT_TRANSFORMS_TENSORPASSES

include "mlir/Pass/PassBase.td"

def ActMaterializeInit : Pass<"act-materialize-init", "::mlir::ModuleOp"> {
  let summary = "Draw the numbers that initializers stand for";
  let description = [{
    Each `act.init` becomes an `arith.constant` of numbers drawn from its law.
    The attribute `seed` determines them, to the last bit on every machine:
    equal seeds give equal draws, so two ops that differ in nothing else become
    equal constants. The option `seed` serves ops without the attribute: the
    k-th of them in the module takes the k-th number of the option's stream as
    its seed, so they all differ. An op with neither is an error, unless its law
    is a single number.

    Numbers are drawn in f64 and rounded once to the element type, to nearest
    even, or to the other neighbour where only that one lies in the law's
    support. The time is linear in the elements; for orthogonal matrices of
    m x n it is m n min(m, n).

    Run it first: passes that merge equal ops also merge equal initializers.
  }];
  let options = [
    Option<"seed", "seed", "std::string", "\"\"",
           "Integer from which ops without the attribute 'seed' are drawn">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def ActDecompose : Pass<"act-decompose"> {
  let summary = "Decompose ops that stand for several";
  let description = [{
    Ops on tensors with upstream's aggregated-op interface, such as
    `linalg.softmax`, have no loops of their own: each is replaced by the linalg
    ops that it says it is made of. `tensor.concat`, which has no buffer form,
    becomes insertions of slices.

    With `keep-rows` what act-vectorize-rows has loops for stays, for which
    `linalg.softmax` becomes `act.softmax` and scores are computed apart.
  }];
  let options = [
    Option<"keepRows", "keep-rows", "bool", "false",
           "Leave row-wise ops that act-vectorize-rows takes">,
  ];
  let dependentDialects = [
    "::act::ActDialect",
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::tensor::TensorDialect"
  ];
}

def ActReuseOperands : Pass<"act-reuse-operands"> {
  let summary = "Let elementwise ops compute in place of an operand";
  let description = [{
    An elementwise `linalg.generic` that fills fresh memory takes the memory of
    an operand of the same type instead, if another op computed that operand and
    nothing else reads it: a bias and an activation after a matmul then need no
    array of their own. An `scf.for` that carries a tensor of static shape leaves
    the result of each iteration in the memory that it was given. Exact.
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect",
                           "::mlir::linalg::LinalgDialect"];
}

def ActEliminateEmptyTensors : Pass<"act-eliminate-empty-tensors"> {
  let summary = "Compute what is stored in the memory where it is stored";
  let description = [{
    As `eliminate-empty-tensors` does, but not where another value in the same
    fresh memory is stored after it, as of both results of a residual layer that
    adds to its input: the first store would leave nothing of it for the second.
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ActFillConstants : Pass<"act-fill-constants"> {
  let summary = "Write large constants of one number by a loop";
  let description = [{
    A constant tensor of one number becomes a `linalg.fill` where it is larger
    than `most-bytes`: an object would store every element of it. Exact.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
  let options = [Option<"mostBytes", "most-bytes", "uint64_t", "1 << 20",
                        "Size up to which constants are stored">];
}

def ActCollapseDims : Pass<"act-collapse-dims"> {
  let summary = "Walk contiguous dimensions of elementwise ops as one";
  let description = [{
    A run of dimensions that every operand of an elementwise `linalg.generic`
    either walks in row-major order or does not walk at all becomes one
    dimension, so that `tensor<1000x3xf32>` is a vector loop over 3000 elements
    and not a thousand loops over three. What act-vectorize-rows computes within
    its loops stays as it is. Exact: no element is computed otherwise.
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ActParallelize : Pass<"act-parallelize"> {
  let summary = "Split large ops into pieces for several threads";
  let description = [{
    A linalg or row-wise op on tensors with a parallel loop, of at least
    `min-points` points, becomes an `scf.forall` over pieces of about
    `piece-points`: whole runs of the innermost dimensions as far as they fit. Of
    an op that reduces, or takes whole rows, the outermost parallel dimension
    alone is split. Where dimensions are dynamic, `scf.if` chooses between the
    pieces and the op as it was. Exact: each element is computed by the same
    operations, whichever thread takes it.

    What stays on one thread is told by remarks of the category
    `act-parallelize`. Starting threads takes microseconds: hence the bound.
  }];
  let options = [
    Option<"minPoints", "min-points", "uint64_t", /*default=*/"65536",
           "Points of an op from which it is split">,
    Option<"piecePoints", "piece-points", "uint64_t", /*default=*/"16384",
           "Points of a piece">,
  ];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ActCInterface : Pass<"act-c-interface", "::mlir::ModuleOp"> {
  let summary = "Give the entry function a plain C signature";
  let description = [{
    Rewrites the function `entry` on ranked tensors and scalars so that it takes

      1. one pointer per input to a dense row-major array (a scalar is an array
         of one element),
      2. each dynamic dimension of the inputs, in order, as int64_t,
      3. one pointer per result to an array that the function fills,

    and returns nothing. Arrays must not overlap. When a result has a dynamic
    dimension, `NAME_result_dims` is added: it takes the dynamic dimensions of
    the inputs and a pointer to int64_t, and stores the dynamic dimensions of
    the results, in order. It needs tensor ops that can reify their shape;
    a dimension that depends on the values of an input is an error.

    All other functions become private. The pass runs on tensors, before
    bufferization, so that results are computed in the caller's arrays.
  }];
  let options = [
    Option<"entry", "entry", "std::string", "\"main\"",
           "The function to give a C signature">,
  ];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::LLVM::LLVMDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::bufferization::BufferizationDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::tensor::TensorDialect"];
}

#endif // ACT_TRANSFORMS_TENSORPASSES
