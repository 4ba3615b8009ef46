#include "shared.h"

#include <stdlib.h>

struct cffmpeg_writer {
  AVFormatContext *format;
  AVCodecContext *encoder;
  AVStream *stream;
  AVPacket *packet;
  struct cffmpeg_scaler scaler;
  /// The frame in the encoder's format, if that differs.
  AVFrame *converted;
  char *path;
};

static bool can_take(const AVCodec *codec, enum AVPixelFormat format) {
  for (const enum AVPixelFormat *known = codec->pix_fmts; known && *known >= 0; known++)
    if (*known == format) return true;
  return !codec->pix_fmts;
}

/// The format for encoding: the frames' own if the encoder supports it.
static enum AVPixelFormat format_for(const AVCodec *codec, const AVFrame *frame) {
  const AVPixFmtDescriptor *kind = av_pix_fmt_desc_get(frame->format);
  bool is_shared = kind->log2_chroma_w || kind->log2_chroma_h;
  bool is_odd = (frame->width & ((1 << kind->log2_chroma_w) - 1)) ||
                (frame->height & ((1 << kind->log2_chroma_h) - 1));
  // Only FFV1 supports odd sizes with subsampled chroma.
  bool fits = codec->id == AV_CODEC_ID_FFV1 || !is_shared || !is_odd;
  if (fits && can_take(codec, frame->format)) return frame->format;
  if (codec->id == AV_CODEC_ID_FFV1)
    return avcodec_find_best_pix_fmt_of_list(codec->pix_fmts, frame->format, 0, NULL);
  bool has_odd_sides = frame->width % 2 || frame->height % 2;
  if (kind->flags & AV_PIX_FMT_FLAG_RGB || kind->comp[0].depth < 8)
    return has_odd_sides ? AV_PIX_FMT_YUV444P : AV_PIX_FMT_YUV420P;
  if (!fits) return kind->comp[0].depth > 8 ? AV_PIX_FMT_YUV444P10 : AV_PIX_FMT_YUV444P;
  return avcodec_find_best_pix_fmt_of_list(codec->pix_fmts, frame->format, 0, NULL);
}

/// Whether conversion between two formats is lossless.
static bool is_exact(enum AVPixelFormat from, enum AVPixelFormat to) {
  const AVPixFmtDescriptor *a = av_pix_fmt_desc_get(from), *b = av_pix_fmt_desc_get(to);
  const uint64_t colors = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL;
  return from == to ||
         (!(a->flags & colors) == !(b->flags & colors) && !(b->flags & AV_PIX_FMT_FLAG_PAL) &&
          a->log2_chroma_w == b->log2_chroma_w && a->log2_chroma_h == b->log2_chroma_h &&
          a->comp[0].depth == b->comp[0].depth);
}

static void set_options(AVCodecContext *encoder, const struct cffmpeg_encoding *encoding) {
  void *own = encoder->priv_data;
  if (encoding->preset) av_opt_set(own, "preset", encoding->preset, 0);
  if (encoder->codec_id == AV_CODEC_ID_FFV1) {
    encoder->level = 3;
    av_opt_set_int(own, "slicecrc", 1, 0);
  } else if (!encoding->is_lossless) {
    av_opt_set_double(own, "crf", encoding->quality, 0);
  } else if (encoder->codec_id == AV_CODEC_ID_HEVC) {
    av_opt_set(own, "x265-params", "lossless=1:log-level=error", 0);
  } else {
    av_opt_set_int(own, "qp", 0, 0);
  }
  if (encoder->codec_id == AV_CODEC_ID_HEVC && !encoding->is_lossless)
    av_opt_set(own, "x265-params", "log-level=error", 0);
}

static int open_encoder(
    struct cffmpeg_writer *writer, const AVCodec *codec, enum AVPixelFormat format,
    const struct cffmpeg_encoding *encoding, const AVFrame *first) {
  AVCodecContext *encoder = writer->encoder = avcodec_alloc_context3(codec);
  if (!encoder) return AVERROR(ENOMEM);
  encoder->width = first->width;
  encoder->height = first->height;
  encoder->pix_fmt = format;
  encoder->time_base = (AVRational){encoding->time_base.numerator, encoding->time_base.denominator};
  encoder->framerate =
      (AVRational){encoding->frame_rate.numerator, encoding->frame_rate.denominator};
  encoder->sample_aspect_ratio =
      (AVRational){encoding->sample_aspect.numerator, encoding->sample_aspect.denominator};
  encoder->color_range = first->color_range;
  encoder->colorspace = first->colorspace;
  encoder->color_primaries = first->color_primaries;
  encoder->color_trc = first->color_trc;
  encoder->chroma_sample_location = first->chroma_location;
  bool stays_rgb = av_pix_fmt_desc_get(format)->flags & AV_PIX_FMT_FLAG_RGB;
  bool was_rgb = av_pix_fmt_desc_get(first->format)->flags &
                 (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL);
  if (was_rgb && !stays_rgb) {
    AVFrame plain = {.width = first->width, .height = first->height,
                     .colorspace = AVCOL_SPC_UNSPECIFIED};
    encoder->colorspace = cffmpeg_matrix(&plain);
    encoder->color_range = AVCOL_RANGE_MPEG;
    encoder->chroma_sample_location = AVCHROMA_LOC_LEFT;
  }
  // Without B-frames packets are in frame order, and segments join seamlessly.
  encoder->max_b_frames = 0;
  encoder->gop_size = 250;
  encoder->thread_count = encoding->threads;
  encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  set_options(encoder, encoding);
  return avcodec_open2(encoder, codec, NULL);
}

