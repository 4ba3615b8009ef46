#include "panels.h"

#include "include/processor.h"
#include "tiles.h"

#define LANES 4
#define ROWS 2
#define NAME(x) x##_plain
#include "panels.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define ROWS 6
#define NAME(x) x##_avx2
#include "panels.inc"
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#define LANES 16
#define ROWS 16
#define NAME(x) x##_avx512
#include "panels.inc"
#pragma clang attribute pop
#endif

/// At most this level on this thread. Tiles are for those who ask for them: they round more.
static _Thread_local int most = 2;

static int best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return tiles_exist() ? 3 : 2;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
  return 0;
}

int dflab_vector_level(void) {
  int best = best_level();
  return most < best ? most : best;
}

int dflab_multiplies_halves(void) {
#if defined(__x86_64__)
  return dflab_vector_level() >= 2 && __builtin_cpu_supports("avx512bf16");
#else
  return 0;
#endif
}

int dflab_limit_vector_level(int limit) {
  int before = most;
  most = limit;
  return before;
}

const struct panel_kernels *panel_kernels(void) {
  switch (dflab_vector_level()) {
#if defined(__x86_64__)
    case 3:
    case 2: return &kernels_avx512;
    case 1: return &kernels_avx2;
#endif
    default: return &kernels_plain;
  }
}
