#ifndef DFLAB_NORMALIZE_H
#define DFLAB_NORMALIZE_H

#include <stddef.h>

// Throughout, x, y and their gradients are [rows, channels], the rest is one value per channel.

/// sums = Σ x.
void dflab_channel_sums(const float *x, float *sums, size_t rows, size_t channels);

/// squares = Σ (x − mean)².
void dflab_channel_squares(
    const float *x, const float *mean, float *squares, size_t rows, size_t channels);

/// sums = Σ dy, products = Σ dy · (x − mean).
void dflab_channel_products(
    const float *x, const float *mean, const float *dy, float *sums, float *products, size_t rows,
    size_t channels);

/// y = (x − mean) · scale + shift.
void dflab_standardize(
    const float *x, const float *mean, const float *scale, const float *shift, float *y,
    size_t rows, size_t channels);

/// dx = (dy − base − (x − mean) · slope) · scale.
void dflab_standardize_backward(
    const float *x, const float *mean, const float *dy, const float *base, const float *slope,
    const float *scale, float *dx, size_t rows, size_t channels);

/// Standardizes each row by its own mean and variance, then y = gain · that + shift.
void dflab_layer_norm(
    const float *x, const float *gain, const float *shift, float epsilon, float *y, size_t rows,
    size_t channels);

/// Its gradients; `dgain` and `dshift` are overwritten with the sums over these rows.
void dflab_layer_norm_backward(
    const float *x, const float *gain, float epsilon, const float *dy, float *dx, float *dgain,
    float *dshift, size_t rows, size_t channels);

#endif
