#include "include/depthwise.h"

#include <stddef.h>
#include <string.h>

#include "clones.h"
#include "include/activation.h"
#include "include/thread_pool.h"
#include "number.h"

/// Channels that are computed at once: one register of AVX-512, two of AVX2.
#define LANES 16
/// Columns that share the weights they are multiplied with.
#define COLUMNS 4

typedef float lanes __attribute__((ext_vector_type(LANES), aligned(4)));

struct job {
  const struct dflab_depthwise *shape;
  const float *x, *weights, *bias;
  float *y;
  int activation;
  float slope;
};

/// The taps of 0 ..< kernel whose positions, counted from `start`, are within 0 ..< size.
struct range {
  int first, end;
};

INLINE struct range within(int start, int kernel, int size) {
  struct range r = {start < 0 ? -start : 0, size - start < kernel ? size - start : kernel};
  return r;
}

/// The first of the channels of a block; the last block overlaps the one before it.
INLINE int channel_of(int block, int channels) {
  int first = block * LANES;
  return first + LANES <= channels ? first : channels - LANES;
}

// Macros, not functions: compilers reject passing vectors that the target may lack.
#define LOAD(p) (*(const lanes *)(p))
#define STORE(p) (*(lanes *)(p))

/// One output position with any subset of its taps inside the picture; any number of channels.
INLINE void place(
    const struct job *j, const float *image, int top, int left, struct range rows, int kernel,
    float *y) {
  const struct dflab_depthwise *s = j->shape;
  int channels = s->channels;
  struct range columns = within(left, kernel, s->width);
  if (channels < LANES) {
    for (int c = 0; c < channels; c++) {
      float sum = j->bias ? j->bias[c] : 0;
      for (int u = rows.first; u < rows.end; u++)
        for (int v = columns.first; v < columns.end; v++)
          sum += image[((ptrdiff_t)(top + u) * s->width + left + v) * channels + c] *
                 j->weights[(u * kernel + v) * channels + c];
      y[c] = sum;
    }
    return;
  }
  for (int block = 0; block * LANES < channels; block++) {
    int c = channel_of(block, channels);
    lanes sum = j->bias ? LOAD(j->bias + c) : (lanes)0;
    for (int u = rows.first; u < rows.end; u++)
      for (int v = columns.first; v < columns.end; v++)
        sum += LOAD(image + ((ptrdiff_t)(top + u) * s->width + left + v) * channels + c) *
               LOAD(j->weights + (u * kernel + v) * channels + c);
    STORE(y + c) = sum;
  }
}

/// COLUMNS adjacent positions, all of whose columns are inside.
INLINE void places(
    const struct job *j, const float *image, int top, int left, struct range rows,
    const int kernel, const int stride, float *y) {
  const struct dflab_depthwise *s = j->shape;
  ptrdiff_t channels = s->channels;
  for (int block = 0; block * LANES < channels; block++) {
    int c = channel_of(block, s->channels);
    lanes start = j->bias ? LOAD(j->bias + c) : (lanes)0, sum[COLUMNS];
    _Pragma("clang loop unroll(full)") for (int t = 0; t < COLUMNS; t++) sum[t] = start;
    for (int u = rows.first; u < rows.end; u++) {
      const float *line = image + ((ptrdiff_t)(top + u) * s->width + left) * channels + c;
      const float *weights = j->weights + u * kernel * channels + c;
      _Pragma("clang loop unroll(full)") for (int v = 0; v < kernel; v++) {
        lanes weight = LOAD(weights + v * channels);
        _Pragma("clang loop unroll(full)") for (int t = 0; t < COLUMNS; t++)
            sum[t] += LOAD(line + (t * stride + v) * channels) * weight;
      }
    }
    _Pragma("clang loop unroll(full)") for (int t = 0; t < COLUMNS; t++)
        STORE(y + t * channels + c) = sum[t];
  }
}

INLINE void forward_row(const struct job *j, int unit, const int kernel, const int stride) {
  const struct dflab_depthwise *s = j->shape;
  int image = unit / s->out_height, top = unit % s->out_height * stride - s->padding;
  const float *x = j->x + (ptrdiff_t)image * s->height * s->width * s->channels;
  float *y = j->y + (ptrdiff_t)unit * s->out_width * s->channels;
  struct range rows = within(top, kernel, s->height);
  for (int column = 0; column < s->out_width;) {
    int left = column * stride - s->padding;
    int last = left + (COLUMNS - 1) * stride + kernel;
    if (left >= 0 && last <= s->width && column + COLUMNS <= s->out_width && s->channels >= LANES) {
      places(j, x, top, left, rows, kernel, stride, y + (ptrdiff_t)column * s->channels);
      column += COLUMNS;
    } else {
      place(j, x, top, left, rows, kernel, y + (ptrdiff_t)column * s->channels);
      column++;
    }
  }
}

