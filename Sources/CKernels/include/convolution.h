#ifndef DFLAB_CONVOLUTION_H
#define DFLAB_CONVOLUTION_H

#include <stddef.h>
#include <stdint.h>

/// A convolution that Winograd's F(4x4, 3x3) covers: 3x3 taps at stride 1, or 5x5 at stride 2,
/// padded to keep the size (or half of it, rounded up).
///
/// Pictures are [batch, height, width, channels], of inputs a multiple of 16. Weights are
/// [outputs/16, rounded up][taps][inputs][16], float32. With 5x5 taps the picture is seen as four, one for
/// each parity of row and column, each with 3x3 taps (missing ones zero).
struct dflab_winograd {
  int batch, height, width, inputs, outputs;
  /// Values from one pixel to the next: `inputs` and `outputs`, or more if the convolution sees
  /// only some of the pictures' channels.
  int input_step, output_step;
  int stride;
  /// Leaky ReLU's slope after the bias; 1 for none.
  float slope;
  /// Whether pictures hold bfloat16.
  int bf16;
};

/// Floats of scratch that either pass needs, on so many threads.
size_t dflab_winograd_scratch(const struct dflab_winograd *shape, int threads);

/// y = activation(x * weights + bias).
void dflab_winograd_forward(
    const struct dflab_winograd *shape, const void *x, const float *weights, const float *bias,
    void *y, float *scratch);

/// Adds the gradients of weights and bias and sets dx, from dy and what forward read and wrote.
///
/// `dx` is float32 and may be NULL if it is not needed; `weights_gradient` and `bias_gradient`
/// may be NULL together.
void dflab_winograd_backward(
    const struct dflab_winograd *shape, const void *x, const void *y, const void *dy,
    const float *weights, float *dx, float *weights_gradient, float *bias_gradient,
    float *scratch);

/// A convolution without groups; a dense layer is the case of one pixel and one tap.
///
/// Pictures are [batch, height, width, channels] of any channel count. Weights are
/// [outputs/16][depth][16], where a row is an input channel's tap (tap * inputs + channel) and
/// `depth` and the outputs are rounded up to multiples of 16 with zeros.
struct dflab_convolution {
  int batch, height, width, inputs, outputs;
  /// As in dflab_winograd; im2col sees all channels.
  int input_step, output_step;
  int kernel_height, kernel_width, stride;
  /// Rows and columns of zeros above and to the left, and below and to the right.
  int padding, padding_after;
  int dilation;
  /// Frames of each picture, which is a volume then, and what is to them as the kernel, stride and
  /// padding are to rows: 1, 1, 1, 0 and 0 for pictures. im2col sees only pictures.
  int frames, kernel_frames, frame_stride, frame_padding, frame_padding_after;
  float slope;
  int bf16;
};

// Im2col: one matrix product over the windows of the picture, gathered as columns.

/// Floats of scratch that either pass needs.
size_t dflab_im2col_scratch(const struct dflab_convolution *shape);

/// y = activation(x * weights + bias); `bias` may be NULL.
void dflab_im2col_forward(
    const struct dflab_convolution *shape, const void *x, const float *weights, const float *bias,
    void *y, float *scratch);

/// As dflab_winograd_backward.
void dflab_im2col_backward(
    const struct dflab_convolution *shape, const void *x, const void *y, const void *dy,
    const float *weights, float *dx, float *weights_gradient, float *bias_gradient,
    float *scratch);

#endif
