#include <string.h>

#include "include/convolution.h"
#include "include/thread_pool.h"
#include "number.h"
#include "panels.h"

/// Bytes of columns gathered at once: a share of the last-level cache.
#define GATHERED (4 << 20)
/// Positions per product: a multiple of every ROWS.
#define ROWS_AT_ONCE 48
/// Panels of depth per product: 256 rows of weights fill half the L1 cache.
#define DEPTH 16

struct plan {
  struct dflab_convolution shape;
  const struct panel_kernels *kernel;
  int out_height, out_width, taps, pixels, group;
  /// Panels of depth and of outputs, rounded up.
  int depth, panels;
};

static int panels_of(int count) { return (count + PANEL - 1) / PANEL; }

static int out_size(int size, int kernel, const struct dflab_convolution *s) {
  return (size + s->padding + s->padding_after - s->dilation * (kernel - 1) - 1) / s->stride + 1;
}

static struct plan make_plan(const struct dflab_convolution *shape) {
  struct plan p = {.shape = *shape, .kernel = panel_kernels()};
  p.out_height = out_size(shape->height, shape->kernel_height, shape);
  p.out_width = out_size(shape->width, shape->kernel_width, shape);
  p.taps = shape->kernel_height * shape->kernel_width;
  p.pixels = shape->batch * p.out_height * p.out_width;
  p.depth = panels_of(shape->inputs * p.taps);
  p.panels = panels_of(shape->outputs);
  int fitting = GATHERED / 4 / PANEL / p.depth / ROWS_AT_ONCE * ROWS_AT_ONCE;
  if (fitting < ROWS_AT_ONCE) fitting = ROWS_AT_ONCE;
  p.group = p.pixels < fitting ? p.pixels : fitting;
  return p;
}

size_t dflab_im2col_scratch(const struct dflab_convolution *shape) {
  struct plan p = make_plan(shape);
  return (size_t)p.group * PANEL * (2 * p.depth + p.panels);
}

struct pass {
  struct plan plan;
  int first, count;
  const void *x, *y, *dy;
  const float *weights, *bias;
  void *out;
  float *dx, *weights_gradient, *bias_gradient;
  /// [depth][group][16], the same for their gradient, and [panels][group][16] of dy.
  float *columns, *columns_gradient, *outputs;
};

static float value_at(const void *base, size_t index, int bf16) {
  return bf16 ? wide_half(((const half_t *)base)[index]) : ((const float *)base)[index];
}

static void put_at(void *base, size_t index, float value, int bf16) {
  if (bf16)
    ((half_t *)base)[index] = narrow_half(value);
  else
    ((float *)base)[index] = value;
}

/// The first pixel of a window, which may lie outside the picture.
struct corner {
  ptrdiff_t image;
  int y, x;
};

static struct corner corner_of(const struct plan *p, int pixel) {
  const struct dflab_convolution *s = &p->shape;
  int column = pixel % p->out_width, row = pixel / p->out_width % p->out_height;
  struct corner c = {
      pixel / (p->out_width * p->out_height), row * s->stride - s->padding,
      column * s->stride - s->padding};
  return c;
}

/// The index of a tap's pixel in a window; -1 outside the picture.
static ptrdiff_t locate(const struct plan *p, struct corner c, int tap_row, int tap_column) {
  const struct dflab_convolution *s = &p->shape;
  int y = c.y + tap_row * s->dilation, x = c.x + tap_column * s->dilation;
  if (y < 0 || y >= s->height || x < 0 || x >= s->width) return -1;
  return (c.image * s->height + y) * s->width + x;
}

/// The windows of this group to panels (im2col); each thread gathers its own rows.
static void gather(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int inputs = p->shape.inputs, bf16 = p->shape.bf16, rows = inputs * p->taps;
  size_t panel = (size_t)p->group * PANEL;
  for (int t = s->count * index / threads; t < s->count * (index + 1) / threads; t++) {
    float *to = s->columns + t * PANEL;
    struct corner corner = corner_of(p, s->first + t);
    for (int r = rows; r < p->depth * PANEL; r++) to[r / PANEL * panel + r % PANEL] = 0;
    for (int v = 0, r = 0; v < p->shape.kernel_height; v++)
      for (int u = 0; u < p->shape.kernel_width; u++) {
        ptrdiff_t at = locate(p, corner, v, u);
        for (int c = 0; c < inputs; c++, r++)
          to[r / PANEL * panel + r % PANEL] = at < 0 ? 0 : value_at(s->x, at * inputs + c, bf16);
      }
  }
}

static void forward_blocks(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int blocks = (s->count + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE, units = p->panels * blocks;
  for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int panel = unit / blocks, row = unit % blocks * ROWS_AT_ONCE;
    int rows = s->count - row < ROWS_AT_ONCE ? s->count - row : ROWS_AT_ONCE;
    float product[ROWS_AT_ONCE][PANEL];
    for (int first = 0; first < p->depth; first += DEPTH) {
      int depth = p->depth - first < DEPTH ? p->depth - first : DEPTH;
      p->kernel->multiply(
          rows, depth, s->columns + ((size_t)first * p->group + row) * PANEL,
          (size_t)p->group * PANEL, s->weights + ((size_t)panel * p->depth + first) * PANEL * PANEL,
          product[0], first > 0);
    }
    int outputs = p->shape.outputs - panel * PANEL < PANEL ? p->shape.outputs - panel * PANEL : PANEL;
    for (int r = 0; r < rows; r++)
      for (int o = 0; o < outputs; o++) {
        float y = product[r][o] + (s->bias ? s->bias[panel * PANEL + o] : 0);
        size_t at = (size_t)(s->first + row + r) * p->shape.outputs + panel * PANEL + o;
        put_at(s->out, at, y < 0 ? y * p->shape.slope : y, p->shape.bf16);
      }
  }
}

