#include <string.h>

#include "include/thread_pool.h"
#include "winograd_plan.h"

size_t dflab_winograd_scratch(const struct dflab_winograd *shape, int threads) {
  struct plan p = make_plan(shape);
  return input_floats(&p) + output_floats(&p) + (size_t)threads * own_floats(&p);
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
  /// Whether inputs are transformed for sums over tiles, not channels: halves of two tiles lie side by side.
  int sums_tiles;
};

/// The panel of transformed inputs at a point: [phase][point][panel][group][16].
static void *input_panel(const struct pass *s, int phase, int point, int panel) {
  const struct plan *p = &s->plan;
  size_t at = ((size_t)phase * POINTS + point) * input_stride(p) + (size_t)panel * p->group * PANEL;
  return operand_at(p, s->inputs, at);
}

/// The panel of transformed outputs' gradients at a point: [point][panel][group][16].
static void *output_panel(const struct pass *s, int point, int panel) {
  const struct plan *p = &s->plan;
  return operand_at(
      p, s->outputs, point * output_stride(p) + (size_t)panel * p->group * PANEL);
}

/// The same for sums over tiles: of halves, a copy in which two tiles lie side by side.
static void *output_panel_by_tile(const struct pass *s, int point, int panel) {
  const struct plan *p = &s->plan;
  uint16_t *at = output_panel(s, point, panel);
  return p->halves ? at + POINTS * output_stride(p) : at;
}

/// The 36 points of one tile and panel.
typedef float points[POINTS][PANEL];

/// Transforms rows of weights, `taps` floats from one tap to the next, 16 from one row to the next.
static void transform_weights(
    const struct plan *p, int phase, const float *row, size_t taps, int rows, void *out) {
  size_t stride = weights_stride(p);
  const float *at[9];
  for (int r = 0; r < rows && !p->halves; r++) {
    phase_taps(p, phase, row + r * PANEL, taps, at);
    p->kernel->weights(at, (float *)out + r * PANEL, stride);
  }
  for (int r = 0; r < rows && p->halves; r += 2) {
    points pair[2];
    for (int i = 0; i < 2; i++) {
      phase_taps(p, phase, row + (r + i) * PANEL, taps, at);
      p->kernel->weights(at, pair[i][0], PANEL);
    }
    p->halves->pair(pair[0][0], pair[1][0], PANEL, POINTS, (uint16_t *)out + r * PANEL, stride);
  }
}

/// Rounds one or two tiles, either each by itself or side by side, or both; what is NULL is left out.
static void store_halves(
    const struct plan *p, int tiles, points pair[2], uint16_t *each, uint16_t *beside, size_t stride) {
  for (int i = 0; i < tiles && each; i++)
    p->halves->round(pair[i][0], POINTS, each + i * PANEL, stride);
  if (!beside) return;
  if (tiles == 1) memset(pair[1], 0, sizeof(points));
  p->halves->pair(pair[0][0], pair[1][0], PANEL, POINTS, beside, stride);
}

/// products[panel][point][tile][16] = or, if it `adds`, += operands · weights, which are those of `columns`
/// panels, over `panels` of the depth.
static void multiply(
    const struct pass *s, int point, int columns, int panels, const void *operands, void *weights,
    float *products, int adds) {
  const struct plan *p = &s->plan;
  const void *b = operand_at(p, weights, point * weights_stride(p));
  float *c = products + point * products_stride(p);
  size_t stride = (size_t)p->group * PANEL;
  if (p->halves)
    p->halves->multiply(
        s->count, columns, panels, operands, stride, b, weights_step(p), c, products_step(p), adds);
  else
    p->kernel->multiply(s->count, panels, operands, stride, b, c, adds);
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

static void transform_input(
    const struct pass *s, int tile, int phase, int panel, float *out, size_t stride) {
  const struct plan *p = &s->plan;
  ptrdiff_t at[36];
  const void *pixels[36];
  locate_input(p, s->first + tile, phase, panel, at);
  point_at(s->x, p->shape.bf16 ? 2 : 4, at, 36, pixels);
  p->kernel->input(pixels, p->shape.bf16, out, stride);
}

static void transform_inputs(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int units = p->phases * p->in_panels;
  size_t stride = input_stride(p);
  for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int phase = unit / p->in_panels, panel = unit % p->in_panels;
    void *out = input_panel(s, phase, 0, panel);
    for (int t = 0; t < s->count && !p->halves; t++)
      transform_input(s, t, phase, panel, (float *)out + t * PANEL, stride);
    for (int t = 0; t < s->count && p->halves; t += 2) {
      uint16_t *to = (uint16_t *)out + t * PANEL;
      points pair[2];
      int tiles = t + 1 < s->count ? 2 : 1;
      for (int i = 0; i < tiles; i++) transform_input(s, t + i, phase, panel, pair[i][0], PANEL);
      store_halves(p, tiles, pair, s->sums_tiles ? NULL : to, s->sums_tiles ? to : NULL, stride);
    }
  }
}

