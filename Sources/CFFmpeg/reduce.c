#include "shared.h"

#include <stdlib.h>

#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// FFmpeg's scaler, which reduces to any size, takes six times as long, and darkens by two levels.

/// Factors and offsets that turn sums of Y, U and V into RGB, in 65536ths of the pixels' mean.
struct mixture {
  int32_t luma, red_v, green_u, green_v, blue_u;
  /// What black sums to, and half of one, and what a color plane's middle sums to.
  int32_t black, middle;
  /// Binary digits of the sums of luma beyond those of one pixel, and those of color planes.
  int extra, extra_color;
};

CLONES static void clear(uint16_t *restrict sums, int count) {
  for (int k = 0; k < count; k++) sums[k] = 0;
}

/// Adds each `1 << digits` neighbors of a row to one sum.
CLONES static void add_row(const uint8_t *restrict row, int digits, int count, uint16_t *restrict sums) {
  switch (digits) {
    case 0:
      for (int k = 0; k < count; k++) sums[k] += row[k];
      return;
    case 1:
      for (int k = 0; k < count; k++) sums[k] += row[2 * k] + row[2 * k + 1];
      return;
    case 2:
      for (int k = 0; k < count; k++)
        sums[k] += row[4 * k] + row[4 * k + 1] + row[4 * k + 2] + row[4 * k + 3];
      return;
    default:
      for (int k = 0; k < count; k++)
        for (int i = 0; i < 1 << digits; i++) sums[k] += row[(k << digits) + i];
  }
}

static inline uint8_t level(int32_t value) {
  value >>= 16;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

CLONES static void mix(
    const struct mixture *mixture, const uint16_t *restrict y, const uint16_t *restrict u,
    const uint16_t *restrict v, int count, uint8_t *restrict pixels) {
  struct mixture m = *mixture;
  for (int k = 0; k < count; k++) {
    // A sum has at most 14 binary digits, a factor 18.
    int32_t luma = ((y[k] - m.black) * m.luma >> m.extra) + (1 << 15);
    int32_t blue = u[k] - m.middle, red = v[k] - m.middle;
    pixels[3 * k] = level(luma + (red * m.red_v >> m.extra_color));
    pixels[3 * k + 1] = level(luma - ((blue * m.green_u + red * m.green_v) >> m.extra_color));
    pixels[3 * k + 2] = level(luma + (blue * m.blue_u >> m.extra_color));
  }
}

/// The factors for a frame of which each side is reduced by `1 << digits`.
static struct mixture mixture_of(const AVFrame *frame, int digits) {
  bool is_full = cffmpeg_is_full(frame);
  const int *factors = sws_getCoefficients(cffmpeg_coefficients(cffmpeg_matrix(frame)));
  // They are those of 16–240.
  double color = is_full ? 224.0 / 255 : 1;
  int extra = 2 * digits, extra_color = 2 * (digits - 1);
  return (struct mixture){
      .luma = is_full ? 1 << 16 : (int)((1 << 16) * 255.0 / 219 + 0.5),
      .red_v = (int)(factors[0] * color + 0.5), .blue_u = (int)(factors[1] * color + 0.5),
      .green_u = (int)(factors[2] * color + 0.5), .green_v = (int)(factors[3] * color + 0.5),
      .black = is_full ? 0 : 16 << extra, .middle = 128 << extra_color, .extra = extra,
      .extra_color = extra_color};
}

/// The binary digits of the factor between two sizes; 0 if it is no factor that is known here.
static int digits_of(const AVFrame *frame, int width, int height) {
  for (int digits = 1; digits <= 3; digits++)
    if (width << digits == frame->width && height << digits == frame->height) return digits;
  return 0;
}

bool cffmpeg_reduce(const AVFrame *frame, int width, int height, uint8_t *pixels) {
  int digits = digits_of(frame, width, height);
  bool is_plain = frame->format == AV_PIX_FMT_YUV420P || frame->format == AV_PIX_FMT_YUVJ420P;
  if (!digits || !is_plain || cffmpeg_coefficients(cffmpeg_matrix(frame)) == SWS_CS_BT2020)
    return false;
  uint16_t *sums = malloc(sizeof *sums * 3 * width);
  if (!sums) return false;
  struct mixture mixture = mixture_of(frame, digits);
  for (int row = 0; row < height; row++) {
    clear(sums, 3 * width);
    for (int plane = 0; plane < 3; plane++) {
      int own = plane ? digits - 1 : digits;
      for (int line = row << own; line < (row + 1) << own; line++)
        add_row(frame->data[plane] + (ptrdiff_t)line * frame->linesize[plane], own, width,
                sums + plane * width);
    }
    mix(&mixture, sums, sums + width, sums + 2 * width, width, pixels + (size_t)row * width * 3);
  }
  free(sums);
  return true;
}
