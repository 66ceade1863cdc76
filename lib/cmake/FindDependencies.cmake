# The packages Actinium stands on. Each failure names the Debian package.

# Debian keeps LLVM's packages apart by version.
list(APPEND CMAKE_PREFIX_PATH /usr/lib/llvm-22)
find_package(MLIR 22.1 CONFIG QUIET)
if(NOT MLIR_FOUND)
  message(FATAL_ERROR
    "expected MLIR 22.1, got none: install the Debian packages libmlir-22-dev, "
    "llvm-22-dev, mlir-22-tools and llvm-22-tools, or set MLIR_DIR to the folder "
    "of MLIRConfig.cmake; tools/try installs all that is missing")
endif()

# The packages are built for shared linking but do not say so themselves.
set(MLIR_LINK_MLIR_DYLIB ON)
set(LLVM_LINK_LLVM_DYLIB ON)
list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
include(TableGen)
include(AddLLVM)
include(AddMLIR)

find_path(MPFR_INCLUDE_DIR mpfr.h)
find_library(MPFR_LIBRARY mpfr)
find_library(GMP_LIBRARY gmp)
if(NOT MPFR_INCLUDE_DIR OR NOT MPFR_LIBRARY OR NOT GMP_LIBRARY)
  message(FATAL_ERROR
    "expected MPFR and GMP, got none: install the Debian packages libmpfr-dev "
    "and libgmp-dev")
endif()

find_package(Threads REQUIRED)
find_package(GTest QUIET)
if(NOT GTest_FOUND)
  message(FATAL_ERROR
    "expected GoogleTest, got none: install the Debian package libgtest-dev")
endif()