CLONES static void forward_rows(const struct job *j, int first, int end) {
  int kernel = j->shape->kernel, stride = j->shape->stride;
  for (int unit = first; unit < end; unit++) {
    if (kernel == 3 && stride == 1)
      forward_row(j, unit, 3, 1);
    else if (kernel == 3)
      forward_row(j, unit, 3, stride);
    else if (kernel == 7 && stride == 1)
      forward_row(j, unit, 7, 1);
    else if (kernel == 7)
      forward_row(j, unit, 7, stride);
    else if (stride == 1)
      forward_row(j, unit, 5, 1);
    else
      forward_row(j, unit, 5, stride);
  }
}

static void forward(void *context, int index, int threads) {
  const struct job *j = context;
  int units = j->shape->batch * j->shape->out_height;
  int first = units * index / threads, end = units * (index + 1) / threads;
  if (!j->activation) return forward_rows(j, first, end);
  // Row by row, while it is in the cache.
  size_t row = (size_t)j->shape->out_width * j->shape->channels;
  for (int unit = first; unit < end; unit++) {
    forward_rows(j, unit, unit + 1);
    dflab_activate(j->activation, j->slope, j->y + unit * row, j->y + unit * row, row);
  }
}

void dflab_depthwise_forward(
    const struct dflab_depthwise *shape, const float *x, const float *weights, const float *bias,
    int activation, float slope, float *y) {
  struct job job = {shape, x, weights, bias, y, activation, slope};
  dflab_parallel(forward, &job);
}

/// One pixel's gradient, summed over the output positions that read it.
INLINE void gather(const struct job *j, const float *dy, int row, int column, float *dx) {
  const struct dflab_depthwise *s = j->shape;
  int channels = s->channels, taps = 0;
  const float *from[49], *weights[49];
  for (int u = 0; u < s->kernel; u++) {
    int y = row + s->padding - u;
    if (y < 0 || y % s->stride || y / s->stride >= s->out_height) continue;
    for (int v = 0; v < s->kernel; v++) {
      int x = column + s->padding - v;
      if (x < 0 || x % s->stride || x / s->stride >= s->out_width) continue;
      from[taps] = dy + ((ptrdiff_t)(y / s->stride) * s->out_width + x / s->stride) * channels;
      weights[taps++] = j->weights + (u * s->kernel + v) * channels;
    }
  }
  if (channels < LANES) {
    for (int c = 0; c < channels; c++) {
      dx[c] = 0;
      for (int tap = 0; tap < taps; tap++) dx[c] += from[tap][c] * weights[tap][c];
    }
    return;
  }
  for (int block = 0; block * LANES < channels; block++) {
    int c = channel_of(block, channels);
    lanes sum = (lanes)0;
    for (int tap = 0; tap < taps; tap++) sum += LOAD(from[tap] + c) * LOAD(weights[tap] + c);
    STORE(dx + c) = sum;
  }
}

CLONES static void gather_rows(const struct job *j, int first, int end) {
  const struct dflab_depthwise *s = j->shape;
  for (int unit = first; unit < end; unit++) {
    const float *dy =
        j->x + (ptrdiff_t)(unit / s->height) * s->out_height * s->out_width * s->channels;
    for (int column = 0; column < s->width; column++)
      gather(
          j, dy, unit % s->height, column,
          j->y + ((ptrdiff_t)unit * s->width + column) * s->channels);
  }
}

static void backward_data(void *context, int index, int threads) {
  const struct job *j = context;
  int units = j->shape->batch * j->shape->height;
  gather_rows(j, units * index / threads, units * (index + 1) / threads);
}

void dflab_depthwise_backward_data(
    const struct dflab_depthwise *shape, const float *dy, const float *weights, float *dx) {
  struct job job = {shape, dy, weights, NULL, dx};
  dflab_parallel(backward_data, &job);
}

