#define _GNU_SOURCE
#include "tiles.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Linux' request for the state that a process may use, and the state of tiles.
#define REQUEST_PERMISSION 0x1023
#define TILE_DATA 18

int tiles_exist(void) {
  static atomic_int known = -1;
  int answer = atomic_load_explicit(&known, memory_order_relaxed);
  if (answer < 0) {
    __builtin_cpu_init();
    answer = __builtin_cpu_supports("amx-tile") && __builtin_cpu_supports("amx-bf16") &&
             __builtin_cpu_supports("avx512bf16") &&
             syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) == 0;
    atomic_store_explicit(&known, answer, memory_order_relaxed);
  }
  return answer;
}

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,amx-tile,amx-bf16"))), \
    apply_to = function)

#define INLINE static inline __attribute__((always_inline))

void tiles_open(void) {
  struct {
    uint8_t palette, start, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
  } shapes = {.palette = 1};
  for (int i = 0; i < 8; i++) shapes.bytes[i] = 4 * TILE, shapes.rows[i] = TILE;
  _tile_loadconfig(&shapes);
}

void tiles_close(void) { _tile_release(); }

/// The lanes of 0 ..< count.
INLINE __mmask16 lanes_below(int count) {
  return count >= 16 ? 0xFFFF : count <= 0 ? 0 : (__mmask16)((1 << count) - 1);
}

/// Both values of each of 16 pairs, rounded to bfloat16, side by side; leaves what rounding took away.
INLINE __m512i leading(__m512 *first, __m512 *second) {
  const __m512i order = _mm512_set_epi16(
      31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4, 19, 3,
      18, 2, 17, 1, 16, 0);
  __m512i pairs =
      _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(*second, *first));
  *first = _mm512_sub_ps(*first, (__m512)_mm512_slli_epi32(pairs, 16));
  *second = _mm512_sub_ps(
      *second, (__m512)_mm512_and_si512(pairs, _mm512_set1_epi32((int)0xFFFF0000)));
  return pairs;
}

/// Splits 32 values that follow each other.
INLINE void split_line(__m512 first, __m512 second, uint16_t *out) {
  _mm512_storeu_si512(out, (__m512i)_mm512_cvtne2ps_pbh(second, first));
  leading(&first, &second);
  _mm512_storeu_si512(out + TILE_HALVES, (__m512i)_mm512_cvtne2ps_pbh(second, first));
}

/// Splits 16 values and the 16 below them, side by side.
INLINE void split_pair(__m512 upper, __m512 lower, uint16_t *out) {
  _mm512_storeu_si512(out, leading(&upper, &lower));
  _mm512_storeu_si512(out + TILE_HALVES, leading(&upper, &lower));
}

void tiles_split_row(const float *row, int depth, uint16_t *out) {
  for (; depth >= TILE_DEPTH; depth -= TILE_DEPTH, row += TILE_DEPTH, out += STEP_HALVES)
    split_line(_mm512_loadu_ps(row), _mm512_loadu_ps(row + 16), out);
  if (depth > 0)
    split_line(
        _mm512_maskz_loadu_ps(lanes_below(depth), row),
        _mm512_maskz_loadu_ps(lanes_below(depth - 16), row + 16), out);
}

void tiles_read_row(
    const float *const *taps, size_t tap_step, int count, int height, int depth, int first, int end,
    float *line) {
  int tap = first / height, channel = first % height;
  for (int row = first; row < end; tap++, channel = 0) {
    int rows = end - row < height - channel ? end - row : height - channel;
    int known = tap < count ? depth - channel : 0;
    const float *from = known > 0 ? taps[tap * tap_step] + channel : line;
    for (int i = 0; i < rows; i += 16)
      _mm512_storeu_ps(line + i, _mm512_maskz_loadu_ps(lanes_below(known - i), from + i));
    line += rows;
    row += rows;
  }
}

void tiles_split_panel(
    const float *rows, size_t row_step, int lanes, int depth, uint16_t *out) {
  __mmask16 mask = lanes_below(lanes);
  for (int first = 0; first < depth; first += TILE_DEPTH, out += STEP_HALVES)
    for (int pair = 0; pair < TILE; pair++) {
      int row = first + 2 * pair;
      split_pair(
          _mm512_maskz_loadu_ps(row < depth ? mask : 0, rows + row * row_step),
          _mm512_maskz_loadu_ps(row + 1 < depth ? mask : 0, rows + (row + 1) * row_step),
          out + pair * TILE_DEPTH);
    }
}

