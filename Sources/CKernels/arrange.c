#include "include/arrange.h"

#include "clones.h"
#include "number.h"

// The factor 2 has its own loops: they turn into vector shuffles. `a` and `b` are the pixels of
// the upper row, `c` and `d` those of the lower.
#define PIXELS(kind, type, suffix)                                                            \
  INLINE void split_##kind(                                                                   \
      const type *restrict x, type *restrict a, type *restrict b, type *restrict c,           \
      type *restrict d, size_t channels) {                                                    \
    for (size_t i = 0; i < channels; i++) {                                                   \
      a[i] = x[4 * i];                                                                        \
      b[i] = x[4 * i + 1];                                                                    \
      c[i] = x[4 * i + 2];                                                                    \
      d[i] = x[4 * i + 3];                                                                    \
    }                                                                                         \
  }                                                                                           \
                                                                                              \
  INLINE void merge_##kind(                                                                   \
      type *restrict y, const type *restrict a, const type *restrict b,                       \
      const type *restrict c, const type *restrict d, size_t channels) {                      \
    for (size_t i = 0; i < channels; i++) {                                                   \
      y[4 * i] = a[i];                                                                        \
      y[4 * i + 1] = b[i];                                                                    \
      y[4 * i + 2] = c[i];                                                                    \
      y[4 * i + 3] = d[i];                                                                    \
    }                                                                                         \
  }                                                                                           \
                                                                                              \
  CLONES void dflab_pixel_shuffle##suffix(                                                    \
      const type *restrict x, type *restrict y, size_t rows, size_t width, size_t channels,   \
      size_t factor) {                                                                        \
    size_t line = width * factor * channels, block = factor * factor;                         \
    for (size_t row = 0; row < rows; row++)                                                   \
      for (size_t column = 0; column < width; column++) {                                     \
        const type *source = x + (row * width + column) * channels * block;                   \
        type *target = y + row * factor * line + column * factor * channels;                  \
        if (factor == 2) {                                                                    \
          split_##kind(                                                                       \
              source, target, target + channels, target + line, target + line + channels,     \
              channels);                                                                      \
          continue;                                                                           \
        }                                                                                     \
        for (size_t k = 0; k < block; k++)                                                    \
          for (size_t i = 0; i < channels; i++)                                               \
            target[k / factor * line + k % factor * channels + i] = source[i * block + k];    \
      }                                                                                       \
  }                                                                                           \
                                                                                              \
  CLONES void dflab_pixel_unshuffle##suffix(                                                  \
      const type *restrict x, type *restrict y, size_t rows, size_t width, size_t channels,   \
      size_t factor) {                                                                        \
    size_t line = width * factor * channels, block = factor * factor;                         \
    for (size_t row = 0; row < rows; row++)                                                   \
      for (size_t column = 0; column < width; column++) {                                     \
        const type *source = x + row * factor * line + column * factor * channels;            \
        type *target = y + (row * width + column) * channels * block;                         \
        if (factor == 2) {                                                                    \
          merge_##kind(                                                                       \
              target, source, source + channels, source + line, source + line + channels,     \
              channels);                                                                      \
          continue;                                                                           \
        }                                                                                     \
        for (size_t k = 0; k < block; k++)                                                    \
          for (size_t i = 0; i < channels; i++)                                               \
            target[i * block + k] = source[k / factor * line + k % factor * channels + i];    \
      }                                                                                       \
  }

PIXELS(float, float, )
PIXELS(half, half_t, _half)
