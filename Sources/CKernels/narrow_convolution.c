#include "include/narrow_convolution.h"

#include <string.h>

#include "clones.h"
#include "include/thread_pool.h"
#include "number.h"

/// Pixels of a vector.
#define LANES 16
/// Rows of the output that one piece of work computes.
#define BAND 16
/// Channels whose sums fit into registers.
#define MOST_CHANNELS 8

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

#define AT(pointer) (*(lanes *)(pointer))

/// A convolution of planes: pictures, the taps' weights as [tap][input][output], and the result.
struct planes {
  int batch, height, width, inputs, outputs, kernel_height, kernel_width, dilation;
  /// Zeros above, below, to the left and to the right of the picture.
  int padding, padding_after;
  const float *x, *weights, *bias;
  float slope;
  float *y;
  /// What each thread has for itself.
  float *scratch;
  size_t scratch_step;
};

static int reach(int kernel, int dilation) { return (kernel - 1) * dilation; }
static int out_height(const struct planes *s) {
  return s->height + s->padding + s->padding_after - reach(s->kernel_height, s->dilation);
}
static int out_width(const struct planes *s) {
  return s->width + s->padding + s->padding_after - reach(s->kernel_width, s->dilation);
}

static size_t rounded(size_t count) { return (count + LANES - 1) / LANES * LANES; }

/// Floats of a row of one channel with its padding, and of what is read past its end.
static size_t row_floats(int width, int padding, int padding_after) {
  return rounded((size_t)width + padding + padding_after) + 4 * LANES;
}

/// One row of pixels as one row for each channel.
#define SPREAD(channels)                                     \
  for (int x = 0; x < width; x++)                            \
    for (int c = 0; c < (channels); c++) to[c * step + x] = from[x * (channels) + c];

CLONES static void spread(
    const float *restrict from, int width, int channels, float *restrict to, size_t step) {
  switch (channels) {
    case 1: memcpy(to, from, width * sizeof(float)); break;
    case 2: SPREAD(2); break;
    case 3: SPREAD(3); break;
    case 4: SPREAD(4); break;
    case 8: SPREAD(8); break;
    case 11: SPREAD(11); break;
    case 12: SPREAD(12); break;
    default: SPREAD(channels);
  }
}

/// One row for each channel as one row of pixels, `all` channels wide.
#define GATHER(channels, all)                                \
  for (int x = 0; x < width; x++)                            \
    for (int c = 0; c < (channels); c++) to[x * (all) + c] = from[c * step + x];

CLONES static void gather(
    const float *restrict from, size_t step, int width, int channels, int all,
    float *restrict to) {
  if (channels == all) {
    switch (channels) {
      case 1: memcpy(to, from, width * sizeof(float)); return;
      case 2: GATHER(2, 2); return;
      case 3: GATHER(3, 3); return;
      case 4: GATHER(4, 4); return;
      case 8: GATHER(8, 8); return;
    }
  }
  GATHER(channels, all);
}

/// The rows from `first` on as planes [rows][channels][step], with zeros around the picture.
static void spread_rows(
    const float *picture, int height, int width, int channels, int padding, int first, int rows,
    float *planes, size_t step) {
  for (int row = 0; row < rows; row++) {
    int y = first + row - padding;
    float *to = planes + (size_t)row * channels * step;
    if (y < 0 || y >= height) {
      memset(to, 0, channels * step * sizeof(float));
      continue;
    }
    for (int c = 0; c < channels; c++) {
      memset(to + c * step, 0, padding * sizeof(float));
      memset(to + c * step + padding + width, 0, (step - padding - width) * sizeof(float));
    }
    spread(picture + (size_t)y * width * channels, width, channels, to + padding, step);
  }
}

