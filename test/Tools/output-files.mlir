// A link stays one, a pipe is written to, and a device is not replaced.

// RUN: rm -rf %t.dir && mkdir %t.dir && touch %t.dir/behind.o
// RUN: ln -s behind.o %t.dir/link.o
// RUN: act-compile %s --emit=asm -o %t.dir/link.o
// RUN: test -L %t.dir/link.o && FileCheck %s < %t.dir/behind.o
// RUN: mkfifo %t.dir/pipe
// RUN: sh -c 'act-compile %s --emit=asm -o %t.dir/pipe & FileCheck %s < %t.dir/pipe; wait $!'
// RUN: test -p %t.dir/pipe
// RUN: %exit-code 2 act-compile %s --emit=asm -o /dev/full 2>&1 | FileCheck %s --check-prefix=FULL
// RUN: test -c /dev/full
// RUN: sh -c 'act-compile %s --emit=asm -o - 2>&1 >/dev/full; test $? -eq 2' | FileCheck %s --check-prefix=FULL

// One file for two outputs, however it is spelt.
// RUN: %exit-code 2 act-compile %s -o %t.dir/one.o --header=%t.dir/./one.o 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: not test -e %t.dir/one.o
// TWICE: error: {{.*}}one.o: expected a file of its own for each output, got this one twice

// CHECK: half:
// FULL: error: {{.*}}No space left on device
func.func @half(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = act.relu %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}
