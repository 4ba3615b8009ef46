#include "planes.h"

#include "internal.h"

INLINE float value_at(const void *source, int is_bytes, int64_t at) {
  return is_bytes ? (float)((const uint8_t *)source)[at] : ((const float *)source)[at];
}

/// `row` = the weighted sum of the source's rows around `y`; without the margins at its ends.
INLINE void mix_rows(
    const void *source, int is_bytes, int64_t length, int64_t height, int64_t y, const float *taps,
    int64_t radius, float *row) {
  for (int64_t x = 0; x < length; x++)
    row[x] = taps[0] * value_at(source, is_bytes, y * length + x);
  for (int64_t tap = 1; tap <= radius; tap++) {
    int64_t above = held(y - tap, height - 1) * length, below = held(y + tap, height - 1) * length;
    float weight = taps[tap];
    for (int64_t x = 0; x < length; x++)
      row[x] += weight * (value_at(source, is_bytes, above + x) +
                          value_at(source, is_bytes, below + x));
  }
}

/// Rows are mixed in pieces that stay in registers.
enum { piece = 32 };

INLINE void blur(
    const void *source, int is_bytes, int64_t width, int64_t height, int64_t channels,
    const float *taps, int64_t radius, float *row, void *target) {
  int64_t length = width * channels, room = radius * channels;
  for (int64_t y = 0; y < height; y++) {
    float *middle = row + room;
    mix_rows(source, is_bytes, length, height, y, taps, radius, middle);
    for (int64_t x = 0; x < room; x++) {
      row[x] = middle[x % channels];
      middle[length + x] = middle[length - channels + x % channels];
    }
    for (int64_t start = 0; start < length; start += piece) {
      float sums[piece];
      int64_t count = length - start < piece ? length - start : piece;
      const float *from = middle + start;
      if (count == piece) {
        for (int64_t x = 0; x < piece; x++) sums[x] = taps[0] * from[x];
        for (int64_t tap = 1; tap <= radius; tap++) {
          int64_t step = tap * channels;
          for (int64_t x = 0; x < piece; x++) sums[x] += taps[tap] * (from[x - step] + from[x + step]);
        }
      } else {
        for (int64_t x = 0; x < count; x++) {
          sums[x] = taps[0] * from[x];
          for (int64_t tap = 1; tap <= radius; tap++)
            sums[x] += taps[tap] * (from[x - tap * channels] + from[x + tap * channels]);
        }
      }
      for (int64_t x = 0; x < count; x++) {
        if (is_bytes)
          ((uint8_t *)target)[y * length + start + x] = level(sums[x]);
        else
          ((float *)target)[y * length + start + x] = sums[x];
      }
    }
  }
}

CLONES void cpixels_blur_plane(
    const float *source, int64_t width, int64_t height, const float *taps, int64_t radius,
    float *row, float *target) {
  blur(source, 0, width, height, 1, taps, radius, row, target);
}

CLONES void cpixels_blur_picture(
    const uint8_t *source, int64_t width, int64_t height, const float *taps, int64_t radius,
    float *row, uint8_t *target) {
  blur(source, 1, width, height, 3, taps, radius, row, target);
}

/// Bilinear interpolation; `x` and `y` count from the center of the first value.
INLINE float bilinear(const float *plane, int64_t width, int64_t height, float x, float y) {
  float right = x > 0 ? (x < width - 1 ? x : width - 1) : 0;
  float bottom = y > 0 ? (y < height - 1 ? y : height - 1) : 0;
  int32_t column = (int32_t)right, row = (int32_t)bottom;
  float across = right - column, down = bottom - row;
  int64_t next = column < width - 1, below = row < height - 1 ? width : 0;
  const float *from = plane + row * width + column;
  float upper = from[0] + (from[next] - from[0]) * across;
  float lower = from[below] + (from[below + next] - from[below]) * across;
  return upper + (lower - upper) * down;
}

/// One row of a coarse plane between two grid points: the values at the left and the right one.
struct span {
  float left, right;
};

INLINE struct span span_at(const float *plane, int64_t width, int64_t at, float down) {
  const float *upper = plane + at, *lower = upper + width;
  return (struct span){upper[0] + (lower[0] - upper[0]) * down,
                       upper[1] + (lower[1] - upper[1]) * down};
}

