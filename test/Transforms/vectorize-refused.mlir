// RUN: act-opt %s --act-vectorize --remarks-filter=act-vectorize --remark-format=emitRemark --remark-policy=all --split-input-file 2>&1 | FileCheck %s
// RUN: %exit-code 1 act-opt %s --act-vectorize="unroll=0" 2>&1 | FileCheck %s --check-prefix=UNROLL
// RUN: %exit-code 1 act-opt %s --act-vectorize="vector-bits=0" 2>&1 | FileCheck %s --check-prefix=BITS

// UNROLL: error: expected unroll of at least 1 and vector-bits of at least 8, got 0 and 512
// BITS: error: expected unroll of at least 1 and vector-bits of at least 8, got 4 and 0

// CHECK: remark: {{.*}}expected the innermost result dimension to be parallel
// CHECK-LABEL: @rowsum
// CHECK:         linalg.generic