/// Transforms one panel's products and stores its pixels.
static void store_outputs(const struct pass *s, int panel, const float *products) {
  const struct plan *p = &s->plan;
  int size = p->shape.bf16 ? 2 : 4, lanes = lanes_of(p, panel);
  float bias[PANEL] = {0};
  if (s->bias) memcpy(bias, s->bias + panel * PANEL, sizeof(float) * lanes);
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
        products + t * PANEL, products_stride(p), bias, p->shape.slope, p->shape.bf16, whole);
    for (int i = 0; lanes < PANEL && i < 16; i++)
      if (pixels[i]) memcpy((void *)pixels[i], room.pixels[i], (size_t)size * lanes);
  }
}

static void forward_panels(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  float *weights = s->own + (size_t)index * own_floats(p), *products = weights + weights_floats(p);
  int end = p->out_panels * (index + 1) / threads;
  for (int panel = p->out_panels * index / threads, columns; panel < end; panel += columns) {
    columns = smaller(p->columns, end - panel);
    // In the first phase no point is empty.
    for (int phase = 0; phase < p->phases; phase++)
      for (int first = 0; first < p->in_panels; first += p->depth) {
        int depth = smaller(p->depth, p->in_panels - first);
        for (int c = 0; c < columns; c++)
          transform_weights(
              p, phase,
              s->weights + ((size_t)(panel + c) * p->taps * p->shape.inputs + first * PANEL) * PANEL,
              tap_stride(p), depth * PANEL, operand_at(p, weights, c * weights_step(p)));
        for (int point = 0; point < POINTS; point++)
          if (!is_empty(phase, point))
            multiply(
                s, point, columns, depth, input_panel(s, phase, point, first), weights, products,
                phase > 0 || first > 0);
      }
    for (int c = 0; c < columns; c++) store_outputs(s, panel + c, products + c * products_step(p));
  }
}

/// Transforms the gradient of one tile's outputs and adds it to the bias' gradient.
static void transform_gradient(
    const struct pass *s, int tile, int panel, float bias[PANEL], float *out, size_t stride) {
  const struct plan *p = &s->plan;
  int size = p->shape.bf16 ? 2 : 4, lanes = lanes_of(p, panel), is_linear = p->shape.slope == 1;
  ptrdiff_t at[16];
  const void *dy[16], *y[16];
  locate_output(p, s->first + tile, panel, at);
  point_at(s->dy, size, at, 16, dy);
  point_at(s->y, size, at, 16, y);
  struct staged dy_room, y_room;
  if (lanes < PANEL) {
    stage(&dy_room, size, lanes, dy);
    if (!is_linear) stage(&y_room, size, lanes, y);
  }
  p->kernel->output_adjoint(
      dy, is_linear ? NULL : y, p->shape.slope, p->shape.bf16, bias, out, stride);
}

static void transform_gradients(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  int panels = p->out_panels;
  size_t stride = output_stride(p);
  for (int panel = panels * index / threads; panel < panels * (index + 1) / threads; panel++) {
    float bias[PANEL] = {0};
    void *out = output_panel(s, 0, panel), *by_tile = output_panel_by_tile(s, 0, panel);
    for (int t = 0; t < s->count && !p->halves; t++)
      transform_gradient(s, t, panel, bias, (float *)out + t * PANEL, stride);
    for (int t = 0; t < s->count && p->halves; t += 2) {
      points pair[2];
      int tiles = t + 1 < s->count ? 2 : 1;
      for (int i = 0; i < tiles; i++) transform_gradient(s, t + i, panel, bias, pair[i][0], PANEL);
      store_halves(
          p, tiles, pair, s->dx ? (uint16_t *)out + t * PANEL : NULL,
          s->weights_gradient ? (uint16_t *)by_tile + t * PANEL : NULL, stride);
    }
    for (int o = 0; s->bias_gradient && o < lanes_of(p, panel); o++)
      s->bias_gradient[panel * PANEL + o] += bias[o];
  }
}

