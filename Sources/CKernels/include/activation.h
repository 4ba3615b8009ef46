#ifndef DFLAB_ACTIVATION_H
#define DFLAB_ACTIVATION_H

#include <stddef.h>
#include <stdint.h>

enum {
  DFLAB_LEAKY_RELU = 1,  ///< ReLU is the one with the slope 0.
  DFLAB_SILU = 2,
  DFLAB_GELU = 3,
  DFLAB_SIGMOID = 4,
  DFLAB_TANH = 5,
  DFLAB_RELU6 = 6,
  DFLAB_QUICK_GELU = 7,
  DFLAB_HARD_TANH = 8,
};

/// y = f(x) for each of `count` values; `slope` is the leaky ReLU's below zero, or the
/// limit of a hard tanh.
void dflab_activate(int kind, float slope, const float *x, float *y, size_t count);
void dflab_activate_half(int kind, float slope, const uint16_t *x, uint16_t *y, size_t count);

/// dx = dy · f'(x). `kept` is x for SiLU and both GELUs, y for the others.
void dflab_activate_backward(
    int kind, float slope, const float *kept, const float *dy, float *dx, size_t count);
void dflab_activate_backward_half(
    int kind, float slope, const uint16_t *kept, const uint16_t *dy, uint16_t *dx, size_t count);

/// Parametric ReLU of `rows` rows of `channels` values: y = x above zero, slope[c] · x below.
void dflab_prelu(
    const float *x, const float *slope, float *y, size_t rows, size_t channels);

/// Its gradients; `dslope` (one per channel) is overwritten with the sum over these rows.
void dflab_prelu_backward(
    const float *x, const float *slope, const float *dy, float *dx, float *dslope, size_t rows,
    size_t channels);

/// Softmax of each row, and its gradient from the output.
void dflab_softmax(const float *x, float *y, size_t rows, size_t channels);
void dflab_softmax_backward(
    const float *y, const float *dy, float *dx, size_t rows, size_t channels);

#endif
