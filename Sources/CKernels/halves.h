/// Products of bfloat16 numbers with float32 sums, on panels of 16 channels.
///
/// Two values of the depth lie side by side, as `vdpbf16ps` (AVX512-BF16) multiplies them. Processors without
/// that instruction compute the same bits by two fused multiplications and additions: that of the second values
/// comes first, each sum is rounded to the nearest, and denormal numbers count as zero. Without fused ones
/// (before AVX2), products that overflow or are denormal differ.
#ifndef DFLAB_HALVES_H
#define DFLAB_HALVES_H

#include <stddef.h>
#include <stdint.h>

/// One processor's version.
struct half_kernels {
  /// c[column][rows][16] = or, if it `adds`, += sum over `panels` of a[p][rows][16] * b[column][p][16][16], for
  /// each of `columns` panels of 16; `a` in rows of 16 values, `b` as [8][16][2]. Strides between panels
  /// of `a`, and between columns of `b` and `c`, are in values.
  void (*multiply)(
      int rows, int columns, int panels, const uint16_t *a, size_t a_stride, const uint16_t *b,
      size_t b_stride, float *c, size_t c_stride, int adds);
  /// d[column][16][16] += sum over rows of a[row][16]' * b[column][row][16], both as [pairs][16][2].
  void (*outer)(
      int pairs, int columns, const uint16_t *a, const uint16_t *b, size_t b_stride, float *d,
      size_t d_stride);
  /// Rounds `count` lines of 16 values; lines are `stride` halves apart in `out`.
  void (*round)(const float *in, int count, uint16_t *out, size_t stride);
  /// Rounds two times `count` lines, `step` floats apart, and lays their values side by side: out[line][16][2].
  void (*pair)(
      const float *first, const float *second, size_t step, int count, uint16_t *out, size_t stride);
};

/// The version for this processor.
const struct half_kernels *half_kernels(void);

#endif
