#include <stdlib.h>

#include "compat.h"
#include "include/dnnl_plain.h"

#define TRY(call)                                 \
  do {                                            \
    dnnl_status_t status = (call);                \
    if (status != dnnl_success) return (int)status; \
  } while (0)

struct dflab_dnnl_convolution {
  enum dflab_dnnl_pass pass;
  bool has_bias;
  int64_t outputs;
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  struct description layouts;
  layout plain;
  dnnl_primitive_attr_t attributes, reorder_attributes;
  dnnl_primitive_desc_t forward, description, reorder_description;
  /// The pass, and the reorder of weights into its layout or of their gradient out of it.
  dnnl_primitive_t primitive, reorder;
  dnnl_memory_t source, weights, plain_weights, bias, destination, scratch;
  /// The bias's gradient before it is added.
  float *bias_sum;
};

static int64_t output(int64_t input, int64_t kernel, const struct dflab_dnnl_shape *shape) {
  int64_t reach = (kernel - 1) * shape->dilation + 1;
  return (input + shape->padding + shape->padding_after - reach) / shape->stride + 1;
}

int64_t dflab_dnnl_output_height(const struct dflab_dnnl_shape *shape) {
  return output(shape->height, shape->kernel_height, shape);
}

int64_t dflab_dnnl_output_width(const struct dflab_dnnl_shape *shape) {
  return output(shape->width, shape->kernel_width, shape);
}

/// The padding behind that makes the sizes come out even.
static int64_t padding_after(int64_t input, int64_t kernel, const struct dflab_dnnl_shape *shape) {
  int64_t reach = (kernel - 1) * shape->dilation + 1;
  return (output(input, kernel, shape) - 1) * shape->stride + reach - input - shape->padding;
}

static int make_layouts(dflab_dnnl_convolution *c, const struct dflab_dnnl_shape *s) {
  struct description *d = &c->layouts;
  dnnl_dims_t source = {s->batch, s->inputs, s->height, s->width};
  dnnl_dims_t destination = {s->batch, s->outputs, dflab_dnnl_output_height(s),
                             dflab_dnnl_output_width(s)};
  dnnl_dims_t bias = {s->outputs};
  dnnl_dims_t weights = {s->outputs, s->inputs, s->kernel_height, s->kernel_width};
  dnnl_dims_t grouped = {s->groups, s->outputs / s->groups, s->inputs / s->groups,
                         s->kernel_height, s->kernel_width};
  TRY(make_layout(&d->source, 4, source, dnnl_nhwc));
  TRY(make_layout(&d->destination, 4, destination, dnnl_nhwc));
  TRY(make_layout(&d->bias, 1, bias, dnnl_x));
  bool has_groups = s->groups > 1;
  int rank = has_groups ? 5 : 4;
  TRY(make_layout(&d->weights, rank, has_groups ? grouped : weights, dnnl_format_tag_any));
  TRY(make_layout(&c->plain, rank, has_groups ? grouped : weights,
                  has_groups ? dnnl_goihw : dnnl_oihw));
  for (int axis = 0; axis < 2; axis++) {
    d->strides[axis] = s->stride;
    d->dilations[axis] = s->dilation - 1;
    d->padding_before[axis] = s->padding;
  }
  d->padding_after[0] = padding_after(s->height, s->kernel_height, s);
  d->padding_after[1] = padding_after(s->width, s->kernel_width, s);
  return 0;
}

static int make_attributes(dflab_dnnl_convolution *c, float slope) {
  TRY(dnnl_primitive_attr_create(&c->attributes));
  TRY(dnnl_primitive_attr_set_scratchpad_mode(c->attributes, dnnl_scratchpad_mode_user));
  TRY(dnnl_primitive_attr_create(&c->reorder_attributes));
  dnnl_post_ops_t operations;
  TRY(dnnl_post_ops_create(&operations));
  dnnl_status_t status = dnnl_success;
  if (c->pass == dflab_dnnl_backward_weights) {
    status = append_sum(operations);
    if (status == dnnl_success)
      status = dnnl_primitive_attr_set_post_ops(c->reorder_attributes, operations);
  } else if (c->pass == dflab_dnnl_forward && slope != 1) {
    status = append_leaky_relu(operations, slope);
    if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(c->attributes, operations);
  }
  dnnl_post_ops_destroy(operations);
  return (int)status;
}

