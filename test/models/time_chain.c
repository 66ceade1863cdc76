//===- time_chain.c - Speed of a chain beside stock MLIR's ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Calls gelu_chain.mlir, compiled by act-compile, and gelu_chain_stock.mlir,
// compiled by stock passes, in turn; prints the least time of each and the
// largest error against libm in double.
//
//===----------------------------------------------------------------------===//

#define _POSIX_C_SOURCE 200809L
#include "chain.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

enum { N = 65536, ROUNDS = 60 };

// The argument of a stock function: a memref of rank 1.
struct memref {
  float *allocated, *aligned;
  int64_t offset, size, stride;
};
void _mlir_ciface_stock_chain(struct memref *x, struct memref *bias,
                              struct memref *y);

static float x[N], bias[N], y[N];

static void actinium(void) { chain(x, bias, y); }

static void stock(void) {
  struct memref a = {x, x, 0, N, 1}, b = {bias, bias, 0, N, 1},
                c = {y, y, 0, N, 1};
  _mlir_ciface_stock_chain(&a, &b, &c);
}

// Nanoseconds of one call.
static double timed(void (*call)(void)) {
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  call();
  clock_gettime(CLOCK_MONOTONIC, &end);
  return (double)(end.tv_sec - start.tv_sec) * 1e9 +
         (double)(end.tv_nsec - start.tv_nsec);
}

// The largest error relative to the exact value, in units of 2^-24.
static double error(void) {
  double worst = 0;
  for (int i = 0; i < N; ++i) {
    double z = (double)(x[i] + bias[i]);
    double exact = fmax(z * erfc(-z * 0.70710678118654752440) / 2, -8.0);
    double distance = fabs((double)y[i] - fmin(exact, 8.0));
    worst = fmax(worst, distance / fabs(exact) * 0x1p24);
  }
  return worst;
}

int main(void) {
  // Uniform in [-8, 8] by a linear congruence.
  uint32_t state = 1;
  for (int i = 0; i < N; ++i) {
    state = state * 1664525u + 1013904223u;
    x[i] = (float)(state >> 8) * 0x1p-20f - 8.0f;
    bias[i] = 0.125f;
  }
  double best[2] = {1e18, 1e18};
  for (int round = 0; round < ROUNDS; ++round) {
    best[0] = fmin(best[0], timed(actinium));
    best[1] = fmin(best[1], timed(stock));
  }
  actinium();
  double own = error();
  stock();
  double theirs = error();
  printf("gelu(x + bias), 65536 elements   ns an element   largest error, 2^-24\n");
  printf("Actinium                         %13.3f   %20.3g\n", best[0] / N, own);
  printf("stock MLIR, libm                 %13.3f   %20.3g\n", best[1] / N,
         theirs);
  printf("Actinium takes %.2f of stock MLIR's time\n", best[0] / best[1]);
  return 0;
}
