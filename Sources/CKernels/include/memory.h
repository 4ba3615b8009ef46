#ifndef DFLAB_MEMORY_H
#define DFLAB_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/// Memory aligned for vectors (64 bytes), on huge pages if it is large; NULL if out of memory.
void *dflab_allocate(size_t bytes);

/// Rounds float32 to bfloat16, to the nearest, ties to even; NaN stays NaN.
void dflab_round(const float *source, uint16_t *target, size_t count);
void dflab_widen(const uint16_t *source, float *target, size_t count);

#endif
