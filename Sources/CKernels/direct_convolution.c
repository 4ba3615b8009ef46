#include "include/direct_convolution.h"

#include "direct_pass.h"
#include "halves_convolution.h"
#include "include/thread_pool.h"
#include "tiled_convolution.h"

/// Rows of weights per product: half the L1 cache.
#define DEPTH 256
/// Floats of both pictures that the gradient of the weights reads at once: half the L2 cache.
#define GROUP_FLOATS (1 << 16)
#define MOST_GROUP 512

static int out_size(int size, int kernel, const struct dflab_convolution *s) {
  return (size + s->padding + s->padding_after - s->dilation * (kernel - 1) - 1) / s->stride + 1;
}

static int out_frames(const struct dflab_convolution *s) {
  return (s->frames + s->frame_padding + s->frame_padding_after - s->kernel_frames) /
             s->frame_stride + 1;
}

/// Floats of zeros that stand for a pixel outside the picture.
static size_t zeros_of(const struct dflab_convolution *s) {
  return rounded(s->inputs > s->outputs ? s->inputs : s->outputs) + PANEL;
}

/// Whether a row of taps is read as one run of values: with few channels each tap has too few.
static int reads_runs(const struct dflab_convolution *s) { return s->inputs < 8 && s->dilation == 1; }

/// The same convolution with runs for channels and a column of taps.
static struct dflab_convolution runs_of(const struct dflab_convolution *s) {
  struct dflab_convolution runs = *s;
  runs.inputs = s->inputs * s->kernel_width;
  runs.kernel_width = 1;
  return runs;
}

/// Rows or columns with their padding.
static int padded(int size, const struct dflab_convolution *s) {
  return size + s->padding + s->padding_after;
}

/// Floats of the picture with its padding, and of what may be read past its end.
static size_t padded_floats(const struct dflab_convolution *s) {
  size_t pixels = (size_t)padded(s->height, s) * padded(s->width, s);
  return s->batch * s->frames * pixels * s->inputs + 2 * PANEL;
}

/// Floats of scratch before those of tiles: zeros, and turned weights or the padded picture.
static size_t tiles_from(const struct dflab_convolution *s) {
  size_t turned = (size_t)rounded(s->inputs) * rounded(s->outputs) * taps_of(s);
  size_t runs = reads_runs(s) ? padded_floats(s) : 0;
  size_t floats = zeros_of(s) + (turned > runs ? turned : runs);
  return (floats + PANEL - 1) / PANEL * PANEL;
}

size_t dflab_direct_convolution_scratch(const struct dflab_convolution *s) {
  return tiles_from(s) + (s->bf16 ? halves_scratch(s) : tiled_scratch(s));
}

/// Skips the positions at both ends for which a tap reads only zeros.
static inline void trim(const struct pass *s, const float *const *at, int *first, int *end) {
  while (*first < *end && at[*first] == s->zeros) ++*first;
  while (*first < *end && at[*end - 1] == s->zeros) --*end;
}

/// The sums of one block of positions in one panel of the target.
static void multiply(
    const struct pass *s, int count, int panel, const float *at[][BLOCK], float *product) {
  const struct walk *w = &s->walk;
  const float *weights = s->weights + panel * s->panel_step;
  int together = w->depth < DEPTH ? DEPTH / w->depth : 1;
  memset(product, 0, sizeof(float) * count * PANEL);
  for (int tap = 0; tap < w->taps; tap += together) {
    int begin = 0, end = count;
    if (together == 1) trim(s, at[tap], &begin, &end);
    for (int first = 0; first < w->depth; first += DEPTH)
      s->kernel->multiply_at(
          end - begin, w->taps - tap < together ? w->taps - tap : together,
          w->depth - first < DEPTH ? w->depth - first : DEPTH, at[tap] + begin, BLOCK, first,
          weights + tap * s->tap_step + first * PANEL, s->tap_step, product + begin * PANEL);
  }
}

