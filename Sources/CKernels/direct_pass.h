/// What the passes of direct convolution share: which positions they go through, what each position reads and
/// where its sum is stored.
#ifndef DFLAB_DIRECT_PASS_H
#define DFLAB_DIRECT_PASS_H

#include <string.h>

#include "include/direct_convolution.h"
#include "panels.h"

/// Positions per product: a multiple of each kernel's number of rows.
#define BLOCK 96

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
  /// Added to the sums, laid out as the target; or NULL.
  const float *addend;
  /// Floats of weights from one panel and one tap to the next.
  size_t panel_step, tap_step;
  int activation;
  float slope;
  float *target, *turned, *gradient;
  /// Scratch memory of products on tiles or of bfloat16.
  float *tiles;
  /// For transposed weights: the indices of the kernel's taps in this walk.
  int tap_number[DFLAB_DIRECT_CONVOLUTION_MOST_TAPS];
};

static inline int panels_of(int count) { return (count + PANEL - 1) / PANEL; }
static inline int rounded(int count) { return panels_of(count) * PANEL; }
static inline int taps_of(const struct dflab_convolution *s) {
  return s->kernel_frames * s->kernel_height * s->kernel_width;
}

static inline int places_of(const struct walk *w) { return w->batch * w->frames * w->rows * w->columns; }

/// The source addresses of `count` positions from `first` on, for one tap.
static inline void locate(const struct pass *s, int tap, int first, int count, const float **at) {
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
static inline void aim(const struct pass *s, int first, int count, float **to) {
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

/// Adds bias, addend and activation to one panel's sums of `count` positions and stores them.
void store_panel(
    const struct pass *s, int count, int panel, float (*product)[PANEL], float *const *to);

#endif
