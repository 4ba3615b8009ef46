#include "pixels.h"

#include <string.h>

#include "internal.h"

typedef float eight __attribute__((vector_size(32)));
typedef uint8_t bytes __attribute__((vector_size(8)));

struct picture {
  const uint8_t *pixels;
  int64_t width, height;
};

/// Two pixels, each as red, green, blue and a byte of the next pixel that is ignored.
INLINE void load(const uint8_t *first, const uint8_t *second, eight *both) {
  uint8_t joined[8];
  memcpy(joined, first, 4);
  memcpy(joined + 4, second, 4);
  bytes values;
  memcpy(&values, joined, 8);
  *both = __builtin_convertvector(values, eight);
}

#define FIRST(both) __builtin_shufflevector(both, both, 0, 1, 2, 3)
#define SECOND(both) __builtin_shufflevector(both, both, 4, 5, 6, 7)
#define BOTH(first, second) __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7)

INLINE four load_at(struct picture from, int64_t x, int64_t y) {
  const uint8_t *pixel =
      from.pixels + 3 * (held(y, from.height - 1) * from.width + held(x, from.width - 1));
  return (four){pixel[0], pixel[1], pixel[2], 0};
}

/// Coordinates are clamped to this: far outside, every one shows an edge.
#define FARTHEST (1 << 21)

/// The floor.
INLINE int32_t below(double value) { return (int32_t)(value + FARTHEST) - FARTHEST; }

INLINE double within(double value) {
  return value > -FARTHEST ? (value < FARTHEST ? value : FARTHEST) : -FARTHEST;
}

/// Pixels of a row that are computed together.
enum { run = 16 };

/// Where the samples of a run lie in the source: the upper left of the pixels around each, and the
/// share of the others.
struct places {
  int32_t column[run], row[run];
  float right[run], down[run];
};

/// The places of one sample of each pixel, at (`u`, `v`) from the upper left corner of the first.
INLINE void locate(
    const double map[6], int64_t start, double across, double v, struct places *places) {
  for (int64_t k = 0; k < run; k++) {
    double u = (double)(start + k) + across;
    double x = within(map[0] * u + map[1] * v + map[2] - 0.5);
    double y = within(map[3] * u + map[4] * v + map[5] - 0.5);
    places->column[k] = below(x), places->row[k] = below(y);
    places->right[k] = (float)(x - places->column[k]);
    places->down[k] = (float)(y - places->row[k]);
  }
}

/// Whether all places have `before` columns and rows before them, `columns` columns and `rows` rows
/// after them.
INLINE int are_inside(
    struct picture from, const struct places *places, int32_t before, int32_t columns,
    int32_t rows) {
  int32_t last_column = (int32_t)from.width - 1 - columns;
  int32_t last_row = (int32_t)from.height - 1 - rows;
  int outside = 0;
  for (int64_t k = 0; k < run; k++)
    outside |= (places->column[k] < before) | (places->row[k] < before) |
               (places->column[k] > last_column) | (places->row[k] > last_row);
  return !outside;
}

INLINE void add_bilinear(struct picture from, const struct places *places, four sums[run]) {
  int is_inside = are_inside(from, places, 0, 2, 1);
  for (int64_t k = 0; k < run; k++) {
    int64_t column = places->column[k], row = places->row[k];
    eight left, right;
    if (is_inside) {
      const uint8_t *upper = from.pixels + 3 * (row * from.width + column);
      const uint8_t *lower = upper + 3 * from.width;
      load(upper, lower, &left);
      load(upper + 3, lower + 3, &right);
    } else {
      four parts[4];
      for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++) parts[2 * i + j] = load_at(from, column + i, row + j);
      left = BOTH(parts[0], parts[1]);
      right = BOTH(parts[2], parts[3]);
    }
    eight mixed = left + (right - left) * places->right[k];
    four top = FIRST(mixed), bottom = SECOND(mixed);
    sums[k] += top + (bottom - top) * places->down[k];
  }
}

/// The weights of four pixels in a row for a place `t` of the way from the second to the third.
INLINE void catmull_rom(float t, float weights[4]) {
  weights[0] = ((2 - t) * t - 1) * t / 2;
  weights[1] = ((3 * t - 5) * t * t + 2) / 2;
  weights[2] = ((4 - 3 * t) * t + 1) * t / 2;
  weights[3] = (t - 1) * t * t / 2;
}

INLINE void add_bicubic(struct picture from, const struct places *places, four sums[run]) {
  int is_inside = are_inside(from, places, 1, 3, 2);
  for (int64_t k = 0; k < run; k++) {
    int64_t column = places->column[k] - 1, row = places->row[k] - 1;
    float across[4], along[4];
    catmull_rom(places->right[k], across);
    catmull_rom(places->down[k], along);
    four sum = {0, 0, 0, 0};
    for (int j = 0; j < 4; j += 2) {
      eight lines = {0, 0, 0, 0, 0, 0, 0, 0};
      for (int i = 0; i < 4; i++) {
        eight pixels;
        if (is_inside) {
          const uint8_t *upper = from.pixels + 3 * ((row + j) * from.width + column + i);
          load(upper, upper + 3 * from.width, &pixels);
        } else {
          four upper = load_at(from, column + i, row + j);
          four lower = load_at(from, column + i, row + j + 1);
          pixels = BOTH(upper, lower);
        }
        lines += pixels * across[i];
      }
      sum += FIRST(lines) * along[j];
      sum += SECOND(lines) * along[j + 1];
    }
    sums[k] += sum;
  }
}

CLONES void cpixels_warp(
    const uint8_t *source, int64_t width, int64_t height, const double map[6], int samples,
    uint8_t *target, int64_t target_width, int64_t target_height) {
  struct picture from = {source, width, height};
  int points = samples > 0 ? samples : 1;
  double step = 1.0 / points;
  float share = 1.0f / (points * points);
  for (int64_t row = 0; row < target_height; row++) {
    for (int64_t start = 0; start < target_width; start += run) {
      four sums[run] = {0};
      for (int j = 0; j < points; j++) {
        for (int i = 0; i < points; i++) {
          struct places places;
          locate(map, start, (i + 0.5) * step, row + (j + 0.5) * step, &places);
          if (samples > 0)
            add_bilinear(from, &places, sums);
          else
            add_bicubic(from, &places, sums);
        }
      }
      uint8_t *pixel = target + 3 * (row * target_width + start);
      int64_t count = target_width - start < run ? target_width - start : run;
      for (int64_t k = 0; k < count; k++, pixel += 3) {
        four sum = sums[k] * share;
        pixel[0] = level(sum[0]), pixel[1] = level(sum[1]), pixel[2] = level(sum[2]);
      }
    }
  }
}
