#include <string.h>

#include "include/convolution.h"
#include "include/team.h"
#include "panels.h"

/// Tiles that are transformed at once: few enough that a panel's 36 points stay in the second
/// level cache, many enough that transforming weights over and over costs little.
#define GROUP 128
/// Panels of weights that are transformed at once (128 channels).
#define DEPTH 8

/// Panels of one point lie a line apart from whole pages, or all 36 would fall into one set of
/// the first level cache.
#define PAD PANEL

/// What every pass derives from the shape.
struct plan {
  struct dflab_winograd shape;
  const struct panel_kernels *kernel;
  int out_height, out_width, tile_rows, tile_columns, tiles, group;
  int phases, side, taps, in_panels, out_panels;
};

static struct plan make_plan(const struct dflab_winograd *shape) {
  struct plan p = {.shape = *shape, .kernel = panel_kernels()};
  p.out_height = (shape->height + shape->stride - 1) / shape->stride;
  p.out_width = (shape->width + shape->stride - 1) / shape->stride;
  p.tile_rows = (p.out_height + 3) / 4;
  p.tile_columns = (p.out_width + 3) / 4;
  p.tiles = shape->batch * p.tile_rows * p.tile_columns;
  p.group = p.tiles < GROUP ? p.tiles : GROUP;
  p.phases = shape->stride * shape->stride;
  p.side = shape->stride == 1 ? 3 : 5;
  p.taps = p.side * p.side;
  p.in_panels = shape->inputs / PANEL;
  p.out_panels = (shape->outputs + PANEL - 1) / PANEL;
  return p;
}

// Floats from one point to the next.
#define WEIGHTS_STRIDE ((size_t)DEPTH * PANEL * PANEL + PAD)
#define SUMS_STRIDE ((size_t)PANEL * PANEL + PAD)

static size_t products_stride(const struct plan *p) { return (size_t)p->group * PANEL + PAD; }

static size_t input_stride(const struct plan *p) {
  return (size_t)p->in_panels * p->group * PANEL + PAD;
}

static size_t output_stride(const struct plan *p) {
  return (size_t)p->out_panels * p->group * PANEL + PAD;
}

/// The floats of one thread's own scratch: transformed weights and products of one panel.
static size_t own_floats(const struct plan *p) {
  return POINTS * (WEIGHTS_STRIDE + products_stride(p));
}

static size_t input_floats(const struct plan *p) {
  return p->phases * POINTS * input_stride(p);
}

static size_t output_floats(const struct plan *p) { return POINTS * output_stride(p); }

size_t dflab_winograd_scratch(const struct dflab_winograd *shape) {
  struct plan p = make_plan(shape);
  return input_floats(&p) + output_floats(&p) + (size_t)dflab_threads() * own_floats(&p);
}

/// One pass over one group of tiles.
struct pass {
  struct plan plan;
  int first, count;
  const void *x, *y, *dy;
  const float *weights, *bias;
  void *out;
  float *dx, *weights_gradient, *bias_gradient;
  float *inputs, *outputs, *own;
};

/// The panel of transformed inputs at a point: [phase][point][panel][group][16].
static float *input_panel(const struct pass *s, int phase, int point, int panel) {
  const struct plan *p = &s->plan;
  return s->inputs + ((size_t)phase * POINTS + point) * input_stride(p) +
         (size_t)panel * p->group * PANEL;
}

/// The panel of transformed outputs or their gradients at a point: [point][panel][group][16].
static float *output_panel(const struct pass *s, int point, int panel) {
  const struct plan *p = &s->plan;
  return s->outputs + point * output_stride(p) + (size_t)panel * p->group * PANEL;
}

/// Whether weights at this point are zero: the odd parities lack the third row or column.
static int is_empty(int phase, int point) {
  return ((phase & 2) && point / 6 == 5) || ((phase & 1) && point % 6 == 5);
}