/// One row of `outputs` channels from the planes of the rows that it reads, `vectors` at a time.
INLINE void sum_row(
    const struct planes *s, const float *planes, size_t step, const float *weights, size_t all_outputs,
    const float *bias, int outputs, int vectors, float *to, size_t to_step) {
  int width = out_width(s);
  for (int x = 0; x < width; x += vectors * LANES) {
    lanes sums[MOST_CHANNELS][4];
    for (int o = 0; o < outputs; o++)
      for (int v = 0; v < vectors; v++) sums[o][v] = (lanes){0} + (bias ? bias[o] : 0);
    const float *w = weights;
    for (int ky = 0; ky < s->kernel_height; ky++) {
      const float *rows = planes + (size_t)ky * s->dilation * s->inputs * step + x;
      for (int kx = 0; kx < s->kernel_width; kx++)
        for (int i = 0; i < s->inputs; i++, w += all_outputs) {
          const float *from = rows + i * step + kx * s->dilation;
          lanes values[4];
          for (int v = 0; v < vectors; v++) values[v] = AT(from + v * LANES);
          for (int o = 0; o < outputs; o++)
            for (int v = 0; v < vectors; v++) sums[o][v] += values[v] * w[o];
        }
    }
    for (int o = 0; o < outputs; o++)
      for (int v = 0; v < vectors; v++) {
        lanes sum = sums[o][v], sloped = sum * s->slope;
        for (int k = 0; k < LANES; k++) sum[k] = sum[k] > 0 ? sum[k] : sloped[k];
        AT(to + o * to_step + x + v * LANES) = sum;
      }
  }
}

#define SUM(outputs, vectors) \
  case outputs:               \
    sum_row(s, planes, step, weights, all_outputs, bias, outputs, vectors, to, to_step); break;

CLONES static void sum_rows(
    const struct planes *s, const float *planes, size_t step, const float *weights,
    size_t all_outputs, const float *bias, int outputs, float *to, size_t to_step) {
  switch (outputs) {
    SUM(1, 4) SUM(2, 4) SUM(3, 4) SUM(4, 3) SUM(5, 2) SUM(6, 2) SUM(7, 2) SUM(8, 2)
  }
}

static size_t planes_floats(const struct planes *s) {
  size_t rows = BAND + reach(s->kernel_height, s->dilation);
  return rows * s->inputs * row_floats(s->width, s->padding, s->padding_after);
}

static void convolve(void *context, int index, int count) {
  const struct planes *s = context;
  size_t step = row_floats(s->width, s->padding, s->padding_after);
  int height = out_height(s), width = out_width(s);
  size_t to_step = rounded(width) + 4 * LANES;
  float *planes = s->scratch + index * s->scratch_step, *sums = planes + planes_floats(s);
  int bands = (height + BAND - 1) / BAND, pieces = s->batch * bands;
  for (int piece = (int)((long)pieces * index / count);
       piece < (int)((long)pieces * (index + 1) / count); piece++) {
    int image = piece / bands, first = piece % bands * BAND;
    int rows = height - first < BAND ? height - first : BAND;
    spread_rows(
        s->x + (size_t)image * s->height * s->width * s->inputs, s->height, s->width, s->inputs,
        s->padding, first, rows + reach(s->kernel_height, s->dilation), planes, step);
    for (int row = 0; row < rows; row++) {
      float *to = s->y + ((size_t)image * height + first + row) * width * s->outputs;
      for (int o = 0; o < s->outputs; o += MOST_CHANNELS) {
        int channels = s->outputs - o < MOST_CHANNELS ? s->outputs - o : MOST_CHANNELS;
        sum_rows(
            s, planes + row * s->inputs * step, step, s->weights + o, s->outputs,
            s->bias ? s->bias + o : NULL, channels, sums, to_step);
        gather(sums, to_step, width, channels, s->outputs, to + o);
      }
    }
  }
}

/// Where the weight of a tap, an input and an output lies in a layer's only panel.
static size_t panel_place(const struct dflab_convolution *s, int tap, int i, int o) {
  return ((size_t)tap * s->inputs + i) * LANES + o;
}

