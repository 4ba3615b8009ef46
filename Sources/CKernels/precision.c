#include "clones.h"
#include "include/memory.h"
#include "number.h"

CLONES void dflab_round(const float *restrict source, uint16_t *restrict target, size_t count) {
  for (size_t i = 0; i < count; i++) target[i] = narrow_half(source[i]);
}

CLONES void dflab_widen(const uint16_t *restrict source, float *restrict target, size_t count) {
  for (size_t i = 0; i < count; i++) target[i] = wide_half(source[i]);
}
