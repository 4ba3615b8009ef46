#include "include/batch_norm.h"

#include "activations.h"
#include "clones.h"
#include "include/activation.h"

CLONES void dflab_channel_moments(
    const float *restrict x, float *restrict sums, float *restrict squares, size_t rows,
    size_t channels) {
  for (size_t c = 0; c < channels; c++) sums[c] = squares[c] = 0;
  const float *first = x;
  for (size_t row = 0; row < rows; row++, x += channels)
    for (size_t c = 0; c < channels; c++) sums[c] += x[c];
  float share = 1 / (float)rows;
  x = first;
  for (size_t row = 0; row < rows; row++, x += channels)
    for (size_t c = 0; c < channels; c++) {
      float distance = x[c] - sums[c] * share;
      squares[c] += distance * distance;
    }
}

CLONES void dflab_join_moments(
    const float *restrict moments, size_t rows, size_t height, float *restrict mean,
    float *restrict variance, size_t channels) {
  size_t blocks = (rows + height - 1) / height;
  for (size_t c = 0; c < channels; c++) {
    double sum = 0, squares = 0;
    for (size_t b = 0; b < blocks; b++) sum += moments[2 * b * channels + c];
    double middle = sum / (double)rows;
    for (size_t b = 0; b < blocks; b++) {
      double count = (double)(b + 1 < blocks ? height : rows - b * height);
      double distance = moments[2 * b * channels + c] / count - middle;
      squares += moments[(2 * b + 1) * channels + c] + count * distance * distance;
    }
    mean[c] = (float)middle;
    variance[c] = (float)(squares / (double)rows);
  }
}

#define PASSES(name)                                                                           \
  CLONES static void name##_forward(                                                           \
      float slope, const float *restrict x, const float *restrict mean,                        \
      const float *restrict scale, const float *restrict shift, float *restrict y,             \
      size_t rows, size_t channels) {                                                          \
    for (size_t row = 0; row < rows; row++, x += channels, y += channels)                      \
      for (size_t c = 0; c < channels; c++)                                                    \
        y[c] = name((x[c] - mean[c]) * scale[c] + shift[c], slope);                            \
  }                                                                                            \
  CLONES static void name##_products(                                                          \
      float slope, const float *restrict x, const float *restrict mean,                        \
      const float *restrict scale, const float *restrict shift, const float *restrict dy,      \
      float *restrict sums, float *restrict products, size_t rows, size_t channels) {          \
    for (size_t c = 0; c < channels; c++) sums[c] = products[c] = 0;                           \
    for (size_t row = 0; row < rows; row++, x += channels, dy += channels)                     \
      for (size_t c = 0; c < channels; c++) {                                                  \
        float distance = x[c] - mean[c];                                                       \
        float g = dy[c] * name##_slope(distance * scale[c] + shift[c], slope);                 \
        sums[c] += g;                                                                          \
        products[c] += g * distance;                                                           \
      }                                                                                        \
  }                                                                                            \
  CLONES static void name##_backward(                                                          \
      float slope, const float *restrict x, const float *restrict mean,                        \
      const float *restrict scale, const float *restrict shift, const float *restrict dy,      \
      const float *restrict base, const float *restrict tilt, float *restrict dx, size_t rows, \
      size_t channels) {                                                                       \
    for (size_t row = 0; row < rows; row++, x += channels, dy += channels, dx += channels)     \
      for (size_t c = 0; c < channels; c++) {                                                  \
        float distance = x[c] - mean[c];                                                       \
        float g = dy[c] * name##_slope(distance * scale[c] + shift[c], slope);                 \
        dx[c] = (g - base[c] - distance * tilt[c]) * scale[c];                                 \
      }                                                                                        \
  }

PASSES(leaky)
PASSES(relu6)
PASSES(silu)

void dflab_norm_activate(
    int kind, float slope, const float *x, const float *mean, const float *scale,
    const float *shift, float *y, size_t rows, size_t channels) {
  switch (kind) {
    case DFLAB_SILU: silu_forward(slope, x, mean, scale, shift, y, rows, channels); break;
    case DFLAB_RELU6: relu6_forward(slope, x, mean, scale, shift, y, rows, channels); break;
    default: leaky_forward(slope, x, mean, scale, shift, y, rows, channels); break;
  }
}

void dflab_norm_products(
    int kind, float slope, const float *x, const float *mean, const float *scale,
    const float *shift, const float *dy, float *sums, float *products, size_t rows,
    size_t channels) {
  switch (kind) {
    case DFLAB_SILU: silu_products(slope, x, mean, scale, shift, dy, sums, products, rows, channels); break;
    case DFLAB_RELU6: relu6_products(slope, x, mean, scale, shift, dy, sums, products, rows, channels); break;
    default: leaky_products(slope, x, mean, scale, shift, dy, sums, products, rows, channels); break;
  }
}

void dflab_norm_backward(
    int kind, float slope, const float *x, const float *mean, const float *scale,
    const float *shift, const float *dy, const float *base, const float *tilt, float *dx,
    size_t rows, size_t channels) {
  switch (kind) {
    case DFLAB_SILU: silu_backward(slope, x, mean, scale, shift, dy, base, tilt, dx, rows, channels); break;
    case DFLAB_RELU6: relu6_backward(slope, x, mean, scale, shift, dy, base, tilt, dx, rows, channels); break;
    default: leaky_backward(slope, x, mean, scale, shift, dy, base, tilt, dx, rows, channels); break;
  }
}
