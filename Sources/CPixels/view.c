#include "pixels.h"

#include <string.h>

#include "internal.h"

/// The new pixels along an axis.
struct axis {
  int64_t count, taps;
  const int64_t *starts;
  const float *weights;
};

/// `narrow` = one source row resampled along the columns; `plain` takes its values as numbers, and has
/// room for one more.
INLINE void narrow_row(
    const uint8_t *row, int64_t width, const struct axis *columns, int is_mirrored,
    float *plain, float *narrow) {
  for (int64_t k = 0; k < 3 * width; k++) plain[k] = row[k];
  for (int64_t k = 0; k < columns->count; k++) {
    // In the order of the target, because each pixel is written with a value of the next one.
    int64_t column = is_mirrored ? columns->count - 1 - k : k;
    four sum = {0, 0, 0, 0};
    for (int64_t tap = 0; tap < columns->taps; tap++) {
      four pixel;
      memcpy(&pixel, plain + 3 * held(columns->starts[column] + tap, width - 1), sizeof pixel);
      sum += pixel * columns->weights[column * columns->taps + tap];
    }
    memcpy(narrow + 3 * k, &sum, sizeof sum);
  }
}

CLONES void cpixels_view(
    const uint8_t *source, int64_t width, int64_t height, int64_t column_count, int64_t column_taps,
    const int64_t *column_starts, const float *column_weights, int64_t row_count, int64_t row_taps,
    const int64_t *row_starts, const float *row_weights, int is_mirrored, const float scale[3],
    const float shift[3], float *lines, float *target) {
  const struct axis columns = {column_count, column_taps, column_starts, column_weights};
  const struct axis rows = {row_count, row_taps, row_starts, row_weights};
  float *plain = lines, *narrow = lines + 3 * width + 4;
  int64_t length = 3 * columns.count, next = 0;
  plain[3 * width] = 0;
  memset(target, 0, sizeof *target * length * rows.count);
  int64_t last = rows.starts[rows.count - 1] + rows.taps - 1;
  // Each source row is narrowed once, and added to the new rows that it contributes to.
  for (int64_t line = rows.starts[0]; line <= last; line++) {
    while (next < rows.count && rows.starts[next] + rows.taps <= line) next++;
    if (next == rows.count || rows.starts[next] > line) continue;
    narrow_row(
        source + 3 * width * held(line, height - 1), width, &columns, is_mirrored, plain, narrow);
    for (int64_t row = next; row < rows.count && rows.starts[row] <= line; row++) {
      float weight = rows.weights[row * rows.taps + line - rows.starts[row]];
      if (weight == 0) continue;
      float *to = target + row * length;
      for (int64_t k = 0; k < length; k++) to[k] += weight * narrow[k];
    }
  }
  for (int64_t pixel = 0; pixel < columns.count * rows.count; pixel++)
    for (int k = 0; k < 3; k++) target[3 * pixel + k] = target[3 * pixel + k] * scale[k] - shift[k];
}
