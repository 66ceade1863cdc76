// Every unit that is not proved, with what is known of it, on request.

// RUN: act-lint %s --domain='0:[-1,1]' --units --fail-on=never | FileCheck %s --check-prefix=TEXT
// RUN: act-lint %s --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=SHORT
// RUN: act-lint %s --domain='0:[-1,1]' --units --format=json --fail-on=never | FileCheck %s --check-prefix=JSON
// RUN: act-lint %s --domain='0:[-1,1]' --format=html --fail-on=never -o %t.html
// RUN: %python %S/check_html.py %t.html
// RUN: FileCheck %s --check-prefix=HTML < %t.html

// Without a domain nobody knows how far a unit goes.
// RUN: act-lint %s --units --fail-on=never | FileCheck %s --check-prefix=UNKNOWN

func.func @main(%x: tensor<1x2xf32>) -> tensor<1x3xf32> {
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [-1.0, 1.0, 1.0]]> : tensor<2x3xf32>
  %b = arith.constant dense<[[0.0, -3.0, 0.5]]> : tensor<1x3xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %r = act.relu %m : tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

// TEXT: main.layer1 relu {{.*}} 1 dead, 2 mixed
// TEXT-NEXT: unit 0 mixed, pre-activation in [-2, 2]; reached -2 and 2
// TEXT-NEXT: unit 2 mixed, pre-activation in [-1.5, 2.5]; reached -1.5 and 2.5
// TEXT-NOT: unit 1 dead, pre-activation
// SHORT-NOT: reached
// JSON: "bounds": [
// JSON-NEXT: [
// JSON-NEXT: -2{{.*}},
// HTML: <summary>main.layer1: 2 units not proved</summary>
// HTML: <tr><td>0</td><td>mixed</td><td>[-2, 2]; reached -2 and 2</td></tr>
// UNKNOWN: unit 1 unknown, pre-activation in [-inf, inf]; reached -5 and -1
