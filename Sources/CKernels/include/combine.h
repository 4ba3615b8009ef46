#ifndef DFLAB_COMBINE_H
#define DFLAB_COMBINE_H

#include <stddef.h>
#include <stdint.h>

/// y = a + b for each of `count` values.
void dflab_add(const float *a, const float *b, float *y, size_t count);
void dflab_add_half(const uint16_t *a, const uint16_t *b, uint16_t *y, size_t count);

/// y = a · b for each of `count` values.
void dflab_multiply(const float *a, const float *b, float *y, size_t count);
void dflab_multiply_half(const uint16_t *a, const uint16_t *b, uint16_t *y, size_t count);

/// Copies `rows` runs of `bytes` bytes; runs start `from_stride` and `to_stride` bytes apart.
void dflab_copy_runs(
    const void *from, size_t from_stride, void *to, size_t to_stride, size_t bytes, size_t rows);

/// Writes one row of `channels` values, multiplied by `factor`, to each of `rows` rows.
void dflab_repeat_row(
    const float *row, float factor, float *y, size_t rows, size_t channels);

/// Zeroes values with probability `threshold` / 2^32 and multiplies the others by `scale`.
///
/// Whether a value is zeroed depends only on `seed` and its index; x and y start at index `first`.
void dflab_dropout(
    const float *x, float *y, size_t first, size_t count, uint64_t seed, uint32_t threshold,
    float scale);

#endif