static struct planes planes_of(const struct dflab_convolution *s) {
  return (struct planes){
      .batch = s->batch, .height = s->height, .width = s->width, .inputs = s->inputs,
      .outputs = s->outputs, .kernel_height = s->kernel_height, .kernel_width = s->kernel_width,
      .dilation = s->dilation, .padding = s->padding, .padding_after = s->padding_after,
      .slope = s->slope};
}

static size_t weight_floats(const struct dflab_convolution *s) {
  return (size_t)s->kernel_height * s->kernel_width * s->inputs * s->outputs;
}

/// Floats of scratch of a thread, for either direction and for the gradient of the weights.
static size_t thread_floats(const struct dflab_convolution *s) {
  int zeros = reach(s->kernel_height > s->kernel_width ? s->kernel_height : s->kernel_width, s->dilation);
  size_t rows = BAND + zeros, channels = s->inputs + s->outputs;
  size_t step = row_floats(s->width + zeros, zeros, zeros);
  return rows * channels * step + MOST_CHANNELS * step + weight_floats(s) * LANES;
}

size_t dflab_narrow_convolution_scratch(const struct dflab_convolution *s) {
  return weight_floats(s) * (1 + (size_t)s->batch) + thread_floats(s) * dflab_threads();
}

void dflab_narrow_convolution_forward(
    const struct dflab_convolution *s, const float *x, const float *weights, const float *bias,
    float *y, float *scratch) {
  struct planes planes = planes_of(s);
  float *w = scratch;
  for (int tap = 0; tap < s->kernel_height * s->kernel_width; tap++)
    for (int i = 0; i < s->inputs; i++)
      for (int o = 0; o < s->outputs; o++)
        w[(tap * s->inputs + i) * s->outputs + o] = weights[panel_place(s, tap, i, o)];
  planes.x = x, planes.weights = w, planes.bias = bias, planes.y = y;
  planes.scratch = scratch + weight_floats(s), planes.scratch_step = thread_floats(s);
  dflab_parallel(convolve, &planes);
}

void dflab_narrow_convolution_backward_data(
    const struct dflab_convolution *s, const float *dy, const float *weights, float *dx,
    float *scratch) {
  struct planes forward = planes_of(s), planes = forward;
  planes.height = out_height(&forward), planes.width = out_width(&forward);
  planes.inputs = s->outputs, planes.outputs = s->inputs;
  // The same convolution with the taps turned around.
  planes.padding = reach(s->kernel_height, s->dilation) - s->padding;
  planes.padding_after = reach(s->kernel_height, s->dilation) - s->padding_after;
  int taps = s->kernel_height * s->kernel_width;
  float *w = scratch;
  for (int tap = 0; tap < taps; tap++)
    for (int o = 0; o < s->outputs; o++)
      for (int i = 0; i < s->inputs; i++)
        w[(tap * s->outputs + o) * s->inputs + i] = weights[panel_place(s, taps - 1 - tap, i, o)];
  planes.x = dy, planes.weights = w, planes.bias = NULL, planes.y = dx, planes.slope = 1;
  planes.scratch = scratch + weight_floats(s), planes.scratch_step = thread_floats(s);
  dflab_parallel(convolve, &planes);
}

struct gradients {
  struct planes planes;
  const float *dy;
  /// The sums of each picture, [tap][input][output].
  float *sums;
};

/// Adds the products of one row to the vectors of sums [tap][input][outputs].
INLINE void multiply_row(
    const struct planes *s, const float *planes, size_t step, const float *dy, size_t dy_step, int outputs,
    int all_outputs, float *sums) {
  int width = out_width(s);
  for (int ky = 0; ky < s->kernel_height; ky++)
    for (int kx = 0; kx < s->kernel_width; kx++)
      for (int i = 0; i < s->inputs; i++) {
        const float *from = planes + ((size_t)ky * s->dilation * s->inputs + i) * step + kx * s->dilation;
        float *to = sums + ((size_t)(ky * s->kernel_width + kx) * s->inputs + i) * all_outputs * LANES;
        lanes products[MOST_CHANNELS];
        for (int o = 0; o < outputs; o++) products[o] = AT(to + o * LANES);
        for (int x = 0; x < width; x += LANES) {
          lanes value = AT(from + x);
          for (int o = 0; o < outputs; o++) products[o] += value * AT(dy + o * dy_step + x);
        }
        for (int o = 0; o < outputs; o++) AT(to + o * LANES) = products[o];
      }
}

