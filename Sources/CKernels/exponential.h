#ifndef DFLAB_EXPONENTIAL_H
#define DFLAB_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

#include "number.h"

/// e to the x, within 2 units in the last place, in a form that vectorizes.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2 (ln 2 in two parts, after Cody & Waite), e^r by its
/// Taylor polynomial of degree 7, and 2^n in two factors so that subnormal results are right.
INLINE float exponential(float x) {
  float bounded = x > 89 ? 89 : x < -104 ? -104 : x;
  float n = bounded * 1.44269504f + 12582912.0f;  // 1.5 · 2^23: the sum rounds to an integer
  n -= 12582912.0f;
  float r = bounded - n * 0.693359375f;
  r += n * 2.12194440e-4f;
  float sum = 1.0f / 5040;
  sum = sum * r + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  sum = sum * (r * r) + r;
  sum += 1;
  // A NaN becomes some integer here and NaN again in the product.
  int32_t power = (int32_t)(n == n ? n : 0);
  int32_t first = power >> 1;
  uint32_t bits[2] = {(uint32_t)(first + 127) << 23, (uint32_t)(power - first + 127) << 23};
  float scale[2];
  memcpy(scale, bits, 8);
  return sum * scale[0] * scale[1];
}

#endif
