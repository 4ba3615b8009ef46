#include "include/similarity.h"

#include <string.h>

#include "clones.h"

#define INLINE static inline __attribute__((always_inline))
#define TAPS 11
#define REACH (TAPS - 1)
#define C1 1e-4f
#define C2 9e-4f

// exp(-d^2 / (2 * 1.5^2)) for d in -5...5, divided by the sum.
static const float gaussian[TAPS] = {
    0.00102838008f, 0.00759875814f, 0.0360007721f, 0.10936069f,    0.213005538f,  0.266011725f,
    0.213005538f,   0.10936069f,    0.0360007721f, 0.00759875814f, 0.00102838008f};

/// Rows of one picture: of all `width * channels` values, and of those with a whole window.
struct sizes {
  size_t full, valid, rows;
};

INLINE struct sizes sizes_of(size_t height, size_t width, size_t channels) {
  return (struct sizes){width * channels, (width - REACH) * channels, height - REACH};
}

size_t dflab_dissimilarity_scratch(size_t height, size_t width, size_t channels) {
  struct sizes size = sizes_of(height, width, channels);
  size_t padded = size.valid + 2 * REACH * channels;
  return 4 * size.full + 4 * size.valid + 3 * padded + 3 * (size.rows + 2 * REACH) * size.full +
         2 * size.valid;
}

/// Filters 11 rows, `stride` apart, down to one: the means of x, y, xy and x^2 + y^2.
INLINE void filter_columns(const float *restrict x, const float *restrict y, size_t stride,
                           size_t count, float *restrict mean_x, float *restrict mean_y,
                           float *restrict mean_xy, float *restrict mean_squares) {
  for (size_t j = 0; j < count; j++) {
    float sum_x = 0, sum_y = 0, sum_xy = 0, sum_squares = 0;
    for (size_t k = 0; k < TAPS; k++) {
      float a = x[k * stride + j], b = y[k * stride + j];
      float weighted_a = gaussian[k] * a, weighted_b = gaussian[k] * b;
      sum_x += weighted_a;
      sum_y += weighted_b;
      sum_xy += weighted_a * b;
      sum_squares += weighted_a * a + weighted_b * b;
    }
    mean_x[j] = sum_x;
    mean_y[j] = sum_y;
    mean_xy[j] = sum_xy;
    mean_squares[j] = sum_squares;
  }
}

/// target[j] = sum of 11 values of `row`, `stride` apart. The filter is its own mirror image, so
/// on a row with margins of zeros this is the transposed filter too.
INLINE void filter(const float *restrict row, size_t stride, size_t count, float *restrict target) {
  for (size_t j = 0; j < count; j++) {
    float sum = 0;
    for (size_t k = 0; k < TAPS; k++) sum += gaussian[k] * row[k * stride + j];
    target[j] = sum;
  }
}

/// Turns the means of one row of windows into weighted dissimilarities (over `mean_x`) and their
/// derivatives by the mean of x, of xy and of x^2 (over the other three).
INLINE void compare(float *restrict mean_x, float *restrict mean_y, float *restrict mean_xy,
                    float *restrict mean_squares, const float *restrict weight, float scale,
                    size_t count) {
  for (size_t j = 0; j < count; j++) {
    float x = mean_x[j], y = mean_y[j];
    float xy = x * y, squares = x * x + y * y;
    float a1 = 2 * xy + C1, a2 = 2 * (mean_xy[j] - xy) + C2;
    float b1 = squares + C1, b2 = (mean_squares[j] - squares) + C2;
    float per_b = 1 / (b1 * b2);
    float similarity = a1 * a2 * per_b;
    float slope = -0.5f * scale * weight[j];
    mean_x[j] = 0.5f * weight[j] * (1 - similarity);
    mean_y[j] = slope * 2 * per_b * (y * (a2 - a1) - x * similarity * (b2 - b1));
    mean_xy[j] = slope * 2 * a1 * per_b;
    mean_squares[j] = -slope * similarity * b1 * per_b;
  }
}

INLINE double sum(const float *restrict values, size_t count) {
  float lanes[16] = {0};
  size_t whole = count / 16 * 16;
  for (size_t j = 0; j < whole; j += 16)
    for (size_t lane = 0; lane < 16; lane++) lanes[lane] += values[j + lane];
  double total = 0;
  for (size_t lane = 0; lane < 16; lane++) total += lanes[lane];
  for (size_t j = whole; j < count; j++) total += values[j];
  return total;
}

CLONES double dflab_dissimilarity(const float *restrict prediction, const float *restrict target,
                                  const float *restrict weight, size_t height, size_t width,
                                  size_t channels, float scale, float *restrict gradient,
                                  float *restrict scratch) {
  struct sizes size = sizes_of(height, width, channels);
  size_t full = size.full, valid = size.valid, rows = size.rows;
  size_t margin = REACH * channels, padded = valid + 2 * margin;
  size_t map = (rows + 2 * REACH) * full;
  float *columns = scratch, *means = columns + 4 * full;
  float *line = means + 4 * valid, *maps = line + 3 * padded;
  float *weights = maps + 3 * map;
  if (gradient) memset(line, 0, (3 * padded + 3 * map) * sizeof(float));
  for (size_t j = 0; j < valid; j++) weights[j] = 1;

  double total = 0;
  for (size_t row = 0; row < rows; row++) {
    filter_columns(prediction + row * full, target + row * full, full, full, columns,
                   columns + full, columns + 2 * full, columns + 3 * full);
    for (size_t m = 0; m < 4; m++)
      filter(columns + m * full, channels, valid, means + m * valid);
    if (weight) {
      const float *center = weight + (row + REACH / 2) * width + REACH / 2;
      for (size_t j = 0; j < valid; j++) weights[j] = center[j / channels];
    }
    compare(means, means + valid, means + 2 * valid, means + 3 * valid, weights, scale, valid);
    total += sum(means, valid);
    if (!gradient) continue;
    for (size_t m = 0; m < 3; m++) {
      memcpy(line + m * padded + margin, means + (m + 1) * valid, valid * sizeof(float));
      filter(line + m * padded, channels, full, maps + m * map + (row + REACH) * full);
    }
  }
  if (!gradient) return total;

  // d/dx = G'(by mean x) + y G'(by mean xy) + 2 x G'(by mean x^2).
  for (size_t row = 0; row < height; row++) {
    for (size_t m = 0; m < 3; m++) filter(maps + m * map + row * full, full, full, columns + m * full);
    const float *x = prediction + row * full, *y = target + row * full;
    float *out = gradient + row * full;
    for (size_t j = 0; j < full; j++)
      out[j] = columns[j] + y[j] * columns[full + j] + 2 * x[j] * columns[2 * full + j];
  }
  return total;
}
