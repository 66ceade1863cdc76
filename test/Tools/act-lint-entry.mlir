// Of several functions one is judged, with what it calls; domains and samples
// are those of its arguments.

// RUN: act-lint %s --entry=high --domain='0:[1,2]' --fail-on=never | FileCheck %s --check-prefix=HIGH
// RUN: act-lint %s --entry=low --domain='0:[1,2]' --fail-on=never | FileCheck %s --check-prefix=LOW
// RUN: act-lint %s --fail-on=never | FileCheck %s --check-prefix=ALL

// HIGH: 1 layer, 2 units
// HIGH: high.layer1 relu |========================| 2 stably active
// HIGH-NOT: DR011
// HIGH-NOT: low.layer1

// The helper gets no other values than those of the entry.
// LOW: 2 layers, 4 units
// LOW: low.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 2 dead
// LOW: helper.layer1 relu
// LOW-SAME: 2 dead
// LOW-NOT: high.layer1

// ALL: 3 layers, 6 units
// ALL: DR011 at {{.*}}
// ALL-NEXT: argument 0 of 'high' has no domain
// ALL: argument 0 of 'low' has no domain
// ALL: argument 0 of 'helper' has no domain

func.func @high(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = act.relu %x : tensor<2xf32>
  return %y : tensor<2xf32>
}

func.func @low(%x: tensor<2xf32>) -> tensor<2xf32> {
  %z = arith.negf %x : tensor<2xf32>
  %y = act.relu %z : tensor<2xf32>
  %h = func.call @helper(%z) : (tensor<2xf32>) -> tensor<2xf32>
  return %h : tensor<2xf32>
}

func.func @helper(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = act.relu %x : tensor<2xf32>
  return %y : tensor<2xf32>
}
