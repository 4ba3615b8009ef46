#include "clones.h"
#include "include/activation.h"

CLONES void dflab_prelu(
    const float *restrict x, const float *restrict slope, float *restrict y, size_t rows,
    size_t channels) {
  for (size_t row = 0; row < rows; row++, x += channels, y += channels)
    for (size_t c = 0; c < channels; c++) y[c] = x[c] > 0 ? x[c] : slope[c] * x[c];
}

CLONES void dflab_prelu_backward(
    const float *restrict x, const float *restrict slope, const float *restrict dy,
    float *restrict dx, float *restrict dslope, size_t rows, size_t channels) {
  for (size_t c = 0; c < channels; c++) dslope[c] = 0;
  for (size_t row = 0; row < rows; row++, x += channels, dy += channels, dx += channels)
    for (size_t c = 0; c < channels; c++) {
      dx[c] = x[c] > 0 ? dy[c] : slope[c] * dy[c];
      dslope[c] += x[c] > 0 ? 0 : x[c] * dy[c];
    }
}
