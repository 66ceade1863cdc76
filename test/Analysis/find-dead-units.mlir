// The analysis as a pass: diagnostics at the op of the layer.

// RUN: act-opt %s --act-find-dead-units='domain=0:[-1,1]' --verify-diagnostics
// RUN: act-opt %s --act-find-dead-units='domain=0:[-1,1] semantics=real' --verify-diagnostics

// The same as remarks, of the kind that is asked for: what could be done without
// loss is missed, the rest is analysis.
// RUN: act-opt %s --act-find-dead-units='domain=0:[-1,1]' --remarks-filter=act-find-dead-units --remark-format=yaml --remarks-output-file=%t.yaml -o /dev/null 2>/dev/null
// RUN: FileCheck %s --check-prefix=YAML < %t.yaml
// YAML: --- !Missed
// YAML: Pass: act-find-dead-units
// YAML: Name: DR002
// YAML: Function: main
// YAML: Remark: {{.*}}unit 1 of 4 is dead
// YAML: Level: warning
// YAML: --- !Analysis
// YAML: Name: DR012
// RUN: act-opt %s --act-find-dead-units='domain=0:[-1,1]' --remarks-filter-analyse=act-find-dead-units --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=ANALYSIS
// ANALYSIS-NOT: [Missed]
// ANALYSIS: remark: [Analysis] DR012 | Category:act-find-dead-units | Function=main | {{.*}}Remark="unit 1 of 4 is dead for good:
// ANALYSIS-NOT: [Missed]

func.func @main(%x: tensor<1x2xf32>) -> tensor<1x4xf32> {
  %w = arith.constant dense<[[1.0, 1.0, 0.5, 1.0], [-1.0, 1.0, 0.5, 1.0]]> : tensor<2x4xf32>
  %b = arith.constant dense<[[0.0, -3.0, 4.0, 0.5]]> : tensor<1x4xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x4xf32>) outs(%b : tensor<1x4xf32>) -> tensor<1x4xf32>
  // expected-warning @below {{DR002: unit 1 of 4 is dead: its output is 0 for every input of the domain and no gradient passes (25.0 %)}}
  // expected-note @below {{raise the pre-activation of unit 1, as by a bias: by}}
  // expected-note @below {{to train on, draw the weights of the dead units anew}}
  // expected-note @below {{remove the dead units for inference}}
  // expected-remark @below {{DR012: unit 1 of 4 is dead for good: training does not revive it}}
  // expected-note @below {{because a dead unit passes no gradient}}
  // expected-remark @below {{DR006: unit 2 of 4 is stably active}}
  // expected-note @below {{fold the activation away}}
  %r = act.relu %m : tensor<1x4xf32>
  // Of a result units would be offered to be neither redrawn nor removed.
  %y = arith.negf %r : tensor<1x4xf32>
  return %y : tensor<1x4xf32>
}