static int describe(dflab_dnnl_convolution *c) {
  const struct description *d = &c->layouts;
  if (c->pass == dflab_dnnl_forward)
    return describe_forward(&c->description, c->engine, d, c->has_bias, c->attributes);
  TRY(describe_forward(&c->forward, c->engine, d, c->has_bias, NULL));
  if (c->pass == dflab_dnnl_backward_data)
    return describe_backward_data(&c->description, c->engine, d, c->forward, c->attributes);
  return describe_backward_weights(&c->description, c->engine, d, c->has_bias, c->forward,
                                   c->attributes);
}

static layout_reference query(dflab_dnnl_convolution *c, dnnl_query_t what) {
  return dnnl_primitive_desc_query_md(c->description, what, 0);
}

static int make_memories(dflab_dnnl_convolution *c) {
  layout_reference plain = REFERENCE(c->plain);
  layout_reference chosen =
      query(c, c->pass == dflab_dnnl_backward_weights ? dnnl_query_diff_weights_md
                                                      : dnnl_query_weights_md);
  bool is_backward = c->pass == dflab_dnnl_backward_weights;
  TRY(dnnl_reorder_primitive_desc_create(&c->reorder_description, is_backward ? chosen : plain,
                                         c->engine, is_backward ? plain : chosen, c->engine,
                                         c->reorder_attributes));
  TRY(dnnl_primitive_create(&c->reorder, c->reorder_description));
  TRY(dnnl_memory_create(&c->source, REFERENCE(c->layouts.source), c->engine, DNNL_MEMORY_NONE));
  TRY(dnnl_memory_create(&c->destination, REFERENCE(c->layouts.destination), c->engine,
                         DNNL_MEMORY_NONE));
  TRY(dnnl_memory_create(&c->bias, REFERENCE(c->layouts.bias), c->engine, DNNL_MEMORY_NONE));
  TRY(dnnl_memory_create(&c->plain_weights, plain, c->engine, DNNL_MEMORY_NONE));
  TRY(dnnl_memory_create(&c->weights, chosen, c->engine, DNNL_MEMORY_ALLOCATE));
  TRY(dnnl_memory_create(&c->scratch, query(c, dnnl_query_scratchpad_md), c->engine,
                         DNNL_MEMORY_ALLOCATE));
  if (is_backward && !(c->bias_sum = calloc((size_t)c->outputs, sizeof(float))))
    return (int)dnnl_out_of_memory;
  return 0;
}

static int make(dflab_dnnl_convolution *c, const struct dflab_dnnl_shape *shape, float slope) {
  TRY(dnnl_engine_create(&c->engine, dnnl_cpu, 0));
  TRY(dnnl_stream_create(&c->stream, c->engine, dnnl_stream_default_flags));
  TRY(make_layouts(c, shape));
  TRY(make_attributes(c, slope));
  TRY(describe(c));
  TRY(dnnl_primitive_create(&c->primitive, c->description));
  return make_memories(c);
}

int dflab_dnnl_convolution_create(dflab_dnnl_convolution **convolution,
                                  const struct dflab_dnnl_shape *shape, enum dflab_dnnl_pass pass,
                                  bool has_bias, float slope) {
  dflab_dnnl_convolution *c = calloc(1, sizeof *c);
  if (!c) return (int)dnnl_out_of_memory;
  c->pass = pass;
  c->has_bias = has_bias;
  c->outputs = shape->outputs;
  int status = make(c, shape, slope);
  if (status != 0) {
    dflab_dnnl_convolution_destroy(c);
    return status;
  }
  *convolution = c;
  return 0;
}

