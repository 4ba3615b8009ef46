#include "include/vectors.h"

#include "clones.h"

CLONES void dflab_add_scaled(const float *restrict source, float factor, float *restrict target,
                             size_t count) {
  for (size_t i = 0; i < count; i++) target[i] += factor * source[i];
}
