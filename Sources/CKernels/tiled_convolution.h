/// The passes of direct convolution on tiles (`tiles.h`), where they are large enough to pay for splitting.
#ifndef DFLAB_TILED_CONVOLUTION_H
#define DFLAB_TILED_CONVOLUTION_H

#include <stddef.h>

#include "direct_pass.h"

/// Floats of scratch memory that any of the passes needs.
size_t tiled_scratch(const struct dflab_convolution *shape);

/// Whether tiles are faster for the products of a pass over its walk.
int fits_tiles(const struct pass *pass);

/// All sums of the walk, in `pass->tiles`.
void tiled_products(struct pass *pass);

#endif
