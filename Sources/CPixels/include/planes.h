/// Our own kernels on pictures, and on planes with one number per pixel.
///
/// Rows follow each other without gaps; beyond the edges the edge pixels repeat.
#ifndef DFLAB_PLANES_H
#define DFLAB_PLANES_H

#include <stdint.h>

/// Blurs a plane with the same symmetric taps along both axes.
///
/// `taps` holds the center one and those to one side, `radius` + 1 in total; with the other side
/// they sum to 1. `row` has room for `width` + 2 `radius` values.
void cpixels_blur_plane(
    const float *source, int64_t width, int64_t height, const float *taps, int64_t radius,
    float *row, float *target);

/// The same for an RGB picture, rounded; `row` has room for 3 (`width` + 2 `radius`) values.
void cpixels_blur_picture(
    const uint8_t *source, int64_t width, int64_t height, const float *taps, int64_t radius,
    float *row, uint8_t *target);

/// Resamples a plane bilinearly with an offset for each pixel.
///
/// The offsets, in pixels, are given by two coarse planes of the same size on a grid of `spacing`
/// pixels that starts at the upper left corner, interpolated bilinearly. The last grid points must
/// lie at the far edges or beyond.
void cpixels_displace_plane(
    const float *source, int64_t width, int64_t height, const float *across, const float *down,
    int64_t coarse_width, int64_t spacing, float *target);

/// Blends: `own` where the mask is 0, to the bit, `other` where it is 1.
void cpixels_mix(
    const uint8_t *own, const uint8_t *other, const float *mask, int64_t pixels, uint8_t *target);

/// `own` + `weight` × (`other` - `own`) everywhere, rounded.
void cpixels_mix_evenly(
    const uint8_t *own, const uint8_t *other, float weight, int64_t values, uint8_t *target);

/// Applies an affine color transform: three columns and an offset, for values of 0 to 255.
void cpixels_recolor(
    const uint8_t *source, const float matrix[12], int64_t pixels, uint8_t *target);

/// The mean absolute difference of two planes.
float cpixels_mean_difference(const float *one, const float *other, int64_t values);

/// The standard deviation at each pixel, from local means of the values and of their squares.
void cpixels_deviation(const float *mean, const float *mean_square, int64_t values, float *target);

/// Adds up by how much a picture's green changes from each column, and from each row, of blocks of 8×8
/// pixels to the next: `across` and `down` hold 8 sums.
///
/// `source` is the upper left corner of the blocks, of which the picture has a column and a row more;
/// `stride` is the number of bytes in its rows.
void cpixels_block_steps(
    const uint8_t *source, int64_t stride, int64_t columns, int64_t rows, int64_t across[8],
    int64_t down[8]);

/// Adds noise, drawn from 4096 equally likely values; the same seed gives the same noise.
void cpixels_add_noise(
    const uint8_t *source, const float *likely, uint64_t seed, int64_t values, uint8_t *target);

#endif
