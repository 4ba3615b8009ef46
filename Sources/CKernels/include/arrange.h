#ifndef DFLAB_ARRANGE_H
#define DFLAB_ARRANGE_H

#include <stddef.h>
#include <stdint.h>

/// Moves channels into pixels, factor² neighboring channels to one block of factor × factor.
///
/// x is [rows, width, channels · factor²], y is [rows · factor, width · factor, channels];
/// channel c · factor² + i · factor + j goes to channel c at the offset (i, j) of the block.
void dflab_pixel_shuffle(
    const float *x, float *y, size_t rows, size_t width, size_t channels, size_t factor);
void dflab_pixel_shuffle_half(
    const uint16_t *x, uint16_t *y, size_t rows, size_t width, size_t channels, size_t factor);

/// The inverse: x is [rows · factor, width · factor, channels], y is
/// [rows, width, channels · factor²].
void dflab_pixel_unshuffle(
    const float *x, float *y, size_t rows, size_t width, size_t channels, size_t factor);
void dflab_pixel_unshuffle_half(
    const uint16_t *x, uint16_t *y, size_t rows, size_t width, size_t channels, size_t factor);

#endif
