/// oneDNN's convolutions, by plain functions that stay the same from 2.6 to 3.x.
#ifndef DFLAB_DNNL_PLAIN_H
#define DFLAB_DNNL_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

/// The version of oneDNN that is linked, such as 206 for 2.6.
int dflab_dnnl_version(void);
/// The version that this was compiled for; another major version cannot work.
int dflab_dnnl_compiled_version(void);

/// The words for a status that a function returned; 0 is success.
const char *dflab_dnnl_message(int status);

/// A two-dimensional convolution of float32 pictures [batch, height, width, inputs].
struct dflab_dnnl_shape {
  int64_t batch, height, width, inputs, outputs;
  int64_t kernel_height, kernel_width;
  int64_t stride;
  /// Rows and columns of zeros above and to the left, and below and to the right.
  int64_t padding, padding_after;
  int64_t dilation, groups;
};

/// What is computed of a convolution.
enum dflab_dnnl_pass {
  dflab_dnnl_forward,
  dflab_dnnl_backward_data,
  dflab_dnnl_backward_weights,
};

/// One pass for one shape: its primitives, weights in their own layout, and scratch memory.
/// Not for two threads at once.
typedef struct dflab_dnnl_convolution dflab_dnnl_convolution;

/// Makes everything that a pass needs.
///
/// - has_bias: whether there is a bias (forward) or its gradient is wanted (backward weights).
/// - slope: of the leaky ReLU after a forward pass; 1 for none.
int dflab_dnnl_convolution_create(dflab_dnnl_convolution **convolution,
                                  const struct dflab_dnnl_shape *shape, enum dflab_dnnl_pass pass,
                                  bool has_bias, float slope);
void dflab_dnnl_convolution_destroy(dflab_dnnl_convolution *convolution);

/// Rows and columns of the output.
int64_t dflab_dnnl_output_height(const struct dflab_dnnl_shape *shape);
int64_t dflab_dnnl_output_width(const struct dflab_dnnl_shape *shape);

/// Runs a pass that was made for it. Weights are [outputs, inputs / groups, kernel height, kernel
/// width]; sources [batch, height, width, inputs]; destinations [batch, output height, output
/// width, outputs].
int dflab_dnnl_run_forward(dflab_dnnl_convolution *convolution, const float *source,
                           const float *weights, const float *bias, float *destination);
int dflab_dnnl_run_backward_data(dflab_dnnl_convolution *convolution,
                                 const float *destination_gradient, const float *weights,
                                 float *source_gradient);
/// Adds to both gradients.
int dflab_dnnl_run_backward_weights(dflab_dnnl_convolution *convolution, const float *source,
                                    const float *destination_gradient, float *weights_gradient,
                                    float *bias_gradient);

#endif