/// Adds the products of one row of dy with the rows of x that it reads through as many rows of taps.
///
/// Three rows of three taps at once, so that their sums do not wait for each other; those of five
/// are too many for the registers.
INLINE void add_rows(
    const struct dflab_depthwise *s, const float *x, const float *dy, const int rows,
    const int kernel, const int stride, float *sums) {
  ptrdiff_t channels = s->channels, row = s->width * channels;
  // Columns between these two have all their taps inside.
  int inner = (s->padding + stride - 1) / stride;
  int outer = (s->width + s->padding - kernel) / stride + 1;
  if (outer > s->out_width) outer = s->out_width;
  if (inner > outer) inner = outer = s->out_width;
  for (int block = 0; block * LANES < channels; block++) {
    int c = channel_of(block, s->channels);
    lanes sum[3][7] = {0};
    for (int column = inner; column < outer; column++) {
      lanes slope = LOAD(dy + column * channels + c);
      const float *line = x + (ptrdiff_t)(column * stride - s->padding) * channels + c;
      _Pragma("clang loop unroll(full)") for (int u = 0; u < rows; u++)
          _Pragma("clang loop unroll(full)") for (int v = 0; v < kernel; v++)
              sum[u][v] += LOAD(line + u * row + v * channels) * slope;
    }
    for (int column = inner > 0 ? 0 : outer; column < s->out_width;
         column = column + 1 == inner ? outer : column + 1) {
      int left = column * stride - s->padding;
      lanes slope = LOAD(dy + column * channels + c);
      _Pragma("clang loop unroll(full)") for (int u = 0; u < rows; u++)
          _Pragma("clang loop unroll(full)") for (int v = 0; v < kernel; v++) if (
              left + v >= 0 && left + v < s->width) sum[u][v] +=
          LOAD(x + u * row + (ptrdiff_t)(left + v) * channels + c) * slope;
    }
    // Skip the channels that the overlapping last block shares with the one before it.
    int known = block * LANES - c;
    for (int u = 0; u < rows; u++)
      for (int v = 0; v < kernel; v++)
        for (int lane = known; lane < LANES; lane++)
          sums[(u * kernel + v) * channels + c + lane] += sum[u][v][lane];
  }
}

INLINE void add_row_of_few(
    const struct dflab_depthwise *s, const float *x, const float *dy, float *sums) {
  for (int column = 0; column < s->out_width; column++)
    for (int v = 0; v < s->kernel; v++) {
      int at = column * s->stride - s->padding + v;
      if (at < 0 || at >= s->width) continue;
      for (int c = 0; c < s->channels; c++)
        sums[v * s->channels + c] += x[at * s->channels + c] * dy[column * s->channels + c];
    }
}

CLONES static void weigh_images(const struct job *j, int first, int end) {
  const struct dflab_depthwise *s = j->shape;
  ptrdiff_t taps = (ptrdiff_t)s->kernel * s->channels, row = (ptrdiff_t)s->width * s->channels;
  for (int image = first; image < end; image++) {
    float *sums = j->y + image * s->kernel * taps;
    memset(sums, 0, sizeof(float) * s->kernel * taps);
    for (int out = 0; out < s->out_height; out++) {
      const float *dy =
          j->weights + ((ptrdiff_t)image * s->out_height + out) * s->out_width * s->channels;
      int top = out * s->stride - s->padding;
      if (s->kernel == 3 && s->channels >= LANES && top >= 0 && top + 3 <= s->height) {
        const float *x = j->x + ((ptrdiff_t)image * s->height + top) * row;
        if (s->stride == 1)
          add_rows(s, x, dy, 3, 3, 1, sums);
        else
          add_rows(s, x, dy, 3, 3, s->stride, sums);
        continue;
      }
      for (int u = 0; u < s->kernel; u++) {
        int in = top + u;
        if (in < 0 || in >= s->height) continue;
        const float *x = j->x + ((ptrdiff_t)image * s->height + in) * row;
        if (s->channels < LANES)
          add_row_of_few(s, x, dy, sums + u * taps);
        else if (s->kernel == 3 && s->stride == 1)
          add_rows(s, x, dy, 1, 3, 1, sums + u * taps);
        else if (s->kernel == 3)
          add_rows(s, x, dy, 1, 3, s->stride, sums + u * taps);
        else if (s->kernel == 7 && s->stride == 1)
          add_rows(s, x, dy, 1, 7, 1, sums + u * taps);
        else if (s->kernel == 7)
          add_rows(s, x, dy, 1, 7, s->stride, sums + u * taps);
        else if (s->stride == 1)
          add_rows(s, x, dy, 1, 5, 1, sums + u * taps);
        else
          add_rows(s, x, dy, 1, 5, s->stride, sums + u * taps);
      }
    }
  }
}

static void backward_weights(void *context, int index, int threads) {
  const struct job *j = context;
  int batch = j->shape->batch;
  weigh_images(j, batch * index / threads, batch * (index + 1) / threads);
}

void dflab_depthwise_backward_weights(
    const struct dflab_depthwise *shape, const float *x, const float *dy, float *sums) {
  struct job job = {shape, x, dy, NULL, sums};
  dflab_parallel(backward_weights, &job);
}
