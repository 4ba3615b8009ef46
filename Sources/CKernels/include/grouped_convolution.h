#ifndef DFLAB_GROUPED_CONVOLUTION_H
#define DFLAB_GROUPED_CONVOLUTION_H

#include <stddef.h>

#include "convolution.h"

/// A convolution in groups of as many inputs as outputs, a multiple or a divisor of 16, of
/// 16 · n float32 channels in all.
///
/// Runs as convolutions of blocks of channels, each by one thread: a block is a group, or 16
/// channels of several, with zeros between channels of different groups. Weights are
/// [blocks][outputs of a block / 16][taps · inputs of a block][16].
struct dflab_grouped {
  /// One block, whose steps are all the channels.
  struct dflab_convolution block;
  /// Channels of a group.
  int group;
  /// Whether blocks run by Winograd's transform (3x3 taps at stride 1, padded to keep the size).
  int is_winograd;
};

/// Floats of scratch that either pass needs.
size_t dflab_grouped_scratch(const struct dflab_grouped *shape);

/// y = activation(x * weights + bias); `bias` may be NULL.
void dflab_grouped_forward(
    const struct dflab_grouped *shape, const float *x, const float *weights, const float *bias,
    float *y, float *scratch);

/// Adds the gradients of weights and bias and sets dx, from dy before the activation.
///
/// `dx` may be NULL if it is not needed, `bias_gradient` if there is none, and
/// `weights_gradient` together with it.
void dflab_grouped_backward(
    const struct dflab_grouped *shape, const float *x, const float *dy, const float *weights,
    float *dx, float *weights_gradient, float *bias_gradient, float *scratch);

#endif
