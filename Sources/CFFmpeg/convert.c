#include "shared.h"

#include <stdlib.h>

struct cffmpeg_converter {
  struct SwsContext *scaler;
  /// What the scaler was made for.
  int width, height, format, matrix, range, chroma;
  /// A picture with room at the end of its rows, where vector code may write.
  AVFrame *picture;
};

struct cffmpeg_converter *cffmpeg_converter_make(void) {
  return calloc(1, sizeof(struct cffmpeg_converter));
}

void cffmpeg_converter_free(struct cffmpeg_converter *converter) {
  if (!converter) return;
  sws_freeContext(converter->scaler);
  av_frame_free(&converter->picture);
  free(converter);
}

/// The formats named yuvj… are the plain ones with the full range.
static int plain_format(int format, bool *is_full) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P: *is_full = true; return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P: *is_full = true; return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P: *is_full = true; return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P: *is_full = true; return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P: *is_full = true; return AV_PIX_FMT_YUV411P;
    default: return format;
  }
}

static int coefficients(enum AVColorSpace matrix) {
  switch (matrix) {
    case AVCOL_SPC_BT709: return SWS_CS_ITU709;
    case AVCOL_SPC_FCC: return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M: return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL: return SWS_CS_BT2020;
    default: return SWS_CS_ITU601;
  }
}

/// Where chroma lies, in 256ths of a pixel; H.264's place is the left one.
static void place_chroma(struct SwsContext *scaler, const AVFrame *frame, int format) {
  const AVPixFmtDescriptor *kind = av_pix_fmt_desc_get(format);
  enum AVChromaLocation place = frame->chroma_location;
  bool is_middle = place == AVCHROMA_LOC_CENTER || place == AVCHROMA_LOC_TOP;
  bool is_top = place == AVCHROMA_LOC_TOPLEFT || place == AVCHROMA_LOC_TOP;
  if (kind->log2_chroma_w == 1) av_opt_set_int(scaler, "src_h_chr_pos", is_middle ? 128 : 0, 0);
  if (kind->log2_chroma_h == 1) av_opt_set_int(scaler, "src_v_chr_pos", is_top ? 0 : 128, 0);
}

static int prepare(struct cffmpeg_converter *converter, const AVFrame *frame) {
  bool is_full = frame->color_range == AVCOL_RANGE_JPEG;
  int format = plain_format(frame->format, &is_full);
  int matrix = cffmpeg_matrix(frame);
  if (converter->scaler && converter->width == frame->width &&
      converter->height == frame->height && converter->format == format &&
      converter->matrix == matrix && converter->range == is_full &&
      converter->chroma == (int)frame->chroma_location)
    return 0;
  sws_freeContext(converter->scaler);
  av_frame_free(&converter->picture);
  converter->scaler = sws_alloc_context();
  converter->picture = av_frame_alloc();
  if (!converter->scaler || !converter->picture) return AVERROR(ENOMEM);
  AVFrame *picture = converter->picture;
  picture->width = converter->width = frame->width;
  picture->height = converter->height = frame->height;
  picture->format = AV_PIX_FMT_RGB24;
  converter->format = format;
  converter->matrix = matrix;
  converter->range = is_full;
  converter->chroma = frame->chroma_location;
  int code = av_frame_get_buffer(picture, 64);
  if (code < 0) return code;
  struct SwsContext *scaler = converter->scaler;
  av_opt_set_int(scaler, "srcw", frame->width, 0);
  av_opt_set_int(scaler, "srch", frame->height, 0);
  av_opt_set_int(scaler, "src_format", format, 0);
  av_opt_set_int(scaler, "dstw", frame->width, 0);
  av_opt_set_int(scaler, "dsth", frame->height, 0);
  av_opt_set_int(scaler, "dst_format", AV_PIX_FMT_RGB24, 0);
  av_opt_set_int(scaler, "sws_flags", SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT |
                                          SWS_FULL_CHR_H_INP, 0);
  place_chroma(scaler, frame, format);
  const int *table = sws_getCoefficients(coefficients(matrix));
  sws_setColorspaceDetails(
      scaler, table, is_full, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
  return sws_init_context(scaler, NULL, NULL);
}

enum cffmpeg_status cffmpeg_converter_read(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, uint8_t *pixels,
    char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  const char *name = av_get_pix_fmt_name(frame->format);
  int code = name && sws_isSupportedInput(frame->format) ? prepare(converter, frame)
                                                         : AVERROR(ENOSYS);
  if (code < 0) {
    sws_freeContext(converter->scaler);
    converter->scaler = NULL;
    snprintf(error, CFFMPEG_ERROR_SIZE, "its pixels of the kind '%s' cannot be converted to RGB",
             name ? name : "unknown");
    return CFFMPEG_FAILED;
  }
  AVFrame *picture = converter->picture;
  sws_scale(converter->scaler, (const uint8_t *const *)frame->data, frame->linesize, 0,
            frame->height, picture->data, picture->linesize);
  size_t row = (size_t)frame->width * 3;
  for (int y = 0; y < frame->height; y++)
    memcpy(pixels + y * row, picture->data[0] + (ptrdiff_t)y * picture->linesize[0], row);
  return CFFMPEG_OK;
}
