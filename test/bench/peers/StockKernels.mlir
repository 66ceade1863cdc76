// The functions as a user of MLIR writes them, on scalars; StockMlir.cmake adds
// a loop over arrays for each that takes %x and, where it has a second input,
// %z.

func.func private @relu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %y = arith.maximumf %x, %zero : f32
  return %y : f32
}

func.func private @leaky_relu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %slope = arith.constant 0.01 : f32
  %scaled = arith.mulf %x, %slope : f32
  %positive = arith.cmpf ogt, %x, %zero : f32
  %y = arith.select %positive, %x, %scaled : f32
  return %y : f32
}

func.func private @clamp(%x: f32) -> f32 {
  %lowest = arith.constant -1.0 : f32
  %highest = arith.constant 1.0 : f32
  %low = arith.maximumf %x, %lowest : f32
  %y = arith.minimumf %low, %highest : f32
  return %y : f32
}

func.func private @hard_swish(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %three = arith.constant 3.0 : f32
  %six = arith.constant 6.0 : f32
  %sixth = arith.constant 0.16666667 : f32
  %moved = arith.addf %x, %three : f32
  %low = arith.maximumf %moved, %zero : f32
  %gate = arith.minimumf %low, %six : f32
  %product = arith.mulf %x, %gate : f32
  %y = arith.mulf %product, %sixth : f32
  return %y : f32
}

func.func private @exp(%x: f32) -> f32 {
  %y = math.exp %x : f32
  return %y : f32
}

func.func private @tanh(%x: f32) -> f32 {
  %y = math.tanh %x : f32
  return %y : f32
}

func.func private @sigmoid(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %negative = arith.negf %x : f32
  %e = math.exp %negative : f32
  %sum = arith.addf %e, %one : f32
  %y = arith.divf %one, %sum : f32
  return %y : f32
}

func.func private @elu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %e = math.expm1 %x : f32
  %positive = arith.cmpf ogt, %x, %zero : f32
  %y = arith.select %positive, %x, %e : f32
  return %y : f32
}

func.func private @celu(%x: f32) -> f32 {
  %y = func.call @elu(%x) : (f32) -> f32
  return %y : f32
}

func.func private @selu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %scale = arith.constant 1.05070099 : f32
  %alpha = arith.constant 1.75809934 : f32
  %e = math.expm1 %x : f32
  %left = arith.mulf %e, %alpha : f32
  %right = arith.mulf %x, %scale : f32
  %positive = arith.cmpf ogt, %x, %zero : f32
  %y = arith.select %positive, %right, %left : f32
  return %y : f32
}

func.func private @silu(%x: f32) -> f32 {
  %s = func.call @sigmoid(%x) : (f32) -> f32
  %y = arith.mulf %x, %s : f32
  return %y : f32
}

func.func private @gelu(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %root = arith.constant 0.707106781 : f32
  %scaled = arith.mulf %x, %root : f32
  %e = math.erf %scaled : f32
  %sum = arith.addf %e, %one : f32
  %halved = arith.mulf %x, %half : f32
  %y = arith.mulf %halved, %sum : f32
  return %y : f32
}

func.func private @gelu_tanh(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %root = arith.constant 0.797884561 : f32
  %cubic = arith.constant 0.044715 : f32
  %square = arith.mulf %x, %x : f32
  %cube = arith.mulf %square, %x : f32
  %small = arith.mulf %cube, %cubic : f32
  %inner = arith.addf %x, %small : f32
  %scaled = arith.mulf %inner, %root : f32
  %t = math.tanh %scaled : f32
  %sum = arith.addf %t, %one : f32
  %halved = arith.mulf %x, %half : f32
  %y = arith.mulf %halved, %sum : f32
  return %y : f32
}

func.func private @softplus(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %magnitude = math.absf %x : f32
  %negative = arith.negf %magnitude : f32
  %e = math.exp %negative : f32
  %l = math.log1p %e : f32
  %positive = arith.maximumf %x, %zero : f32
  %y = arith.addf %positive, %l : f32
  return %y : f32
}

func.func private @log_sigmoid(%x: f32) -> f32 {
  %negative = arith.negf %x : f32
  %s = func.call @softplus(%negative) : (f32) -> f32
  %y = arith.negf %s : f32
  return %y : f32
}

func.func private @mish(%x: f32) -> f32 {
  %s = func.call @softplus(%x) : (f32) -> f32
  %t = math.tanh %s : f32
  %y = arith.mulf %x, %t : f32
  return %y : f32
}

func.func private @silu_gelu(%x: f32) -> f32 {
  %s = func.call @silu(%x) : (f32) -> f32
  %y = func.call @gelu(%s) : (f32) -> f32
  return %y : f32
}

func.func private @bias_gelu(%x: f32, %z: f32) -> f32 {
  %s = arith.addf %x, %z : f32
  %y = func.call @gelu(%s) : (f32) -> f32
  return %y : f32
}

func.func private @swiglu(%x: f32, %z: f32) -> f32 {
  %s = func.call @silu(%z) : (f32) -> f32
  %y = arith.mulf %x, %s : f32
  return %y : f32
}
