// RUN: act-compile %s --emit=asm --mcpu=x86-64-v3 -o - | FileCheck %s
// RUN: act-compile %s --emit=asm --mcpu=x86-64-v4 -o - | FileCheck %s
// RUN: act-compile %s --emit=asm --mcpu=x86-64 -o - | FileCheck %s

// On no processor does bf16 call the compiler's run-time library, or libm.

// CHECK-NOT: __trunc
// CHECK-NOT: __extend
// CHECK: {{^}}act_compile_bf16:
// CHECK-NOT: __trunc
// CHECK-NOT: __extend
// CHECK-NOT: {{erf|exp}}
func.func @main(%x: tensor<?xbf16>) -> tensor<?xbf16> {
  %0 = act.gelu %x : tensor<?xbf16>
  return %0 : tensor<?xbf16>
}
