/// What every pass of winograd.c derives from the shape: counts, strides of the scratch memory,
/// and where tiles and taps lie.
#ifndef DFLAB_WINOGRAD_PLAN_H
#define DFLAB_WINOGRAD_PLAN_H

#include "include/convolution.h"
#include "include/thread_pool.h"
#include "halves.h"
#include "panels.h"

/// Tiles that are transformed at once: few enough that a panel's 36 points stay in the second
/// level cache, many enough that transforming weights over and over costs little.
#define GROUP 128
/// Rows of panels of weights that are transformed at once, 256 or 128 channels, and panels that share them.
#define DEPTH 16
#define HALVES_DEPTH 8
#define HALVES_COLUMNS 2

/// Values of a cache line. Panels of one point lie a line apart from whole pages, or all 36 would fall
/// into one set of the L1 cache.
#define LINE PANEL
#define HALVES_LINE (2 * PANEL)

/// What every pass derives from the shape.
struct plan {
  struct dflab_winograd shape;
  const struct panel_kernels *kernel;
  /// For pictures of bfloat16 the products' operands are bfloat16, too; NULL for float32.
  const struct half_kernels *halves;
  int out_height, out_width, tile_rows, tile_columns, tiles, group;
  int phases, side, taps, in_panels, out_panels;
  /// Rows and panels of weights that are transformed at once.
  int depth, columns;
};

static inline struct plan make_plan(const struct dflab_winograd *shape) {
  struct plan p = {.shape = *shape, .kernel = panel_kernels()};
  if (shape->bf16) p.halves = half_kernels();
  p.out_height = (shape->height + shape->stride - 1) / shape->stride;
  p.out_width = (shape->width + shape->stride - 1) / shape->stride;
  p.tile_rows = (p.out_height + 3) / 4;
  p.tile_columns = (p.out_width + 3) / 4;
  p.tiles = shape->batch * p.tile_rows * p.tile_columns;
  p.group = p.tiles < GROUP ? p.tiles : GROUP;
  // Halves of two tiles may lie side by side.
  if (p.halves) p.group += p.group & 1;
  p.depth = p.halves ? HALVES_DEPTH : DEPTH;
  p.columns = p.halves ? HALVES_COLUMNS : 1;
  p.phases = shape->stride * shape->stride;
  p.side = shape->stride == 1 ? 3 : 5;
  p.taps = p.side * p.side;
  p.in_panels = shape->inputs / PANEL;
  p.out_panels = (shape->outputs + PANEL - 1) / PANEL;
  return p;
}

// Floats from one point to the next.
#define SUMS_STRIDE ((size_t)PANEL * PANEL + LINE)

static inline size_t products_stride(const struct plan *p) { return (size_t)p->group * PANEL + LINE; }

// Operands of products, float32 or bfloat16, from one point to the next.

static inline size_t line_of(const struct plan *p) { return p->halves ? HALVES_LINE : LINE; }

static inline size_t weights_stride(const struct plan *p) {
  return (size_t)p->depth * PANEL * PANEL + line_of(p);
}

static inline size_t input_stride(const struct plan *p) {
  return (size_t)p->in_panels * p->group * PANEL + line_of(p);
}

static inline size_t output_stride(const struct plan *p) {
  return (size_t)p->out_panels * p->group * PANEL + line_of(p);
}

/// Floats that so many operands take up.
static inline size_t operand_floats(const struct plan *p, size_t count) {
  return p->halves ? count / 2 : count;
}

/// The operand at an index.
static inline void *operand_at(const struct plan *p, void *operands, size_t index) {
  return (char *)operands + index * (p->halves ? sizeof(uint16_t) : sizeof(float));
}

// A thread's own scratch: transformed weights of some panels, [panel][point], and their products.

static inline size_t weights_step(const struct plan *p) { return POINTS * weights_stride(p); }
static inline size_t products_step(const struct plan *p) { return POINTS * products_stride(p); }

static inline size_t weights_floats(const struct plan *p) {
  return operand_floats(p, p->columns * weights_step(p));
}

static inline size_t own_floats(const struct plan *p) {
  return weights_floats(p) + p->columns * products_step(p);
}

static inline size_t input_floats(const struct plan *p) {
  return operand_floats(p, p->phases * POINTS * input_stride(p));
}

/// The transformed gradients of outputs; of bfloat16, both by channel and by tile.
static inline size_t output_floats(const struct plan *p) { return POINTS * output_stride(p); }

/// Floats of weights from one tap to the next.
static inline size_t tap_stride(const struct plan *p) { return (size_t)p->shape.inputs * PANEL; }

/// Whether weights at this point are zero: the odd parities lack the third row or column.
static inline int is_empty(int phase, int point) {
  return ((phase & 2) && point / 6 == 5) || ((phase & 1) && point % 6 == 5);
}

/// Where the tile's pixels are, as offsets in floats or halves; -1 outside the picture.
static inline void locate_input(const struct plan *p, int tile, int phase, int panel, ptrdiff_t at[36]) {
  int column = tile % p->tile_columns, row = tile / p->tile_columns % p->tile_rows;
  int image = tile / (p->tile_columns * p->tile_rows), stride = p->shape.stride;
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      int y = (4 * row - 1 + i) * stride + (phase >> 1), x = (4 * column - 1 + j) * stride + (phase & 1);
      int inside = y >= 0 && y < p->shape.height && x >= 0 && x < p->shape.width;
      at[i * 6 + j] =
          inside ? (((ptrdiff_t)image * p->shape.height + y) * p->shape.width + x) * p->shape.input_step +
                       panel * PANEL
                 : -1;
    }
}

static inline void locate_output(const struct plan *p, int tile, int panel, ptrdiff_t at[16]) {
  int column = tile % p->tile_columns, row = tile / p->tile_columns % p->tile_rows;
  int image = tile / (p->tile_columns * p->tile_rows);
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      int y = 4 * row + i, x = 4 * column + j;
      at[i * 4 + j] = y < p->out_height && x < p->out_width
                          ? (((ptrdiff_t)image * p->out_height + y) * p->out_width + x) *
                                    p->shape.output_step + panel * PANEL
                          : -1;
    }
}

/// How many of a panel's 16 outputs exist: the last panel may be cut short.
static inline int lanes_of(const struct plan *p, int panel) {
  int left = p->shape.outputs - panel * PANEL;
  return left < PANEL ? left : PANEL;
}

/// Pointers to `count` pixels of `size` bytes a value; NULL outside the picture.
static inline void point_at(const void *base, int size, const ptrdiff_t *at, int count, const void **to) {
  for (int i = 0; i < count; i++)
    to[i] = at[i] < 0 ? NULL : (const char *)base + at[i] * size;
}

/// The 3x3 taps of one phase among all taps of a channel, each 16 floats and `stride` floats
/// from the next; NULL where missing.
static inline void phase_taps(
    const struct plan *p, int phase, const float *channel, size_t stride, const float *taps[9]) {
  for (int i = 0; i < 9; i++) {
    int row = p->shape.stride * (i / 3) + (phase >> 1);
    int column = p->shape.stride * (i % 3) + (phase & 1);
    int exists = row < p->side && column < p->side;
    taps[i] = exists ? channel + (row * p->side + column) * stride : NULL;
  }
}

#endif
