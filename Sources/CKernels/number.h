/// Float32 and bfloat16 alike: `WIDE` reads a value of either as float32, the `NARROW` of a
/// kernel's element type writes one back.
#ifndef DFLAB_NUMBER_H
#define DFLAB_NUMBER_H

#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

/// A bfloat16 number's bits.
typedef uint16_t half_t;

INLINE float wide_float(float value) { return value; }
INLINE float wide_half(half_t value) {
  uint32_t bits = (uint32_t)value << 16;
  float result;
  memcpy(&result, &bits, 4);
  return result;
}
INLINE float narrow_float(float value) { return value; }

/// To the nearest, ties to even; NaN stays NaN.
INLINE half_t narrow_half(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
  uint32_t quiet = (bits >> 16) | 0x40;
  return (half_t)((bits & 0x7FFFFFFF) > 0x7F800000 ? quiet : rounded);
}

#endif
