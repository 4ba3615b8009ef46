#include "shared.h"

#include <stdlib.h>

/// The state of one conversion.
struct still {
  AVCodecContext *encoder, *decoder;
  AVPacket *packet;
  AVFrame *frame, *decoded;
  struct cffmpeg_converter *converter;
  /// The picture padded to even sides, before and after.
  uint8_t *pixels;
};

static void clear(struct still *still) {
  avcodec_free_context(&still->encoder);
  avcodec_free_context(&still->decoder);
  av_packet_free(&still->packet);
  cffmpeg_frame_free(still->frame);
  av_frame_free(&still->decoded);
  cffmpeg_converter_free(still->converter);
  free(still->pixels);
}

static int open_encoder(struct still *still, int32_t quantizer, int32_t interval) {
  const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
  if (!codec) return AVERROR_ENCODER_NOT_FOUND;
  AVCodecContext *encoder = still->encoder = avcodec_alloc_context3(codec);
  if (!encoder) return AVERROR(ENOMEM);
  encoder->width = still->frame->width;
  encoder->height = still->frame->height;
  encoder->pix_fmt = still->frame->format;
  encoder->time_base = (AVRational){1, 25};
  encoder->color_range = still->frame->color_range;
  encoder->colorspace = still->frame->colorspace;
  encoder->chroma_sample_location = still->frame->chroma_location;
  encoder->thread_count = 1;
  encoder->max_b_frames = 0;
  if (interval > 0) encoder->gop_size = interval;
  av_opt_set(encoder->priv_data, "preset", "veryfast", 0);
  // No lookahead: the frame is returned immediately.
  av_opt_set(encoder->priv_data, "tune", "zerolatency", 0);
  av_opt_set_int(encoder->priv_data, "qp", quantizer, 0);
  // Otherwise x264 subtracts three from the quantizer of keyframes.
  av_opt_set(encoder->priv_data, "x264-params", "ipratio=1:sliced-threads=0", 0);
  return avcodec_open2(encoder, codec, NULL);
}

static int open_decoder(struct still *still) {
  const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_H264);
  if (!codec) return AVERROR_DECODER_NOT_FOUND;
  AVCodecContext *decoder = still->decoder = avcodec_alloc_context3(codec);
  if (!decoder) return AVERROR(ENOMEM);
  decoder->thread_count = 1;
  return avcodec_open2(decoder, codec, NULL);
}

/// Encodes a frame and decodes it into `decoded`.
static int recode(struct still *still) {
  int code = avcodec_send_frame(still->encoder, still->frame);
  if (code >= 0) code = avcodec_receive_packet(still->encoder, still->packet);
  if (code >= 0) code = avcodec_send_packet(still->decoder, still->packet);
  av_packet_unref(still->packet);
  return code < 0 ? code : avcodec_receive_frame(still->decoder, still->decoded);
}

/// Copies a picture into one with even sides; the padding repeats the last pixel.
static void widen(
    const uint8_t *source, int32_t width, int32_t height, uint8_t *target, int32_t even_width,
    int32_t even_height) {
  for (int32_t y = 0; y < even_height; y++) {
    const uint8_t *from = source + (size_t)(y < height ? y : height - 1) * width * 3;
    uint8_t *row = target + (size_t)y * even_width * 3;
    memcpy(row, from, (size_t)width * 3);
    if (even_width > width) memcpy(row + (size_t)width * 3, from + (size_t)(width - 1) * 3, 3);
  }
}

/// Makes the still's frame of its pixels.
static enum cffmpeg_status load(struct still *still, int32_t width, int32_t height, char *error) {
  cffmpeg_frame_free(still->frame);
  still->frame = NULL;
  return cffmpeg_frame_make(still->pixels, width, height, "yuv420p", false, &still->frame, error);
}

static enum cffmpeg_status open(
    struct still *still, int32_t quantizer, int32_t interval, char *error) {
  still->packet = av_packet_alloc();
  still->decoded = av_frame_alloc();
  still->converter = cffmpeg_converter_make();
  if (!still->packet || !still->decoded || !still->converter)
    return cffmpeg_refused("there is no memory left", error);
  int code = open_encoder(still, quantizer, interval);
  if (code >= 0) code = open_decoder(still);
  return code < 0 ? cffmpeg_failed(code, error) : CFFMPEG_OK;
}

/// Reads the decoded frame, and copies it without the padding.
static enum cffmpeg_status keep(
    struct still *still, int32_t width, int32_t height, uint8_t *target, char *error) {
  enum cffmpeg_status status =
      cffmpeg_converter_read(still->converter, still->decoded, still->pixels, error);
  int32_t even_width = width + width % 2;
  for (int32_t y = 0; status == CFFMPEG_OK && y < height; y++)
    memcpy(target + (size_t)y * width * 3, still->pixels + (size_t)y * even_width * 3,
           (size_t)width * 3);
  return status;
}

enum cffmpeg_status cffmpeg_through_h264(
    const uint8_t *source, int32_t count, int32_t kept, int32_t width, int32_t height,
    int32_t quantizer, int32_t interval, uint8_t *target, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  int32_t even_width = width + width % 2, even_height = height + height % 2;
  size_t size = (size_t)width * height * 3;
  struct still still = {.pixels = malloc((size_t)even_width * even_height * 3)};
  if (!still.pixels) return cffmpeg_refused("there is no memory left", error);
  enum cffmpeg_status status = CFFMPEG_OK;
  for (int32_t number = 0; status == CFFMPEG_OK && number < count; number++) {
    widen(source + number * size, width, height, still.pixels, even_width, even_height);
    status = load(&still, even_width, even_height, error);
    if (status == CFFMPEG_OK && number == 0) status = open(&still, quantizer, interval, error);
    if (status != CFFMPEG_OK) break;
    still.frame->pts = number;
    int code = recode(&still);
    if (code < 0) {
      status = cffmpeg_failed(code, error);
    } else if (number >= count - kept) {
      status = keep(&still, width, height, target + (number - (count - kept)) * size, error);
    }
  }
  clear(&still);
  return status;
}
