#include <string.h>

#include "include/convolution.h"
#include "include/thread_pool.h"
#include "halves.h"
#include "number.h"
#include "panels.h"

/// Bytes of columns gathered at once: a share of the last-level cache.
#define GATHERED (4 << 20)
/// Positions per product: a multiple of every ROWS.
#define ROWS_AT_ONCE 48
/// Panels of depth per product: 256 rows of weights fill half the L1 cache.
#define DEPTH 16
/// Panels of outputs that share the columns' halves.
#define COLUMNS 2

struct plan {
  struct dflab_convolution shape;
  const struct panel_kernels *kernel;
  /// For pictures of bfloat16 the products' operands are bfloat16, too; NULL for float32.
  const struct half_kernels *halves;
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
  if (shape->bf16) p.halves = half_kernels();
  p.out_height = out_size(shape->height, shape->kernel_height, shape);
  p.out_width = out_size(shape->width, shape->kernel_width, shape);
  p.taps = shape->kernel_height * shape->kernel_width;
  p.pixels = shape->batch * p.out_height * p.out_width;
  p.depth = panels_of(shape->inputs * p.taps);
  p.panels = panels_of(shape->outputs);
  int fitting = GATHERED / 4 / PANEL / p.depth / ROWS_AT_ONCE * ROWS_AT_ONCE;
  if (fitting < ROWS_AT_ONCE) fitting = ROWS_AT_ONCE;
  p.group = p.pixels < fitting ? p.pixels : fitting;
  // Halves of two pixels may lie side by side.
  if (p.halves) p.group += p.group & 1;
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
  /// [depth][group][16], the same for their gradient, and [panels][group][16] of dy. Of bfloat16 there are
  /// halves instead, first by channel, then with two pixels side by side, but the gradient is float32.
  float *columns, *columns_gradient, *outputs;
};

/// The same operands with two pixels side by side.
static uint16_t *by_pixel(const struct plan *p, float *operands, int panels) {
  return (uint16_t *)operands + (size_t)panels * p->group * PANEL;
}

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

/// Stores a value of a pixel and a row, or channel, where products read it.
static void put_operand(const struct plan *p, float *operands, int panels, int pixel, int row, float value) {
  size_t panel = (size_t)row / PANEL * p->group * PANEL;
  int lane = row % PANEL;
  if (!p->halves) {
    operands[panel + pixel * PANEL + lane] = value;
    return;
  }
  uint16_t half = narrow_half(value);
  ((uint16_t *)operands)[panel + pixel * PANEL + lane] = half;
  by_pixel(p, operands, panels)[panel + pixel / 2 * 2 * PANEL + 2 * lane + pixel % 2] = half;
}

/// Clears the pixel that an odd last one of halves lies beside.
static void clear_odd(const struct plan *p, float *operands, int panels, int count, int first, int end) {
  for (int row = first; row < end && p->halves && count % 2; row++)
    put_operand(p, operands, panels, count, row, 0);
}

/// The windows of this group to panels (im2col); each thread gathers its own rows.
static void gather(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int inputs = p->shape.inputs, bf16 = p->shape.bf16, rows = inputs * p->taps;
  for (int t = s->count * index / threads; t < s->count * (index + 1) / threads; t++) {
    struct corner corner = corner_of(p, s->first + t);
    for (int r = rows; r < p->depth * PANEL; r++) put_operand(p, s->columns, p->depth, t, r, 0);
    for (int v = 0, r = 0; v < p->shape.kernel_height; v++)
      for (int u = 0; u < p->shape.kernel_width; u++) {
        ptrdiff_t at = locate(p, corner, v, u);
        for (int c = 0; c < inputs; c++, r++)
          put_operand(
              p, s->columns, p->depth, t, r, at < 0 ? 0 : value_at(s->x, at * inputs + c, bf16));
      }
  }
  if (index == threads - 1) clear_odd(p, s->columns, p->depth, s->count, 0, p->depth * PANEL);
}

