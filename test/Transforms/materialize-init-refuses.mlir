// What cannot be drawn is an error that says what to do.

// RUN: act-opt %s --act-materialize-init --split-input-file --verify-diagnostics
// RUN: not act-opt %s --act-materialize-init=seed=many 2>&1 | FileCheck %s --check-prefix=OPTION
// RUN: not act-opt %s --act-to-llvm 2>&1 | FileCheck %s --check-prefix=ROAD
// OPTION: error: expected a 64-bit integer as the option seed, got 'many'
// ROAD: error: 'act.init' op expected the attribute 'seed' or the option seed

func.func @seedless() -> tensor<8x4xf32> {
  // expected-error @+1 {{'act.init' op expected the attribute 'seed' or the option seed}}
  %w = act.init kaiming_normal : tensor<8x4xf32>
  return %w : tensor<8x4xf32>
}

// -----

func.func @too_large() -> tensor<8xf16> {
  // expected-error @+1 {{'act.init' op expected weights that 'f16' holds, got 1.000000e+06; use a wider type or other parameters}}
  %w = act.init constant {value = 1.0e6} : tensor<8xf16>
  return %w : tensor<8xf16>
}

// -----

func.func @no_law() -> tensor<8xf32> {
  // expected-error @+1 {{'act.init' op expected weights that 'f32' holds, got nan; use a wider type or other parameters}}
  %w = act.init truncated_normal {mean = 0x7FF8000000000000 : f64, lower = -1.0, upper = 1.0, seed = 1} : tensor<8xf32>
  return %w : tensor<8xf32>
}

// -----

func.func @unbounded_uniform() -> tensor<8xf32> {
  // expected-error @+1 {{'act.init' op expected weights that 'f32' holds, got}}
  %w = act.init uniform {lower = 0.0, upper = 0x7FF0000000000000 : f64, seed = 1} : tensor<8xf32>
  return %w : tensor<8xf32>
}