CLONES void cpixels_displace_plane(
    const float *source, int64_t width, int64_t height, const float *across, const float *down,
    int64_t coarse_width, int64_t spacing, float *target) {
  float step = 1.0f / spacing;
  for (int64_t y = 0; y < height; y++) {
    int64_t line = y / spacing * coarse_width;
    float share = (y % spacing + 0.5f) * step;
    for (int64_t cell = 0; cell * spacing < width; cell++) {
      struct span dx = span_at(across, coarse_width, line + cell, share);
      struct span dy = span_at(down, coarse_width, line + cell, share);
      int64_t start = cell * spacing, end = start + spacing < width ? start + spacing : width;
      for (int64_t x = start; x < end; x++) {
        float along = (x - start + 0.5f) * step;
        target[y * width + x] = bilinear(
            source, width, height, x + dx.left + (dx.right - dx.left) * along,
            y + dy.left + (dy.right - dy.left) * along);
      }
    }
  }
}

CLONES void cpixels_mix(
    const uint8_t *own, const uint8_t *other, const float *mask, int64_t pixels, uint8_t *target) {
  for (int64_t pixel = 0; pixel < pixels; pixel++) {
    float weight = mask[pixel] > 0 ? mask[pixel] : 0;
    for (int64_t at = 3 * pixel; at < 3 * pixel + 3; at++)
      target[at] = level(own[at] + weight * (other[at] - own[at]));
  }
}

CLONES void cpixels_mix_evenly(
    const uint8_t *own, const uint8_t *other, float weight, int64_t values, uint8_t *target) {
  for (int64_t at = 0; at < values; at++)
    target[at] = level(own[at] + weight * (other[at] - own[at]));
}

CLONES void cpixels_recolor(
    const uint8_t *source, const float matrix[12], int64_t pixels, uint8_t *target) {
  for (int64_t at = 0; at < 3 * pixels; at += 3) {
    float red = source[at], green = source[at + 1], blue = source[at + 2];
    for (int64_t c = 0; c < 3; c++)
      target[at + c] =
          level(matrix[c] * red + matrix[3 + c] * green + matrix[6 + c] * blue + matrix[9 + c]);
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014).
INLINE uint64_t mixed(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

CLONES void cpixels_add_noise(
    const uint8_t *source, const float *likely, uint64_t seed, int64_t values, uint8_t *target) {
  // One random number yields five draws of twelve bits.
  for (int64_t at = 0; at < values; at += 5) {
    uint64_t bits = mixed(seed += 0x9E3779B97F4A7C15ull);
    int64_t end = values < at + 5 ? values : at + 5;
    for (int64_t k = at; k < end; k++, bits >>= 12)
      target[k] = level(source[k] + likely[bits & 4095]);
  }
}

CLONES float cpixels_mean_difference(const float *one, const float *other, int64_t values) {
  // Sixteen sums, in a fixed order.
  float sums[16] = {0};
  int64_t at = 0;
  for (; at + 16 <= values; at += 16)
    for (int k = 0; k < 16; k++) sums[k] += __builtin_fabsf(one[at + k] - other[at + k]);
  for (; at < values; at++) sums[0] += __builtin_fabsf(one[at] - other[at]);
  float sum = 0;
  for (int k = 0; k < 16; k++) sum += sums[k];
  return values > 0 ? sum / (float)values : 0;
}

CLONES void cpixels_deviation(
    const float *mean, const float *mean_square, int64_t values, float *target) {
  for (int64_t at = 0; at < values; at++) {
    float variance = mean_square[at] - mean[at] * mean[at];
    target[at] = __builtin_sqrtf(variance > 0 ? variance : 0);
  }
}

CLONES void cpixels_block_steps(
    const uint8_t *source, int64_t stride, int64_t columns, int64_t rows, int64_t across[8],
    int64_t down[8]) {
  for (int k = 0; k < 8; k++) across[k] = down[k] = 0;
  for (int64_t y = 0; y < 8 * rows; y++) {
    const uint8_t *line = source + y * stride + 1;
    int32_t steps[8] = {0}, sum = 0;
    for (int64_t x = 0; x < 8 * columns; x += 8)
      for (int k = 0; k < 8; k++) {
        const uint8_t *pixel = line + 3 * (x + k);
        steps[k] += __builtin_abs(pixel[0] - pixel[3]);
        sum += __builtin_abs(pixel[0] - pixel[stride]);
      }
    for (int k = 0; k < 8; k++) across[k] += steps[k];
    down[y % 8] += sum;
  }
}
