#include "include/direct_convolution.h"

#include <string.h>

#include "include/activation.h"
#include "include/thread_pool.h"
#include "panels.h"

/// Positions per product: a multiple of each kernel's number of rows.
#define BLOCK 96
/// Rows of weights per product: half the L1 cache.
#define DEPTH 256
/// Floats of both pictures that the gradient of the weights reads at once: half the L2 cache.
#define GROUP_FLOATS (1 << 16)
#define MOST_GROUP 512

/// The positions of a grid, what each reads through the taps, and where its sum is stored.
struct walk {
  int batch, frames, rows, columns;
  /// Source positions per grid position, the size of the source, and floats per source position.
  int frame_step, step, source_frames, source_height, source_width, source_depth;
  /// Floats read at one position.
  int depth;
  /// Target positions per grid position, the first of them, and the size of the target.
  int target_frame_step, target_frame, target_frames;
  int target_step, target_row, target_column, target_height, target_width, target_depth;
  /// Floats written at one position.
  int channels;
  /// The offset of each tap from a position's frame, row and column.
  int taps, tap_frame[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS];
  int tap_row[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS], tap_column[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS];
};

struct pass {
  struct walk walk;
  const struct panel_kernels *kernel;
  const struct dflab_convolution *shape;
  const float *source, *zeros, *weights, *bias, *dy;
  /// Floats of weights from one panel and one tap to the next.
  size_t panel_step, tap_step;
  int activation;
  float slope;
  float *target, *turned, *gradient;
  /// For transposed weights: the indices of the kernel's taps in this walk.
  int tap_number[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS];
};

static int panels_of(int count) { return (count + PANEL - 1) / PANEL; }
static int rounded(int count) { return panels_of(count) * PANEL; }
static int taps_of(const struct dflab_convolution *s) {
  return s->kernel_frames * s->kernel_height * s->kernel_width;
}

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

size_t dflab_direct_convolution_scratch(const struct dflab_convolution *s) {
  size_t turned = (size_t)rounded(s->inputs) * rounded(s->outputs) * taps_of(s);
  size_t runs = reads_runs(s) ? padded_floats(s) : 0;
  return zeros_of(s) + (turned > runs ? turned : runs);
}

static int places_of(const struct walk *w) { return w->batch * w->frames * w->rows * w->columns; }

/// The source addresses of `count` positions from `first` on, for one tap.
static void locate(const struct pass *s, int tap, int first, int count, const float **at) {
  const struct walk *w = &s->walk;
  int column = first % w->columns, row = first / w->columns % w->rows;
  int image = first / (w->columns * w->rows);
  while (count > 0) {
    int run = w->columns - column < count ? w->columns - column : count;
    int y = row * w->step + w->tap_row[tap], x = column * w->step + w->tap_column[tap];
    int z = image % w->frames * w->frame_step + w->tap_frame[tap];
    if (y < 0 || y >= w->source_height || z < 0 || z >= w->source_frames) {
      for (int t = 0; t < run; t++) at[t] = s->zeros;
    } else {
      const float *line =
          s->source + (((size_t)(image / w->frames) * w->source_frames + z) * w->source_height + y) *
                          w->source_width * w->source_depth;
      for (int t = 0; t < run; t++, x += w->step)
        at[t] = x >= 0 && x < w->source_width ? line + (ptrdiff_t)x * w->source_depth : s->zeros;
    }
    at += run;
    count -= run;
    column = 0;
    if (++row == w->rows) row = 0, image++;
  }
}

/// The target addresses of `count` positions from `first` on.
static void aim(const struct pass *s, int first, int count, float **to) {
  const struct walk *w = &s->walk;
  int column = first % w->columns, row = first / w->columns % w->rows;
  int image = first / (w->columns * w->rows);
  for (int t = 0; t < count; t++) {
    size_t y = row * w->target_step + w->target_row, x = column * w->target_step + w->target_column;
    size_t z = (size_t)(image / w->frames) * w->target_frames +
               image % w->frames * w->target_frame_step + w->target_frame;
    to[t] = s->target + ((z * w->target_height + y) * w->target_width + x) * w->target_depth;
    if (++column == w->columns) {
      column = 0;
      if (++row == w->rows) row = 0, image++;
    }
  }
}

/// Skips the positions at both ends for which a tap reads only zeros.
static void trim(const struct pass *s, const float *const *at, int *first, int *end) {
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
  float product[BLOCK][PANEL], result[BLOCK][PANEL];
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
    int lanes = w->channels - panel * PANEL;
    if (lanes > PANEL) lanes = PANEL;
    if (s->bias)
      for (int t = 0; t < count; t++)
        for (int o = 0; o < lanes; o++) product[t][o] += s->bias[panel * PANEL + o];
    if (s->activation)
      dflab_activate(s->activation, s->slope, product[0], result[0], (size_t)count * PANEL);
    const float(*from)[PANEL] = s->activation ? result : product;
    for (int t = 0; t < count; t++) {
      float *target = to[t] + panel * PANEL;
      if (lanes == PANEL)
        memcpy(target, from[t], sizeof from[t]);
      else
        memcpy(target, from[t], sizeof(float) * lanes);
    }
  }
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
    int activation, float slope, float *y, float *scratch) {
  struct pass s = {
      .walk = output_walk(shape), .kernel = panel_kernels(), .shape = shape, .source = x,
      .zeros = memset(scratch, 0, sizeof(float) * zeros_of(shape)), .weights = weights,
      .bias = bias, .target = y, .activation = activation, .slope = slope};
  struct dflab_convolution runs = runs_of(shape);
  if (reads_runs(shape)) read_runs(&s, shape, &runs, scratch + zeros_of(shape));
  s.tap_step = (size_t)s.walk.depth * PANEL;
  s.panel_step = (size_t)rounded(s.shape->inputs * s.walk.taps) * PANEL;
  dflab_parallel(products, &s);
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
  dflab_parallel(products, s);
}

void dflab_direct_convolution_backward_data(
    const struct dflab_convolution *shape, const float *dy, const float *weights, float *dx,
    float *scratch) {
  struct pass s = {
      .kernel = panel_kernels(), .shape = shape, .source = dy,
      .zeros = memset(scratch, 0, sizeof(float) * zeros_of(shape)), .target = dx,
      .turned = scratch + zeros_of(shape)};
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
      .zeros = memset(scratch, 0, sizeof(float) * zeros_of(shape)), .gradient = gradient};
  struct dflab_convolution runs = runs_of(shape);
  if (reads_runs(shape)) read_runs(&s, shape, &runs, scratch + zeros_of(shape));
  dflab_parallel(weight_gradients, &s);
}
