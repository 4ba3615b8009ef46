#include "shared.h"

#include <math.h>

/// One component of a frame, with the weights of a change in red, green and blue (0–255).
struct component {
  uint8_t *data;
  ptrdiff_t stride;
  int step, shift, depth;
  /// The binary logarithms of the pixels per value.
  int across, down;
  float red, green, blue;
};

/// Whether components can be changed in place, value by value.
static bool is_plain(const AVPixFmtDescriptor *kind) {
  const uint64_t odd = AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL |
                       AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT;
  if (kind->flags & odd || kind->log2_chroma_w > 1 || kind->log2_chroma_h > 1) return false;
  for (int c = 0; c < kind->nb_components; c++) {
    const AVComponentDescriptor *part = &kind->comp[c];
    if (part->depth < 8 || part->depth + part->shift > 16) return false;
    if (part->depth > 8 && kind->flags & AV_PIX_FMT_FLAG_BE) return false;
  }
  return true;
}

static void matrix_of(const AVFrame *frame, double *red, double *blue) {
  switch (cffmpeg_matrix(frame)) {
    case AVCOL_SPC_BT709: *red = 0.2126, *blue = 0.0722; break;
    case AVCOL_SPC_FCC: *red = 0.30, *blue = 0.11; break;
    case AVCOL_SPC_SMPTE240M: *red = 0.212, *blue = 0.087; break;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL: *red = 0.2627, *blue = 0.0593; break;
    default: *red = 0.299, *blue = 0.114; break;
  }
}

/// The weights of component `c`: 0 luma or red, 1 Cb or green, 2 Cr or blue.
static void weigh(struct component *part, const AVFrame *frame, int c, bool is_rgb) {
  double full = ((1 << part->depth) - 1) / 255.0;
  if (is_rgb) {
    part->red = c == 0 ? full : 0;
    part->green = c == 1 ? full : 0;
    part->blue = c == 2 ? full : 0;
    return;
  }
  double red, blue;
  matrix_of(frame, &red, &blue);
  double green = 1 - red - blue;
  double limited = (1 << (part->depth - 8)) / 255.0;
  bool is_full = cffmpeg_is_full(frame);
  double scale = c == 0 ? (is_full ? full : 219 * limited) : (is_full ? full : 224 * limited);
  if (c == 1) scale /= 2 * (1 - blue);
  if (c == 2) scale /= 2 * (1 - red);
  part->red = scale * ((c == 2) - red);
  part->green = scale * -green;
  part->blue = scale * ((c == 1) - blue);
  if (c == 0) part->red = scale * red, part->green = scale * green, part->blue = scale * blue;
}

static struct component component_of(
    const AVFrame *frame, const AVPixFmtDescriptor *kind, int c, bool is_rgb) {
  const AVComponentDescriptor *found = &kind->comp[c];
  bool is_chroma = !is_rgb && (c == 1 || c == 2);
  struct component part = {
      .data = frame->data[found->plane] + found->offset,
      .stride = frame->linesize[found->plane],
      .step = found->step,
      .shift = found->shift,
      .depth = found->depth,
      .across = is_chroma ? kind->log2_chroma_w : 0,
      .down = is_chroma ? kind->log2_chroma_h : 0,
  };
  weigh(&part, frame, c, is_rgb);
  return part;
}

static void add(const struct component *part, int x, int y, float change) {
  uint8_t *place = part->data + y * part->stride + (ptrdiff_t)x * part->step;
  int most = (1 << part->depth) - 1;
  bool is_wide = part->depth + part->shift > 8;
  unsigned word = is_wide ? place[0] | place[1] << 8 : place[0];
  int value = (int)(word >> part->shift) & most;
  value += (int)lrintf(change);
  value = value < 0 ? 0 : value > most ? most : value;
  word = (word & ~((unsigned)most << part->shift)) | (unsigned)value << part->shift;
  place[0] = word & 255;
  if (is_wide) place[1] = word >> 8;
}

/// The change of a component that one pixel requires.
static float wish(const struct component *part, const struct cffmpeg_patch *patch, size_t pixel) {
  const uint8_t *before = patch->before + pixel * 3, *after = patch->after + pixel * 3;
  return part->red * (after[0] - before[0]) + part->green * (after[1] - before[1]) +
         part->blue * (after[2] - before[2]);
}

static void change_whole(const struct component *part, const struct cffmpeg_patch *patch) {
  for (int row = 0; row < patch->height; row++)
    for (int column = 0; column < patch->width; column++) {
      size_t pixel = (size_t)row * patch->width + column;
      if (patch->mask[pixel])
        add(part, patch->x + column, patch->y + row, wish(part, patch, pixel));
    }
}

