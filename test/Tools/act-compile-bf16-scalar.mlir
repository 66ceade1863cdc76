// RUN: act-compile %s --emit=asm --mcpu=x86-64 -o - | FileCheck %s
// RUN: act-compile %s --emit=asm --mcpu=x86-64-v3 -o - | FileCheck %s

// The choice between two long expressions becomes a branch, for which LLVM
// freezes what it compares: not a bf16, by a call of the run-time library.

// CHECK-NOT: __trunc
// CHECK: {{^}}act_compile_bf16_scalar:
// CHECK-NOT: __trunc
func.func @main(%x: tensor<bf16>) -> tensor<bf16> {
  %0 = act.squareplus %x : tensor<bf16>
  return %0 : tensor<bf16>
}
