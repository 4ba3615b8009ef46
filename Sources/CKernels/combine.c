#include "include/combine.h"

#include "clones.h"
#include "number.h"

#define OPERATION(name, operator, type, kind)                                               \
  CLONES void name(                                                                         \
      const type *restrict a, const type *restrict b, type *restrict y, size_t count) {     \
    for (size_t i = 0; i < count; i++)                                                      \
      y[i] = narrow_##kind(wide_##kind(a[i]) operator wide_##kind(b[i]));                   \
  }

OPERATION(dflab_add, +, float, float)
OPERATION(dflab_add_half, +, half_t, half)
OPERATION(dflab_multiply, *, float, float)
OPERATION(dflab_multiply_half, *, half_t, half)

void dflab_copy_runs(
    const void *from, size_t from_stride, void *to, size_t to_stride, size_t bytes, size_t rows) {
  const char *source = from;
  char *target = to;
  for (size_t row = 0; row < rows; row++, source += from_stride, target += to_stride)
    memcpy(target, source, bytes);
}

CLONES void dflab_repeat_row(
    const float *restrict row, float factor, float *restrict y, size_t rows, size_t channels) {
  for (size_t r = 0; r < rows; r++, y += channels)
    for (size_t c = 0; c < channels; c++) y[c] = factor * row[c];
}

// SplitMix64's mixing of the seed and the index; its upper half decides.
INLINE uint32_t chance(uint64_t seed, uint64_t index) {
  uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)(z >> 32);
}

CLONES void dflab_dropout(
    const float *restrict x, float *restrict y, size_t first, size_t count, uint64_t seed,
    uint32_t threshold, float scale) {
  for (size_t i = 0; i < count; i++)
    y[i] = chance(seed, first + i) < threshold ? 0 : scale * x[i];
}
