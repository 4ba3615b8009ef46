#include "pixels.h"

#include <string.h>

#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float four __attribute__((vector_size(16)));
typedef uint8_t bytes __attribute__((vector_size(4)));

struct picture {
  const uint8_t *pixels;
  int64_t width, height;
};

INLINE int64_t held(int64_t value, int64_t last) {
  return value < 0 ? 0 : value > last ? last : value;
}

/// Red, green, blue, and a byte of the next pixel that is ignored.
INLINE four load(const uint8_t *pixel) {
  bytes values;
  memcpy(&values, pixel, 4);
  return __builtin_convertvector(values, four);
}

INLINE four load_at(struct picture from, int64_t x, int64_t y) {
  const uint8_t *pixel =
      from.pixels + 3 * (held(y, from.height - 1) * from.width + held(x, from.width - 1));
  return (four){pixel[0], pixel[1], pixel[2], 0};
}

/// Coordinates are clamped to this: far outside, every one shows an edge.
#define FARTHEST (1 << 21)

/// The floor.
INLINE int64_t below(double value) { return (int32_t)(value + FARTHEST) - FARTHEST; }

/// `x` and `y` count from the center of the first pixel.
INLINE four bilinear(struct picture from, double x, double y) {
  int64_t column = below(x), row = below(y);
  float right = (float)(x - column), down = (float)(y - row);
  four upper[2], lower[2];
  if (column >= 0 && row >= 0 && column < from.width - 2 && row < from.height - 1) {
    const uint8_t *pixel = from.pixels + 3 * (row * from.width + column);
    upper[0] = load(pixel), upper[1] = load(pixel + 3);
    pixel += 3 * from.width;
    lower[0] = load(pixel), lower[1] = load(pixel + 3);
  } else {
    upper[0] = load_at(from, column, row), upper[1] = load_at(from, column + 1, row);
    lower[0] = load_at(from, column, row + 1), lower[1] = load_at(from, column + 1, row + 1);
  }
  four top = upper[0] + (upper[1] - upper[0]) * right;
  four bottom = lower[0] + (lower[1] - lower[0]) * right;
  return top + (bottom - top) * down;
}

/// The weights of four pixels in a row for a place `t` of the way from the second to the third.
INLINE void catmull_rom(float t, float weights[4]) {
  weights[0] = ((2 - t) * t - 1) * t / 2;
  weights[1] = ((3 * t - 5) * t * t + 2) / 2;
  weights[2] = ((4 - 3 * t) * t + 1) * t / 2;
  weights[3] = (t - 1) * t * t / 2;
}

INLINE four bicubic(struct picture from, double x, double y) {
  int64_t column = below(x), row = below(y);
  float across[4], along[4];
  catmull_rom((float)(x - column), across);
  catmull_rom((float)(y - row), along);
  column -= 1, row -= 1;
  int inside =
      column >= 0 && row >= 0 && column < from.width - 4 && row <= from.height - 4;
  four sum = {0, 0, 0, 0};
  for (int j = 0; j < 4; j++) {
    four line = {0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
      four pixel = inside ? load(from.pixels + 3 * ((row + j) * from.width + column + i))
                          : load_at(from, column + i, row + j);
      line += pixel * across[i];
    }
    sum += line * along[j];
  }
  return sum;
}

INLINE uint8_t level(float value) {
  return value <= 0 ? 0 : value >= 255 ? 255 : (uint8_t)(value + 0.5f);
}

INLINE double within(double value) {
  return value > -FARTHEST ? (value < FARTHEST ? value : FARTHEST) : -FARTHEST;
}

/// One row of the target; `samples` is constant at each call, so the loops are unrolled.
INLINE void warp_row(
    struct picture from, const double map[6], int samples, uint8_t *pixel, int64_t row,
    int64_t columns) {
  int points = samples > 0 ? samples : 1;
  double step = 1.0 / points;
  float share = 1.0f / (points * points);
  for (int64_t column = 0; column < columns; column++, pixel += 3) {
    four sum = {0, 0, 0, 0};
    for (int j = 0; j < points; j++) {
      double v = row + (j + 0.5) * step;
      for (int i = 0; i < points; i++) {
        double u = column + (i + 0.5) * step;
        double x = within(map[0] * u + map[1] * v + map[2] - 0.5);
        double y = within(map[3] * u + map[4] * v + map[5] - 0.5);
        sum += samples > 0 ? bilinear(from, x, y) : bicubic(from, x, y);
      }
    }
    sum *= share;
    pixel[0] = level(sum[0]), pixel[1] = level(sum[1]), pixel[2] = level(sum[2]);
  }
}

CLONES void cpixels_warp(
    const uint8_t *source, int64_t width, int64_t height, const double map[6], int samples,
    uint8_t *target, int64_t target_width, int64_t target_height) {
  struct picture from = {source, width, height};
  for (int64_t row = 0; row < target_height; row++) {
    uint8_t *pixel = target + 3 * row * target_width;
    switch (samples) {
      case 0: warp_row(from, map, 0, pixel, row, target_width); break;
      case 2: warp_row(from, map, 2, pixel, row, target_width); break;
      default: warp_row(from, map, samples, pixel, row, target_width);
    }
  }
}
