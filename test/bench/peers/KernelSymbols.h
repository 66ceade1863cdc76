//===- KernelSymbols.h - Kernels that another compiler left as an object --===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_PEERS_KERNELSYMBOLS_H
#define ACT_BENCH_PEERS_KERNELSYMBOLS_H

#include <dlfcn.h>

#include <string>
#include <string_view>

namespace act::bench {

/// The function `prefix` + `name` in the object that is linked into this
/// module, which act-bench loads for all to see; null where there is none.
template <typename Function>
Function *findKernel(std::string prefix, std::string_view name) {
  prefix += name;
  return reinterpret_cast<Function *>(dlsym(RTLD_DEFAULT, prefix.c_str()));
}

} // namespace act::bench

#endif // ACT_BENCH_PEERS_KERNELSYMBOLS_H
