#ifndef DFLAB_PAIRS_H
#define DFLAB_PAIRS_H

#include <stddef.h>

enum {
  DFLAB_SUM = 0,
  DFLAB_DIFFERENCE = 1,
  DFLAB_PRODUCT = 2,
  DFLAB_QUOTIENT = 3,
};

/// y = f(a, b) of `count` values; a step of 0 takes the first value of an operand again and again.
void dflab_pair(
    int function, const float *a, size_t a_step, const float *b, size_t b_step, float *y,
    size_t count);

/// y = x · scale + shift of `rows` rows, with one of each for every channel; below zero times `slope`.
void dflab_scale_shift(
    const float *x, const float *scale, const float *shift, float slope, float *y, size_t rows,
    size_t channels);

enum {
  DFLAB_EXP = 0,
  DFLAB_ERF = 1,
  DFLAB_ROOT = 2,
  DFLAB_HARD_SWISH = 3,
  DFLAB_BETWEEN = 4,
};

/// y = f(x) of `count` values; `low` and `high` are the limits that BETWEEN cuts to, or for HARD_SWISH
/// slope and offset of its sigmoid.
void dflab_map(int function, float low, float high, const float *x, float *y, size_t count);

#endif
