#ifndef DFLAB_DEPTHWISE_H
#define DFLAB_DEPTHWISE_H

/// A convolution of each channel by itself: pictures [batch, height, width, channels], kernels of
/// 3 × 3, 5 × 5 or 7 × 7 taps, weights [kernel · kernel][channels]. Rows and columns outside the picture are zero.
struct dflab_depthwise {
  int batch, height, width, channels;
  int kernel, stride;
  /// Rows and columns of zeros above and to the left.
  int padding;
  int out_height, out_width;
};

/// y = activation(x * weights + bias); `bias` may be NULL, and `activation`, as in activation.h, 0 for none.
void dflab_depthwise_forward(
    const struct dflab_depthwise *shape, const float *x, const float *weights, const float *bias,
    int activation, float slope, float *y);

/// dx = the gradient at the picture. At stride 1 the forward pass with flipped taps computes the
/// same, faster.
void dflab_depthwise_backward_data(
    const struct dflab_depthwise *shape, const float *dy, const float *weights, float *dx);

/// sums [batch][kernel · kernel][channels] = each picture's contribution to the gradient of the weights.
void dflab_depthwise_backward_weights(
    const struct dflab_depthwise *shape, const float *x, const float *dy, float *sums);

#endif