/// Where the tile's pixels are, as offsets in floats or halves; -1 outside the picture.
static void locate_input(const struct plan *p, int tile, int phase, int panel, ptrdiff_t at[36]) {
  int column = tile % p->tile_columns, row = tile / p->tile_columns % p->tile_rows;
  int image = tile / (p->tile_columns * p->tile_rows), stride = p->shape.stride;
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      int y = (4 * row - 1 + i) * stride + (phase >> 1), x = (4 * column - 1 + j) * stride + (phase & 1);
      int inside = y >= 0 && y < p->shape.height && x >= 0 && x < p->shape.width;
      at[i * 6 + j] =
          inside ? (((ptrdiff_t)image * p->shape.height + y) * p->shape.width + x) * p->shape.inputs +
                       panel * PANEL
                 : -1;
    }
}

static void locate_output(const struct plan *p, int tile, int panel, ptrdiff_t at[16]) {
  int column = tile % p->tile_columns, row = tile / p->tile_columns % p->tile_rows;
  int image = tile / (p->tile_columns * p->tile_rows);
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      int y = 4 * row + i, x = 4 * column + j;
      at[i * 4 + j] = y < p->out_height && x < p->out_width
                          ? (((ptrdiff_t)image * p->out_height + y) * p->out_width + x) *
                                    p->shape.outputs + panel * PANEL
                          : -1;
    }
}

/// How many of a panel's 16 outputs exist: the last panel may be cut short.
static int lanes_of(const struct plan *p, int panel) {
  int left = p->shape.outputs - panel * PANEL;
  return left < PANEL ? left : PANEL;
}

/// Room for the pixels of a tile whose panel is cut short, with zeros for the missing lanes.
struct staged {
  float pixels[16][PANEL];
};

/// Copies the lanes that exist into `room` and points there.
static void stage(struct staged *room, int size, int lanes, const void **pixels) {
  memset(room, 0, sizeof *room);
  for (int i = 0; i < 16; i++)
    if (pixels[i]) pixels[i] = memcpy(room->pixels[i], pixels[i], (size_t)size * lanes);
}

/// Pointers to `count` pixels of `size` bytes a value; NULL outside the picture.
static void point_at(const void *base, int size, const ptrdiff_t *at, int count, const void **to) {
  for (int i = 0; i < count; i++)
    to[i] = at[i] < 0 ? NULL : (const char *)base + at[i] * size;
}

/// The 3x3 taps of one phase among all taps of a channel, each 16 floats; NULL where missing.
static void phase_taps(const struct plan *p, int phase, const float *channel, const float *taps[9]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      int row = p->shape.stride * i + (phase >> 1), column = p->shape.stride * j + (phase & 1);
      int exists = row < p->side && column < p->side;
      taps[i * 3 + j] = exists ? channel + (row * p->side + column) * PANEL : NULL;
    }
}

static void transform_inputs(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int size = p->shape.bf16 ? 2 : 4, units = p->phases * p->in_panels;
  for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int phase = unit / p->in_panels, panel = unit % p->in_panels;
    float *out = input_panel(s, phase, 0, panel);
    for (int t = 0; t < s->count; t++, out += PANEL) {
      ptrdiff_t at[36];
      const void *pixels[36];
      locate_input(p, s->first + t, phase, panel, at);
      point_at(s->x, size, at, 36, pixels);
      p->kernel->input(pixels, p->shape.bf16, out, input_stride(p));
    }
  }
}

