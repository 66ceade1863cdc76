/* Calls `net` on the f32 array of one .npy file and compares its result with
 * another: exit code 1 when they differ by more than 1e-5. The declaration of
 * `net` comes from the header that act-compile writes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The elements of a version 1 file of f32, and their count. */
static float *read_npy(const char *path, long *count) {
  unsigned char preamble[10];
  FILE *file = fopen(path, "rb");
  if (!file || fread(preamble, 1, sizeof preamble, file) != sizeof preamble)
    exit(2);
  long begin = 10 + preamble[8] + 256L * preamble[9];
  fseek(file, 0, SEEK_END);
  *count = (ftell(file) - begin) / (long)sizeof(float);
  fseek(file, begin, SEEK_SET);
  float *data = malloc(*count * sizeof(float));
  if (!data || fread(data, sizeof(float), *count, file) != (size_t)*count)
    exit(2);
  fclose(file);
  return data;
}

int main(int argc, char **argv) {
  long inputs, outputs;
  if (argc != 3)
    return 2;
  float *input = read_npy(argv[1], &inputs);
  float *expected = read_npy(argv[2], &outputs);
  float *found = malloc(outputs * sizeof(float));
  int differs = outputs == 0;
  net(input, found);
  for (long i = 0; i < outputs; ++i)
    if (!(fabsf(found[i] - expected[i]) <= 1e-5f)) {
      printf("element %ld: expected %g, got %g\n", i, expected[i], found[i]);
      differs = 1;
    }
  free(found);
  free(expected);
  free(input);
  return differs;
}