#define MULTIPLY(outputs) \
  case outputs: multiply_row(s, planes, step, dy, dy_step, outputs, all_outputs, sums); break;

CLONES static void multiply_rows(
    const struct planes *s, const float *planes, size_t step, const float *dy, size_t dy_step,
    int outputs, int all_outputs, float *sums) {
  switch (outputs) {
    MULTIPLY(1) MULTIPLY(2) MULTIPLY(3) MULTIPLY(4) MULTIPLY(5) MULTIPLY(6) MULTIPLY(7) MULTIPLY(8)
  }
}

static void multiply(void *context, int index, int count) {
  const struct gradients *g = context;
  const struct planes *s = &g->planes;
  int height = out_height(s), width = out_width(s);
  size_t step = row_floats(s->width, s->padding, s->padding_after);
  size_t dy_step = row_floats(width, 0, 0);
  size_t weights = (size_t)s->kernel_height * s->kernel_width * s->inputs * s->outputs;
  float *sums = s->scratch + index * s->scratch_step, *planes = sums + weights * LANES;
  float *dy = planes + planes_floats(s);
  for (int image = (int)((long)s->batch * index / count);
       image < (int)((long)s->batch * (index + 1) / count); image++) {
    memset(sums, 0, weights * LANES * sizeof(float));
    for (int first = 0; first < height; first += BAND) {
      int rows = height - first < BAND ? height - first : BAND;
      spread_rows(
          s->x + (size_t)image * s->height * s->width * s->inputs, s->height, s->width, s->inputs,
          s->padding, first, rows + reach(s->kernel_height, s->dilation), planes, step);
      spread_rows(
          g->dy + (size_t)image * height * width * s->outputs, height, width, s->outputs, 0, first,
          rows, dy, dy_step);
      for (int row = 0; row < rows; row++)
        for (int o = 0; o < s->outputs; o += MOST_CHANNELS)
          multiply_rows(
              s, planes + row * s->inputs * step, step, dy + (row * s->outputs + o) * dy_step, dy_step,
              s->outputs - o < MOST_CHANNELS ? s->outputs - o : MOST_CHANNELS, s->outputs,
              sums + o * LANES);
    }
    for (size_t w = 0; w < weights; w++) {
      float sum = 0;
      for (int k = 0; k < LANES; k++) sum += sums[w * LANES + k];
      g->sums[image * weights + w] = sum;
    }
  }
}

void dflab_narrow_convolution_backward_weights(
    const struct dflab_convolution *s, const float *x, const float *dy, float *gradient,
    float *scratch) {
  struct gradients gradients = {.planes = planes_of(s), .dy = dy, .sums = scratch};
  size_t weights = weight_floats(s);
  gradients.planes.x = x;
  gradients.planes.scratch = scratch + weights * s->batch;
  gradients.planes.scratch_step = thread_floats(s);
  dflab_parallel(multiply, &gradients);
  int taps = s->kernel_height * s->kernel_width;
  for (int tap = 0; tap < taps; tap++)
    for (int i = 0; i < s->inputs; i++)
      for (int o = 0; o < s->outputs; o++) {
        // In the order of pictures, so that the number of threads changes no bit.
        float sum = 0;
        for (int image = 0; image < s->batch; image++)
          sum += scratch[image * weights + ((size_t)tap * s->inputs + i) * s->outputs + o];
        gradient[panel_place(s, tap, i, o)] += sum;
      }
}
