#include "clones.h"
#include "functions.h"
#include "include/activation.h"

CLONES void dflab_softmax(
    const float *restrict x, float *restrict y, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, x += channels, y += channels) {
    float highest = x[0];
    for (size_t c = 1; c < channels; c++) highest = x[c] > highest ? x[c] : highest;
    for (size_t c = 0; c < channels; c++) y[c] = exponential(x[c] - highest);
    float sum = 0;
    for (size_t c = 0; c < channels; c++) sum += y[c];
    for (size_t c = 0; c < channels; c++) y[c] /= sum;
  }
}

CLONES void dflab_softmax_backward(
    const float *restrict y, const float *restrict dy, float *restrict dx, size_t rows,
    size_t channels) {
  for (size_t row = 0; row < rows; row++, y += channels, dy += channels, dx += channels) {
    float dot = 0;
    for (size_t c = 0; c < channels; c++) dot += y[c] * dy[c];
    for (size_t c = 0; c < channels; c++) dx[c] = y[c] * (dy[c] - dot);
  }
}
