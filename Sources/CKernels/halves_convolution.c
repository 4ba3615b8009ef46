#include "halves_convolution.h"

#include "halves.h"
#include "include/thread_pool.h"

/// Panels of the depth that a block of positions is rounded to at once: a fifth of the L2 cache.
#define MOST_DEPTH 64
/// Panels of the target that share a block's operands.
#define COLUMNS 2
/// Fewer positions do not pay for rounding the weights.
#define LEAST_PLACES 32
/// Positions that the gradient of the weights is summed over at once.
#define GROUP 256

struct job {
  struct pass *pass;
  const struct half_kernels *kernel;
  int panels, depth;
  /// Weights: [panel][depth][8][16][2].
  uint16_t *weights;
  /// Each thread's own floats.
  float *own;
  size_t own_floats;
};

/// Halves of one panel of operands: 16 values of a block's positions.
#define OPERANDS (BLOCK * PANEL)

/// Floats of a thread's own: a block of positions, and the sums of all panels.
static size_t product_floats(int depth, int panels) {
  return (size_t)smaller(depth, MOST_DEPTH) * OPERANDS / 2 + (size_t)panels * BLOCK * PANEL;
}

static size_t pass_floats(int depth, int panels) {
  return (size_t)panels * depth * PANEL * PANEL / 2 + dflab_threads() * product_floats(depth, panels);
}

/// Floats of a thread's own: gradients at a group of positions, and what one panel of inputs reads there.
static size_t gradient_floats(int panels) { return (size_t)(panels + 1) * GROUP * PANEL / 2; }

size_t halves_scratch(const struct dflab_convolution *s) {
  if (!s->bf16) return 0;
  int inputs = panels_of(s->inputs), outputs = panels_of(s->outputs), taps = taps_of(s);
  size_t forward = pass_floats(panels_of(s->inputs * taps), outputs);
  size_t backward = pass_floats(outputs * taps, inputs);
  size_t gradient = dflab_threads() * gradient_floats(outputs);
  size_t most = forward > backward ? forward : backward;
  return most > gradient ? most : gradient;
}

int fits_halves(const struct pass *s) {
  return s->shape->bf16 && s->walk.taps > 0 && places_of(&s->walk) >= LEAST_PLACES;
}

static void round_weights(void *context, int index, int threads) {
  const struct job *j = context;
  size_t units = (size_t)j->panels * j->depth, size = PANEL * PANEL;
  for (size_t unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    const float *from = j->pass->weights + unit / j->depth * j->pass->panel_step + unit % j->depth * size;
    j->kernel->pair(from, from + PANEL, 2 * PANEL, PANEL / 2, j->weights + unit * size, 2 * PANEL);
  }
}

/// Rounds what a block of positions reads in some panels of the depth: [panel][BLOCK][16].
static void round_block(
    const struct job *j, const float *at[][BLOCK], int count, int first, int depth, uint16_t *out) {
  const struct pass *s = j->pass;
  int height = (int)(s->tap_step / PANEL), known = s->walk.depth;
  int begin = first * PANEL, end = begin + depth * PANEL;
  for (int t = 0; t < count; t++)
    for (int row = begin; row < end;) {
      int tap = row / height, channel = row % height;
      uint16_t *to = out + (size_t)(row - begin) / PANEL * OPERANDS + t * PANEL;
      int whole = tap < s->walk.taps && channel < known ? smaller(known - channel, end - row) / PANEL : 0;
      if (whole > 0) {
        j->kernel->round(at[tap][t] + channel, whole, to, OPERANDS);
        row += whole * PANEL;
        continue;
      }
      // The end of one tap and the begin of the next, or zeros behind the last one.
      float line[PANEL];
      for (int i = 0; i < PANEL; i++, row++) {
        tap = row / height, channel = row % height;
        line[i] = tap < s->walk.taps && channel < known ? at[tap][t][channel] : 0;
      }
      j->kernel->round(line, 1, to, OPERANDS);
    }
}

static void multiply(void *context, int index, int threads) {
  const struct job *j = context;
  const struct pass *s = j->pass;
  const struct walk *w = &s->walk;
  int places = places_of(w), sets = (j->panels + COLUMNS - 1) / COLUMNS;
  size_t units = (size_t)(places + BLOCK - 1) / BLOCK * sets, panel_step = (size_t)j->depth * PANEL * PANEL;
  size_t begin = units * index / threads, end = units * (index + 1) / threads;
  float(*sums)[BLOCK][PANEL] = (void *)(j->own + index * j->own_floats);
  uint16_t *operands = (uint16_t *)(sums + j->panels);
  const float *at[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS][BLOCK];
  float *to[BLOCK];
  for (size_t block = begin / sets; block * sets < end; block++) {
    int first = (int)block * BLOCK, count = smaller(BLOCK, places - first);
    int first_panel = block * sets < begin ? (int)(begin - block * sets) * COLUMNS : 0;
    int end_panel = smaller(j->panels, (int)(end - block * sets < (size_t)sets ? end - block * sets : sets) * COLUMNS);
    for (int tap = 0; tap < w->taps; tap++) locate(s, tap, first, count, at[tap]);
    aim(s, first, count, to);
    for (int row = 0; row < j->depth; row += MOST_DEPTH) {
      int depth = smaller(MOST_DEPTH, j->depth - row);
      round_block(j, at, count, row, depth, operands);
      for (int panel = first_panel; panel < end_panel; panel += COLUMNS)
        j->kernel->multiply(
            count, smaller(COLUMNS, end_panel - panel), depth, operands, OPERANDS,
            j->weights + panel * panel_step + (size_t)row * PANEL * PANEL, panel_step, sums[panel][0],
            BLOCK * PANEL, row > 0);
    }
    for (int panel = first_panel; panel < end_panel; panel++) store_panel(s, count, panel, sums[panel], to);
  }
}

