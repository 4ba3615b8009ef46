#ifndef DFLAB_SPACE_TO_DEPTH_H
#define DFLAB_SPACE_TO_DEPTH_H

#include <stddef.h>

/// Space to depth: [batch, height, width, channels] as blocks of 2x2 pixels,
/// [batch, height/2, width/2, block_channels], channel (row * 2 + column) * channels + c; what
/// `block_channels` has beyond 4 * channels is zero. `size` is the bytes of a value.
void dflab_space_to_depth(
    int batch, int height, int width, int channels, int block_channels, int size, const void *in,
    void *out);

/// The inverse of dflab_space_to_depth.
void dflab_depth_to_space(
    int batch, int height, int width, int channels, int block_channels, int size, const void *in,
    void *out);

/// A convolution of `side` x `side` taps and stride 1 as one of 3x3 taps over blocks.
///
/// `weights` are [1][inputs * side * side][16] with `outputs` of at most 4, `blocks`
/// [1][4 * inputs * 9][16].
void dflab_space_to_depth_weights(
    int inputs, int outputs, int side, const float *weights, float *blocks);

/// The adjoint of dflab_space_to_depth_weights, added to `weights`.
void dflab_space_to_depth_weights_adjoint(int inputs, int outputs, int side, const float *blocks, float *weights);

#endif
