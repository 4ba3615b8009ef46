#include "include/pairs.h"

#include "clones.h"
#include "functions.h"

#define PAIR(name, operator)                                                                  \
  CLONES static void name(                                                                    \
      const float *a, size_t a_step, const float *b, size_t b_step, float *restrict y,        \
      size_t count) {                                                                         \
    if (a_step == 1 && b_step == 1) {                                                         \
      for (size_t i = 0; i < count; i++) y[i] = a[i] operator b[i];                           \
    } else if (a_step == 1 && b_step == 0) {                                                  \
      float single = b[0];                                                                    \
      for (size_t i = 0; i < count; i++) y[i] = a[i] operator single;                         \
    } else if (a_step == 0 && b_step == 1) {                                                  \
      float single = a[0];                                                                    \
      for (size_t i = 0; i < count; i++) y[i] = single operator b[i];                         \
    } else {                                                                                  \
      for (size_t i = 0; i < count; i++) y[i] = a[i * a_step] operator b[i * b_step];         \
    }                                                                                         \
  }

PAIR(sum, +)
PAIR(difference, -)
PAIR(product, *)
PAIR(quotient, /)

void dflab_pair(
    int function, const float *a, size_t a_step, const float *b, size_t b_step, float *y,
    size_t count) {
  switch (function) {
    case DFLAB_SUM: sum(a, a_step, b, b_step, y, count); break;
    case DFLAB_DIFFERENCE: difference(a, a_step, b, b_step, y, count); break;
    case DFLAB_PRODUCT: product(a, a_step, b, b_step, y, count); break;
    default: quotient(a, a_step, b, b_step, y, count); break;
  }
}

CLONES void dflab_scale_shift(
    const float *restrict x, const float *restrict scale, const float *restrict shift, float slope,
    float *restrict y, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, x += channels, y += channels)
    for (size_t c = 0; c < channels; c++) {
      float value = x[c] * scale[c] + shift[c];
      y[c] = value < 0 ? slope * value : value;
    }
}

#define MAP(name, expression)                                                                  \
  CLONES static void name(                                                                     \
      const float *restrict x, float *restrict y, size_t count, float low, float high) {       \
    for (size_t i = 0; i < count; i++) {                                                       \
      float v = x[i];                                                                          \
      y[i] = (expression);                                                                     \
    }                                                                                          \
  }

INLINE float between(float v, float low, float high) { return v < low ? low : v > high ? high : v; }

MAP(exps, exponential(v))
MAP(erfs, error_function(v))
MAP(roots, sqrtf(v))
MAP(hard_swishes, v * between(low * v + high, 0, 1))
MAP(cut, between(v, low, high))

void dflab_map(int function, float low, float high, const float *x, float *y, size_t count) {
  switch (function) {
    case DFLAB_EXP: exps(x, y, count, low, high); break;
    case DFLAB_ERF: erfs(x, y, count, low, high); break;
    case DFLAB_ROOT: roots(x, y, count, low, high); break;
    case DFLAB_HARD_SWISH: hard_swishes(x, y, count, low, high); break;
    default: cut(x, y, count, low, high); break;
  }
}
