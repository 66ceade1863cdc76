// How a user of MLIR vectorizes: four registers of AVX-512 a step, the rest in a
// scalar loop, which the benchmark's sizes leave empty.

module attributes {transform.with_named_sequence} {
  transform.named_sequence @tile(%module: !transform.any_op) {
    %ops = transform.structured.match ops{["linalg.generic"]} in %module
      : (!transform.any_op) -> !transform.any_op
    transform.structured.tile_using_for %ops tile_sizes [64]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }

  transform.named_sequence @vectorize(%module: !transform.any_op) {
    %functions = transform.structured.match ops{["func.func"]} in %module
      : (!transform.any_op) -> !transform.any_op
    transform.structured.vectorize_children_and_apply_patterns %functions
      : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
