#ifndef DFLAB_BLOCKS_H
#define DFLAB_BLOCKS_H

#include <stddef.h>

/// Splits [batch, height, width, channels] into blocks of 2x2 pixels:
/// [batch, height/2, width/2, block_channels], channel (row * 2 + column) * channels + c; what
/// `block_channels` has beyond 4 * channels is zero. `size` is the bytes of a value.
void dflab_split_blocks(
    int batch, int height, int width, int channels, int block_channels, int size, const void *in,
    void *out);

/// The inverse of dflab_split_blocks.
void dflab_join_blocks(
    int batch, int height, int width, int channels, int block_channels, int size, const void *in,
    void *out);

/// A convolution of `side` x `side` taps and stride 1 as one of 3x3 taps over blocks.
///
/// `weights` are [1][inputs * side * side][16] with `outputs` of at most 4, `blocks`
/// [1][4 * inputs * 9][16].
void dflab_expand_blocks(
    int inputs, int outputs, int side, const float *weights, float *blocks);

/// The adjoint of dflab_expand_blocks, added to `weights`.
void dflab_fold_blocks(int inputs, int outputs, int side, const float *blocks, float *weights);

#endif
