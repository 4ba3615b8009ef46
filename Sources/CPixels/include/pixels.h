/// Our own kernels on 8-bit RGB pixels.
#ifndef DFLAB_PIXELS_H
#define DFLAB_PIXELS_H

#include <stdint.h>

/// Fills `target` with what an affine map finds in `source`, both interleaved, row by row.
///
/// `map` is a, b, tx, c, d, ty: the point (x, y) of the target comes from (a x + b y + tx,
/// c x + d y + ty) of the source, pixel k covering k ..< k + 1. Beyond the edges lie the edge's
/// pixels. With `samples` 0 each pixel is read once, bicubically (Catmull and Rom); otherwise at
/// `samples`×`samples` points, bilinearly, and averaged. `source` must be 2×2 or larger.
void cpixels_warp(
    const uint8_t *source, int64_t width, int64_t height, const double map[6], int samples,
    uint8_t *target, int64_t target_width, int64_t target_height);

#endif
