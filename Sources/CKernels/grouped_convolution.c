#include "include/grouped_convolution.h"

#include "include/activation.h"
#include "include/direct_convolution.h"
#include "include/thread_pool.h"
#include "panels.h"

struct job {
  const struct dflab_grouped *shape;
  const float *x, *dy, *weights, *bias;
  float *y, *dx, *weights_gradient, *bias_gradient;
  float *scratch;
};

/// One block as Winograd takes it.
static struct dflab_winograd winograd_of(const struct dflab_convolution *s) {
  return (struct dflab_winograd){
      .batch = s->batch, .height = s->height, .width = s->width, .inputs = s->inputs,
      .outputs = s->outputs, .input_step = s->input_step, .output_step = s->output_step,
      .stride = 1, .slope = s->slope};
}

static size_t block_scratch(const struct dflab_grouped *shape) {
  struct dflab_winograd winograd = winograd_of(&shape->block);
  return shape->is_winograd ? dflab_winograd_scratch(&winograd, 1)
                            : dflab_direct_convolution_scratch(&shape->block);
}

static int blocks_of(const struct dflab_grouped *shape) {
  return shape->block.input_step / shape->block.inputs;
}

static size_t taps_of(const struct dflab_grouped *shape) {
  return (size_t)shape->block.kernel_height * shape->block.kernel_width;
}

/// Floats of one block's weights.
static size_t block_weights(const struct dflab_grouped *shape) {
  return taps_of(shape) * shape->block.inputs * shape->block.outputs;
}

size_t dflab_grouped_scratch(const struct dflab_grouped *shape) {
  return (size_t)dflab_threads() * block_scratch(shape);
}

// Inside a task, the passes of a block run serially.

static void forward(void *context, int index, int threads) {
  const struct job *j = context;
  const struct dflab_convolution *s = &j->shape->block;
  struct dflab_winograd winograd = winograd_of(s);
  float *scratch = j->scratch + index * block_scratch(j->shape);
  int blocks = blocks_of(j->shape), activation = s->slope == 1 ? 0 : DFLAB_LEAKY_RELU;
  for (int block = blocks * index / threads; block < blocks * (index + 1) / threads; block++) {
    int channel = block * s->inputs;
    const float *weights = j->weights + block * block_weights(j->shape);
    const float *bias = j->bias ? j->bias + channel : NULL;
    if (j->shape->is_winograd)
      dflab_winograd_forward(&winograd, j->x + channel, weights, bias, j->y + channel, scratch);
    else
      dflab_direct_convolution_forward(
          s, j->x + channel, weights, bias, NULL, activation, s->slope, j->y + channel, scratch);
  }
}

void dflab_grouped_forward(
    const struct dflab_grouped *shape, const float *x, const float *weights, const float *bias,
    float *y, float *scratch) {
  struct job job = {
      .shape = shape, .x = x, .weights = weights, .bias = bias, .y = y, .scratch = scratch};
  dflab_parallel(forward, &job);
}

/// Zeroes what a block's gradient has between channels of different groups.
static void separate(const struct dflab_grouped *shape, float *gradient) {
  if (shape->group >= PANEL) return;
  for (size_t row = 0; row < taps_of(shape) * PANEL; row++)
    for (int o = 0; o < PANEL; o++)
      if ((int)(row % PANEL) / shape->group != o / shape->group) gradient[row * PANEL + o] = 0;
}

/// Adds the sums of one block's channels over all pixels.
static void add_bias(const struct dflab_convolution *s, size_t pixels, const float *dy, float *sums) {
  for (int first = 0; first < s->outputs; first += PANEL) {
    float block[PANEL] = {0};
    for (size_t pixel = 0; pixel < pixels; pixel++)
      for (int o = 0; o < PANEL; o++) block[o] += dy[pixel * s->output_step + first + o];
    for (int o = 0; o < PANEL; o++) sums[first + o] += block[o];
  }
}

static size_t out_pixels(const struct dflab_convolution *s) {
  int around = s->padding + s->padding_after - s->dilation * (s->kernel_height - 1) - 1;
  int across = s->padding + s->padding_after - s->dilation * (s->kernel_width - 1) - 1;
  return (size_t)s->batch * ((s->height + around) / s->stride + 1) *
         ((s->width + across) / s->stride + 1);
}

static void backward(void *context, int index, int threads) {
  const struct job *j = context;
  const struct dflab_convolution *s = &j->shape->block;
  struct dflab_winograd winograd = winograd_of(s);
  winograd.slope = 1;
  float *scratch = j->scratch + index * block_scratch(j->shape);
  int blocks = blocks_of(j->shape);
  for (int block = blocks * index / threads; block < blocks * (index + 1) / threads; block++) {
    int channel = block * s->inputs;
    size_t at = block * block_weights(j->shape);
    const float *x = j->x + channel, *dy = j->dy + channel, *weights = j->weights + at;
    float *dx = j->dx ? j->dx + channel : NULL;
    float *gradient = j->weights_gradient ? j->weights_gradient + at : NULL;
    if (j->shape->is_winograd) {
      dflab_winograd_backward(&winograd, x, NULL, dy, weights, dx, gradient, NULL, scratch);
    } else {
      if (gradient) dflab_direct_convolution_backward_weights(s, x, dy, gradient, scratch);
      if (dx) dflab_direct_convolution_backward_data(s, dy, weights, dx, scratch);
    }
    if (gradient) separate(j->shape, gradient);
    if (j->bias_gradient) add_bias(s, out_pixels(s), dy, j->bias_gradient + channel);
  }
}

void dflab_grouped_backward(
    const struct dflab_grouped *shape, const float *x, const float *dy, const float *weights,
    float *dx, float *weights_gradient, float *bias_gradient, float *scratch) {
  struct job job = {
      .shape = shape, .x = x, .dy = dy, .weights = weights, .dx = dx,
      .weights_gradient = weights_gradient, .bias_gradient = bias_gradient, .scratch = scratch};
  dflab_parallel(backward, &job);
}
