#include "include/products.h"

#include <string.h>

#include "include/processor.h"
#include "include/thread_pool.h"
#include "panels.h"
#include "tiles.h"

/// Rows of a block that is split at once.
#define BLOCK 96
/// Smaller matrices leave most of a tile empty.
#define LEAST 12
/// Floats of the second operands that are split at once.
#define GROUP_FLOATS ((size_t)1 << 22)

struct job {
  const struct dflab_products *shape;
  const float *a, *b;
  float *y;
  int panels, steps, first, count;
  /// The second operands of a group of images, and each thread's own floats.
  uint16_t *right;
  float *own;
};

static int panels_of(const struct dflab_products *s) { return (s->columns + PANEL - 1) / PANEL; }

static size_t right_floats(const struct dflab_products *s) {
  return panels_of(s) * tile_steps(s->depth) * STEP_FLOATS;
}

/// Images of a group.
static int group_of(const struct dflab_products *s) {
  size_t fitting = GROUP_FLOATS / right_floats(s);
  return fitting < 1 ? 1 : fitting < (size_t)s->images ? (int)fitting : s->images;
}

/// Floats of a thread's own: a block of rows, and its sums in two panels.
static size_t own_floats(const struct dflab_products *s) {
  return BLOCK / TILE * tile_steps(s->depth) * STEP_FLOATS + 2 * BLOCK * PANEL;
}

int dflab_products_fit(const struct dflab_products *s) {
  return dflab_vector_level() >= 3 && s->rows >= LEAST && s->columns >= LEAST && s->depth >= LEAST;
}

size_t dflab_products_scratch(const struct dflab_products *s) {
  return group_of(s) * right_floats(s) + dflab_threads() * own_floats(s);
}

static void split_second(void *context, int index, int threads) {
  const struct job *j = context;
  const struct dflab_products *s = j->shape;
  int units = j->count * j->panels;
  for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int column = unit % j->panels * PANEL, lanes = smaller(PANEL, s->columns - column);
    const float *b = j->b + (size_t)(j->first + unit / j->panels) * s->depth * s->columns;
    uint16_t *out = j->right + unit * j->steps * STEP_HALVES;
    if (s->second_turned)
      tiles_split_turned_panel(b + (size_t)column * s->depth, s->depth, lanes, s->depth, out);
    else
      tiles_split_panel(b + column, s->columns, lanes, s->depth, out);
  }
}

/// Splits rows `first` ..< `first + count` of the first operand.
static void split_first(
    const struct job *j, const float *a, int first, int count, uint16_t *left) {
  const struct dflab_products *s = j->shape;
  for (int row = 0; row < count && !s->first_turned; row++)
    tiles_split_row(
        a + (size_t)(first + row) * s->depth, s->depth,
        left + row / TILE * j->steps * STEP_HALVES + row % TILE * TILE_DEPTH);
  for (int row = 0; row < count && s->first_turned; row += TILE)
    for (int step = 0; step < j->steps; step++) {
      const float *at[TILE_DEPTH];
      int rows = smaller(TILE_DEPTH, s->depth - step * TILE_DEPTH);
      for (int k = 0; k < rows; k++) at[k] = a + (size_t)(step * TILE_DEPTH + k) * s->rows;
      tiles_split_turned(
          at, first + row, smaller(TILE, count - row), rows,
          left + (row / TILE * j->steps + step) * STEP_HALVES);
    }
}

static void multiply(void *context, int index, int threads) {
  const struct job *j = context;
  const struct dflab_products *s = j->shape;
  float(*sums)[BLOCK][PANEL] = (void *)(j->own + index * own_floats(s));
  uint16_t *left = (uint16_t *)(sums + 2);
  int blocks = (s->rows + BLOCK - 1) / BLOCK, units = j->count * blocks;
  tiles_open();
  for (int unit = units * index / threads; unit < units * (index + 1) / threads; unit++) {
    int image = unit / blocks, first = unit % blocks * BLOCK, count = smaller(BLOCK, s->rows - first);
    size_t matrix = (size_t)(j->first + image);
    float *y = j->y + (matrix * s->rows + first) * s->columns;
    split_first(j, j->a + matrix * s->rows * s->depth, first, count, left);
    for (int panel = 0; panel < j->panels; panel += 2) {
      int panels = smaller(2, j->panels - panel);
      tiles_multiply(
          (count + TILE - 1) / TILE, panels, j->steps, left, j->steps * STEP_HALVES,
          j->right + (size_t)(image * j->panels + panel) * j->steps * STEP_HALVES,
          j->steps * STEP_HALVES, sums[0][0], BLOCK * PANEL, 0);
      for (int p = 0; p < panels; p++) {
        int column = (panel + p) * PANEL, lanes = smaller(PANEL, s->columns - column);
        for (int row = 0; row < count; row++)
          memcpy(y + (size_t)row * s->columns + column, sums[p][row], sizeof(float) * lanes);
      }
    }
  }
  tiles_close();
}

void dflab_products_multiply(
    const struct dflab_products *shape, const float *a, const float *b, float *y, float *scratch) {
  int group = group_of(shape);
  struct job j = {.shape = shape, .a = a, .b = b, .y = y, .panels = panels_of(shape),
                  .steps = tile_steps(shape->depth), .right = (uint16_t *)scratch};
  j.own = scratch + group * right_floats(shape);
  for (j.first = 0; j.first < shape->images; j.first += group) {
    j.count = smaller(group, shape->images - j.first);
    dflab_parallel(split_second, &j);
    dflab_parallel(multiply, &j);
  }
}
