#include "include/activation.h"

#include "activations.h"
#include "clones.h"

#define LOOPS(name, type, kind)                                                             \
  CLONES static void name##_##kind(                                                         \
      const type *restrict x, type *restrict y, size_t count, float slope) {                \
    for (size_t i = 0; i < count; i++) y[i] = narrow_##kind(name(wide_##kind(x[i]), slope)); \
  }                                                                                         \
  CLONES static void name##_backward_##kind(                                                \
      const type *restrict kept, const type *restrict dy, type *restrict dx, size_t count,  \
      float slope) {                                                                        \
    for (size_t i = 0; i < count; i++)                                                      \
      dx[i] = narrow_##kind(                                                                \
          wide_##kind(dy[i]) * name##_slope(wide_##kind(kept[i]), slope));                  \
  }

#define FUNCTIONS(type, kind) \
  LOOPS(leaky, type, kind)    \
  LOOPS(relu6, type, kind)    \
  LOOPS(silu, type, kind)     \
  LOOPS(gelu, type, kind)     \
  LOOPS(quick_gelu, type, kind) \
  LOOPS(hard_tanh, type, kind) \
  LOOPS(sigmoid, type, kind)  \
  LOOPS(tangent, type, kind)

FUNCTIONS(float, float)
FUNCTIONS(half_t, half)

#define SWITCH(stem, ...)                                        \
  switch (kind) {                                                \
    case DFLAB_LEAKY_RELU: leaky##stem(__VA_ARGS__, slope); break; \
    case DFLAB_RELU6: relu6##stem(__VA_ARGS__, slope); break;    \
    case DFLAB_SILU: silu##stem(__VA_ARGS__, slope); break;      \
    case DFLAB_GELU: gelu##stem(__VA_ARGS__, slope); break;      \
    case DFLAB_QUICK_GELU: quick_gelu##stem(__VA_ARGS__, slope); break; \
    case DFLAB_HARD_TANH: hard_tanh##stem(__VA_ARGS__, slope); break; \
    case DFLAB_SIGMOID: sigmoid##stem(__VA_ARGS__, slope); break; \
    case DFLAB_TANH: tangent##stem(__VA_ARGS__, slope); break;   \
    default: break;                                              \
  }

void dflab_activate(int kind, float slope, const float *x, float *y, size_t count) {
  SWITCH(_float, x, y, count)
}

void dflab_activate_half(int kind, float slope, const uint16_t *x, uint16_t *y, size_t count) {
  SWITCH(_half, x, y, count)
}

void dflab_activate_backward(
    int kind, float slope, const float *kept, const float *dy, float *dx, size_t count) {
  SWITCH(_backward_float, kept, dy, dx, count)
}

void dflab_activate_backward_half(
    int kind, float slope, const uint16_t *kept, const uint16_t *dy, uint16_t *dx, size_t count) {
  SWITCH(_backward_half, kept, dy, dx, count)
}
