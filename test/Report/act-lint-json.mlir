// The JSON report: one unit of each kind, and indices per verdict.

// RUN: act-lint %s --format=json --fail-on=never | FileCheck %s

func.func @main(%x: tensor<3xf32> {act.domain = #act.box<[-2.0, 1.0, 7.0], [-1.0, 5.0, inf]>}) -> tensor<3xf32> {
  %r = act.relu6 %x : tensor<3xf32>
  return %r : tensor<3xf32>
}

// CHECK:      {
// CHECK-NEXT:   "layers": [
// CHECK-NEXT:     {
// CHECK-NEXT:       "name": "main.layer1",
// CHECK-NEXT:       "op": "act.relu6",
// CHECK-NEXT:       "location": "{{.*}}act-lint-json.mlir:6:8",
// CHECK-NEXT:       "units": 3,
// CHECK-NEXT:       "dead": [
// CHECK-NEXT:         0
// CHECK-NEXT:       ],
// CHECK-NEXT:       "stably_active": [
// CHECK-NEXT:         1
// CHECK-NEXT:       ],
// CHECK-NEXT:       "saturated": [
// CHECK-NEXT:         2
// CHECK-NEXT:       ],
// CHECK-NEXT:       "alive": [],
// CHECK-NEXT:       "mixed": [],
// CHECK-NEXT:       "poisoned": [],
// CHECK-NEXT:       "unknown": []
// CHECK-NEXT:     }
// CHECK-NEXT:   ],
// CHECK-NEXT:   "findings": [
// CHECK-NEXT:     {
// CHECK-NEXT:       "code": "DR002",
// CHECK-NEXT:       "level": "warning",
// CHECK-NEXT:       "layer": "main.layer1",
// CHECK-NEXT:       "message": "unit 0 of 3 is dead: its output is 0 for every input of the domain and no gradient passes (33.3 %)",
// CHECK-NEXT:       "evidence": {
// CHECK-NEXT:         "method": "interval bounds of the program as executed in f32, any order of summation",
// CHECK-NEXT:         "units": [
// CHECK-NEXT:           0
// CHECK-NEXT:         ],
// CHECK-NEXT:         "bounds": [
// CHECK-NEXT:           [
// CHECK-NEXT:             -2,
// CHECK-NEXT:             -1
// CHECK-NEXT:           ]
// CHECK-NEXT:         ]
// CHECK-NEXT:       },
// CHECK-NEXT:       "fixes": [
// CHECK-NEXT:         {
// CHECK-NEXT:           "description": "raise the pre-activation of unit 0, as by a bias: by 1 or less it stays dead, by more than 1 it fires for an input that is known, by 1.5 its bounds are centred",
// CHECK-NEXT:           "safe": false
// CHECK-NEXT:         }
// CHECK-NEXT:       ]
// CHECK:            "code": "DR007"
// CHECK:            "bounds": [
// CHECK-NEXT:           [
// CHECK-NEXT:             7,
// CHECK-NEXT:             "inf"
// CHECK:            "code": "DR011"
// CHECK-NEXT:       "level": "warning",
// CHECK-NEXT:       "layer": null,
