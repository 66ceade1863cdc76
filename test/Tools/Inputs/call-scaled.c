/* Calls `scaled`, which calls `scale`, on numbers of both signs. */

float scale(float x, int n) { return n * x; }

int main(void) {
  float in[5] = {-2, -0.5f, 0, 1, 7}, out[5] = {9, 9, 9, 9, 9};
  const float expected[5] = {0, 0, 0, 3, 21};
  scaled(in, 5, out);
  for (int i = 0; i < 5; ++i)
    if (out[i] != expected[i])
      return 1;
  return 0;
}
