#include "include/permute.h"

#include "clones.h"

/// Rows and columns of a block: a cache line of floats.
#define SIDE 16

CLONES void dflab_transpose(
    const float *restrict x, size_t x_stride, float *restrict y, size_t y_stride, size_t rows,
    size_t columns) {
  for (size_t row = 0; row < rows; row += SIDE)
    for (size_t column = 0; column < columns; column += SIDE) {
      const float *from = x + row * x_stride + column;
      float *to = y + column * y_stride + row;
      if (rows - row >= SIDE && columns - column >= SIDE) {
        for (size_t c = 0; c < SIDE; c++)
          for (size_t r = 0; r < SIDE; r++) to[c * y_stride + r] = from[r * x_stride + c];
        continue;
      }
      size_t height = rows - row < SIDE ? rows - row : SIDE;
      size_t width = columns - column < SIDE ? columns - column : SIDE;
      for (size_t c = 0; c < width; c++)
        for (size_t r = 0; r < height; r++) to[c * y_stride + r] = from[r * x_stride + c];
    }
}

CLONES void dflab_gather(
    const float *restrict x, size_t stride, float *restrict y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i * stride];
}