/// dy through the activation, to panels; sums the bias' gradient.
static void gather_gradients(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int outputs = p->shape.outputs, bf16 = p->shape.bf16;
  for (int panel = p->panels * index / threads; panel < p->panels * (index + 1) / threads; panel++) {
    float *to = s->outputs + (size_t)panel * p->group * PANEL, sum[PANEL] = {0};
    for (int t = 0; t < s->count; t++, to += PANEL)
      for (int o = 0; o < PANEL; o++) {
        int channel = panel * PANEL + o;
        size_t at = (size_t)(s->first + t) * outputs + channel;
        float g = channel < outputs ? value_at(s->dy, at, bf16) : 0;
        if (p->shape.slope != 1 && channel < outputs && !(value_at(s->y, at, bf16) > 0))
          g *= p->shape.slope;
        to[o] = g;
        sum[o] += g;
      }
    for (int o = 0; s->bias_gradient && o < PANEL && panel * PANEL + o < outputs; o++)
      s->bias_gradient[panel * PANEL + o] += sum[o];
  }
}

static void backward_weights(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  size_t units = (size_t)p->panels * p->depth;
  for (size_t unit = units * index / threads; unit < units * (index + 1) / threads; unit++)
    p->kernel->outer(
        s->count, s->columns + unit % p->depth * p->group * PANEL,
        s->outputs + unit / p->depth * p->group * PANEL, s->weights_gradient + unit * PANEL * PANEL);
}

static void backward_columns(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  for (int row = p->depth * index / threads; row < p->depth * (index + 1) / threads; row++) {
    float *product = s->columns_gradient + (size_t)row * p->group * PANEL;
    for (int first = 0; first < p->panels; first += DEPTH) {
      int depth = p->panels - first < DEPTH ? p->panels - first : DEPTH;
      float turned[DEPTH * PANEL][PANEL];
      for (int d = 0; d < depth; d++)
        p->kernel->transpose(
            s->weights + ((size_t)(first + d) * p->depth + row) * PANEL * PANEL, PANEL,
            turned[d * PANEL], PANEL);
      p->kernel->multiply(
          s->count, depth, s->outputs + (size_t)first * p->group * PANEL, (size_t)p->group * PANEL,
          turned[0], product, first > 0);
    }
  }
}

/// Adds the columns' gradients to the picture's (col2im); each thread owns its channels.
static void scatter(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int inputs = p->shape.inputs;
  size_t panel = (size_t)p->group * PANEL;
  int begin = inputs * index / threads, end = inputs * (index + 1) / threads;
  for (int t = 0; t < s->count; t++) {
    struct corner corner = corner_of(p, s->first + t);
    for (int v = 0, tap = 0; v < p->shape.kernel_height; v++)
      for (int u = 0; u < p->shape.kernel_width; u++, tap++) {
        ptrdiff_t at = locate(p, corner, v, u);
        if (at < 0) continue;
        for (int c = begin, r = tap * inputs + c; c < end; c++, r++)
          s->dx[at * inputs + c] += s->columns_gradient[r / PANEL * panel + t * PANEL + r % PANEL];
      }
  }
}

void dflab_im2col_forward(
    const struct dflab_convolution *shape, const void *x, const float *weights, const float *bias,
    void *y, float *scratch) {
  struct pass s = {.plan = make_plan(shape), .x = x, .weights = weights, .bias = bias, .out = y,
                   .columns = scratch};
  for (s.first = 0; s.first < s.plan.pixels; s.first += s.plan.group) {
    s.count = s.plan.pixels - s.first < s.plan.group ? s.plan.pixels - s.first : s.plan.group;
    dflab_parallel(gather, &s);
    dflab_parallel(forward_blocks, &s);
  }
}

void dflab_im2col_backward(
    const struct dflab_convolution *shape, const void *x, const void *y, const void *dy,
    const float *weights, float *dx, float *weights_gradient, float *bias_gradient,
    float *scratch) {
  struct pass s = {.plan = make_plan(shape), .x = x, .y = y, .dy = dy, .weights = weights,
                   .dx = dx, .weights_gradient = weights_gradient, .bias_gradient = bias_gradient,
                   .columns = scratch};
  s.columns_gradient = s.columns + (size_t)s.plan.depth * s.plan.group * PANEL;
  s.outputs = s.columns_gradient + (size_t)s.plan.depth * s.plan.group * PANEL;
  if (dx)
    memset(dx, 0, sizeof(float) * shape->batch * shape->height * shape->width * shape->inputs);
  for (s.first = 0; s.first < s.plan.pixels; s.first += s.plan.group) {
    s.count = s.plan.pixels - s.first < s.plan.group ? s.plan.pixels - s.first : s.plan.group;
    dflab_parallel(gather_gradients, &s);
    if (weights_gradient) {
      dflab_parallel(gather, &s);
      dflab_parallel(backward_weights, &s);
    }
    if (dx) {
      dflab_parallel(backward_columns, &s);
      dflab_parallel(scatter, &s);
    }
  }
}
