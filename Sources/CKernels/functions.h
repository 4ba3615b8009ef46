/// Functions that the C library has too, in a form that vectorizes, within 2 units in the last
/// place of the true value.
#ifndef DFLAB_FUNCTIONS_H
#define DFLAB_FUNCTIONS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "number.h"

/// eˣ.
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

/// tanh x: x + x³ p(x²) near zero, with p fitted by least squares at Chebyshev's nodes for the
/// smallest relative error, and 1 − 2 / (e^2x + 1) further out.
INLINE float hyperbolic_tangent(float x) {
  float size = fabsf(x), square = x * x;
  float near = -0.00570404252f;
  near = near * square + 0.0206378615f;
  near = near * square - 0.0537391565f;
  near = near * square + 0.133314318f;
  near = near * square - 0.333332813f;
  near = near * square * x + x;
  float far = copysignf(1 - 2 / (exponential(2 * size) + 1), x);
  return size < 0.625f ? near : x != x ? x : far;
}

/// erf x: x + x p(x²) near zero, and 1 − e^q(|x|) further out (polynomials by N. Juffa).
INLINE float error_function(float x) {
  float size = fabsf(x), square = x * x;
  float near = -5.96761703e-4f;
  near = near * square + 4.99119423e-3f;
  near = near * square - 2.67681349e-2f;
  near = near * square + 1.12819925e-1f;
  near = near * square - 3.76125336e-1f;
  near = near * square + 1.28379166e-1f;
  near = near * x + x;
  float far = -1.72853470e-5f * size + 3.83197126e-4f;
  float middle = -3.88396438e-3f * size + 2.42546219e-2f;
  far = far * square + middle;
  far = far * size - 1.06777877e-1f;
  far = far * size - 6.34846687e-1f;
  far = far * size - 1.28717512e-1f;
  far = far * size - size;
  far = copysignf(1 - exponential(far), x);
  return size <= 0.927734375f ? near : x != x ? x : far;
}

#endif
