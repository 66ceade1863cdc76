// Findings that the program marks with a reason: at the op, around it, and
// what happens to marks that match nothing.

// RUN: act-opt %s --split-input-file --act-find-dead-units --verify-diagnostics --allow-unregistered-dialect -o /dev/null

// At the op of the layer. The note on permanence is about the same units, but
// has a code of its own.
func.func @at_the_op(%x: tensor<2xf32> {act.domain = #act.box<[-2.0, 1.0], [-1.0, 2.0]>}) -> tensor<2xf32> {
  // expected-remark @+2 {{DR006: unit 1 of 2 is stably active}}
  // expected-note @+1 {{fold the activation away}}
  %r = act.relu %x {act.suppress = {DR002 = "half is enough", DR012 = "see above"}} : tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

// On the function and the module; an error that is suppressed does not fail
// the pass.
module attributes {act.suppress = {DR001 = "constant on purpose"}} {
  func.func @around(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32>
      attributes {act.suppress = {DR002 = "a test of the others", DR012 = "the same"}} {
    %r = act.relu %x : tensor<1xf32>
    return %r : tensor<1xf32>
  }
}

// -----

// The innermost entry counts, so that the outer one is unused.
// expected-warning @+2 {{DR013: unused suppression: DR011 is not found here or inside}}
// expected-note @+1 {{remove DR011 from 'act.suppress'}}
module attributes {act.suppress = {DR011 = "outside"}} {
  func.func @innermost(%x: tensor<1xf32>) -> tensor<1xf32>
      attributes {act.suppress = {DR011 = "inside"}} {
    %r = act.relu %x : tensor<1xf32>
    return %r : tensor<1xf32>
  }
}

// -----

// An unused entry may be suppressed as well, but not by itself.
// expected-warning @+2 {{DR013: unused suppression: DR013 is not found here or inside}}
// expected-note @+1 {{remove DR013 from 'act.suppress'}}
module attributes {act.suppress = {DR013 = "nothing is unused"}} {
  func.func @unused(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32>
      attributes {act.suppress = {DR007 = "for later", DR013 = "kept for later"}} {
    %r = act.relu %x : tensor<1xf32>
    return %r : tensor<1xf32>
  }
}

// -----

// expected-error @+1 {{expected a code from DR001 to DR017 in 'act.suppress', got 'DR099'}}
func.func @no_such_code(%x: tensor<1xf32>) -> tensor<1xf32> attributes {act.suppress = {DR099 = "typo"}} {
  %r = act.relu %x : tensor<1xf32>
  return %r : tensor<1xf32>
}
