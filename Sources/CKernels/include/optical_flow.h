#ifndef DFLAB_OPTICAL_FLOW_H
#define DFLAB_OPTICAL_FLOW_H

#include <stddef.h>
#include <stdint.h>

/// Dense optical flow by polynomial expansion (Farnebäck, "Two-Frame Motion Estimation Based on
/// Polynomial Expansion", 2003), as OpenCV's calcOpticalFlowFarneback computes it with pyr_scale 0.5,
/// levels 3, winsize 15, iterations 3, poly_n 5, poly_sigma 1.2 and no flags.
///
/// Pictures have `height` rows of `width` pixels.

/// Floats of a picture's pyramid of expansions.
size_t dflab_flow_pyramid_size(int32_t height, int32_t width);

/// Floats of the scratch memory of one call of either function below.
size_t dflab_flow_scratch_size(int32_t height, int32_t width);

/// Expands a picture [height, width, 3] of red, green and blue in 0…1 into polynomials: at each pixel
/// of each level of its pyramid, coarsest first, the two linear and the three quadratic coefficients.
void dflab_flow_expand(
    const float *picture, int32_t height, int32_t width, float *pyramid, float *scratch);

/// The flow [height, width, 2] from one picture to another, by their pyramids: to the right and
/// down, in pixels.
void dflab_flow_between(
    const float *first, const float *second, int32_t height, int32_t width, float *flow,
    float *scratch);

#endif
