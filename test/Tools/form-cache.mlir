// Forms of the catalogue cost no search; those of other functions are searched
// for once and kept, and a file that is damaged is not believed.

// REQUIRES: catalogue, x86-64-v3-host

// RUN: rm -rf %t && mkdir -p %t
// RUN: act-npy make %t/x.npy f32 5 --values=-3,-0.5,0,1,4
// RUN: act-run %s --entry=catalogued --mcpu=x86-64-v3 --cache=%t/none \
// RUN:   --input=%t/x.npy --output=%t/y.npy
// RUN: not ls %t/none

// RUN: act-run %s --entry=chain --mcpu=x86-64-v3 --cache=%t/forms \
// RUN:   --input=%t/x.npy --output=%t/y.npy
// RUN: act-npy print %t/y.npy > %t/first
// RUN: ls %t/forms | FileCheck %s --check-prefix=FILES
// FILES: f32-ulp=2-avx2

// A form that was kept is used: this one says that the function has none, but
// its check is wrong.
// RUN: %python -c "import glob, sys; [open(p, 'w').write('x none 0') for p in glob.glob(sys.argv[1])]" "%t/forms/*"
// RUN: act-run %s --entry=chain --mcpu=x86-64-v3 --cache=%t/forms \
// RUN:   --input=%t/x.npy --output=%t/y.npy
// RUN: act-npy print %t/y.npy | diff %t/first -
// RUN: not grep none %t/forms/*

// Nor is the answer to another function that happens to have the file's name.
// RUN: act-run %s --entry=other --mcpu=x86-64-v3 --cache=%t/others \
// RUN:   --input=%t/x.npy --output=%t/y.npy
// RUN: %python -c "import glob, shutil, sys; [shutil.copy(glob.glob(sys.argv[2])[0], p) for p in glob.glob(sys.argv[1])]" "%t/forms/*" "%t/others/*"
// RUN: act-run %s --entry=chain --mcpu=x86-64-v3 --cache=%t/forms \
// RUN:   --input=%t/x.npy --output=%t/y.npy
// RUN: act-npy print %t/y.npy | diff %t/first -

// A folder that cannot be made only costs the search, and a warning.
// RUN: act-run %s --entry=chain --mcpu=x86-64-v3 --cache=%s/forms \
// RUN:   --input=%t/x.npy --output=%t/y.npy 2>&1 | FileCheck %s --check-prefix=UNKEPT
// UNKEPT: warning: --cache: expected a folder that can be written, got '{{.*}}form-cache.mlir/forms'; forms are not kept
// RUN: act-npy print %t/y.npy | diff %t/first -

func.func @catalogued(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = act.gelu %x : tensor<?xf32>
  %z = act.swiglu %y gate %x : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %z : tensor<?xf32>
}
func.func @chain(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = act.map %x : tensor<?xf32> {
  ^bb0(%a: f32):
    %b = act.sigmoid %a : f32
    %c = act.tanh %b : f32
    act.yield %c : f32
  }
  return %y : tensor<?xf32>
}
func.func @other(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = act.map %x : tensor<?xf32> {
  ^bb0(%a: f32):
    %b = act.tanh %a : f32
    %c = act.sigmoid %b : f32
    act.yield %c : f32
  }
  return %y : tensor<?xf32>
}
