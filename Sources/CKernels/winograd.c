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
            s->weights + ((size_t)panel * p->taps * p->shape.inputs + first * PANEL) * PANEL;
        for (int c = 0; c < depth * PANEL; c++, channel += PANEL) {
          const float *taps[9];
          phase_taps(p, phase, channel, tap_stride(p), taps);
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
                       ((size_t)panel * p->taps * p->shape.inputs + block * PANEL) * PANEL;
      for (int phase = 0; phase < p->phases; phase++) {
        memset(sums, 0, sizeof(float) * POINTS * SUMS_STRIDE);
        for (int point = 0; point < POINTS; point++)
          if (!is_empty(phase, point))
            p->kernel->outer(
                s->count, input_panel(s, phase, point, block), output_panel(s, point, panel),
                sums + point * SUMS_STRIDE);
        for (int c = 0; c < PANEL; c++) {
          const float *taps[9];
          phase_taps(p, phase, channel + c * PANEL, tap_stride(p), taps);
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
              s->weights +
              ((size_t)(first + d) * p->taps * p->shape.inputs + panel * PANEL) * PANEL;
          float turned[25][PANEL][PANEL];
          for (int tap = 0; tap < p->taps; tap++)
            p->kernel->transpose(block + tap * tap_stride(p), PANEL, turned[tap][0], PANEL);
          for (int o = 0; o < PANEL; o++) {
            const float *taps[9];
            phase_taps(p, phase, turned[0][o], PANEL * PANEL, taps);
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