static void forward_panels(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  float *weights = s->own + (size_t)index * own_floats(p);
  float *products = weights + POINTS * WEIGHTS_STRIDE;
  size_t stride = products_stride(p);
  int size = p->shape.bf16 ? 2 : 4, panels = p->out_panels;
  for (int panel = panels * index / threads; panel < panels * (index + 1) / threads; panel++) {
    int lanes = lanes_of(p, panel);
    float bias[PANEL] = {0};
    if (s->bias) memcpy(bias, s->bias + panel * PANEL, sizeof(float) * lanes);
    memset(products, 0, sizeof(float) * POINTS * stride);
    for (int phase = 0; phase < p->phases; phase++)
      for (int first = 0; first < p->in_panels; first += DEPTH) {
        int depth = p->in_panels - first < DEPTH ? p->in_panels - first : DEPTH;
        const float *channel =
            s->weights + ((size_t)panel * p->shape.inputs + first * PANEL) * p->taps * PANEL;
        for (int c = 0; c < depth * PANEL; c++, channel += p->taps * PANEL) {
          const float *taps[9];
          phase_taps(p, phase, channel, taps);
          p->kernel->weights(taps, weights + c * PANEL, WEIGHTS_STRIDE);
        }
        for (int point = 0; point < POINTS; point++)
          if (!is_empty(phase, point))
            p->kernel->multiply(
                s->count, depth, input_panel(s, phase, point, first), (size_t)p->group * PANEL,
                weights + point * WEIGHTS_STRIDE, products + point * stride);
      }
    for (int t = 0; t < s->count; t++) {
      ptrdiff_t at[16];
      const void *pixels[16];
      locate_output(p, s->first + t, panel, at);
      point_at(s->out, size, at, 16, pixels);
      struct staged room;
      void *whole[16];
      for (int i = 0; i < 16; i++)
        whole[i] = lanes == PANEL || !pixels[i] ? (void *)pixels[i] : room.pixels[i];
      p->kernel->output(
          products + t * PANEL, stride, bias, p->shape.slope, p->shape.bf16, whole);
      for (int i = 0; lanes < PANEL && i < 16; i++)
        if (pixels[i]) memcpy((void *)pixels[i], room.pixels[i], (size_t)size * lanes);
    }
  }
}

static void transform_gradients(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int size = p->shape.bf16 ? 2 : 4, panels = p->out_panels;
  for (int panel = panels * index / threads; panel < panels * (index + 1) / threads; panel++) {
    float bias[PANEL] = {0};
    int lanes = lanes_of(p, panel);
    for (int t = 0; t < s->count; t++) {
      ptrdiff_t at[16];
      const void *dy[16], *y[16];
      locate_output(p, s->first + t, panel, at);
      point_at(s->dy, size, at, 16, dy);
      point_at(s->y, size, at, 16, y);
      struct staged dy_room, y_room;
      if (lanes < PANEL) {
        stage(&dy_room, size, lanes, dy);
        if (p->shape.slope != 1) stage(&y_room, size, lanes, y);
      }
      p->kernel->output_adjoint(
          dy, p->shape.slope == 1 ? NULL : y, p->shape.slope, p->shape.bf16, bias,
          output_panel(s, 0, panel) + t * PANEL, output_stride(p));
    }
    for (int o = 0; s->bias_gradient && o < lanes; o++)
      s->bias_gradient[panel * PANEL + o] += bias[o];
  }
}

static void backward_weights(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  float *sums = s->own + (size_t)index * own_floats(p);
  int panels = p->out_panels;
  for (int panel = panels * index / threads; panel < panels * (index + 1) / threads; panel++)
    for (int block = 0; block < p->in_panels; block++) {
      float *channel = s->weights_gradient +
                       ((size_t)panel * p->shape.inputs + block * PANEL) * p->taps * PANEL;
      for (int phase = 0; phase < p->phases; phase++) {
        memset(sums, 0, sizeof(float) * POINTS * SUMS_STRIDE);
        for (int point = 0; point < POINTS; point++)
          if (!is_empty(phase, point))
            p->kernel->outer(
                s->count, input_panel(s, phase, point, block), output_panel(s, point, panel),
                sums + point * SUMS_STRIDE);
        for (int c = 0; c < PANEL; c++) {
          const float *taps[9];
          phase_taps(p, phase, channel + c * p->taps * PANEL, taps);
          p->kernel->weights_adjoint(sums + c * PANEL, SUMS_STRIDE, (float *const *)taps);
        }
      }
    }
}