void dflab_dnnl_convolution_destroy(dflab_dnnl_convolution *c) {
  dnnl_memory_t memories[] = {c->source, c->weights,     c->plain_weights,
                              c->bias,   c->destination, c->scratch};
  for (size_t i = 0; i < sizeof memories / sizeof *memories; i++)
    if (memories[i]) dnnl_memory_destroy(memories[i]);
  if (c->primitive) dnnl_primitive_destroy(c->primitive);
  if (c->reorder) dnnl_primitive_destroy(c->reorder);
  if (c->description) dnnl_primitive_desc_destroy(c->description);
  if (c->forward) dnnl_primitive_desc_destroy(c->forward);
  if (c->reorder_description) dnnl_primitive_desc_destroy(c->reorder_description);
  if (c->attributes) dnnl_primitive_attr_destroy(c->attributes);
  if (c->reorder_attributes) dnnl_primitive_attr_destroy(c->reorder_attributes);
  free_layout(&c->layouts.source);
  free_layout(&c->layouts.weights);
  free_layout(&c->layouts.bias);
  free_layout(&c->layouts.destination);
  free_layout(&c->plain);
  if (c->stream) dnnl_stream_destroy(c->stream);
  if (c->engine) dnnl_engine_destroy(c->engine);
  free(c->bias_sum);
  free(c);
}

/// Points a memory at what the caller holds; oneDNN only writes what it computes.
static int point(dnnl_memory_t memory, const float *values) {
  return (int)dnnl_memory_set_data_handle(memory, (void *)values);
}

static int reorder(dflab_dnnl_convolution *c, dnnl_memory_t from, dnnl_memory_t to) {
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  return (int)dnnl_primitive_execute(c->reorder, c->stream, 2, arguments);
}

int dflab_dnnl_run_forward(dflab_dnnl_convolution *c, const float *source, const float *weights,
                           const float *bias, float *destination) {
  TRY(point(c->source, source));
  TRY(point(c->plain_weights, weights));
  TRY(point(c->destination, destination));
  if (c->has_bias) TRY(point(c->bias, bias));
  TRY(reorder(c, c->plain_weights, c->weights));
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_SRC, c->source},
                                 {DNNL_ARG_WEIGHTS, c->weights},
                                 {DNNL_ARG_DST, c->destination},
                                 {DNNL_ARG_SCRATCHPAD, c->scratch},
                                 {DNNL_ARG_BIAS, c->bias}};
  TRY(dnnl_primitive_execute(c->primitive, c->stream, c->has_bias ? 5 : 4, arguments));
  return (int)dnnl_stream_wait(c->stream);
}

int dflab_dnnl_run_backward_data(dflab_dnnl_convolution *c, const float *destination_gradient,
                                 const float *weights, float *source_gradient) {
  TRY(point(c->destination, destination_gradient));
  TRY(point(c->plain_weights, weights));
  TRY(point(c->source, source_gradient));
  TRY(reorder(c, c->plain_weights, c->weights));
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_DIFF_DST, c->destination},
                                 {DNNL_ARG_WEIGHTS, c->weights},
                                 {DNNL_ARG_DIFF_SRC, c->source},
                                 {DNNL_ARG_SCRATCHPAD, c->scratch}};
  TRY(dnnl_primitive_execute(c->primitive, c->stream, 4, arguments));
  return (int)dnnl_stream_wait(c->stream);
}

int dflab_dnnl_run_backward_weights(dflab_dnnl_convolution *c, const float *source,
                                    const float *destination_gradient, float *weights_gradient,
                                    float *bias_gradient) {
  TRY(point(c->source, source));
  TRY(point(c->destination, destination_gradient));
  TRY(point(c->plain_weights, weights_gradient));
  TRY(point(c->bias, c->bias_sum));
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_SRC, c->source},
                                 {DNNL_ARG_DIFF_DST, c->destination},
                                 {DNNL_ARG_DIFF_WEIGHTS, c->weights},
                                 {DNNL_ARG_SCRATCHPAD, c->scratch},
                                 {DNNL_ARG_DIFF_BIAS, c->bias}};
  TRY(dnnl_primitive_execute(c->primitive, c->stream, c->has_bias ? 5 : 4, arguments));
  TRY(reorder(c, c->weights, c->plain_weights));
  TRY(dnnl_stream_wait(c->stream));
  if (c->has_bias)
    for (int64_t o = 0; o < c->outputs; o++) bias_gradient[o] += c->bias_sum[o];
  return 0;
}
