#ifndef DFLAB_NARROW_CONVOLUTION_H
#define DFLAB_NARROW_CONVOLUTION_H

#include <stddef.h>

#include "convolution.h"

// Convolution of float32 pictures with few channels, at stride 1 and without groups or frames: rows
// are spread to one row per channel, and vectors hold neighboring pixels instead of channels, which
// would leave most of a vector empty. There are at most 16 outputs, and the padding is at most the
// kernel's reach. Weights lie in one panel, [tap][I][16]; the shape's `bf16` is ignored.

/// Floats of scratch that any pass needs.
size_t dflab_narrow_convolution_scratch(const struct dflab_convolution *shape);

/// y = f(x * weights + bias), where f is leaky ReLU of the shape's `slope` (1: none); `bias` may be
/// NULL.
void dflab_narrow_convolution_forward(
    const struct dflab_convolution *shape, const float *x, const float *weights, const float *bias,
    float *y, float *scratch);

/// dx = the gradient at the picture.
void dflab_narrow_convolution_backward_data(
    const struct dflab_convolution *shape, const float *dy, const float *weights, float *dx,
    float *scratch);

/// Adds the gradient of the weights.
void dflab_narrow_convolution_backward_weights(
    const struct dflab_convolution *shape, const float *x, const float *dy, float *gradient,
    float *scratch);

#endif
