// Layers in functions and loops are judged on each value that they are executed
// on; a verdict holds for all of them.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// Behind the call x + (-x) - 0.1 is negative, which intervals do not see.
func.func private @negated(%x: tensor<2xf32>) -> tensor<2xf32> {
  %n = arith.negf %x : tensor<2xf32>
  return %n : tensor<2xf32>
}
// CHECK-DAG: read_through.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 2 dead
func.func @read_through(%x: tensor<2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<2xf32> {
  %b = arith.constant dense<-0.1> : tensor<2xf32>
  %n = call @negated(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %s = arith.addf %x, %n : tensor<2xf32>
  %z = arith.addf %s, %b : tensor<2xf32>
  %r = act.relu %z : tensor<2xf32>
  return %r : tensor<2xf32>
}

// Unit 0 is dead in both calls, unit 1 in the first only, unit 2 is active in
// both.
// CHECK-DAG: twice.layer1 relu |xxxxxxxx========++++++++| 1 dead, 1 stably active, 1 alive
func.func private @twice(%x: tensor<3xf32>) -> tensor<3xf32> {
  %r = act.relu %x : tensor<3xf32>
  return %r : tensor<3xf32>
}
func.func @calls_twice(%x: tensor<3xf32> {act.domain = #act.box<[-2.0, -2.0, 1.0], [-1.0, -1.0, 2.0]>},
                       %y: tensor<3xf32> {act.domain = #act.box<[-3.0, 1.0, 3.0], [-2.0, 2.0, 4.0]>}) -> (tensor<3xf32>, tensor<3xf32>) {
  %p = call @twice(%x) : (tensor<3xf32>) -> tensor<3xf32>
  %q = call @twice(%y) : (tensor<3xf32>) -> tensor<3xf32>
  return %p, %q : tensor<3xf32>, tensor<3xf32>
}

// Anyone may call a public function with anything: it is unknown there,
// whatever its call says.
// CHECK-DAG: public.layer1 relu |{{.*}}| 1 mixed
func.func @public(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %r = act.relu %x : tensor<1xf32>
  return %r : tensor<1xf32>
}
// CHECK-DAG: calls_public.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @calls_public(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-0.1> : tensor<1xf32>
  %p = call @public(%x) : (tensor<1xf32>) -> tensor<1xf32>
  %z = arith.addf %p, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// What calls itself stays a call, of which nothing is known: its layer runs on
// 1.5, -0.5, -2.5 ... Only the call from outside surely fires.
// CHECK-DAG: recursive.layer1 relu |++++++++++++++++++++++++| 1 alive
func.func private @recursive(%x: tensor<1xf32>, %again: i1) -> tensor<1xf32> {
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %r = act.relu %x : tensor<1xf32>
  %y = scf.if %again -> tensor<1xf32> {
    %less = arith.subf %x, %two : tensor<1xf32>
    %inner = func.call @recursive(%less, %again) : (tensor<1xf32>, i1) -> tensor<1xf32>
    scf.yield %inner : tensor<1xf32>
  } else {
    scf.yield %r : tensor<1xf32>
  }
  return %y : tensor<1xf32>
}
func.func @calls_recursive(%x: tensor<1xf32> {act.domain = #act.box<[1.0], [1.5]>}, %again: i1) -> tensor<1xf32> {
  %r = call @recursive(%x, %again) : (tensor<1xf32>, i1) -> tensor<1xf32>
  return %r : tensor<1xf32>
}

// Of what a function elsewhere returns nothing is known.
func.func private @elsewhere(tensor<1xf32>) -> tensor<1xf32>
// CHECK-DAG: unknown_callee.layer1 relu |........................| 1 unknown
func.func @unknown_callee(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %y = call @elsewhere(%x) : (tensor<1xf32>) -> tensor<1xf32>
  %r = act.relu %y : tensor<1xf32>
  return %r : tensor<1xf32>
}

// A recurrent cell, the same weights in every step: h' = relu(h - x_t) with
// h = 0 and x_0 = x_1 = x in [0.5, 1]. Unit 0 never fires; unit 1 has the sign
// of x turned, and always does.
// CHECK-DAG: recurrent.layer1 relu |xxxxxxxxxxxx============| 1 dead, 1 stably active
// Behind it relu(h_1 - 2.5) is dead, as h_1 <= 2.
// CHECK-DAG: recurrent.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 2 dead
func.func @recurrent(%x: tensor<2x2xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x2xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %u = arith.constant dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %w = arith.constant dense<[[-1.0, 0.5], [0.0, 0.5]]> : tensor<2x2xf32>
  %b = arith.constant dense<-2.5> : tensor<1x2xf32>
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %last = scf.for %t = %c0 to %c2 step %c1 iter_args(%h = %zero) -> tensor<1x2xf32> {
    %row = tensor.extract_slice %x[%t, 0] [1, 2] [1, 1] : tensor<2x2xf32> to tensor<1x2xf32>
    %old = linalg.matmul ins(%h, %u : tensor<1x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
    %z = linalg.matmul ins(%row, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%old : tensor<1x2xf32>) -> tensor<1x2xf32>
    %next = act.relu %z : tensor<1x2xf32>
    scf.yield %next : tensor<1x2xf32>
  }
  %z = arith.addf %last, %b : tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// An even number of turns is none, which intervals do not see.
// CHECK-DAG: unrolled.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @unrolled(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %b = arith.constant dense<-0.1> : tensor<1xf32>
  %same = scf.for %i = %c0 to %c4 step %c1 iter_args(%v = %x) -> tensor<1xf32> {
    %n = func.call @negate_one(%v) : (tensor<1xf32>) -> tensor<1xf32>
    scf.yield %n : tensor<1xf32>
  }
  %d = arith.subf %same, %x : tensor<1xf32>
  %z = arith.addf %d, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}
func.func private @negate_one(%x: tensor<1xf32>) -> tensor<1xf32> {
  %n = arith.negf %x : tensor<1xf32>
  return %n : tensor<1xf32>
}

// From the second step on it is constant: relu(-relu(x)) is 0. One step that
// fires is enough for the unit; it is silent where none does.
// CHECK-DAG: constant_steps.layer1 relu |++++++++++++++++++++++++| 1 mixed
func.func @constant_steps(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %last = scf.for %i = %c0 to %c3 step %c1 iter_args(%v = %x) -> tensor<1xf32> {
    %n = arith.negf %v : tensor<1xf32>
    %r = act.relu %n : tensor<1xf32>
    scf.yield %r : tensor<1xf32>
  }
  return %last : tensor<1xf32>
}

// A function of several blocks stays a call. Anyone may call it with its
// domain, and what the program calls it with comes to that: it returns -6 to 6.
// Its own unit fires for 2 < x < 4 alone, which no call passes; that it is dead
// is not seen, but no such point counts as a witness.
// CHECK-DAG: blocks.layer1 relu |........................| 1 unknown
func.func @blocks(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}, %c: i1) -> (tensor<1xf32>, tensor<1xf32>) {
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %four = arith.constant dense<4.0> : tensor<1xf32>
  %above = arith.subf %x, %two : tensor<1xf32>
  %below = arith.subf %four, %x : tensor<1xf32>
  %z = arith.minimumf %above, %below : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  cf.cond_br %c, ^a, ^b
^a:
  return %x, %r : tensor<1xf32>, tensor<1xf32>
^b:
  %n = arith.negf %x : tensor<1xf32>
  return %n, %r : tensor<1xf32>, tensor<1xf32>
}
// CHECK-DAG: calls_blocks.layer1 relu |........................| 1 unknown
func.func @calls_blocks(%x: tensor<1xf32> {act.domain = #act.box<[5.0], [6.0]>}) -> tensor<1xf32> {
  %true = arith.constant true
  %k = arith.constant dense<-2.0> : tensor<1xf32>
  %y, %r0 = call @blocks(%x, %true) : (tensor<1xf32>, i1) -> (tensor<1xf32>, tensor<1xf32>)
  %z = arith.addf %y, %k : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Nor does the domain's set hold of what is passed: of a simplex the sum is 1,
// and of [0.9, 0.9] more.
// CHECK-DAG: simplex_blocks.layer1 relu |........................| 1 unknown
func.func @simplex_blocks(%x: tensor<1x2xf32> {act.domain = #act.simplex}, %c: i1) -> tensor<1x1xf32> {
  %w = arith.constant dense<1.0> : tensor<2x1xf32>
  %b = arith.constant dense<-1.5> : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  cf.cond_br %c, ^a, ^b
^a:
  return %r : tensor<1x1xf32>
^b:
  return %z : tensor<1x1xf32>
}
func.func @calls_simplex(%c: i1) -> tensor<1x1xf32> {
  %x = arith.constant dense<0.9> : tensor<1x2xf32>
  %y = call @simplex_blocks(%x, %c) : (tensor<1x2xf32>, i1) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}