static void products(void *context, int index, int threads) {
  struct pass *s = context;
  const struct walk *w = &s->walk;
  int places = places_of(w), panels = panels_of(w->channels);
  size_t units = (size_t)(places + BLOCK - 1) / BLOCK * panels;
  const float *at[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS][BLOCK];
  float *to[BLOCK];
  float product[BLOCK][PANEL];
  int located = -1, count = 0;
  for (size_t unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int first = (int)(unit / panels) * BLOCK, panel = (int)(unit % panels);
    if (first != located) {
      located = first;
      count = places - first < BLOCK ? places - first : BLOCK;
      for (int tap = 0; tap < w->taps; tap++) locate(s, tap, first, count, at[tap]);
      aim(s, first, count, to);
    }
    multiply(s, count, panel, at, product[0]);
    store_panel(s, count, panel, product, to);
  }
}

/// All sums of the walk.
static void add_up(struct pass *s) {
  if (fits_tiles(s))
    tiled_products(s);
  else if (fits_halves(s))
    halves_products(s);
  else
    dflab_parallel(products, s);
}

/// A walk over the output's positions that reads the picture.
static struct walk output_walk(const struct dflab_convolution *s) {
  struct walk w = {
      .batch = s->batch, .frames = out_frames(s), .rows = out_size(s->height, s->kernel_height, s),
      .columns = out_size(s->width, s->kernel_width, s), .frame_step = s->frame_stride,
      .step = s->stride, .source_frames = s->frames, .source_height = s->height,
      .source_width = s->width, .source_depth = s->input_step,
      .depth = s->inputs, .target_frame_step = 1, .target_step = 1, .target_depth = s->output_step,
      .channels = s->outputs, .taps = taps_of(s)};
  w.target_frames = w.frames;
  w.target_height = w.rows;
  w.target_width = w.columns;
  // Runs have fewer taps, which read_runs fills in.
  for (int tap = 0; tap < w.taps && !reads_runs(s); tap++) {
    w.tap_frame[tap] = tap / s->kernel_width / s->kernel_height - s->frame_padding;
    w.tap_row[tap] = tap / s->kernel_width % s->kernel_height * s->dilation - s->padding;
    w.tap_column[tap] = tap % s->kernel_width * s->dilation - s->padding;
  }
  return w;
}

/// Copies one row after the other into the padded picture.
struct padding {
  const struct dflab_convolution *shape;
  const float *x;
  float *padded;
};

static void pad(void *context, int index, int threads) {
  const struct padding *c = context;
  const struct dflab_convolution *s = c->shape;
  int height = padded(s->height, s), rows = s->batch * s->frames * height;
  size_t width = (size_t)padded(s->width, s) * s->inputs, own = (size_t)s->width * s->inputs;
  size_t margin = (size_t)s->padding * s->inputs;
  for (int row = rows * index / threads; row < rows * (index + 1) / threads; row++) {
    float *to = c->padded + row * width;
    int from = row % height - s->padding;
    if (from < 0 || from >= s->height) {
      memset(to, 0, sizeof(float) * width);
    } else {
      memset(to, 0, sizeof(float) * margin);
      memcpy(to + margin, c->x + ((size_t)(row / height) * s->height + from) * own, sizeof(float) * own);
      memset(to + margin + own, 0, sizeof(float) * (width - margin - own));
    }
  }
}

/// Makes a pass over the output read a padded copy of the picture in runs.
static void read_runs(
    struct pass *s, const struct dflab_convolution *shape, const struct dflab_convolution *runs,
    float *scratch) {
  struct padding padding = {shape, s->source, scratch};
  dflab_parallel(pad, &padding);
  memset(scratch + padded_floats(shape) - 2 * PANEL, 0, sizeof(float) * 2 * PANEL);
  s->shape = runs;
  s->source = scratch;
  s->walk.source_height = padded(shape->height, shape);
  s->walk.source_width = padded(shape->width, shape);
  s->walk.depth = runs->inputs;
  s->walk.taps = shape->kernel_frames * shape->kernel_height;
  for (int tap = 0; tap < s->walk.taps; tap++) {
    s->walk.tap_frame[tap] = tap / shape->kernel_height - shape->frame_padding;
    s->walk.tap_row[tap] = tap % shape->kernel_height;
    s->walk.tap_column[tap] = 0;
  }
}

