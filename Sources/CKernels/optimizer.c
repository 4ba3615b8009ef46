#include "include/optimizer.h"

#include <float.h>
#include <math.h>

#include "clones.h"

#if defined(__SSE2__)
#include <xmmintrin.h>
// Where gradients stay 0, moments decay into denormal numbers, which cost several times as much
// and mean nothing: while a pass runs they count as 0 (the bits FTZ and DAZ).
#define FLUSH_DENORMALS unsigned control = _mm_getcsr(); _mm_setcsr(control | 0x8040)
#define KEEP_DENORMALS _mm_setcsr(control)
#else
#define FLUSH_DENORMALS
#define KEEP_DENORMALS
#endif

// Each pass reads and writes memory once, at the speed of memory. Non-temporal stores would not
// help: every line that is written was read just before.

CLONES bool dflab_adam_step(const struct dflab_adam *step, float *restrict value,
                            float *restrict gradient, float *restrict first,
                            float *restrict second, size_t count) {
  struct dflab_adam s = *step;
  int bad = 0;
  FLUSH_DENORMALS;
  for (size_t i = 0; i < count; i++) {
    float g = gradient[i] * s.gradient_scale;
    float square = g * g;
    int fine = square <= FLT_MAX;  // false for NaN, too
    float m = first[i] + s.first_share * (g - first[i]);
    float v = s.second_keep * second[i] + s.second_share * square;
    float moved = s.keep * value[i] - s.step_size * m / (sqrtf(v) * s.root_scale + s.epsilon);
    first[i] = fine ? m : first[i];
    second[i] = fine ? v : second[i];
    value[i] = fine ? moved : value[i];
    gradient[i] = 0;
    bad |= !fine;
  }
  KEEP_DENORMALS;
  return !bad;
}

CLONES bool dflab_momentum_step(float gradient_scale, float momentum, float rate,
                                float *restrict value, float *restrict gradient,
                                float *restrict velocity, size_t count) {
  int bad = 0;
  FLUSH_DENORMALS;
  for (size_t i = 0; i < count; i++) {
    float g = gradient[i] * gradient_scale;
    int fine = g * g <= FLT_MAX;
    float moved = momentum * velocity[i] + g;
    velocity[i] = fine ? moved : velocity[i];
    value[i] = fine ? value[i] - rate * moved : value[i];
    gradient[i] = 0;
    bad |= !fine;
  }
  KEEP_DENORMALS;
  return !bad;
}

CLONES double dflab_sum_of_squares(const float *restrict values, size_t count) {
  double lanes[16] = {0};
  size_t whole = count / 16 * 16;
  for (size_t i = 0; i < whole; i += 16)
    for (size_t lane = 0; lane < 16; lane++)
      lanes[lane] += (double)values[i + lane] * (double)values[i + lane];
  double total = 0;
  for (size_t lane = 0; lane < 16; lane++) total += lanes[lane];
  for (size_t i = whole; i < count; i++) total += (double)values[i] * (double)values[i];
  return total;
}

CLONES void dflab_average_step(float share, const float *restrict value, float *restrict average,
                               size_t count) {
  for (size_t i = 0; i < count; i++) average[i] += share * (value[i] - average[i]);
}
