#include "shared.h"

enum AVColorSpace cffmpeg_matrix(const AVFrame *frame) {
  if (frame->colorspace != AVCOL_SPC_UNSPECIFIED && frame->colorspace != AVCOL_SPC_RESERVED)
    return frame->colorspace;
  return frame->width >= 1280 || frame->height > 576 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

/// The yuvj… formats are the plain ones with full range.
static int plain_format(int format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P: return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P: return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P: return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P: return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P: return AV_PIX_FMT_YUV411P;
    default: return format;
  }
}

bool cffmpeg_is_full(const AVFrame *frame) {
  return frame->color_range == AVCOL_RANGE_JPEG || plain_format(frame->format) != frame->format;
}

int cffmpeg_coefficients(enum AVColorSpace matrix) {
  switch (matrix) {
    case AVCOL_SPC_BT709: return SWS_CS_ITU709;
    case AVCOL_SPC_FCC: return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M: return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL: return SWS_CS_BT2020;
    default: return SWS_CS_ITU601;
  }
}

/// The chroma location, in 256ths of a pixel; H.264's is left.
static void place_chroma(
    struct SwsContext *context, const AVFrame *frame, const char *across, const char *down) {
  const AVPixFmtDescriptor *kind = av_pix_fmt_desc_get(frame->format);
  enum AVChromaLocation place = frame->chroma_location;
  bool is_middle = place == AVCHROMA_LOC_CENTER || place == AVCHROMA_LOC_TOP;
  bool is_top = place == AVCHROMA_LOC_TOPLEFT || place == AVCHROMA_LOC_TOP;
  if (kind->log2_chroma_w == 1) av_opt_set_int(context, across, is_middle ? 128 : 0, 0);
  if (kind->log2_chroma_h == 1) av_opt_set_int(context, down, is_top ? 0 : 128, 0);
}

static int make_context(struct cffmpeg_scaler *scaler, const AVFrame *from, const AVFrame *to) {
  sws_freeContext(scaler->context);
  struct SwsContext *context = scaler->context = sws_alloc_context();
  if (!context) return AVERROR(ENOMEM);
  av_opt_set_int(context, "srcw", from->width, 0);
  av_opt_set_int(context, "srch", from->height, 0);
  av_opt_set_int(context, "src_format", plain_format(from->format), 0);
  av_opt_set_int(context, "dstw", to->width, 0);
  av_opt_set_int(context, "dsth", to->height, 0);
  av_opt_set_int(context, "dst_format", plain_format(to->format), 0);
  bool is_resized = from->width != to->width || from->height != to->height;
  int exact = SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
  av_opt_set_int(context, "sws_flags", is_resized ? SWS_AREA : exact, 0);
  place_chroma(context, from, "src_h_chr_pos", "src_v_chr_pos");
  place_chroma(context, to, "dst_h_chr_pos", "dst_v_chr_pos");
  sws_setColorspaceDetails(
      context, sws_getCoefficients(cffmpeg_coefficients(cffmpeg_matrix(from))), cffmpeg_is_full(from),
      sws_getCoefficients(cffmpeg_coefficients(cffmpeg_matrix(to))), cffmpeg_is_full(to), 0, 1 << 16,
      1 << 16);
  int code = sws_init_context(context, NULL, NULL);
  if (code < 0) {
    sws_freeContext(context);
    scaler->context = NULL;
  }
  return code;
}

int cffmpeg_scale(struct cffmpeg_scaler *scaler, const AVFrame *from, AVFrame *to) {
  if (!av_pix_fmt_desc_get(from->format) || !sws_isSupportedInput(from->format) ||
      !sws_isSupportedOutput(to->format))
    return AVERROR(ENOSYS);
  int key[12] = {from->width, from->height, from->format, cffmpeg_matrix(from),
                 cffmpeg_is_full(from), from->chroma_location, to->width, to->height, to->format,
                 cffmpeg_matrix(to), cffmpeg_is_full(to), to->chroma_location};
  if (!scaler->context || memcmp(key, scaler->key, sizeof key)) {
    int code = make_context(scaler, from, to);
    if (code < 0) return code;
    memcpy(scaler->key, key, sizeof key);
  }
  int rows = sws_scale(scaler->context, (const uint8_t *const *)from->data, from->linesize, 0,
                       from->height, to->data, to->linesize);
  return rows < 0 ? rows : 0;
}
