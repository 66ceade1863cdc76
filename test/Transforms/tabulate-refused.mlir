// RUN: act-opt %s --act-tabulate --split-input-file --verify-diagnostics -o /dev/null

func.func @sum(%x: vector<4xf8E4M3FN>) -> vector<4xf8E4M3FN> {
  %y = act.relu %x : vector<4xf8E4M3FN>
  // expected-error @below {{expected activations of one variable as all that computes on 8-bit floats, got 'arith.addf'; compute in f16 or wider}}
  %z = arith.addf %y, %y : vector<4xf8E4M3FN>
  return %z : vector<4xf8E4M3FN>
}

// -----

func.func @cast(%x: f8E5M2) -> f32 {
  %r = act.relu %x : f8E5M2
  // expected-error @below {{got 'arith.extf'}}
  %y = arith.extf %r : f8E5M2 to f32
  return %y : f32
}

// -----

// What only moves them is no arithmetic.

func.func @moves(%c: i1, %x: f8E5M2, %y: f8E5M2) -> f8E5M2 {
  %z = arith.select %c, %x, %y : f8E5M2
  return %z : f8E5M2
}
