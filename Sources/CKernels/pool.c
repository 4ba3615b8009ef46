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

/// The part of a window that lies in the volume.
struct inside {
  int first_frame, end_frame, first_row, end_row, first_column, end_column;
};

INLINE struct inside inside_of(dflab_windows w, int frame, int row, int column) {
  int z = frame * w.frame_stride - w.frame_padding, y = row * w.stride - w.row_padding;
  int x = column * w.stride - w.column_padding;
  return (struct inside){
      z > 0 ? z : 0, z + w.kernel_frames < w.frames ? z + w.kernel_frames : w.frames,
      y > 0 ? y : 0, y + w.kernel < w.height ? y + w.kernel : w.height,
      x > 0 ? x : 0, x + w.kernel < w.width ? x + w.kernel : w.width};
}

/// Channels whose results stay in registers.
enum { CHANNELS = 16 };

// Goes through the pixels under a window, in the order of memory.
#define EACH_PIXEL(x, w, i, pixel, body)                                                       \
  for (int z = (i).first_frame; z < (i).end_frame; z++)                                        \
    for (int v = (i).first_row; v < (i).end_row; v++) {                                        \
      const float *pixel = (x) + (((size_t)z * (w).height + v) * (w).width + (i).first_column) * \
                                     (w).channels;                                             \
      for (int u = (i).first_column; u < (i).end_column; u++, pixel += (w).channels) body      \
    }

INLINE void largest(const float *x, dflab_windows w, struct inside i, const int count, float *y) {
  float most[CHANNELS];
  for (int c = 0; c < count; c++) most[c] = -INFINITY;
  EACH_PIXEL(x, w, i, pixel, {
    for (int c = 0; c < count; c++)
      most[c] = pixel[c] > most[c] || pixel[c] != pixel[c] ? pixel[c] : most[c];
  })
  for (int c = 0; c < count; c++) y[c] = most[c];
}

INLINE void mean(
    const float *x, dflab_windows w, struct inside i, float share, const int count, float *y) {
  float sum[CHANNELS];
  for (int c = 0; c < count; c++) sum[c] = 0;
  EACH_PIXEL(x, w, i, pixel, {
    for (int c = 0; c < count; c++) sum[c] += pixel[c];
  })
  for (int c = 0; c < count; c++) y[c] = sum[c] * share;
}

// Goes through the windows of some rows, counted through all frames, and their channels.
#define EACH_OUTPUT(w, first, end, body)                                                       \
  for (size_t line = first; line < end; line++)                                                \
    for (int column = 0; column < (w).columns; column++) {                                     \
      struct inside i = inside_of(w, (int)(line / (w).rows), (int)(line % (w).rows), column);  \
      size_t at = (line * (w).columns + column) * (w).channels;                                \
      for (int c = 0; c < (w).channels; c += CHANNELS) {                                       \
        int count = (w).channels - c;                                                          \
        body                                                                                   \
      }                                                                                        \
    }

CLONES void dflab_max_pool(
    const float *restrict x, float *restrict y, const dflab_windows *windows, size_t first,
    size_t end) {
  dflab_windows w = *windows;
  EACH_OUTPUT(w, first, end, {
    if (count >= CHANNELS)
      largest(x + c, w, i, CHANNELS, y + at + c);
    else if (count == 8)
      largest(x + c, w, i, 8, y + at + c);
    else
      largest(x + c, w, i, count, y + at + c);
  })
}

CLONES void dflab_average_pool(
    const float *restrict x, float *restrict y, const dflab_windows *windows, size_t first,
    size_t end) {
  dflab_windows w = *windows;
  float share = 1.0f / (float)(w.kernel_frames * w.kernel * w.kernel);
  EACH_OUTPUT(w, first, end, {
    if (count >= CHANNELS)
      mean(x + c, w, i, share, CHANNELS, y + at + c);
    else if (count == 8)
      mean(x + c, w, i, share, 8, y + at + c);
    else
      mean(x + c, w, i, share, count, y + at + c);
  })
}

INLINE void clear(float *dx, dflab_windows w) {
  memset(dx, 0, sizeof(float) * (size_t)w.frames * w.height * w.width * w.channels);
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

CLONES void dflab_average_pool_backward(
    const float *restrict dy, float *restrict dx, const dflab_windows *windows) {
  dflab_windows w = *windows;
  float share = 1.0f / (float)(w.kernel_frames * w.kernel * w.kernel);
  clear(dx, w);
  EACH_WINDOW(w) {
    UNDER_WINDOW(w, offset) {
      float *pixel = dx + offset;
      for (int32_t c = 0; c < w.channels; c++) pixel[c] += share * dy[c];
    }
    dy += w.channels;
  }
}