void dflab_direct_convolution_forward(
    const struct dflab_convolution *shape, const float *x, const float *weights, const float *bias,
    const float *addend, int activation, float slope, float *y, float *scratch) {
  struct pass s = {
      .walk = output_walk(shape), .kernel = panel_kernels(), .shape = shape, .source = x,
      .zeros = memset(scratch, 0, sizeof(float) * zeros_of(shape)), .weights = weights,
      .bias = bias, .addend = addend, .target = y, .activation = activation, .slope = slope};
  struct dflab_convolution runs = runs_of(shape);
  if (reads_runs(shape)) read_runs(&s, shape, &runs, scratch + zeros_of(shape));
  s.tap_step = (size_t)s.walk.depth * PANEL;
  s.panel_step = (size_t)rounded(s.shape->inputs * s.walk.taps) * PANEL;
  s.tiles = scratch + tiles_from(shape);
  add_up(&s);
}

/// Weights with inputs and outputs exchanged, of the walk's taps: [I/16][tap][outputs, rounded][16].
static void turn(void *context, int index, int threads) {
  struct pass *s = context;
  const struct dflab_convolution *shape = s->shape;
  int taps = taps_of(shape), panels = panels_of(shape->inputs), outputs = panels_of(shape->outputs);
  size_t panel_step = (size_t)rounded(shape->inputs * taps) * PANEL;
  for (int panel = panels * index / threads; panel < panels * (index + 1) / threads; panel++) {
    int rows = shape->inputs - panel * PANEL < PANEL ? shape->inputs - panel * PANEL : PANEL;
    for (int tap = 0; tap < s->walk.taps; tap++)
      for (int o = 0; o < outputs; o++) {
        const float *from =
            s->weights + o * panel_step +
            ((size_t)s->tap_number[tap] * shape->inputs + panel * PANEL) * PANEL;
        float *to = s->turned +
                    (((size_t)panel * s->walk.taps + tap) * outputs + o) * PANEL * PANEL;
        float whole[PANEL][PANEL];
        if (rows < PANEL) {
          memset(whole, 0, sizeof whole);
          for (int r = 0; r < rows; r++)
            memcpy(whole[r], from + r * PANEL, sizeof whole[r]);
          s->kernel->transpose(whole[0], PANEL, to, PANEL);
        } else {
          s->kernel->transpose(from, PANEL, to, PANEL);
        }
      }
  }
}

static int ceiling_division(int a, int b) { return (a + b - 1) / b; }

/// The taps that reach pixels of one parity of frame, row and column; exact quotients only.
static void choose_taps(struct pass *s, int frame, int row, int column) {
  const struct dflab_convolution *shape = s->shape;
  s->walk.taps = 0;
  for (int tap = 0; tap < taps_of(shape); tap++) {
    int z = frame + shape->frame_padding - tap / shape->kernel_width / shape->kernel_height;
    int y = row + shape->padding -
            tap / shape->kernel_width % shape->kernel_height * shape->dilation;
    int x = column + shape->padding - tap % shape->kernel_width * shape->dilation;
    if (z % shape->frame_stride || y % shape->stride || x % shape->stride) continue;
    s->tap_number[s->walk.taps] = tap;
    s->walk.tap_frame[s->walk.taps] = z / shape->frame_stride;
    s->walk.tap_row[s->walk.taps] = y / shape->stride;
    s->walk.tap_column[s->walk.taps++] = x / shape->stride;
  }
}

static void gradient_of_parity(
    struct pass *s, const float *weights, int frame, int row, int column) {
  const struct dflab_convolution *shape = s->shape;
  s->walk = (struct walk){
      .batch = shape->batch, .frames = ceiling_division(shape->frames - frame, shape->frame_stride),
      .rows = ceiling_division(shape->height - row, shape->stride),
      .columns = ceiling_division(shape->width - column, shape->stride), .frame_step = 1, .step = 1,
      .source_frames = out_frames(shape),
      .source_height = out_size(shape->height, shape->kernel_height, shape),
      .source_width = out_size(shape->width, shape->kernel_width, shape),
      .source_depth = shape->output_step, .depth = shape->outputs,
      .target_frame_step = shape->frame_stride, .target_frame = frame,
      .target_frames = shape->frames, .target_step = shape->stride, .target_row = row,
      .target_column = column, .target_height = shape->height, .target_width = shape->width,
      .target_depth = shape->input_step, .channels = shape->inputs};
  choose_taps(s, frame, row, column);
  s->panel_step = s->walk.taps * s->tap_step;
  s->weights = weights;
  dflab_parallel(turn, s);
  s->weights = s->turned;
  add_up(s);
}

