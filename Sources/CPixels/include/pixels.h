/// Our own kernels on 8-bit RGB pixels.
#ifndef DFLAB_PIXELS_H
#define DFLAB_PIXELS_H

#include <stdint.h>

/// Resamples `source` into `target` through an affine map, both interleaved, row by row.
///
/// `map` is a, b, tx, c, d, ty: the point (x, y) of the target comes from (a x + b y + tx, c x + d
/// y + ty) of the source, where pixel k covers k ..< k + 1. Beyond the edges the edge pixels
/// repeat. With `samples` 0 each pixel is interpolated once, bicubically (Catmull and Rom);
/// otherwise it is the mean of `samples`×`samples` bilinear samples. `source` must be 2×2 or
/// larger.
void cpixels_warp(
    const uint8_t *source, int64_t width, int64_t height, const double map[6], int samples,
    uint8_t *target, int64_t target_width, int64_t target_height);

/// Reduces `source` to half of its width and height, rounded down, each pixel the mean of four.
///
/// `source` must be 2×2 or larger.
void cpixels_halve(const uint8_t *source, int64_t width, int64_t height, uint8_t *target);

/// Resamples an RGB picture along both axes, and turns its values, 0 to 255, into `scale` times each
/// minus `shift`.
///
/// Along each axis there are `count` new pixels, for each of which `taps` weights of the source pixels from
/// `starts` on; these may lie outside, where the edge pixel counts. `is_mirrored` reverses the new columns.
/// `lines` has room for 3 (`width` + `column_count`) + 8 values.
void cpixels_view(
    const uint8_t *source, int64_t width, int64_t height, int64_t column_count, int64_t column_taps,
    const int64_t *column_starts, const float *column_weights, int64_t row_count, int64_t row_taps,
    const int64_t *row_starts, const float *row_weights, int is_mirrored, const float scale[3],
    const float shift[3], float *lines, float *target);

#endif
