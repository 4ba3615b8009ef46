#ifndef DFLAB_PERMUTE_H
#define DFLAB_PERMUTE_H

#include <stddef.h>

/// y[column · y_stride + row] = x[row · x_stride + column].
void dflab_transpose(
    const float *x, size_t x_stride, float *y, size_t y_stride, size_t rows, size_t columns);

/// y[i] = x[i · stride].
void dflab_gather(const float *x, size_t stride, float *y, size_t count);

#endif
