#include <math.h>

#include "clones.h"
#include "include/resample.h"
#include "number.h"

// Loops over the windows' positions.
#define EACH_WINDOW(w)                                          \
  for (int32_t frame = 0; frame < (w).out_frames; frame++)      \
    for (int32_t row = 0; row < (w).rows; row++)                \
      for (int32_t column = 0; column < (w).columns; column++)

// Loops over the pixels under the window at (frame, row, column) that lie in the volume; `offset` is
// where the pixel's channels start.
#define UNDER_WINDOW(w, offset)                                                                 \
  for (int32_t kz = 0, pz = frame * (w).frame_stride - (w).frame_padding;                       \
       kz < (w).kernel_frames; kz++, pz++)                                                      \
    for (int32_t ky = 0, py = row * (w).stride - (w).row_padding; ky < (w).kernel; ky++, py++)  \
      for (int32_t kx = 0, px = column * (w).stride - (w).column_padding; kx < (w).kernel;      \
           kx++, px++)                                                                          \
        for (size_t offset =                                                                    \
                 (((size_t)pz * (w).height + py) * (w).width + px) * (w).channels, once = 1;    \
             once && pz >= 0 && pz < (w).frames && py >= 0 && py < (w).height && px >= 0 &&     \
             px < (w).width;                                                                    \
             once = 0)

INLINE float share_of(dflab_windows w) {
  return 1.0f / (float)(w.kernel_frames * w.kernel * w.kernel);
}

INLINE void clear(float *dx, dflab_windows w) {
  memset(dx, 0, sizeof(float) * (size_t)w.frames * w.height * w.width * w.channels);
}

CLONES void dflab_max_pool(
    const float *restrict x, float *restrict y, const dflab_windows *windows) {
  dflab_windows w = *windows;
  EACH_WINDOW(w) {
    for (int32_t c = 0; c < w.channels; c++) y[c] = -INFINITY;
    UNDER_WINDOW(w, offset) {
      const float *pixel = x + offset;
      for (int32_t c = 0; c < w.channels; c++)
        y[c] = pixel[c] > y[c] || pixel[c] != pixel[c] ? pixel[c] : y[c];
    }
    y += w.channels;
  }
}

CLONES void dflab_max_pool_backward(
    const float *restrict x, const float *restrict y, const float *restrict dy,
    float *restrict dx, const dflab_windows *windows) {
  enum { CHUNK = 512 };
  float waiting[CHUNK];  // what no pixel of the window has claimed yet
  dflab_windows w = *windows;
  clear(dx, w);
  EACH_WINDOW(w) {
    for (int32_t start = 0; start < w.channels; start += CHUNK) {
      int32_t count = w.channels - start < CHUNK ? w.channels - start : CHUNK;
      for (int32_t c = 0; c < count; c++) waiting[c] = dy[start + c];
      UNDER_WINDOW(w, offset) {
        const float *pixel = x + offset + start, *largest = y + start;
        float *target = dx + offset + start;
        for (int32_t c = 0; c < count; c++) {
          float claimed = pixel[c] == largest[c] ? waiting[c] : 0;
          target[c] += claimed;
          waiting[c] = pixel[c] == largest[c] ? 0 : waiting[c];
        }
      }
    }
    y += w.channels;
    dy += w.channels;
  }
}

CLONES void dflab_average_pool(
    const float *restrict x, float *restrict y, const dflab_windows *windows) {
  dflab_windows w = *windows;
  float share = share_of(w);
  EACH_WINDOW(w) {
    for (int32_t c = 0; c < w.channels; c++) y[c] = 0;
    UNDER_WINDOW(w, offset) {
      const float *pixel = x + offset;
      for (int32_t c = 0; c < w.channels; c++) y[c] += pixel[c];
    }
    for (int32_t c = 0; c < w.channels; c++) y[c] *= share;
    y += w.channels;
  }
}

CLONES void dflab_average_pool_backward(
    const float *restrict dy, float *restrict dx, const dflab_windows *windows) {
  dflab_windows w = *windows;
  float share = share_of(w);
  clear(dx, w);
  EACH_WINDOW(w) {
    UNDER_WINDOW(w, offset) {
      float *pixel = dx + offset;
      for (int32_t c = 0; c < w.channels; c++) pixel[c] += share * dy[c];
    }
    dy += w.channels;
  }
}