void halves_products(struct pass *s) {
  struct job j = {.pass = s, .kernel = half_kernels(), .panels = panels_of(s->walk.channels),
                  .depth = (int)(s->panel_step / PANEL / PANEL), .weights = (uint16_t *)s->tiles};
  j.own = s->tiles + (size_t)j.panels * j.depth * PANEL * PANEL / 2;
  j.own_floats = product_floats(j.depth, j.panels);
  dflab_parallel(round_weights, &j);
  dflab_parallel(multiply, &j);
}

/// Adds up one block of 16 inputs and some panels of outputs, which may be cut short.
static void add_block(
    const struct job *j, int count, const uint16_t *inputs, int tap, int block, const uint16_t *outputs,
    int panel, int columns) {
  const struct dflab_convolution *shape = j->pass->shape;
  size_t step = (size_t)GROUP * PANEL, panel_step = (size_t)rounded(shape->inputs * taps_of(shape)) * PANEL;
  int rows = smaller(PANEL, shape->inputs - block * PANEL), lanes = shape->outputs - panel * PANEL;
  float *d = j->pass->gradient + panel * panel_step + ((size_t)tap * shape->inputs + block * PANEL) * PANEL;
  int pairs = (count + 1) / 2;
  if (rows == PANEL && lanes >= columns * PANEL) {
    j->kernel->outer(pairs, columns, inputs, outputs, step, d, panel_step);
    return;
  }
  float sums[COLUMNS][PANEL][PANEL] = {0};
  j->kernel->outer(pairs, columns, inputs, outputs, step, sums[0][0], PANEL * PANEL);
  for (int p = 0; p < columns; p++)
    for (int r = 0; r < rows; r++)
      for (int o = 0; o < PANEL && p * PANEL + o < lanes; o++) d[p * panel_step + r * PANEL + o] += sums[p][r][o];
}

static void add_gradients(void *context, int index, int threads) {
  const struct job *j = context;
  const struct pass *s = j->pass;
  const struct dflab_convolution *shape = s->shape;
  int blocks = panels_of(shape->inputs), sets = (j->panels + COLUMNS - 1) / COLUMNS;
  int units = taps_of(shape) * blocks * sets, places = places_of(&s->walk);
  size_t step = shape->output_step;
  uint16_t *outputs = (uint16_t *)(j->own + index * j->own_floats);
  uint16_t *inputs = outputs + (size_t)j->panels * GROUP * PANEL;
  const float none[PANEL] = {0}, *at[GROUP];
  for (int first = 0; first < places; first += GROUP) {
    int count = smaller(GROUP, places - first), located = -1, rounded = -1;
    for (int panel = 0; panel < j->panels; panel++) {
      const float *dy = s->dy + first * step + panel * PANEL;
      uint16_t *to = outputs + (size_t)panel * GROUP * PANEL;
      j->kernel->pair(dy, dy + step, 2 * step, count / 2, to, 2 * PANEL);
      if (count % 2)
        j->kernel->pair(dy + (count - 1) * step, none, 0, 1, to + (count - 1) * PANEL, 2 * PANEL);
    }
    for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
      int tap = unit / (blocks * sets), block = unit / sets % blocks, panel = unit % sets * COLUMNS;
      if (tap != located) locate(s, located = tap, first, count, at);
      if (unit / sets != rounded) {
        rounded = unit / sets;
        for (int t = 0; t < count; t += 2)
          j->kernel->pair(
              at[t] + block * PANEL, t + 1 < count ? at[t + 1] + block * PANEL : none, 0, 1,
              inputs + t * PANEL, 2 * PANEL);
      }
      add_block(
          j, count, inputs, tap, block, outputs + (size_t)panel * GROUP * PANEL, panel,
          smaller(COLUMNS, j->panels - panel));
    }
  }
}

void halves_weight_gradients(struct pass *s) {
  struct job j = {.pass = s, .kernel = half_kernels(), .panels = panels_of(s->shape->outputs), .own = s->tiles};
  j.own_floats = gradient_floats(j.panels);
  dflab_parallel(add_gradients, &j);
}
