#include "include/space_to_depth.h"

#include <string.h>

#include "include/thread_pool.h"

struct split {
  int batch, height, width, channels, block_channels, size, joins;
  const char *in;
  char *out;
};

static void run(void *context, int index, int threads) {
  struct split *s = context;
  size_t pixel = (size_t)s->channels * s->size, block = (size_t)s->block_channels * s->size;
  int rows = s->batch * s->height / 2;
  for (int row = rows * index / threads; row < rows * (index + 1) / threads; row++)
    for (int column = 0; column < s->width / 2; column++) {
      size_t at = ((size_t)row * (s->width / 2) + column) * block;
      for (int part = 0; part < 4; part++) {
        size_t from =
            ((size_t)(2 * row + part / 2) * s->width + 2 * column + part % 2) * pixel;
        if (s->joins)
          memcpy(s->out + from, s->in + at + part * pixel, pixel);
        else
          memcpy(s->out + at + part * pixel, s->in + from, pixel);
      }
      if (!s->joins) memset(s->out + at + 4 * pixel, 0, block - 4 * pixel);
    }
}

void dflab_space_to_depth(
    int batch, int height, int width, int channels, int block_channels, int size, const void *in,
    void *out) {
  struct split s = {batch, height, width, channels, block_channels, size, 0, in, out};
  dflab_parallel(run, &s);
}

void dflab_depth_to_space(
    int batch, int height, int width, int channels, int block_channels, int size, const void *in,
    void *out) {
  struct split s = {batch, height, width, channels, block_channels, size, 1, in, out};
  dflab_parallel(run, &s);
}

/// Visits each pair of a tap of the blocks' weights and the plain tap it is a copy of.
#define EACH_TAP(BODY)                                                                     \
  for (int part = 0; part < 4; part++)                                                     \
    for (int c = 0; c < inputs; c++)                                                       \
      for (int tap = 0; tap < 9; tap++)                                                    \
        for (int to = 0; to < 4; to++) {                                                   \
          int row = 2 * (tap / 3 - 1) + part / 2 - to / 2 + side / 2;                      \
          int column = 2 * (tap % 3 - 1) + part % 2 - to % 2 + side / 2;                   \
          if (row < 0 || row >= side || column < 0 || column >= side) continue;            \
          size_t wide = ((size_t)(tap * 4 + part) * inputs + c) * 16 + to * outputs;       \
          size_t plain = ((size_t)(row * side + column) * inputs + c) * 16;                \
          for (int o = 0; o < outputs; o++) BODY;                                          \
        }

void dflab_space_to_depth_weights(
    int inputs, int outputs, int side, const float *weights, float *blocks) {
  memset(blocks, 0, sizeof(float) * 4 * inputs * 9 * 16);
  EACH_TAP(blocks[wide + o] = weights[plain + o])
}

void dflab_space_to_depth_weights_adjoint(int inputs, int outputs, int side, const float *blocks, float *weights) {
  EACH_TAP(weights[plain + o] += blocks[wide + o])
}
