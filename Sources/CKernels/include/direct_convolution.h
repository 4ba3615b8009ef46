#ifndef DFLAB_DIRECT_CONVOLUTION_H
#define DFLAB_DIRECT_CONVOLUTION_H

#include <stddef.h>

#include "convolution.h"

/// The most taps of a kernel that these functions take.
#define DFLAB_DIRECT_CONVOLUTION_MOST_TAPS 64

// Direct convolution of float32 pictures, without groups: for each tap of the kernel, products read
// the pictures in place, without gathering. With fewer than eight channels a row of taps
// is read as one run, from a padded copy. With `bf16` the products'
// operands are rounded to bfloat16 (halves.h). The shape's `slope` is ignored.

/// Floats of scratch that either pass needs.
size_t dflab_direct_convolution_scratch(const struct dflab_convolution *shape);

/// y = f(x * weights + bias + addend); `bias` and `addend`, which is laid out as y, may be NULL, and
/// `activation` (of activation.h, with its `slope`) 0 for none.
void dflab_direct_convolution_forward(
    const struct dflab_convolution *shape, const float *x, const float *weights, const float *bias,
    const float *addend, int activation, float slope, float *y, float *scratch);

/// dx = the gradient at the picture.
void dflab_direct_convolution_backward_data(
    const struct dflab_convolution *shape, const float *dy, const float *weights, float *dx,
    float *scratch);

/// Adds the gradient of the weights.
void dflab_direct_convolution_backward_weights(
    const struct dflab_convolution *shape, const float *x, const float *dy, float *gradient,
    float *scratch);

#endif
