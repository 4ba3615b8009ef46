#include "tiled_convolution.h"

#include "include/processor.h"
#include "include/thread_pool.h"
#include "tiles.h"

/// Steps of the depth that a block of positions is split into at once: half the L2 cache.
#define MOST_STEPS 32
/// Tiles of a block of positions.
#define BLOCK_TILES (BLOCK / TILE)
/// Fewer positions do not pay for splitting the weights, fewer channels not for splitting positions.
#define LEAST_PLACES 64
#define LEAST_CHANNELS 32
#define LEAST_DEPTH 32

struct job {
  struct pass *pass;
  int panels, steps;
  /// Weights in panels.
  uint16_t *right;
  /// Each thread's own floats.
  float *own;
  size_t own_floats;
};

/// Floats of a thread's own: a block of positions, and the sums of all panels.
static size_t product_floats(int steps, int panels) {
  return smaller(steps, MOST_STEPS) * BLOCK_TILES * STEP_FLOATS + (size_t)panels * BLOCK * PANEL;
}

size_t tiled_scratch(const struct dflab_convolution *s) {
  if (dflab_vector_level() < 3) return 0;
  int inputs = panels_of(s->inputs), outputs = panels_of(s->outputs);
  int forward = tile_steps(rounded(s->inputs * taps_of(s)));
  int backward = tile_steps(rounded(s->outputs) * taps_of(s));
  size_t threads = dflab_threads();
  size_t ahead = outputs * forward * STEP_FLOATS + threads * product_floats(forward, outputs);
  size_t back = inputs * backward * STEP_FLOATS + threads * product_floats(backward, inputs);
  return ahead > back ? ahead : back;
}

int fits_tiles(const struct pass *s) {
  const struct dflab_convolution *shape = s->shape;
  // Groups have few channels each.
  int is_whole = s->walk.source_depth <= s->walk.depth && s->walk.target_depth == s->walk.channels;
  return dflab_vector_level() >= 3 && is_whole && places_of(&s->walk) >= LEAST_PLACES &&
         s->walk.channels >= LEAST_CHANNELS && s->walk.depth * s->walk.taps >= LEAST_DEPTH &&
         shape->bf16 == 0;
}

/// The rows of weights of one panel: all taps, each with its zeros.
static int rows_of(const struct pass *s) { return (int)(s->panel_step / PANEL); }

static void split_weights(void *context, int index, int threads) {
  const struct job *j = context;
  int units = j->panels * j->steps, rows = rows_of(j->pass);
  for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int panel = unit / j->steps, row = unit % j->steps * TILE_DEPTH;
    tiles_split_panel(
        j->pass->weights + panel * j->pass->panel_step + (size_t)row * PANEL, PANEL, PANEL,
        smaller(TILE_DEPTH, rows - row), j->right + unit * STEP_HALVES);
  }
}

/// Splits what a block of positions reads in some steps.
static void split_block(
    const struct pass *s, const float *at[][BLOCK], int count, int first, int steps, uint16_t *left) {
  int height = (int)(s->tap_step / PANEL), begin = first * TILE_DEPTH;
  int end = smaller(begin + steps * TILE_DEPTH, rows_of(s));
  float line[MOST_STEPS * TILE_DEPTH + PANEL];
  int is_plain = s->walk.taps == 1, is_even = height % TILE_DEPTH == 0 && s->walk.depth == height;
  for (int t = 0; t < count; t++) {
    uint16_t *out = left + (t / TILE * steps * STEP_HALVES) + t % TILE * TILE_DEPTH;
    if (is_plain) {
      tiles_split_row(at[0][t] + begin, smaller(end, s->walk.depth) - begin, out);
    } else if (is_even) {
      for (int row = begin, next; row < end; row = next) {
        next = smaller(end, (row / height + 1) * height);
        tiles_split_row(at[row / height][t] + row % height, next - row, out);
        out += (next - row) / TILE_DEPTH * STEP_HALVES;
      }
    } else {
      tiles_read_row(&at[0][t], BLOCK, s->walk.taps, height, s->walk.depth, begin, end, line);
      tiles_split_row(line, end - begin, out);
    }
  }
}

static void multiply(void *context, int index, int threads) {
  const struct job *j = context;
  const struct pass *s = j->pass;
  const struct walk *w = &s->walk;
  int places = places_of(w), pairs = (j->panels + 1) / 2;
  size_t units = (size_t)(places + BLOCK - 1) / BLOCK * pairs;
  size_t begin = units * index / threads, end = units * (index + 1) / threads;
  float(*sums)[BLOCK][PANEL] = (void *)(j->own + index * j->own_floats);
  uint16_t *left = (uint16_t *)(sums + j->panels);
  const float *at[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS][BLOCK];
  float *to[BLOCK];
  tiles_open();
  for (size_t block = begin / pairs; block * pairs < end; block++) {
    int first = (int)block * BLOCK, count = smaller(BLOCK, places - first);
    int tiles = (count + TILE - 1) / TILE;
    int first_panel = block * pairs < begin ? (int)(begin - block * pairs) * 2 : 0;
    int end_panel = end - block * pairs < (size_t)pairs ? (int)(end - block * pairs) * 2 : j->panels;
    for (int tap = 0; tap < w->taps; tap++) locate(s, tap, first, count, at[tap]);
    aim(s, first, count, to);
    for (int step = 0; step < j->steps; step += MOST_STEPS) {
      int steps = smaller(MOST_STEPS, j->steps - step);
      split_block(s, at, count, step, steps, left);
      for (int panel = first_panel; panel < end_panel; panel += 2)
        tiles_multiply(
            tiles, smaller(2, j->panels - panel), steps, left, steps * STEP_HALVES,
            j->right + ((size_t)panel * j->steps + step) * STEP_HALVES, j->steps * STEP_HALVES,
            sums[panel][0], BLOCK * PANEL, step > 0);
    }
    for (int panel = first_panel; panel < end_panel; panel++) store_panel(s, count, panel, sums[panel], to);
  }
  tiles_close();
}

void tiled_products(struct pass *s) {
  struct job j = {.pass = s, .panels = panels_of(s->walk.channels), .steps = tile_steps(rows_of(s)),
                  .right = (uint16_t *)s->tiles};
  j.own = s->tiles + (size_t)j.panels * j.steps * STEP_FLOATS;
  j.own_floats = product_floats(j.steps, j.panels);
  dflab_parallel(split_weights, &j);
  dflab_parallel(multiply, &j);
}
