#ifndef DFLAB_SIMILARITY_H
#define DFLAB_SIMILARITY_H

#include <stddef.h>

/// Floats of scratch memory that `dflab_dissimilarity` needs for one picture.
size_t dflab_dissimilarity_scratch(size_t height, size_t width, size_t channels);

/// The structural dissimilarity (1 - SSIM) / 2 of one picture, summed over windows and channels.
///
/// SSIM as Wang et al. 2004: 11x11 Gaussian windows of sigma 1.5 that lie fully inside the
/// picture, biased variances, data range 1, K1 = 0.01, K2 = 0.03.
///
/// - prediction, target: [height, width, channels], height and width at least 11.
/// - weight: [height, width], read at each window's center; NULL for 1.
/// - gradient: [height, width, channels], set to `scale` times the derivative of the sum by the
///   prediction; NULL if only the sum is needed.
double dflab_dissimilarity(const float *prediction, const float *target, const float *weight,
                           size_t height, size_t width, size_t channels, float scale,
                           float *gradient, float *scratch);

#endif