static void backward_weights(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  float *sums = s->own + (size_t)index * own_floats(p);
  size_t step = POINTS * SUMS_STRIDE, panel_step = (size_t)p->group * PANEL;
  int end = p->out_panels * (index + 1) / threads;
  for (int panel = p->out_panels * index / threads, columns; panel < end; panel += columns) {
    columns = smaller(p->columns, end - panel);
    for (int block = 0; block < p->in_panels; block++)
      for (int phase = 0; phase < p->phases; phase++) {
        memset(sums, 0, sizeof(float) * columns * step);
        for (int point = 0; point < POINTS; point++) {
          if (is_empty(phase, point)) continue;
          const void *a = input_panel(s, phase, point, block), *b = output_panel_by_tile(s, point, panel);
          float *d = sums + point * SUMS_STRIDE;
          if (p->halves)
            p->halves->outer((s->count + 1) / 2, columns, a, b, panel_step, d, step);
          else
            p->kernel->outer(s->count, a, b, d);
        }
        for (int column = 0; column < columns; column++) {
          float *channel = s->weights_gradient +
                           ((size_t)(panel + column) * p->taps * p->shape.inputs + block * PANEL) * PANEL;
          for (int c = 0; c < PANEL; c++) {
            const float *taps[9];
            phase_taps(p, phase, channel + c * PANEL, tap_stride(p), taps);
            p->kernel->weights_adjoint(
                sums + column * step + c * PANEL, SUMS_STRIDE, (float *const *)taps);
          }
        }
      }
  }
}

/// Transforms the weights of `depth` panels of outputs and one of inputs, with both exchanged.
static void transform_turned_weights(
    const struct pass *s, int phase, int panel, int first, int depth, void *out) {
  const struct plan *p = &s->plan;
  for (int d = 0; d < depth; d++) {
    const float *block =
        s->weights + ((size_t)(first + d) * p->taps * p->shape.inputs + panel * PANEL) * PANEL;
    float turned[25][PANEL][PANEL];
    for (int tap = 0; tap < p->taps; tap++)
      p->kernel->transpose(block + tap * tap_stride(p), PANEL, turned[tap][0], PANEL);
    transform_weights(
        p, phase, turned[0][0], PANEL * PANEL, PANEL,
        operand_at(p, out, (size_t)d * PANEL * PANEL));
  }
}

/// Transforms one panel's products and adds them to the pixels' gradients.
static void add_inputs(const struct pass *s, int phase, int panel, const float *products) {
  const struct plan *p = &s->plan;
  for (int t = 0; t < s->count; t++) {
    ptrdiff_t at[36];
    const void *pixels[36];
    locate_input(p, s->first + t, phase, panel, at);
    point_at(s->dx, sizeof(float), at, 36, pixels);
    p->kernel->input_adjoint(products + t * PANEL, products_stride(p), (float *const *)pixels);
  }
}

static void backward_panels(void *context, int index, int threads) {
  struct pass *s = context;
  const struct plan *p = &s->plan;
  float *weights = s->own + (size_t)index * own_floats(p), *products = weights + weights_floats(p);
  int end = p->in_panels * (index + 1) / threads;
  for (int panel = p->in_panels * index / threads, columns; panel < end; panel += columns) {
    columns = smaller(p->columns, end - panel);
    for (int phase = 0; phase < p->phases; phase++) {
      for (int point = 0; point < POINTS; point++)
        for (int c = 0; c < columns && is_empty(phase, point); c++)
          memset(
              products + c * products_step(p) + point * products_stride(p), 0,
              sizeof(float) * s->count * PANEL);
      for (int first = 0; first < p->out_panels; first += p->depth) {
        int depth = smaller(p->depth, p->out_panels - first);
        for (int c = 0; c < columns; c++)
          transform_turned_weights(
              s, phase, panel + c, first, depth, operand_at(p, weights, c * weights_step(p)));
        for (int point = 0; point < POINTS; point++)
          if (!is_empty(phase, point))
            multiply(
                s, point, columns, depth, output_panel(s, point, first), weights, products, first > 0);
      }
      for (int c = 0; c < columns; c++)
        add_inputs(s, phase, panel + c, products + c * products_step(p));
    }
  }
}

static void clear(void *context, int index, int threads) {
  struct pass *s = context;
  const struct dflab_winograd *shape = &s->plan.shape;
  size_t pixels = (size_t)shape->batch * shape->height * shape->width, step = shape->input_step;
  size_t first = pixels * index / threads, end = pixels * (index + 1) / threads;
  if (shape->inputs == shape->input_step)
    memset(s->dx + first * step, 0, sizeof(float) * (end - first) * step);
  else
    for (size_t pixel = first; pixel < end; pixel++)
      memset(s->dx + pixel * step, 0, sizeof(float) * shape->inputs);
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
                   .dx = dx, .weights_gradient = weights_gradient, .bias_gradient = bias_gradient,
                   .sums_tiles = 1};
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
