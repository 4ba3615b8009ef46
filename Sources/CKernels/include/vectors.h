#ifndef DFLAB_VECTORS_H
#define DFLAB_VECTORS_H

#include <stddef.h>

/// target += factor * source.
void dflab_add_scaled(const float *source, float factor, float *target, size_t count);

#endif
