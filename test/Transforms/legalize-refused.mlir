// RUN: act-opt %s --act-legalize --split-input-file --verify-diagnostics

// No instruction rounds so, and no call is made for it.

func.func @upward(%x: f32) -> f16 {
  // expected-error @below {{expected rounding to the nearest number, ties to the even one, got 'upward'}}
  %y = arith.truncf %x upward : f32 to f16
  return %y : f16
}

// -----

func.func @away(%x: vector<8xf64>) -> vector<8xf32> {
  // expected-error @below {{got 'to_nearest_away'}}
  %y = arith.truncf %x to_nearest_away : vector<8xf64> to vector<8xf32>
  return %y : vector<8xf32>
}

// -----

// These are integer arithmetic.
func.func @brain(%x: f32, %z: f32) -> (bf16, bf16) {
  %y = arith.truncf %x to_nearest_away : f32 to bf16
  %w = arith.truncf %z to_nearest_even : f32 to bf16
  return %y, %w : bf16, bf16
}