/// product[column][48][16] = columns · weights, of `count` panels of outputs.
static void multiply_block(
    const struct pass *s, int panel, int count, int row, int rows, float (*product)[ROWS_AT_ONCE][PANEL]) {
  const struct plan *p = &s->plan;
  size_t stride = (size_t)p->group * PANEL;
  for (int first = 0; first < p->depth; first += DEPTH) {
    int depth = smaller(DEPTH, p->depth - first);
    size_t at = ((size_t)first * p->group + row) * PANEL;
    const float *weights = s->weights + ((size_t)panel * p->depth + first) * PANEL * PANEL;
    if (!p->halves) {
      p->kernel->multiply(
          rows, depth, s->columns + at, stride, weights, product[0][0], first > 0);
      continue;
    }
    uint16_t halves[COLUMNS][DEPTH * PANEL * PANEL];
    for (int c = 0; c < count; c++, weights += (size_t)p->depth * PANEL * PANEL)
      p->halves->pair(
          weights, weights + PANEL, 2 * PANEL, depth * PANEL / 2, halves[c], 2 * PANEL);
    p->halves->multiply(
        rows, count, depth, (uint16_t *)s->columns + at, stride, halves[0], DEPTH * PANEL * PANEL,
        product[0][0], ROWS_AT_ONCE * PANEL, first > 0);
  }
}

static void forward_blocks(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int columns = p->halves ? COLUMNS : 1, sets = (p->panels + columns - 1) / columns;
  int blocks = (s->count + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE, units = sets * blocks;
  for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int panel = unit / blocks * columns, row = unit % blocks * ROWS_AT_ONCE;
    int rows = smaller(ROWS_AT_ONCE, s->count - row), count = smaller(columns, p->panels - panel);
    float product[COLUMNS][ROWS_AT_ONCE][PANEL];
    multiply_block(s, panel, count, row, rows, product);
    for (int r = 0; r < rows; r++)
      for (int o = 0; o < count * PANEL && panel * PANEL + o < p->shape.outputs; o++) {
        float y = product[o / PANEL][r][o % PANEL] + (s->bias ? s->bias[panel * PANEL + o] : 0);
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
    float sum[PANEL] = {0};
    for (int t = 0; t < s->count; t++)
      for (int o = 0; o < PANEL; o++) {
        int channel = panel * PANEL + o;
        size_t at = (size_t)(s->first + t) * outputs + channel;
        float g = channel < outputs ? value_at(s->dy, at, bf16) : 0;
        if (p->shape.slope != 1 && channel < outputs && !(value_at(s->y, at, bf16) > 0))
          g *= p->shape.slope;
        put_operand(p, s->outputs, p->panels, t, channel, g);
        sum[o] += g;
      }
    clear_odd(p, s->outputs, p->panels, s->count, panel * PANEL, (panel + 1) * PANEL);
    for (int o = 0; s->bias_gradient && o < PANEL && panel * PANEL + o < outputs; o++)
      s->bias_gradient[panel * PANEL + o] += sum[o];
  }
}

static void backward_weights(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  size_t stride = (size_t)p->group * PANEL;
  int columns = p->halves ? COLUMNS : 1, sets = (p->panels + columns - 1) / columns;
  size_t units = (size_t)sets * p->depth;
  for (size_t unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int panel = (int)(unit / p->depth) * columns, row = (int)(unit % p->depth);
    float *gradient = s->weights_gradient + ((size_t)panel * p->depth + row) * PANEL * PANEL;
    if (p->halves)
      p->halves->outer(
          (s->count + 1) / 2, smaller(columns, p->panels - panel),
          by_pixel(p, s->columns, p->depth) + row * stride,
          by_pixel(p, s->outputs, p->panels) + panel * stride, stride, gradient,
          (size_t)p->depth * PANEL * PANEL);
    else
      p->kernel->outer(
          s->count, s->columns + row * stride, s->outputs + panel * stride, gradient);
  }
}

static void backward_columns(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  size_t stride = (size_t)p->group * PANEL;
  for (int row = p->depth * index / threads; row < p->depth * (index + 1) / threads; row++) {
    float *product = s->columns_gradient + row * stride;
    for (int first = 0; first < p->panels; first += DEPTH) {
      int depth = smaller(DEPTH, p->panels - first);
      float turned[DEPTH * PANEL][PANEL];
      for (int d = 0; d < depth; d++)
        p->kernel->transpose(
            s->weights + ((size_t)(first + d) * p->depth + row) * PANEL * PANEL, PANEL,
            turned[d * PANEL], PANEL);
      if (!p->halves) {
        p->kernel->multiply(
            s->count, depth, s->outputs + first * stride, stride, turned[0], product, first > 0);
        continue;
      }
      uint16_t halves[DEPTH * PANEL * PANEL];
      p->halves->pair(turned[0], turned[1], 2 * PANEL, depth * PANEL / 2, halves, 2 * PANEL);
      p->halves->multiply(
          s->count, 1, depth, (uint16_t *)s->outputs + first * stride, stride, halves, 0, product, 0,
          first > 0);
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
