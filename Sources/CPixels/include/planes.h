/// Our own kernels that change whole pictures, and planes of one number a pixel.
///
/// Rows follow each other without gaps; beyond the edges lie the edge's pixels.
#ifndef DFLAB_PLANES_H
#define DFLAB_PLANES_H

#include <stdint.h>

/// Blurs a plane by the same symmetric taps along both axes.
///
/// `taps` holds the middle one and those to one side, `radius` + 1; they add up to 1. `row` has
/// room for `width` + 2 `radius` values.
void cpixels_blur_plane(
    const float *source, int64_t width, int64_t height, const float *taps, int64_t radius,
    float *row, float *target);

/// The same for an RGB picture, rounded; `row` has room for 3 (`width` + 2 `radius`) values.
void cpixels_blur_picture(
    const uint8_t *source, int64_t width, int64_t height, const float *taps, int64_t radius,
    float *row, uint8_t *target);

/// Reads a plane, bilinearly, beside each of its pixels.
///
/// How far beside, in pixels, is said by two coarse planes of the same size, whose values belong to
/// points that lie `spacing` pixels apart, the first at the upper left corner; between them it is
/// bilinear. The last points must lie at the far edges or beyond.
void cpixels_displace_plane(
    const float *source, int64_t width, int64_t height, const float *across, const float *down,
    int64_t coarse_width, int64_t spacing, float *target);

/// `own` where the mask is 0, to the bit, `other` where it is 1.
void cpixels_mix(
    const uint8_t *own, const uint8_t *other, const float *mask, int64_t pixels, uint8_t *target);

/// `own` + `weight` × (`other` - `own`) everywhere, rounded.
void cpixels_mix_evenly(
    const uint8_t *own, const uint8_t *other, float weight, int64_t values, uint8_t *target);

/// Three columns and an offset, for values of 0 to 255, applied to each color.
void cpixels_recolor(
    const uint8_t *source, const float matrix[12], int64_t pixels, uint8_t *target);

/// Adds noise, drawn from 4096 equally likely values; the same seed gives the same noise.
void cpixels_add_noise(
    const uint8_t *source, const float *likely, uint64_t seed, int64_t values, uint8_t *target);

#endif
