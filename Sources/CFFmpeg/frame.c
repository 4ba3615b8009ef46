#include "shared.h"

#include <stdlib.h>

/// What converts pictures of one size.
struct conversion {
  struct cffmpeg_scaler scaler;
  /// A picture with margins at the ends of its rows, where vector code may write.
  AVFrame *picture;
};

struct cffmpeg_converter {
  struct conversion whole, part, reduced;
};

void cffmpeg_frame_free(struct AVFrame *frame) { av_frame_free(&frame); }

struct cffmpeg_converter *cffmpeg_converter_make(void) {
  return calloc(1, sizeof(struct cffmpeg_converter));
}

void cffmpeg_converter_free(struct cffmpeg_converter *converter) {
  if (!converter) return;
  struct conversion *all[] = {&converter->whole, &converter->part, &converter->reduced};
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
    sws_freeContext(all[k]->scaler.context);
    av_frame_free(&all[k]->picture);
  }
  free(converter);
}

static AVFrame *empty_frame(int width, int height, int format) {
  AVFrame *frame = av_frame_alloc();
  if (!frame) return NULL;
  frame->width = width;
  frame->height = height;
  frame->format = format;
  if (av_frame_get_buffer(frame, 0) < 0) av_frame_free(&frame);
  return frame;
}

/// An RGB picture, with the identity color matrix.
static AVFrame *empty_picture(int width, int height) {
  AVFrame *picture = empty_frame(width, height, AV_PIX_FMT_RGB24);
  if (!picture) return NULL;
  picture->color_range = AVCOL_RANGE_JPEG;
  picture->colorspace = AVCOL_SPC_RGB;
  return picture;
}

/// Converts a frame to a picture of this size.
static enum cffmpeg_status convert(
    struct conversion *conversion, const AVFrame *frame, int width, int height, uint8_t *pixels,
    char error[CFFMPEG_ERROR_SIZE]) {
  AVFrame *picture = conversion->picture;
  if (!picture || picture->width != width || picture->height != height) {
    av_frame_free(&conversion->picture);
    picture = conversion->picture = empty_picture(width, height);
  }
  if (!picture) return cffmpeg_refused("there is no memory left", error);
  if (cffmpeg_scale(&conversion->scaler, frame, picture) < 0) {
    const char *name = av_get_pix_fmt_name(frame->format);
    snprintf(error, CFFMPEG_ERROR_SIZE, "its pixels of the kind '%s' cannot be turned into RGB",
             name ? name : "unknown");
    return CFFMPEG_FAILED;
  }
  size_t row = (size_t)width * 3;
  for (int y = 0; y < height; y++)
    memcpy(pixels + y * row, picture->data[0] + (ptrdiff_t)y * picture->linesize[0], row);
  return CFFMPEG_OK;
}

enum cffmpeg_status cffmpeg_converter_read(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, uint8_t *pixels,
    char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  return convert(&converter->whole, frame, frame->width, frame->height, pixels, error);
}

enum cffmpeg_status cffmpeg_converter_read_reduced(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, int32_t width,
    int32_t height, uint8_t *pixels, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  if (cffmpeg_reduce(frame, width, height, pixels)) return CFFMPEG_OK;
  return convert(&converter->reduced, frame, width, height, pixels, error);
}

bool cffmpeg_frame_has_parts(const struct AVFrame *frame) {
  const AVPixFmtDescriptor *kind = av_pix_fmt_desc_get(frame->format);
  int whole = AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER |
              AV_PIX_FMT_FLAG_PAL;
  if (!kind || kind->flags & whole) return false;
  // Otherwise the color planes of the whole frame are stretched by a little.
  int columns = 1 << kind->log2_chroma_w, rows = 1 << kind->log2_chroma_h;
  return frame->width % columns == 0 && frame->height % rows == 0;
}

enum cffmpeg_status cffmpeg_converter_read_part(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, int32_t x, int32_t y,
    int32_t width, int32_t height, uint8_t *pixels, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  AVFrame *part = av_frame_clone(frame);
  if (!part) return cffmpeg_refused("there is no memory left", error);
  // By default it depends on the size.
  part->colorspace = cffmpeg_matrix(frame);
  part->crop_left = x;
  part->crop_top = y;
  part->crop_right = frame->width - x - width;
  part->crop_bottom = frame->height - y - height;
  int code = av_frame_apply_cropping(part, AV_FRAME_CROP_UNALIGNED);
  enum cffmpeg_status status = code < 0
                                   ? cffmpeg_failed(code, error)
                                   : convert(&converter->part, part, width, height, pixels, error);
  av_frame_free(&part);
  return status;
}

enum cffmpeg_status cffmpeg_frame_make(
    const uint8_t *pixels, int32_t width, int32_t height, const char *format, bool is_full_range,
    struct AVFrame **result, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  enum AVPixelFormat kind = av_get_pix_fmt(format);
  if (kind == AV_PIX_FMT_NONE) return cffmpeg_refused("no such pixels are known", error);
  AVFrame *picture = empty_picture(width, height);
  AVFrame *frame = empty_frame(width, height, kind);
  struct cffmpeg_scaler scaler = {0};
  int code = AVERROR(ENOMEM);
  if (picture && frame) {
    size_t row = (size_t)width * 3;
    for (int y = 0; y < height; y++)
      memcpy(picture->data[0] + (ptrdiff_t)y * picture->linesize[0], pixels + y * row, row);
    bool is_rgb = av_pix_fmt_desc_get(kind)->flags & AV_PIX_FMT_FLAG_RGB;
    frame->colorspace = is_rgb ? AVCOL_SPC_RGB : cffmpeg_matrix(frame);
    frame->color_range = is_full_range || is_rgb ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    frame->chroma_location = AVCHROMA_LOC_LEFT;
    code = cffmpeg_scale(&scaler, picture, frame);
  }
  sws_freeContext(scaler.context);
  av_frame_free(&picture);
  if (code < 0) {
    av_frame_free(&frame);
    return cffmpeg_failed(code, error);
  }
  *result = frame;
  return CFFMPEG_OK;
}
