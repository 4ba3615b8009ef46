#include "include/normalize.h"

#include <math.h>

#include "clones.h"
#include "number.h"

CLONES void dflab_channel_sums(
    const float *restrict x, float *restrict sums, size_t rows, size_t channels) {
  for (size_t c = 0; c < channels; c++) sums[c] = 0;
  for (size_t row = 0; row < rows; row++, x += channels)
    for (size_t c = 0; c < channels; c++) sums[c] += x[c];
}

CLONES void dflab_channel_squares(
    const float *restrict x, const float *restrict mean, float *restrict squares, size_t rows,
    size_t channels) {
  for (size_t c = 0; c < channels; c++) squares[c] = 0;
  for (size_t row = 0; row < rows; row++, x += channels)
    for (size_t c = 0; c < channels; c++) squares[c] += (x[c] - mean[c]) * (x[c] - mean[c]);
}

CLONES void dflab_channel_products(
    const float *restrict x, const float *restrict mean, const float *restrict dy,
    float *restrict sums, float *restrict products, size_t rows, size_t channels) {
  for (size_t c = 0; c < channels; c++) sums[c] = products[c] = 0;
  for (size_t row = 0; row < rows; row++, x += channels, dy += channels)
    for (size_t c = 0; c < channels; c++) {
      sums[c] += dy[c];
      products[c] += dy[c] * (x[c] - mean[c]);
    }
}

CLONES void dflab_standardize(
    const float *restrict x, const float *restrict mean, const float *restrict scale,
    const float *restrict shift, float *restrict y, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, x += channels, y += channels)
    for (size_t c = 0; c < channels; c++) y[c] = (x[c] - mean[c]) * scale[c] + shift[c];
}

CLONES void dflab_standardize_backward(
    const float *restrict x, const float *restrict mean, const float *restrict dy,
    const float *restrict base, const float *restrict slope, const float *restrict scale,
    float *restrict dx, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, x += channels, dy += channels, dx += channels)
    for (size_t c = 0; c < channels; c++)
      dx[c] = (dy[c] - base[c] - (x[c] - mean[c]) * slope[c]) * scale[c];
}

// Sums along a row may be taken in the lanes of a vector: the order is fixed when this is
// compiled, not when it runs.
struct moments {
  float mean, inverse;
};

INLINE struct moments moments(const float *restrict x, float epsilon, size_t channels) {
#pragma clang fp reassociate(on)
  float sum = 0, squares = 0;
  for (size_t c = 0; c < channels; c++) sum += x[c];
  float mean = sum / (float)channels;
  for (size_t c = 0; c < channels; c++) squares += (x[c] - mean) * (x[c] - mean);
  return (struct moments){mean, 1 / sqrtf(squares / (float)channels + epsilon)};
}

CLONES void dflab_layer_norm(
    const float *restrict x, const float *restrict gain, const float *restrict shift,
    float epsilon, float *restrict y, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, x += channels, y += channels) {
    struct moments m = moments(x, epsilon, channels);
    for (size_t c = 0; c < channels; c++)
      y[c] = (x[c] - m.mean) * m.inverse * gain[c] + shift[c];
  }
}

CLONES void dflab_layer_norm_backward(
    const float *restrict x, const float *restrict gain, float epsilon, const float *restrict dy,
    float *restrict dx, float *restrict dgain, float *restrict dshift, size_t rows,
    size_t channels) {
  for (size_t c = 0; c < channels; c++) dgain[c] = dshift[c] = 0;
  for (size_t row = 0; row < rows; row++, x += channels, dy += channels, dx += channels) {
#pragma clang fp reassociate(on)
    struct moments m = moments(x, epsilon, channels);
    float sum = 0, product = 0;
    for (size_t c = 0; c < channels; c++) {
      float normal = (x[c] - m.mean) * m.inverse;
      sum += dy[c] * gain[c];
      product += dy[c] * gain[c] * normal;
    }
    sum /= (float)channels;
    product /= (float)channels;
    for (size_t c = 0; c < channels; c++) {
      float normal = (x[c] - m.mean) * m.inverse;
      dx[c] = (dy[c] * gain[c] - sum - normal * product) * m.inverse;
      dgain[c] += dy[c] * normal;
      dshift[c] += dy[c];
    }
  }
}
