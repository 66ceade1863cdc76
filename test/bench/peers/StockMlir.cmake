# The stock MLIR route: the functions of StockKernels.mlir, vectorized as in
# StockSchedule.mlir, with upstream's polynomials for the functions of math (which
# only a test pass of mlir-opt applies), compiled by clang as the plain loops are.

# Sets RESULT to the functions with a loop over arrays for each and each format.
function(_act_stock_module result)
  file(READ StockKernels.mlir text)
  string(REGEX MATCHALL "@[a-z_]+\\(%x: f32(, %z: f32)?\\)" functions "${text}")
  foreach(function IN LISTS functions)
    string(REGEX MATCH "[a-z_]+" name "${function}")
    set(inputs x)
    if(function MATCHES "%z")
      set(inputs x z)
    endif()
    foreach(format f32 bf16 f16)
      set(memref "memref<?x${format}>")
      # The cast of f32 to itself folds away.
      set(widen arith.extf)
      set(narrow arith.truncf)
      if(format STREQUAL f32)
        set(widen arith.bitcast)
        set(narrow arith.bitcast)
      endif()
      set(arrays "")
      set(types "")
      set(elements "")
      set(casts "")
      set(operands "")
      set(operand_types "")
      foreach(input IN LISTS inputs)
        list(APPEND arrays "%${input}")
        list(APPEND types "${memref}")
        list(APPEND elements "%${input}_element: ${format}")
        string(APPEND casts "    %${input}_wide = ${widen} %${input}_element : "
          "${format} to f32\n")
        list(APPEND operands "%${input}_wide")
        list(APPEND operand_types f32)
      endforeach()
      foreach(list arrays types elements operands operand_types)
        list(JOIN ${list} ", " ${list})
      endforeach()
      string(REPLACE "," ": ${memref}," arguments "${arrays}")
      string(APPEND text "
func.func @mlir_${format}_${name}(${arguments}: ${memref}, %y: ${memref}) {
  linalg.map ins(${arrays} : ${types}) outs(%y : ${memref})
      (${elements}, %old: ${format}) {
${casts}    %wide = func.call @${name}(${operands}) : (${operand_types}) -> f32
    %new = ${narrow} %wide : f32 to ${format}
    linalg.yield %new : ${format}
  }
  return
}
")
    endforeach()
  endforeach()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

set(_act_stock_passes
  "transform-preload-library{transform-library-paths=${CMAKE_CURRENT_SOURCE_DIR}/StockSchedule.mlir}"
  inline symbol-dce linalg-generalize-named-ops
  "transform-interpreter{entry-point=tile}" scf-for-loop-peeling canonicalize cse
  "transform-interpreter{entry-point=vectorize}"
  convert-linalg-to-loops
  "func.func(test-math-polynomial-approximation)" canonicalize cse
  convert-vector-to-scf convert-scf-to-cf expand-strided-metadata lower-affine
  convert-math-to-llvm convert-vector-to-llvm convert-math-to-libm
  convert-arith-to-llvm finalize-memref-to-llvm convert-func-to-llvm
  convert-cf-to-llvm convert-index-to-llvm reconcile-unrealized-casts)

# act_bench_stock_mlir(OBJECT MLIR_OPT MLIR_TRANSLATE CLANG): how to build OBJECT.
function(act_bench_stock_mlir object mlir_opt mlir_translate clang)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    StockKernels.mlir)
  _act_stock_module(module)
  set(file "${CMAKE_CURRENT_BINARY_DIR}/stock")
  file(CONFIGURE OUTPUT "${file}.mlir" CONTENT "${module}" @ONLY)
  list(JOIN _act_stock_passes "," passes)
  add_custom_command(OUTPUT "${object}"
    COMMAND ${mlir_opt} "${file}.mlir" "--pass-pipeline=builtin.module(${passes})"
      -o "${file}.llvm.mlir"
    COMMAND ${mlir_translate} --mlir-to-llvmir "${file}.llvm.mlir" -o "${file}.ll"
    COMMAND ${clang} -O3 -march=native -fPIC -Wno-override-module
      -c "${file}.ll" -o "${object}"
    DEPENDS "${file}.mlir" StockSchedule.mlir
    COMMENT "Building act-bench's kernels by stock MLIR" VERBATIM)
endfunction()