void dflab_direct_convolution_backward_data(
    const struct dflab_convolution *shape, const float *dy, const float *weights, float *dx,
    float *scratch) {
  struct pass s = {
      .kernel = panel_kernels(), .shape = shape, .source = dy,
      .zeros = memset(scratch, 0, sizeof(float) * zeros_of(shape)), .target = dx,
      .turned = scratch + zeros_of(shape), .tiles = scratch + tiles_from(shape)};
  s.tap_step = (size_t)rounded(shape->outputs) * PANEL;
  // Pixels of one parity of frame, row and column are reached by the same taps.
  for (int frame = 0; frame < shape->frame_stride && frame < shape->frames; frame++)
    for (int row = 0; row < shape->stride && row < shape->height; row++)
      for (int column = 0; column < shape->stride && column < shape->width; column++)
        gradient_of_parity(&s, weights, frame, row, column);
}

/// Adds up one block of 16 inputs and 16 outputs, which may be cut short.
static void add_block(
    const struct pass *s, int rows, const float *const *at, int panel, int block, int tap,
    const float *dy) {
  const struct dflab_convolution *shape = s->shape;
  int columns = shape->inputs - block * PANEL, lanes = shape->outputs - panel * PANEL;
  float *d = s->gradient + ((size_t)panel * rounded(shape->inputs * taps_of(shape)) +
                            (size_t)tap * shape->inputs + block * PANEL) * PANEL;
  if (columns >= PANEL && lanes >= PANEL) {
    s->kernel->outer_at(rows, at, block * PANEL, dy, shape->output_step, d);
    return;
  }
  float sums[PANEL][PANEL] = {0};
  s->kernel->outer_at(rows, at, block * PANEL, dy, shape->output_step, sums[0]);
  for (int c = 0; c < columns && c < PANEL; c++)
    for (int o = 0; o < lanes && o < PANEL; o++) d[c * PANEL + o] += sums[c][o];
}

static void weight_gradients(void *context, int index, int threads) {
  struct pass *s = context;
  const struct dflab_convolution *shape = s->shape;
  int panels = panels_of(shape->outputs), blocks = panels_of(shape->inputs);
  int units = taps_of(shape) * panels * blocks, places = places_of(&s->walk);
  int group = GROUP_FLOATS / (shape->inputs + shape->outputs);
  group = group < 32 ? 32 : group > MOST_GROUP ? MOST_GROUP : group;
  const float *at[MOST_GROUP];
  for (int first = 0; first < places; first += group) {
    int count = places - first < group ? places - first : group, located = -1;
    for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
      int tap = unit / (panels * blocks), panel = unit / blocks % panels;
      if (tap != located) locate(s, located = tap, first, count, at);
      add_block(
          s, count, at, panel, unit % blocks, tap,
          s->dy + (size_t)first * shape->output_step + panel * PANEL);
    }
  }
}

void dflab_direct_convolution_backward_weights(
    const struct dflab_convolution *shape, const float *x, const float *dy, float *gradient,
    float *scratch) {
  struct pass s = {
      .walk = output_walk(shape), .kernel = panel_kernels(), .shape = shape, .source = x, .dy = dy,
      .zeros = memset(scratch, 0, sizeof(float) * zeros_of(shape)), .gradient = gradient,
      .tiles = scratch + tiles_from(shape)};
  struct dflab_convolution runs = runs_of(shape);
  if (reads_runs(shape)) read_runs(&s, shape, &runs, scratch + zeros_of(shape));
  if (shape->bf16)
    halves_weight_gradients(&s);
  else
    dflab_parallel(weight_gradients, &s);
}
