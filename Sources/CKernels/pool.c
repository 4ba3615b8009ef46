#include <math.h>

#include "clones.h"
#include "include/resample.h"
#include "number.h"

// Loops over the pixels under the window at (row, column) that lie in the image; `offset` is
// where the pixel's channels start.
#define UNDER_WINDOW(w, row, column, offset)                                                 \
  for (int32_t ky = 0, py = (row) * (w).stride - (w).padding; ky < (w).kernel; ky++, py++)   \
    for (int32_t kx = 0, px = (column) * (w).stride - (w).padding; kx < (w).kernel;          \
         kx++, px++)                                                                         \
      for (size_t offset = ((size_t)py * (w).width + px) * (w).channels, once = 1;           \
           once && py >= 0 && py < (w).height && px >= 0 && px < (w).width; once = 0)

INLINE void clear(float *dx, dflab_windows w) {
  memset(dx, 0, sizeof(float) * (size_t)w.height * w.width * w.channels);
}

CLONES void dflab_max_pool(
    const float *restrict x, float *restrict y, const dflab_windows *windows) {
  dflab_windows w = *windows;
  for (int32_t row = 0; row < w.rows; row++)
    for (int32_t column = 0; column < w.columns; column++, y += w.channels) {
      for (int32_t c = 0; c < w.channels; c++) y[c] = -INFINITY;
      UNDER_WINDOW(w, row, column, offset) {
        const float *pixel = x + offset;
        for (int32_t c = 0; c < w.channels; c++)
          y[c] = pixel[c] > y[c] || pixel[c] != pixel[c] ? pixel[c] : y[c];
      }
    }
}

CLONES void dflab_max_pool_backward(
    const float *restrict x, const float *restrict y, const float *restrict dy,
    float *restrict dx, const dflab_windows *windows) {
  enum { CHUNK = 512 };
  float waiting[CHUNK];  // what no pixel of the window has claimed yet
  dflab_windows w = *windows;
  clear(dx, w);
  for (int32_t row = 0; row < w.rows; row++)
    for (int32_t column = 0; column < w.columns; column++, y += w.channels, dy += w.channels)
      for (int32_t start = 0; start < w.channels; start += CHUNK) {
        int32_t count = w.channels - start < CHUNK ? w.channels - start : CHUNK;
        for (int32_t c = 0; c < count; c++) waiting[c] = dy[start + c];
        UNDER_WINDOW(w, row, column, offset) {
          const float *pixel = x + offset + start, *largest = y + start;
          float *target = dx + offset + start;
          for (int32_t c = 0; c < count; c++) {
            float claimed = pixel[c] == largest[c] ? waiting[c] : 0;
            target[c] += claimed;
            waiting[c] = pixel[c] == largest[c] ? 0 : waiting[c];
          }
        }
      }
}

CLONES void dflab_average_pool(
    const float *restrict x, float *restrict y, const dflab_windows *windows) {
  dflab_windows w = *windows;
  float share = 1.0f / (float)(w.kernel * w.kernel);
  for (int32_t row = 0; row < w.rows; row++)
    for (int32_t column = 0; column < w.columns; column++, y += w.channels) {
      for (int32_t c = 0; c < w.channels; c++) y[c] = 0;
      UNDER_WINDOW(w, row, column, offset) {
        const float *pixel = x + offset;
        for (int32_t c = 0; c < w.channels; c++) y[c] += pixel[c];
      }
      for (int32_t c = 0; c < w.channels; c++) y[c] *= share;
    }
}

CLONES void dflab_average_pool_backward(
    const float *restrict dy, float *restrict dx, const dflab_windows *windows) {
  dflab_windows w = *windows;
  float share = 1.0f / (float)(w.kernel * w.kernel);
  clear(dx, w);
  for (int32_t row = 0; row < w.rows; row++)
    for (int32_t column = 0; column < w.columns; column++, dy += w.channels)
      UNDER_WINDOW(w, row, column, offset) {
        float *pixel = dx + offset;
        for (int32_t c = 0; c < w.channels; c++) pixel[c] += share * dy[c];
      }
}
