/// The few calls that differ between oneDNN 2 and 3, under one name each.
///
/// In 2 a memory descriptor is a struct and a primitive descriptor is made from an operation
/// descriptor; in 3 memory descriptors are handles and operation descriptors are gone.
#ifndef DFLAB_DNNL_COMPAT_H
#define DFLAB_DNNL_COMPAT_H

#include <dnnl.h>

typedef dnnl_memory_desc_t layout;

#if DNNL_VERSION_MAJOR >= 3

typedef const_dnnl_memory_desc_t layout_reference;
#define REFERENCE(layout) (layout)

static inline dnnl_status_t make_layout(layout *layout, int rank, const dnnl_dims_t sizes,
                                        dnnl_format_tag_t tag) {
  return dnnl_memory_desc_create_with_tag(layout, rank, sizes, dnnl_f32, tag);
}
static inline void free_layout(layout *layout) {
  if (*layout) dnnl_memory_desc_destroy(*layout);
}
static inline dnnl_status_t append_leaky_relu(dnnl_post_ops_t operations, float slope) {
  return dnnl_post_ops_append_eltwise(operations, dnnl_eltwise_relu, slope, 0);
}
static inline dnnl_status_t append_sum(dnnl_post_ops_t operations) {
  return dnnl_post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
}

#else

typedef const dnnl_memory_desc_t *layout_reference;
#define REFERENCE(layout) (&(layout))

static inline dnnl_status_t make_layout(layout *layout, int rank, const dnnl_dims_t sizes,
                                        dnnl_format_tag_t tag) {
  return dnnl_memory_desc_init_by_tag(layout, rank, sizes, dnnl_f32, tag);
}
static inline void free_layout(layout *layout) { (void)layout; }
static inline dnnl_status_t append_leaky_relu(dnnl_post_ops_t operations, float slope) {
  return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, slope, 0);
}
static inline dnnl_status_t append_sum(dnnl_post_ops_t operations) {
  return dnnl_post_ops_append_sum(operations, 1);
}

#endif

/// What describes a convolution, in either version.
struct description {
  layout source, weights, bias, destination;
  dnnl_dims_t strides, dilations, padding_before, padding_after;
};

/// The layout of the bias, or none.
static inline layout_reference bias_of(const struct description *d, int has_bias) {
  return has_bias ? REFERENCE(d->bias) : NULL;
}

static inline dnnl_status_t describe_forward(dnnl_primitive_desc_t *result, dnnl_engine_t engine,
                                             const struct description *d, int has_bias,
                                             dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_convolution_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, dnnl_convolution_direct, d->source, d->weights,
      bias_of(d, has_bias), d->destination, d->strides, d->dilations, d->padding_before,
      d->padding_after, attributes);
#else
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(
      &operation, dnnl_forward_training, dnnl_convolution_direct, &d->source, &d->weights,
      bias_of(d, has_bias), &d->destination, d->strides, d->dilations, d->padding_before,
      d->padding_after);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(result, &operation, attributes, engine, NULL);
#endif
}

static inline dnnl_status_t describe_backward_data(dnnl_primitive_desc_t *result,
                                                   dnnl_engine_t engine,
                                                   const struct description *d,
                                                   dnnl_primitive_desc_t forward,
                                                   dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_convolution_backward_data_primitive_desc_create(
      result, engine, dnnl_convolution_direct, d->source, d->weights, d->destination, d->strides,
      d->dilations, d->padding_before, d->padding_after, forward, attributes);
#else
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_backward_data_desc_init(
      &operation, dnnl_convolution_direct, &d->source, &d->weights, &d->destination, d->strides,
      d->dilations, d->padding_before, d->padding_after);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(result, &operation, attributes, engine, forward);
#endif
}

static inline dnnl_status_t describe_backward_weights(dnnl_primitive_desc_t *result,
                                                      dnnl_engine_t engine,
                                                      const struct description *d, int has_bias,
                                                      dnnl_primitive_desc_t forward,
                                                      dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_convolution_backward_weights_primitive_desc_create(
      result, engine, dnnl_convolution_direct, d->source, d->weights, bias_of(d, has_bias),
      d->destination, d->strides, d->dilations, d->padding_before, d->padding_after, forward,
      attributes);
#else
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_backward_weights_desc_init(
      &operation, dnnl_convolution_direct, &d->source, &d->weights, bias_of(d, has_bias),
      &d->destination, d->strides, d->dilations, d->padding_before, d->padding_after);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(result, &operation, attributes, engine, forward);
#endif
}

#endif
