#include "shared.h"

#include <stdlib.h>

/// The state of one decoding.
struct decoding {
  AVCodecContext *decoder;
  AVPacket *packet;
  AVFrame *frame, *rgb;
  struct cffmpeg_scaler scaler;
  int64_t most_pixels;
  int32_t longest_side;
  bool is_too_large;
  struct cffmpeg_picture *picture;
};

static void clear(struct decoding *decoding) {
  avcodec_free_context(&decoding->decoder);
  av_packet_free(&decoding->packet);
  av_frame_free(&decoding->frame);
  av_frame_free(&decoding->rgb);
  sws_freeContext(decoding->scaler.context);
}

/// Decoders ask for memory once they know the size.
static int admit(AVCodecContext *decoder, AVFrame *frame, int flags) {
  struct decoding *decoding = decoder->opaque;
  if (frame->width > decoding->longest_side || frame->height > decoding->longest_side ||
      (int64_t)frame->width * frame->height > decoding->most_pixels) {
    decoding->is_too_large = true;
    decoding->picture->width = frame->width;
    decoding->picture->height = frame->height;
    return AVERROR(EFBIG);
  }
  return avcodec_default_get_buffer2(decoder, frame, flags);
}

static int decode(
    struct decoding *decoding, const AVCodec *codec, const uint8_t *bytes, size_t size) {
  AVCodecContext *decoder = decoding->decoder = avcodec_alloc_context3(codec);
  decoding->packet = av_packet_alloc();
  decoding->frame = av_frame_alloc();
  if (!decoder || !decoding->packet || !decoding->frame) return AVERROR(ENOMEM);
  decoder->opaque = decoding;
  decoder->get_buffer2 = admit;
  // Files are decoded side by side.
  decoder->thread_count = 1;
  decoder->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_CAREFUL;
  // To TIFF's decoder a tag that it does not know is an error, too.
  if (codec->id != AV_CODEC_ID_TIFF) decoder->err_recognition |= AV_EF_EXPLODE;
  int code = avcodec_open2(decoder, codec, NULL);
  if (code >= 0) code = av_new_packet(decoding->packet, (int)size);
  if (code < 0) return code;
  memcpy(decoding->packet->data, bytes, size);
  decoding->packet->flags |= AV_PKT_FLAG_KEY;
  code = avcodec_send_packet(decoder, decoding->packet);
  if (code >= 0) code = avcodec_send_packet(decoder, NULL);
  if (code >= 0) code = avcodec_receive_frame(decoder, decoding->frame);
  if (code >= 0 && decoding->frame->decode_error_flags) return AVERROR_INVALIDDATA;
  return code == AVERROR_EOF ? AVERROR_INVALIDDATA : code;
}

/// Sets the colors that picture formats prescribe where the decoder leaves them open.
static void settle_colors(AVFrame *frame) {
  const AVPixFmtDescriptor *kind = av_pix_fmt_desc_get(frame->format);
  bool is_yuv = !(kind->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) &&
                kind->nb_components >= 3;
  if (frame->colorspace == AVCOL_SPC_UNSPECIFIED || frame->colorspace == AVCOL_SPC_RESERVED)
    frame->colorspace = AVCOL_SPC_SMPTE170M;
  if (!is_yuv || frame->color_range == AVCOL_RANGE_UNSPECIFIED)
    frame->color_range = AVCOL_RANGE_JPEG;
  if (is_yuv && frame->chroma_location == AVCHROMA_LOC_UNSPECIFIED)
    frame->chroma_location = AVCHROMA_LOC_CENTER;
}

static int convert(struct decoding *decoding) {
  AVFrame *frame = decoding->frame;
  const AVPixFmtDescriptor *kind = av_pix_fmt_desc_get(frame->format);
  if (!kind) return AVERROR_INVALIDDATA;
  settle_colors(frame);
  struct cffmpeg_picture *picture = decoding->picture;
  picture->width = frame->width;
  picture->height = frame->height;
  picture->has_alpha = kind->flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL);
  AVFrame *rgb = decoding->rgb = av_frame_alloc();
  if (!rgb) return AVERROR(ENOMEM);
  rgb->width = frame->width;
  rgb->height = frame->height;
  rgb->format = picture->has_alpha ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
  rgb->color_range = AVCOL_RANGE_JPEG;
  rgb->colorspace = AVCOL_SPC_RGB;
  int code = av_frame_get_buffer(rgb, 0);
  if (code >= 0) code = cffmpeg_scale(&decoding->scaler, frame, rgb);
  if (code < 0) return code;
  size_t row = (size_t)frame->width * (picture->has_alpha ? 4 : 3);
  picture->pixels = malloc(row * frame->height);
  if (!picture->pixels) return AVERROR(ENOMEM);
  for (int y = 0; y < frame->height; y++)
    memcpy(picture->pixels + y * row, rgb->data[0] + (ptrdiff_t)y * rgb->linesize[0], row);
  const AVFrameSideData *profile = av_frame_get_side_data(frame, AV_FRAME_DATA_ICC_PROFILE);
  if (!profile) return 0;
  picture->profile = malloc(profile->size);
  if (!picture->profile) return AVERROR(ENOMEM);
  memcpy(picture->profile, profile->data, profile->size);
  picture->profile_size = profile->size;
  return 0;
}

enum cffmpeg_status cffmpeg_picture_decode(
    const char *decoder, const uint8_t *bytes, size_t size, int64_t most_pixels,
    int32_t longest_side, struct cffmpeg_picture *picture, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  *picture = (struct cffmpeg_picture){0};
  const AVCodec *codec = avcodec_find_decoder_by_name(decoder);
  if (!codec) {
    snprintf(error, CFFMPEG_ERROR_SIZE, "FFmpeg has no decoder '%s' here", decoder);
    return CFFMPEG_UNSUPPORTED;
  }
  struct decoding decoding = {
      .most_pixels = most_pixels, .longest_side = longest_side, .picture = picture};
  int code = decode(&decoding, codec, bytes, size);
  if (code >= 0) code = convert(&decoding);
  clear(&decoding);
  if (code >= 0) return CFFMPEG_OK;
  int32_t width = picture->width, height = picture->height;
  cffmpeg_picture_clear(picture);
  if (decoding.is_too_large) {
    picture->width = width;
    picture->height = height;
    return CFFMPEG_TOO_LARGE;
  }
  cffmpeg_failed(code, error);
  return code == AVERROR_PATCHWELCOME || code == AVERROR(ENOSYS) ? CFFMPEG_UNSUPPORTED
                                                                 : CFFMPEG_FAILED;
}

void cffmpeg_picture_clear(struct cffmpeg_picture *picture) {
  free(picture->pixels);
  free(picture->profile);
  *picture = (struct cffmpeg_picture){0};
}