/// The weights of the pixels around a chroma value: [1 2 1] if it lies on a pixel, [1 1] if it lies
/// between two. `first` is the first pixel's offset from the value's own.
struct taps {
  int first, count;
  float weights[3];
};

static struct taps taps_of(int power, bool is_between) {
  if (!power) return (struct taps){0, 1, {1}};
  if (is_between) return (struct taps){0, 2, {0.5f, 0.5f}};
  return (struct taps){-1, 3, {0.25f, 0.5f, 0.25f}};
}

static bool is_inside(const struct cffmpeg_patch *patch, int x, int y) {
  x -= patch->x;
  y -= patch->y;
  return x >= 0 && y >= 0 && x < patch->width && y < patch->height &&
         patch->mask[(size_t)y * patch->width + x];
}

static void change_shared(
    const struct component *part, const AVFrame *frame, const struct cffmpeg_patch *patch) {
  enum AVChromaLocation place = frame->chroma_location;
  bool is_middle = place == AVCHROMA_LOC_CENTER || place == AVCHROMA_LOC_TOP;
  bool is_top = place == AVCHROMA_LOC_TOPLEFT || place == AVCHROMA_LOC_TOP;
  struct taps across = taps_of(part->across, is_middle), down = taps_of(part->down, !is_top);
  int last_x = (patch->x + patch->width - 1) >> part->across;
  int last_y = (patch->y + patch->height - 1) >> part->down;
  for (int cy = patch->y >> part->down; cy <= last_y; cy++)
    for (int cx = patch->x >> part->across; cx <= last_x; cx++) {
      // Interpolation reaches one pixel beyond the block of pixels on either side.
      bool is_whole = true;
      for (int dy = -part->down; dy < (1 << part->down) + part->down && is_whole; dy++)
        for (int dx = -part->across; dx < (1 << part->across) + part->across && is_whole; dx++) {
          int x = (cx << part->across) + dx, y = (cy << part->down) + dy;
          bool is_beyond = x < 0 || y < 0 || x >= frame->width || y >= frame->height;
          is_whole = is_beyond || is_inside(patch, x, y);
        }
      if (!is_whole) continue;
      float change = 0, weight = 0;
      for (int j = 0; j < down.count; j++)
        for (int i = 0; i < across.count; i++) {
          int x = (cx << part->across) + across.first + i;
          int y = (cy << part->down) + down.first + j;
          if (!is_inside(patch, x, y)) continue;
          size_t pixel = (size_t)(y - patch->y) * patch->width + (x - patch->x);
          change += across.weights[i] * down.weights[j] * wish(part, patch, pixel);
          weight += across.weights[i] * down.weights[j];
        }
      if (weight > 0) add(part, cx, cy, change / weight);
    }
}

/// A copy in a format that can be changed value by value: RGB for palettes and similar formats.
static int plain_copy(const AVFrame *frame, AVFrame **result) {
  AVFrame *copy = *result = av_frame_alloc();
  if (!copy) return AVERROR(ENOMEM);
  if (is_plain(av_pix_fmt_desc_get(frame->format))) {
    int code = av_frame_ref(copy, frame);
    return code < 0 ? code : av_frame_make_writable(copy);
  }
  copy->width = frame->width;
  copy->height = frame->height;
  copy->format = AV_PIX_FMT_RGB24;
  int code = av_frame_get_buffer(copy, 0);
  if (code < 0) return code;
  code = av_frame_copy_props(copy, frame);
  if (code < 0) return code;
  copy->color_range = AVCOL_RANGE_JPEG;
  copy->colorspace = AVCOL_SPC_RGB;
  struct cffmpeg_scaler scaler = {0};
  code = cffmpeg_scale(&scaler, frame, copy);
  sws_freeContext(scaler.context);
  return code;
}

enum cffmpeg_status cffmpeg_frame_patched(
    const struct AVFrame *frame, const struct cffmpeg_patch *patch, struct AVFrame **result,
    char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  AVFrame *copy = NULL;
  int code = plain_copy(frame, &copy);
  if (code < 0) {
    av_frame_free(&copy);
    return cffmpeg_failed(code, error);
  }
  const AVPixFmtDescriptor *kind = av_pix_fmt_desc_get(copy->format);
  bool is_rgb = kind->flags & AV_PIX_FMT_FLAG_RGB;
  int colors = kind->nb_components - (kind->flags & AV_PIX_FMT_FLAG_ALPHA ? 1 : 0);
  for (int c = 0; c < colors && c < 3; c++) {
    struct component part = component_of(copy, kind, c, is_rgb);
    if (part.across || part.down)
      change_shared(&part, copy, patch);
    else
      change_whole(&part, patch);
  }
  *result = copy;
  return CFFMPEG_OK;
}
