#ifndef DFLAB_TAPS_H
#define DFLAB_TAPS_H

#include <stddef.h>

#include "convolution.h"

/// The most taps of a kernel that these functions take.
#define DFLAB_MOST_TAPS 64

// Any convolution without groups of float32 pictures, tap by tap: products read the pictures where
// they lie, and nothing is gathered. Worth it from some eight input channels on. The shape's
// `slope` and `bf16` are not looked at; its weights lie as for dflab_patches.

/// Floats of scratch that either pass needs.
size_t dflab_taps_scratch(const struct dflab_patches *shape);

/// y = f(x * weights + bias); `bias` may be NULL, and `activation` (of activation.h, with its
/// `slope`) 0 for none.
void dflab_taps_forward(
    const struct dflab_patches *shape, const float *x, const float *weights, const float *bias,
    int activation, float slope, float *y, float *scratch);

/// dx = the gradient at the picture.
void dflab_taps_backward_data(
    const struct dflab_patches *shape, const float *dy, const float *weights, float *dx,
    float *scratch);

/// Adds the gradient of the weights.
void dflab_taps_backward_weights(
    const struct dflab_patches *shape, const float *x, const float *dy, float *gradient,
    float *scratch);

#endif
