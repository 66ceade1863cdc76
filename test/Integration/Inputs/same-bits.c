/* Do `alone` and `listed`, twice, give the same bits? */
#include <string.h>

enum { N = 1003 };

int main(void) {
  static float in[N], expected[N], found[N];
  for (int i = 0; i < N; ++i)
    in[i] = -8 + i / 64.0f;
  alone(in, N, expected);
  for (int call = 0; call < 2; ++call) {
    memset(found, 0xff, sizeof found);
    listed(in, N, found);
    if (memcmp(found, expected, sizeof found) != 0)
      return 1;
  }
  return 0;
}
