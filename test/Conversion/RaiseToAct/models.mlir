// REQUIRES: shared-models
// RUN: act-opt --raise-to-act %models/initial_relu34.linalg.mlir | grep -o 'act\.[a-z_0-9]*' | sort | uniq -c | FileCheck %s --check-prefix=DEEP
// RUN: act-opt --raise-to-act %models/acasxu_1_1.linalg.mlir | grep -c 'act\.relu' | FileCheck %s --check-prefix=ACAS
// RUN: act-opt --raise-to-act %models/acasxu_3_3.tosa.mlir | grep -c 'act\.relu' | FileCheck %s --check-prefix=ACAS
// RUN: act-opt --raise-to-act %models/cartpole.tosa.mlir | grep -c 'act\.relu' | FileCheck %s --check-prefix=TWO
// RUN: act-opt --raise-to-act %models/mnist_256x2.linalg.mlir | grep -c 'act\.relu' | FileCheck %s --check-prefix=TWO

// DEEP: 34 act.relu
// DEEP-NEXT: 1 act.softmax
// ACAS: 6
// TWO: 2
