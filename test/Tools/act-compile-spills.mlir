// RUN: act-compile %s --mcpu=x86-64-v3 --emit=asm -o - | FileCheck %s --check-prefix=V3 --implicit-check-not="vmovups %ymm{{[0-9]+}}, {{[0-9]*}}(%rsp)"
// RUN: act-compile %s --mcpu=x86-64 --emit=asm -o - | FileCheck %s --check-prefix=V1

// Sixteen registers hold no four sigmoids at once: what is spilled lies in no
// two cache lines. Those of 128 bits are aligned by themselves.

// V3: andq $-32, %rsp
// V3: vmovaps %ymm{{[0-9]+}}, {{[0-9]*}}(%rsp)
// V1-NOT: andq ${{.*}}, %rsp
// V1: retq
func.func @main(%x: tensor<4096xf32>) -> tensor<4096xf32> {
  %y = act.sigmoid %x : tensor<4096xf32>
  return %y : tensor<4096xf32>
}
