//===- Passes.td - From tensors to vector loops, as passes --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which steps of the compile road are ours? What upstream does well (fusion,
// bufferization, lowering) stays upstream's; Pipelines.h strings both together.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_PASSES
#define ACT_TRANSFORMS_PASSES

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
  }];
  let dependentDialects = [
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
    and not a thousand loops over three. Exact: no element is computed otherwise.
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ActParallelize : Pass<"act-parallelize"> {
  let summary = "Split large elementwise work into pieces for several threads";
  let description = [{
    A linalg op on tensors whose loops are all parallel, of at least `min-points`
    points, becomes an `scf.forall` over pieces of about `piece-points`: whole
    runs of the innermost dimensions as far as they fit. Where dimensions are
    dynamic, `scf.if` chooses between the pieces and the op as it was. Exact:
    each element is computed by the same operations, whichever thread takes it.

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

def ActPruneStable : Pass<"act-prune-stable", "::mlir::ModuleOp"> {
  let summary = "Remove units whose output is known, for inference";
  let description = [{
    Judges every unit as `act-find-dead-units` does and removes those that
    compute nothing, so that the network gives the same results on the domain
    with smaller matrices:

    - Dead units go with their weights, their bias and the weights they feed.
      Exact but for the sign of zero.
    - Units saturated at a number c go too, and c times each weight they feed
      is added to the next constant bias, or by an op where there is none. Exact
      over the reals; that bias is rounded once.
    - The activation of a layer goes where it changes no unit. Exact where it
      selects, as that of a relu does.

    With `merge-linear` also what is exact over the reals alone, so that the last
    bits of results change:

    - Of the stably active units of a layer, those whose incoming weights are a
      combination w = K v of the weights of others, with biases b and c, go: z =
      K z' + (b - K c), whose outgoing weights are added to those of z'.
    - Two contractions with constant weights and biases between which no
      activation is left become one, (W2 W1) x + (b2 + W2 b1), where that takes
      fewer multiplications.

    A layer is a contraction with constant weights, elementwise ops and an
    activation that nothing but contractions with constant weights read. What is
    0 may lead to these through pooling, padding with zeros and functions with
    f(0) = 0. Of a layer without a unit left its start (the bias) stays.
    Constants that others use too are copied. Where a layer or a unit stays, a
    remark of the category `act-prune-stable` says why: an outgoing weight is NaN
    or infinite, the output is read by something else, only some units are stably
    active. The result is judged again until nothing is left to remove.

    A removed unit cannot learn: do not train the result.
  }];
  let options = [
    ListOption<"domains", "domain", "std::string",
               "Domain of an argument of the entry function: ARG:[lo,hi], or "
               "ARG:[lo,hi],[lo,hi],... with one interval per element">,
    Option<"budget", "budget", "uint64_t", /*default=*/"::act::kDefaultBudget",
           "Parts of the domain that may be bounded to settle one unit">,
    Option<"semantics", "semantics", "::act::Semantics",
           "::act::Semantics::Ieee",
           "Which program is judged: as executed, or over the reals",
           [{::llvm::cl::values(
             clEnumValN(::act::Semantics::Ieee, "ieee", "with rounding, any order of summation"),
             clEnumValN(::act::Semantics::Real, "real", "over the reals"))}]>,
    Option<"mergeLinear", "merge-linear", "bool", /*default=*/"false",
           "Merge stably active units and contractions, rounding anew">,
  ];
}

def ActFixDeadRelu : Pass<"act-fix-dead-relu", "::mlir::ModuleOp"> {
  let summary = "Give dead units a gradient; changes what the network computes";
  let description = [{
    Judges every unit as `act-find-dead-units` does and changes the parameters
    of dead ones, layer by layer, until an input is known for which each fires.
    With [L, U] for the proved bounds of a unit's pre-activation and t for the
    end of the dead zone (0 for a relu), `strategy` is one of

    - `bias-lift`: b + (t - U) + tau (U - L), the least that lets it fire,
    - `recentre`: b + t - (L + U)/2, so that it fires on half of its bounds; in
      a first layer with a normal domain, for which a unit that DR003 names
      counts as dead, b + t - m + s Q(p) for the mean m and the deviation s of
      its pre-activation and the normal quantile Q, so that it fires with the
      probability p = `probability`,
    - `sign-flip`: weights and bias change sign, then as `recentre`,
    - `centre-inputs`: the biases b of a first layer become b - W mu, which is W
      (x - mu) + b, with mu the mean of the inputs: the middle of a box, or that
      of a normal domain,
    - `reinitialize`: incoming weights are drawn by He's law until the unit fires
      on a tenth to nine tenths of 256 inputs, with b = 0, and what it feeds is
      weighed with 0: the network computes what it did,
    - `leaky`: the relu of the whole layer becomes max(x, alpha x),
    - `replace`: it becomes the activation `activation`, at its defaults, which
      must have a gradient everywhere,
    - `initialize`: no unit is judged, but weights of relu layers that are
      `act.init` ops get He's scale, times sqrt(2 / (fan_in variance)), and
      biases 0; where layers are so narrow that the network is constant with a
      probability above 0.01, randomized asymmetric initialization.

    Bounds are not attained: units that the first three leave without a known
    input are lifted on, each time to fire on twice the share of their bounds, at
    last on all of them.

    The first three and `centre-inputs` need a constant bias with an element for
    each unit; `sign-flip` and `reinitialize` also constant weights. What others
    use too is copied. A remark of the category `act-fix-dead-relu` names each
    layer that was changed, from what to what, each that was not, with the
    reason, and units that `budget` left open. An option that the strategy does
    not read is an error.

    None of these adds one positive number to all biases: past the first layer
    that makes more units dead and not less. With He weights of width 512 and 256
    inputs the tenth layer has 12.5 % silent units with biases of 0, 14.4 % with
    0.1 and 22.5 % with 1.
  }];
  let options = [
    ListOption<"domains", "domain", "std::string",
               "Domain of an argument of the entry function: ARG:[lo,hi], or "
               "ARG:[lo,hi],[lo,hi],... with one interval per element">,
    Option<"budget", "budget", "uint64_t", /*default=*/"::act::kDefaultBudget",
           "Parts of the domain that may be bounded to settle one unit">,
    Option<"semantics", "semantics", "::act::Semantics",
           "::act::Semantics::Ieee",
           "Which program is judged: as executed, or over the reals",
           [{::llvm::cl::values(
             clEnumValN(::act::Semantics::Ieee, "ieee", "with rounding, any order of summation"),
             clEnumValN(::act::Semantics::Real, "real", "over the reals"))}]>,
    Option<"strategy", "strategy", "::act::DeadReluFix",
           "::act::DeadReluFix::BiasLift", "What to change",
           [{::llvm::cl::values(
             clEnumValN(::act::DeadReluFix::BiasLift, "bias-lift", "lift the bias as little as lets the unit fire"),
             clEnumValN(::act::DeadReluFix::Recentre, "recentre", "centre the bounds of the unit"),
             clEnumValN(::act::DeadReluFix::SignFlip, "sign-flip", "negate weights and bias, then centre"),
             clEnumValN(::act::DeadReluFix::CentreInputs, "centre-inputs", "subtract the mean of the inputs in the biases"),
             clEnumValN(::act::DeadReluFix::Reinitialize, "reinitialize", "draw the weights anew, and weigh the output with 0"),
             clEnumValN(::act::DeadReluFix::Leaky, "leaky", "let a part of what is negative pass"),
             clEnumValN(::act::DeadReluFix::Replace, "replace", "put another activation in the place of the relu"),
             clEnumValN(::act::DeadReluFix::Initialize, "initialize", "change the laws of weights that are not drawn"))}]>,
    Option<"tau", "tau", "double", /*default=*/"0.1",
           "Share of its bounds on which a lifted unit fires">,
    Option<"probability", "probability", "double", /*default=*/"0.5",
           "With which a recentred unit fires on normal inputs">,
    Option<"alpha", "alpha", "double", /*default=*/"0.01",
           "Slope of a leaky relu below 0">,
    Option<"activation", "activation", "std::string", /*default=*/"",
           "Name of the activation that replaces a relu">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0",
           "From which weights are drawn">,
  ];
}

#endif // ACT_TRANSFORMS_PASSES
