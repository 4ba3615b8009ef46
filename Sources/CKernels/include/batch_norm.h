#ifndef DFLAB_BATCH_NORM_H
#define DFLAB_BATCH_NORM_H

#include <stddef.h>

// x, y and their gradients are [rows, channels], the rest is one value per channel. The activation
// is one whose derivative is had from its input: DFLAB_SILU, DFLAB_RELU6, or DFLAB_LEAKY_RELU with
// its slope.

/// sums = Σ x, squares = Σ (x − their own mean)².
void dflab_channel_moments(
    const float *x, float *sums, float *squares, size_t rows, size_t channels);

/// Mean and variance (over n, not n − 1) of all rows, from the moments [blocks][2][channels] of
/// blocks of `height` rows, of which the last may have fewer.
void dflab_join_moments(
    const float *moments, size_t rows, size_t height, float *mean, float *variance,
    size_t channels);

/// y = f(z), z = (x − mean) · scale + shift.
void dflab_norm_activate(
    int kind, float slope, const float *x, const float *mean, const float *scale,
    const float *shift, float *y, size_t rows, size_t channels);

/// With g = dy · f'(z): sums = Σ g, products = Σ g · (x − mean).
void dflab_norm_products(
    int kind, float slope, const float *x, const float *mean, const float *scale,
    const float *shift, const float *dy, float *sums, float *products, size_t rows,
    size_t channels);

/// dx = (g − base − (x − mean) · tilt) · scale.
void dflab_norm_backward(
    int kind, float slope, const float *x, const float *mean, const float *scale,
    const float *shift, const float *dy, const float *base, const float *tilt, float *dx,
    size_t rows, size_t channels);

#endif