static void backward_panels(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  float *weights = s->own + (size_t)index * own_floats(p);
  float *products = weights + POINTS * WEIGHTS_STRIDE;
  size_t stride = products_stride(p);
  int panels = p->in_panels;
  for (int panel = panels * index / threads; panel < panels * (index + 1) / threads; panel++)
    for (int phase = 0; phase < p->phases; phase++) {
      memset(products, 0, sizeof(float) * POINTS * stride);
      for (int first = 0; first < p->out_panels; first += DEPTH) {
        int depth = p->out_panels - first < DEPTH ? p->out_panels - first : DEPTH;
        for (int d = 0; d < depth; d++) {
          const float *block =
              s->weights + ((size_t)(first + d) * p->shape.inputs + panel * PANEL) * p->taps * PANEL;
          float turned[25][PANEL][PANEL];
          for (int tap = 0; tap < p->taps; tap++)
            p->kernel->transpose(
                block + tap * PANEL, (size_t)p->taps * PANEL, turned[tap][0], PANEL);
          for (int o = 0; o < PANEL; o++) {
            const float *taps[9];
            for (int i = 0; i < 9; i++) {
              int row = p->shape.stride * (i / 3) + (phase >> 1);
              int column = p->shape.stride * (i % 3) + (phase & 1);
              int exists = row < p->side && column < p->side;
              taps[i] = exists ? turned[row * p->side + column][o] : NULL;
            }
            p->kernel->weights(taps, weights + (d * PANEL + o) * PANEL, WEIGHTS_STRIDE);
          }
        }
        for (int point = 0; point < POINTS; point++)
          if (!is_empty(phase, point))
            p->kernel->multiply(
                s->count, depth, output_panel(s, point, first), (size_t)p->group * PANEL,
                weights + point * WEIGHTS_STRIDE, products + point * stride);
      }
      for (int t = 0; t < s->count; t++) {
        ptrdiff_t at[36];
        const void *pixels[36];
        locate_input(p, s->first + t, phase, panel, at);
        point_at(s->dx, sizeof(float), at, 36, pixels);
        p->kernel->input_adjoint(products + t * PANEL, stride, (float *const *)pixels);
      }
    }
}

static void clear(void *context, int index, int threads) {
  struct pass *s = context;
  const struct dflab_winograd *shape = &s->plan.shape;
  size_t count = (size_t)shape->batch * shape->height * shape->width * shape->inputs;
  size_t first = count / threads * index, end = index + 1 == threads ? count : count / threads * (index + 1);
  memset(s->dx + first, 0, sizeof(float) * (end - first));
}

void dflab_winograd_forward(
    const struct dflab_winograd *shape, const void *x, const float *weights, const float *bias,
    void *y, float *scratch) {
  struct pass s = {.plan = make_plan(shape), .x = x, .weights = weights, .bias = bias, .out = y};
  s.inputs = scratch;
  s.own = scratch + input_floats(&s.plan);
  for (s.first = 0; s.first < s.plan.tiles; s.first += s.plan.group) {
    s.count = s.plan.tiles - s.first < s.plan.group ? s.plan.tiles - s.first : s.plan.group;
    dflab_parallel(transform_inputs, &s);
    dflab_parallel(forward_panels, &s);
  }
}

void dflab_winograd_backward(
    const struct dflab_winograd *shape, const void *x, const void *y, const void *dy,
    const float *weights, float *dx, float *weights_gradient, float *bias_gradient,
    float *scratch) {
  struct pass s = {.plan = make_plan(shape), .x = x, .y = y, .dy = dy, .weights = weights,
                   .dx = dx, .weights_gradient = weights_gradient, .bias_gradient = bias_gradient};
  s.inputs = scratch;
  s.outputs = s.inputs + input_floats(&s.plan);
  s.own = s.outputs + output_floats(&s.plan);
  if (dx) dflab_parallel(clear, &s);
  for (s.first = 0; s.first < s.plan.tiles; s.first += s.plan.group) {
    s.count = s.plan.tiles - s.first < s.plan.group ? s.plan.tiles - s.first : s.plan.group;
    dflab_parallel(transform_gradients, &s);
    if (weights_gradient) {
      dflab_parallel(transform_inputs, &s);
      dflab_parallel(backward_weights, &s);
    }
    if (dx) dflab_parallel(backward_panels, &s);
  }
}
