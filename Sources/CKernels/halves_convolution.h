/// The passes of direct convolution with products of bfloat16 (`halves.h`), for pictures of bfloat16.
#ifndef DFLAB_HALVES_CONVOLUTION_H
#define DFLAB_HALVES_CONVOLUTION_H

#include <stddef.h>

#include "direct_pass.h"

/// Floats of scratch memory that any of the passes needs.
size_t halves_scratch(const struct dflab_convolution *shape);

/// Whether a pass over its walk pays for rounding the weights.
int fits_halves(const struct pass *pass);

/// All sums of the walk, in `pass->tiles`.
void halves_products(struct pass *pass);

/// Adds the gradient of the weights, in `pass->tiles`.
void halves_weight_gradients(struct pass *pass);

#endif
