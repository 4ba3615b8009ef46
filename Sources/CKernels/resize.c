#include "clones.h"
#include "include/resample.h"
#include "number.h"

// The four corners are read, or added to, through pointers that may be equal; only y differs.
CLONES void dflab_resize_row(
    const float *restrict x, float *restrict y, dflab_tap row, const dflab_tap *restrict columns,
    size_t column_count, size_t width, size_t channels) {
  for (size_t i = 0; i < column_count; i++, y += channels) {
    dflab_tap column = columns[i];
    const float *a = x + (row.first * width + column.first) * channels;
    if (row.weight == 0 && column.weight == 0) {
      for (size_t k = 0; k < channels; k++) y[k] = a[k];
      continue;
    }
    const float *b = x + (row.first * width + column.second) * channels;
    const float *c = x + (row.second * width + column.first) * channels;
    const float *d = x + (row.second * width + column.second) * channels;
    float top = 1 - row.weight, left = 1 - column.weight;
    for (size_t k = 0; k < channels; k++)
      y[k] = top * (left * a[k] + column.weight * b[k]) +
             row.weight * (left * c[k] + column.weight * d[k]);
  }
}

INLINE void add(
    const float *restrict dy, float weight, float *restrict target, size_t channels) {
  if (weight == 0) return;
  for (size_t k = 0; k < channels; k++) target[k] += weight * dy[k];
}

CLONES void dflab_resize_row_backward(
    const float *restrict dy, float *restrict dx, dflab_tap row,
    const dflab_tap *restrict columns, size_t column_count, size_t width, size_t channels) {
  for (size_t i = 0; i < column_count; i++, dy += channels) {
    dflab_tap column = columns[i];
    float top = 1 - row.weight, left = 1 - column.weight;
    float *upper = dx + row.first * width * channels;
    float *lower = dx + row.second * width * channels;
    add(dy, top * left, upper + column.first * channels, channels);
    add(dy, top * column.weight, upper + column.second * channels, channels);
    add(dy, row.weight * left, lower + column.first * channels, channels);
    add(dy, row.weight * column.weight, lower + column.second * channels, channels);
  }
}