/// Exchanges rows and columns of 16×16 values.
INLINE void turn(__m512 r[16]) {
  __m512 s[16];
  for (int i = 0; i < 16; i += 2) {
    s[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
    s[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
  }
  for (int i = 0; i < 16; i += 4)
    for (int j = 0; j < 2; j++) {
      r[i + 2 * j] = (__m512)_mm512_unpacklo_pd((__m512d)s[i + j], (__m512d)s[i + j + 2]);
      r[i + 2 * j + 1] = (__m512)_mm512_unpackhi_pd((__m512d)s[i + j], (__m512d)s[i + j + 2]);
    }
  for (int j = 0; j < 4; j++) {
    s[j] = _mm512_shuffle_f32x4(r[j], r[j + 4], 0x88);
    s[j + 4] = _mm512_shuffle_f32x4(r[j], r[j + 4], 0xDD);
    s[j + 8] = _mm512_shuffle_f32x4(r[j + 8], r[j + 12], 0x88);
    s[j + 12] = _mm512_shuffle_f32x4(r[j + 8], r[j + 12], 0xDD);
  }
  for (int j = 0; j < 4; j++) {
    r[j] = _mm512_shuffle_f32x4(s[j], s[j + 8], 0x88);
    r[j + 8] = _mm512_shuffle_f32x4(s[j], s[j + 8], 0xDD);
    r[j + 4] = _mm512_shuffle_f32x4(s[j + 4], s[j + 12], 0x88);
    r[j + 12] = _mm512_shuffle_f32x4(s[j + 4], s[j + 12], 0xDD);
  }
}

void tiles_split_turned(
    const float *const *rows, size_t offset, int lanes, int count, uint16_t *out) {
  __mmask16 mask = lanes_below(lanes);
  for (int first = 0; first < count; first += TILE_DEPTH, out += STEP_HALVES) {
    __m512 half[2][16];
    for (int h = 0; h < 2; h++) {
      for (int t = 0; t < 16; t++) {
        int row = first + 16 * h + t;
        half[h][t] =
            row < count ? _mm512_maskz_loadu_ps(mask, rows[row] + offset) : _mm512_setzero_ps();
      }
      turn(half[h]);
    }
    for (int line = 0; line < TILE; line++)
      split_line(half[0][line], half[1][line], out + line * TILE_DEPTH);
  }
}

void tiles_split_turned_panel(
    const float *rows, size_t row_step, int lanes, int depth, uint16_t *out) {
  for (int first = 0; first < depth; first += TILE_DEPTH, out += STEP_HALVES) {
    __m512 high[16], low[16];
    __mmask16 upper = lanes_below(depth - first), lower = lanes_below(depth - first - 16);
    for (int lane = 0; lane < 16; lane++) {
      const float *from = rows + (lane < lanes ? lane * row_step : 0) + first;
      __m512 one = _mm512_maskz_loadu_ps(lane < lanes ? upper : 0, from);
      __m512 other = _mm512_maskz_loadu_ps(lane < lanes ? lower : 0, from + 16);
      high[lane] = (__m512)_mm512_cvtne2ps_pbh(other, one);
      leading(&one, &other);
      low[lane] = (__m512)_mm512_cvtne2ps_pbh(other, one);
    }
    turn(high);
    turn(low);
    for (int pair = 0; pair < TILE; pair++) {
      _mm512_storeu_ps(out + pair * TILE_DEPTH, high[pair]);
      _mm512_storeu_ps(out + TILE_HALVES + pair * TILE_DEPTH, low[pair]);
    }
  }
}

// The products of one pair of parts; tiles 0 to 3 hold sums, 4 and 5 the left matrix, 6 and 7 the right.
#define LEFT1(part) _tile_loadd(4, left + (part) * TILE_HALVES, 64);
#define LEFT2(part) LEFT1(part) _tile_loadd(5, left + tile_step + (part) * TILE_HALVES, 64);
#define RIGHT1(part) _tile_loadd(6, right + (part) * TILE_HALVES, 64);
#define RIGHT2(part) RIGHT1(part) _tile_loadd(7, right + panel_step + (part) * TILE_HALVES, 64);
#define ADD11 _tile_dpbf16ps(0, 4, 6);
#define ADD12 ADD11 _tile_dpbf16ps(1, 4, 7);
#define ADD21 ADD11 _tile_dpbf16ps(2, 5, 6);
#define ADD22 ADD12 _tile_dpbf16ps(2, 5, 6); _tile_dpbf16ps(3, 5, 7);
#define SUMS1(action, tile) action(tile, sums + (tile) / 2 * TILE * TILE, 64);
#define SUMS2(action, tile) \
  SUMS1(action, tile)       \
  action(tile + 1, sums + sums_step + (tile) / 2 * TILE * TILE, 64);
#define CLEAR(tile, ...) _tile_zero(tile)
#define EACH1(panels, action) SUMS##panels(action, 0)
#define EACH2(panels, action) SUMS##panels(action, 0) SUMS##panels(action, 2)

#define MULTIPLY(tiles, panels)                                                              \
  static void multiply_##tiles##panels(                                                      \
      int steps, const uint16_t *left, size_t tile_step, const uint16_t *right,              \
      size_t panel_step, float *sums, size_t sums_step, int adds) {                          \
    (void)tile_step, (void)panel_step, (void)sums_step;                                      \
    if (adds) {                                                                              \
      EACH##tiles(panels, _tile_loadd)                                                       \
    } else {                                                                                 \
      EACH##tiles(panels, CLEAR)                                                             \
    }                                                                                        \
    for (; steps > 0; steps--, left += STEP_HALVES, right += STEP_HALVES) {                  \
      LEFT##tiles(1) RIGHT##panels(0) ADD##tiles##panels                                     \
      LEFT##tiles(0) ADD##tiles##panels                                                      \
      RIGHT##panels(1) ADD##tiles##panels                                                    \
    }                                                                                        \
    EACH##tiles(panels, _tile_stored)                                                        \
  }

MULTIPLY(1, 1)
MULTIPLY(1, 2)
MULTIPLY(2, 1)
MULTIPLY(2, 2)

void tiles_multiply(
    int tiles, int panels, int steps, const uint16_t *left, size_t tile_step,
    const uint16_t *right, size_t panel_step, float *sums, size_t sums_step, int adds) {
  for (; tiles > 0; tiles -= 2, left += 2 * tile_step, sums += 2 * TILE * TILE) {
    if (tiles == 1)
      (panels == 1 ? multiply_11 : multiply_12)(
          steps, left, tile_step, right, panel_step, sums, sums_step, adds);
    else
      (panels == 1 ? multiply_21 : multiply_22)(
          steps, left, tile_step, right, panel_step, sums, sums_step, adds);
  }
}

#pragma clang attribute pop

#else

int tiles_exist(void) { return 0; }
void tiles_open(void) {}
void tiles_close(void) {}
void tiles_split_row(const float *row, int depth, uint16_t *out) { (void)row, (void)depth, (void)out; }
void tiles_read_row(
    const float *const *taps, size_t tap_step, int count, int height, int depth, int first, int end,
    float *line) {
  (void)taps, (void)tap_step, (void)count, (void)height, (void)depth, (void)first, (void)end;
  (void)line;
}
void tiles_split_turned(
    const float *const *rows, size_t offset, int lanes, int count, uint16_t *out) {
  (void)rows, (void)offset, (void)lanes, (void)count, (void)out;
}
void tiles_split_panel(
    const float *rows, size_t row_step, int lanes, int depth, uint16_t *out) {
  (void)rows, (void)row_step, (void)lanes, (void)depth, (void)out;
}
void tiles_split_turned_panel(
    const float *rows, size_t row_step, int lanes, int depth, uint16_t *out) {
  (void)rows, (void)row_step, (void)lanes, (void)depth, (void)out;
}
void tiles_multiply(
    int tiles, int panels, int steps, const uint16_t *left, size_t tile_step,
    const uint16_t *right, size_t panel_step, float *sums, size_t sums_step, int adds) {
  (void)tiles, (void)panels, (void)steps, (void)left, (void)tile_step;
  (void)right, (void)panel_step, (void)sums, (void)sums_step, (void)adds;
}

#endif
