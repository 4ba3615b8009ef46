/// The functions of activation.h and their derivatives, from x or y as it says.
#ifndef DFLAB_ACTIVATIONS_H
#define DFLAB_ACTIVATIONS_H

#include "functions.h"
#include "number.h"

INLINE float leaky(float x, float slope) { return x > 0 ? x : slope * x; }
INLINE float leaky_slope(float y, float slope) { return y > 0 ? 1 : slope; }
// Comparisons that are false for NaN leave it as it is.
INLINE float relu6(float x, float unused) { return (void)unused, x < 0 ? 0 : x > 6 ? 6 : x; }
INLINE float relu6_slope(float x, float unused) { return (void)unused, x > 0 && x < 6 ? 1 : 0; }
INLINE float sigmoid(float x, float unused) { return (void)unused, 1 / (1 + exponential(-x)); }
INLINE float sigmoid_slope(float y, float unused) { return (void)unused, y * (1 - y); }
INLINE float silu(float x, float unused) { return (void)unused, x / (1 + exponential(-x)); }
INLINE float silu_slope(float x, float unused) {
  float s = sigmoid(x, unused);
  return s * (1 + x * (1 - s));
}
INLINE float gelu(float x, float unused) {
  return (void)unused, 0.5f * x * (1 + error_function(x * 0.70710678f));
}
INLINE float gelu_slope(float x, float unused) {
  float density = 0.39894228f * exponential(-0.5f * x * x);
  return (void)unused, 0.5f * (1 + error_function(x * 0.70710678f)) + x * density;
}
INLINE float quick_gelu(float x, float unused) {
  return (void)unused, x / (1 + exponential(-1.702f * x));
}
INLINE float quick_gelu_slope(float x, float unused) {
  float s = sigmoid(1.702f * x, unused);
  return s * (1 + 1.702f * x * (1 - s));
}
INLINE float hard_tanh(float x, float limit) { return x < -limit ? -limit : x > limit ? limit : x; }
INLINE float hard_tanh_slope(float y, float limit) { return y > -limit && y < limit ? 1 : 0; }
INLINE float tangent(float x, float unused) { return (void)unused, hyperbolic_tangent(x); }
INLINE float tangent_slope(float y, float unused) { return (void)unused, 1 - y * y; }

#endif
