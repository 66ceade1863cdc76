func.func @f(%x: f32) -> f32 {
  %c = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %r = arith.constant 0.70710678 : f32
  %u = arith.mulf %x, %r : f32
  %e = math.erf %u : f32
  %p = arith.addf %e, %one : f32
  %h = arith.mulf %x, %c : f32
  %y = arith.mulf %h, %p : f32
  return %y : f32
}
