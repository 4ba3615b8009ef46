#include "halves.h"

#include "include/processor.h"
#include "panels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef uint32_t word_at __attribute__((aligned(2)));

/// Has denormal numbers counted as zero, as vdpbf16ps does; returns the state before.
static inline unsigned begin_flushing(void) {
#if defined(__x86_64__)
  unsigned state = _mm_getcsr();
  _mm_setcsr(state | _MM_FLUSH_ZERO_ON | _MM_DENORMALS_ZERO_ON);
  return state;
#else
  return 0;
#endif
}

static inline void end_flushing(unsigned state) {
#if defined(__x86_64__)
  _mm_setcsr(state);
#else
  (void)state;
#endif
}

#define LANES 4
#define ROWS 2
#define COLUMNS 1
#define LONE_ROWS 2
#define IS_NATIVE 0
#define NAME(x) x##_plain
#include "halves.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define ROWS 4
#define COLUMNS 1
#define LONE_ROWS 4
#define IS_NATIVE 0
#define NAME(x) x##_avx2
#include "halves.inc"
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#define LANES 16
#define ROWS 8
#define COLUMNS 1
#define LONE_ROWS 8
#define IS_NATIVE 0
#define NAME(x) x##_avx512
#include "halves.inc"
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma"))), apply_to = function)
/// The order that lays the lower and the upper 16 values side by side.
static inline __m512i side_by_side(void) {
  return _mm512_set_epi16(
      31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4, 19, 3,
      18, 2, 17, 1, 16, 0);
}
#define LANES 16
#define ROWS 8
#define COLUMNS 2
#define LONE_ROWS 16
#define IS_NATIVE 1
#define NAME(x) x##_pairs
#include "halves.inc"
#pragma clang attribute pop
#endif

const struct half_kernels *half_kernels(void) {
#if defined(__x86_64__)
  switch (dflab_vector_level()) {
    case 3:
    case 2: return dflab_multiplies_halves() ? &kernels_pairs : &kernels_avx512;
    case 1: return &kernels_avx2;
  }
#endif
  return &kernels_plain;
}
