/* Calls the function of act-compile.mlir, whose header the command includes. */

#include <stdio.h>

int main(void) {
  float x[3][2] = {{1, 2}, {3, 4}, {5, 6}};
  double s = -7.0;
  uint16_t b[3] = {0x3f80, 0xbf80, 0x7f80}; /* 1, -1, inf */
  int64_t rows = 0;
  float y[5][2];
  uint16_t z[3];
  int i;

  grow_result_dims(3, &rows);
  if (rows != 5)
    return printf("expected 5 rows, got %d\n", (int)rows), 1;
  grow(&x[0][0], &s, b, 3, &y[0][0], z);
  for (i = 0; i < 10; ++i) {
    float expected = i < 2 || i >= 8 ? -7.0f : (float)(i - 1);
    if (y[i / 2][i % 2] != expected)
      return printf("expected y[%d] = %g, got %g\n", i, expected,
                    y[i / 2][i % 2]),
             1;
  }
  if (z[0] != 0xbf80 || z[1] != 0x3f80 || z[2] != 0xff80)
    return printf("expected -1, 1, -inf, got %x %x %x\n", z[0], z[1], z[2]), 1;
  return 0;
}
