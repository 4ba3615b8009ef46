#ifndef DFLAB_PRODUCTS_H
#define DFLAB_PRODUCTS_H

#include <stddef.h>

/// Products of matrices, one for each image, on the processor's tiles (`tiles.h`).
struct dflab_products {
  int images, rows, depth, columns;
  /// Whether rows and columns of the first, or of the second, operand are exchanged first.
  int first_turned, second_turned;
};

/// Whether the processor has tiles, and the matrices are large enough for them.
int dflab_products_fit(const struct dflab_products *shape);

/// Floats of scratch memory.
size_t dflab_products_scratch(const struct dflab_products *shape);

/// y[image] = a[image] · b[image].
void dflab_products_multiply(
    const struct dflab_products *shape, const float *a, const float *b, float *y, float *scratch);

#endif