static int open_file(struct cffmpeg_writer *writer, const char *path) {
  int code = avformat_alloc_output_context2(&writer->format, NULL, "nut", NULL);
  if (code < 0) return code;
  writer->stream = avformat_new_stream(writer->format, NULL);
  writer->packet = av_packet_alloc();
  writer->path = av_strdup(path);
  if (!writer->stream || !writer->packet || !writer->path) return AVERROR(ENOMEM);
  code = avcodec_parameters_from_context(writer->stream->codecpar, writer->encoder);
  if (code < 0) return code;
  writer->stream->time_base = writer->encoder->time_base;
  writer->stream->sample_aspect_ratio = writer->encoder->sample_aspect_ratio;
  code = cffmpeg_open_output(writer->format, path);
  if (code < 0) return code;
  return avformat_write_header(writer->format, NULL);
}

static int make_converted(struct cffmpeg_writer *writer, const AVFrame *first) {
  AVCodecContext *encoder = writer->encoder;
  if (encoder->pix_fmt == first->format) return 0;
  AVFrame *converted = writer->converted = av_frame_alloc();
  if (!converted) return AVERROR(ENOMEM);
  converted->width = encoder->width;
  converted->height = encoder->height;
  converted->format = encoder->pix_fmt;
  converted->color_range = encoder->color_range;
  converted->colorspace = encoder->colorspace;
  converted->chroma_location = encoder->chroma_sample_location;
  return av_frame_get_buffer(converted, 0);
}

static enum cffmpeg_status open_writer(
    struct cffmpeg_writer *writer, const char *path, const struct cffmpeg_encoding *encoding,
    const AVFrame *first, char error[CFFMPEG_ERROR_SIZE]) {
  const AVCodec *codec = avcodec_find_encoder_by_name(encoding->encoder);
  if (!codec) {
    snprintf(error, CFFMPEG_ERROR_SIZE, "FFmpeg has no encoder '%s' here", encoding->encoder);
    return CFFMPEG_FAILED;
  }
  enum AVPixelFormat format = format_for(codec, first);
  if (encoding->is_lossless && !is_exact(first->format, format)) {
    snprintf(error, CFFMPEG_ERROR_SIZE,
             "pixels of the kind '%s' cannot be kept exactly by %s; ask for the codec ffv1 and a "
             "name in .mkv", av_get_pix_fmt_name(first->format), encoding->encoder);
    return CFFMPEG_FAILED;
  }
  int code = open_encoder(writer, codec, format, encoding, first);
  if (code >= 0) code = make_converted(writer, first);
  if (code >= 0) code = open_file(writer, path);
  return code < 0 ? cffmpeg_failed(code, error) : CFFMPEG_OK;
}

enum cffmpeg_status cffmpeg_writer_open(
    const char *path, const struct cffmpeg_encoding *encoding, const struct AVFrame *first,
    struct cffmpeg_writer **result, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  struct cffmpeg_writer *writer = calloc(1, sizeof *writer);
  if (!writer) return cffmpeg_refused("there is no memory left", error);
  enum cffmpeg_status status = open_writer(writer, path, encoding, first, error);
  if (status == CFFMPEG_OK)
    *result = writer;
  else
    cffmpeg_writer_close(writer);
  return status;
}

/// Writes the packets that the encoder has finished.
static int drain(struct cffmpeg_writer *writer) {
  for (;;) {
    int code = avcodec_receive_packet(writer->encoder, writer->packet);
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return 0;
    if (code < 0) return code;
    av_packet_rescale_ts(
        writer->packet, writer->encoder->time_base, writer->stream->time_base);
    writer->packet->stream_index = 0;
    code = av_write_frame(writer->format, writer->packet);
    av_packet_unref(writer->packet);
    if (code < 0) return code;
  }
}

static int encode(struct cffmpeg_writer *writer, const AVFrame *frame, int64_t timestamp) {
  AVFrame *given = av_frame_alloc();
  if (!given) return AVERROR(ENOMEM);
  int code = 0;
  if (frame->format != writer->encoder->pix_fmt) {
    if (!writer->converted) code = make_converted(writer, frame);
    // The encoder may still reference the last frame.
    if (code >= 0) code = av_frame_make_writable(writer->converted);
    if (code >= 0) code = cffmpeg_scale(&writer->scaler, frame, writer->converted);
    if (code >= 0) code = av_frame_ref(given, writer->converted);
  } else {
    code = av_frame_ref(given, frame);
  }
  given->pts = timestamp;
  given->pict_type = AV_PICTURE_TYPE_NONE;
  if (code >= 0) code = avcodec_send_frame(writer->encoder, given);
  av_frame_free(&given);
  return code < 0 ? code : drain(writer);
}

enum cffmpeg_status cffmpeg_writer_write(
    struct cffmpeg_writer *writer, const struct AVFrame *frame, int64_t timestamp,
    char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  int code = encode(writer, frame, timestamp);
  return code < 0 ? cffmpeg_failed(code, error) : CFFMPEG_OK;
}

enum cffmpeg_status cffmpeg_writer_finish(
    struct cffmpeg_writer *writer, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  int code = avcodec_send_frame(writer->encoder, NULL);
  if (code >= 0) code = drain(writer);
  if (code >= 0) code = av_write_trailer(writer->format);
  if (code >= 0) code = cffmpeg_close_output(writer->format, writer->path);
  return code < 0 ? cffmpeg_failed(code, error) : CFFMPEG_OK;
}

void cffmpeg_writer_close(struct cffmpeg_writer *writer) {
  if (!writer) return;
  if (writer->format) {
    avio_closep(&writer->format->pb);
    avformat_free_context(writer->format);
  }
  avcodec_free_context(&writer->encoder);
  av_packet_free(&writer->packet);
  av_frame_free(&writer->converted);
  sws_freeContext(writer->scaler.context);
  av_free(writer->path);
  free(writer);
}
