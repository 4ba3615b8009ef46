/// The inner loops of convolution and dense layers, on panels of 16 channels.
///
/// A matrix of T rows and C columns lies as [C/16][T][16]: one panel holds 16
/// columns. Weights of O outputs and I rows lie as [O/16][I][16]. All products
/// then read and write whole cache lines, and a panel is one AVX-512 register
/// or two of AVX2.
#ifndef DFLAB_PANELS_H
#define DFLAB_PANELS_H

#include <stddef.h>
#include <stdint.h>

#define PANEL 16
/// Points of the Winograd transform F(4x4, 3x3): 6 x 6.
#define POINTS 36

static inline int smaller(int a, int b) { return a < b ? a : b; }

/// One processor's version of the loops.
struct panel_kernels {
  /// c[rows][16] = or, if it `adds`, += sum over `panels` of a[p][rows][16] * b[p * 16 ...][16];
  /// panels of `a` are `a_stride` floats apart.
  void (*multiply)(
      int rows, int panels, const float *a, size_t a_stride, const float *b, float *c, int adds);
  /// d[16][16] += sum over rows of a[row][16]' * b[row][16].
  void (*outer)(int rows, const float *a, const float *b, float *d);
  /// c[rows][16] += sum over taps and depth of a[tap][row][offset + k] * b[tap][k][16]: rows of
  /// `a` lie where the pointers say, `a_stride` pointers from tap to tap; `b` has `tap_step` floats
  /// from tap to tap.
  void (*multiply_at)(
      int rows, int taps, int depth, const float *const *a, size_t a_stride, size_t offset,
      const float *b, size_t tap_step, float *c);
  /// d[16][16] += sum over rows of a[row][offset ...16]' * b[row][16]; rows of `b` are `b_stride`
  /// floats apart.
  void (*outer_at)(
      int rows, const float *const *a, size_t offset, const float *b, size_t b_stride, float *d);
  /// out[16][16] = in[16][16]', rows `in_stride` and `out_stride` floats apart.
  void (*transpose)(const float *in, size_t in_stride, float *out, size_t out_stride);

  /// Weights of one input channel, 3x3 taps of 16 outputs (NULL: a zero tap), to 36 points
  /// `stride` floats apart.
  void (*weights)(const float *const taps[9], float *out, size_t stride);
  /// The adjoint of `weights`, added to the taps that are not NULL.
  void (*weights_adjoint)(const float *in, size_t stride, float *const taps[9]);
  /// A 6x6 tile of 16 channels (NULL: a zero pixel) to 36 points `stride` floats apart.
  void (*input)(const void *const pixels[36], int bf16, float *out, size_t stride);
  /// The adjoint of `input`, added to the float32 pixels that are not NULL.
  void (*input_adjoint)(const float *in, size_t stride, float *const pixels[36]);
  /// 36 points to a 4x4 tile of 16 outputs: plus bias, through leaky ReLU of `slope` (1: none).
  void (*output)(
      const float *in, size_t stride, const float *bias, float slope, int bf16,
      void *const pixels[16]);
  /// The adjoint of `output`: the tile's gradient `dy`, through the activation whose output
  /// was `y` (NULL: none), to 36 points; adds the pixels to `bias`.
  void (*output_adjoint)(
      const void *const dy[16], const void *const y[16], float slope, int bf16, float *bias,
      float *out, size_t stride);
};

/// The version for this processor.
const struct panel_kernels *panel_kernels(void);

#endif
