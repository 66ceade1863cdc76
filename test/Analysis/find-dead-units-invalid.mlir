// RUN: split-file %s %t
// RUN: act-opt %t/constant.mlir --act-find-dead-units='domain=0:[-2,-1]' --verify-diagnostics
// RUN: act-opt %t/constant.mlir --act-find-dead-units='domain=0:[-2,-1],[-3,-1]' --verify-diagnostics
// RUN: not act-opt %t/plain.mlir --act-find-dead-units='domain=x' 2>&1 | FileCheck %s --check-prefix=SYNTAX
// RUN: not act-opt %t/plain.mlir --act-find-dead-units='domain=3:[0,1]' 2>&1 | FileCheck %s --check-prefix=ARGUMENT

// SYNTAX: error: expected a domain as '0:[-1,1]' or '0:[lo,hi],[lo,hi],...', or an attribute as '0:#act.simplex', got 'x'
// ARGUMENT: plain.mlir:1:1: error: expected the domain of an argument below 1, got argument 3

//--- constant.mlir
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  // expected-error @below {{DR001: all 2 units are dead}}
  // expected-note @below {{initialize this layer}}
  // expected-error @below {{DR002: units 0, 1 of 2 are dead}}
  // expected-note @below {{raise the pre-activation of unit 0, as by a bias: by}}
  // expected-note @below {{raise the pre-activation of unit 1, as by a bias: by}}
  // expected-remark @below {{DR012}}
  // expected-note @below {{because a dead unit passes no gradient}}
  %r = act.relu %x : tensor<2xf32>
  return %r : tensor<2xf32>
}

//--- plain.mlir
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %r = act.relu %x : tensor<2xf32>
  return %r : tensor<2xf32>
}
