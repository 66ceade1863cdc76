/* Do large results, from any address on and of any length, have the bits of
   small ones, and does nothing beside them change? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than the 16 MiB from which results are streamed, of the smaller type. */
enum { N = (8 << 20) + 300, SMALL = 1000, MARGIN = 64 };

#define DEFINE_CHECK(F, T)                                                     \
  static int check_##F(const T *in, const T *expected, T *out, int64_t start,  \
                       int64_t n) {                                            \
    T *result = out + MARGIN + start;                                          \
    memset(out, 0xa5, (n + start + 2 * MARGIN) * sizeof(T));                   \
    F(in, n, result);                                                          \
    int wrong = memcmp(result, expected, n * sizeof(T)) != 0;                  \
    const unsigned char *bytes = (const unsigned char *)out;                   \
    for (size_t i = 0; i < (MARGIN + start) * sizeof(T); ++i)                  \
      wrong |= bytes[i] != 0xa5;                                               \
    for (size_t i = 0; i < MARGIN * sizeof(T); ++i)                            \
      wrong |= ((const unsigned char *)(result + n))[i] != 0xa5;               \
    if (wrong)                                                                 \
      printf(#F " differs from element %d of a line on, of %ld\n", (int)start, \
             (long)n);                                                         \
    return wrong;                                                              \
  }                                                                            \
  static int check_all_##F(T *in) {                                            \
    T *expected = malloc(N * sizeof(T));                                       \
    T *out = aligned_alloc(64, (N + 4 * MARGIN) * sizeof(T));                  \
    for (int64_t i = 0; i < N; i += SMALL)                                     \
      F(in + i, N - i < SMALL ? N - i : SMALL, expected + i);                  \
    int wrong = 0;                                                             \
    for (int64_t start = 0; start <= MARGIN; start += 7)                       \
      wrong |= check_##F(in, expected, out, start, N - 5 * start);             \
    memcpy(out + 1, in, N * sizeof(T));                                        \
    F(out + 1, N, out + 1);                                                    \
    if (memcmp(out + 1, expected, N * sizeof(T)) != 0)                         \
      wrong |= printf(#F " differs in place\n") > 0;                           \
    free(expected);                                                            \
    free(out);                                                                 \
    return wrong;                                                              \
  }

DEFINE_CHECK(f32, float)
DEFINE_CHECK(bf16, uint16_t)

int main(void) {
  float *in = malloc(N * sizeof(float));
  uint16_t *bits = malloc(N * sizeof(uint16_t));
  for (int64_t i = 0; i < N; ++i) {
    in[i] = -8 + (float)(i % 100003) / 6250;
    bits[i] = (uint16_t)(i % 65521);
  }
  int wrong = check_all_f32(in) | check_all_bf16(bits);
  if (!wrong)
    puts("same bits");
  free(in);
  free(bits);
  return wrong;
}
