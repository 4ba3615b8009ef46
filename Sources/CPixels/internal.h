/// What the files of this target share.
#ifndef DFLAB_CPIXELS_INTERNAL_H
#define DFLAB_CPIXELS_INTERNAL_H

#include <stdint.h>

/// Compiles a function for AVX2 and for any machine; the one to use is chosen when the program starts.
#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float four __attribute__((vector_size(16)));

/// The index within 0…`last` that is nearest to `value`.
INLINE int64_t held(int64_t value, int64_t last) {
  return value < 0 ? 0 : value > last ? last : value;
}

/// The nearest level; NaN becomes 0.
INLINE uint8_t level(float value) {
  float positive = value > 0 ? value + 0.5f : 0;
  return (uint8_t)(positive < 255 ? positive : 255);
}

#endif
