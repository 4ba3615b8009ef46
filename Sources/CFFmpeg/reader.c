#include "shared.h"

#include <stdlib.h>

/// The most frames between a frame and those that are decoded before it but shown after it.
#define MOST_REORDERED 32

struct cffmpeg_reader {
  AVFormatContext *format;
  AVCodecContext *decoder;
  AVStream *stream;
  AVPacket *packet;
  /// The time stamp of the start, which counts as 0.
  int64_t start;
  /// The time stamp of the last frame, from `start`.
  int64_t last;
  /// Frames before this one are skipped.
  int64_t wanted;
  /// After the next frame, those of this time are skipped, too.
  int64_t gap;
  /// The times of the last packets that the decoder was fed, from `start`; INT64_MIN for none.
  int64_t fed[MOST_REORDERED];
  unsigned next_fed;
  /// Where the last jump was to begin, until it is known that it did; INT64_MIN for none.
  int64_t jumped;
  /// The time stamp of the last packet of the picture; INT64_MIN before the first.
  int64_t sent;
  /// The default duration of a frame.
  int64_t step;
  /// The end times, in seconds, of the packets of the picture and of any stream so far.
  double picture_end, any_end;
  int64_t damages;
  bool drained, ends_damaged;
};

/// Formats that FFmpeg treats as videos but are not, or that refer to other files.
static bool is_foreign(const char *name) {
  static const char *const foreign[] = {"tty", "bin", "xbin", "adf", "idf", "concat", "image2"};
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
    if (!strcmp(name, foreign[i])) return true;
  // Single pictures: png_pipe, jpeg_pipe and so on.
  const char *end = strstr(name, "_pipe");
  return end && !end[5];
}

static int open_decoder(struct cffmpeg_reader *reader, const AVCodec *codec, int32_t threads) {
  reader->decoder = avcodec_alloc_context3(codec);
  reader->packet = av_packet_alloc();
  if (!reader->decoder || !reader->packet) return AVERROR(ENOMEM);
  int code = avcodec_parameters_to_context(reader->decoder, reader->stream->codecpar);
  if (code < 0) return code;
  reader->decoder->pkt_timebase = reader->stream->time_base;
  reader->decoder->thread_count = threads;
  reader->decoder->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  reader->decoder->max_pixels = CFFMPEG_MOST_PIXELS;
  return avcodec_open2(reader->decoder, codec, NULL);
}

static void forget_fed(struct cffmpeg_reader *reader) {
  for (int k = 0; k < MOST_REORDERED; k++) reader->fed[k] = INT64_MIN;
}

static enum cffmpeg_status open_reader(
    struct cffmpeg_reader *reader, const char *path, int32_t threads,
    struct cffmpeg_description *description, char error[CFFMPEG_ERROR_SIZE]) {
  int code = cffmpeg_open_input(&reader->format, path);
  if (code < 0) return cffmpeg_failed(code, error);
  if (is_foreign(reader->format->iformat->name)) {
    snprintf(error, CFFMPEG_ERROR_SIZE, "it looks like a file of the kind '%s'",
             reader->format->iformat->long_name ? reader->format->iformat->long_name
                                                : reader->format->iformat->name);
    return CFFMPEG_FAILED;
  }
  code = avformat_find_stream_info(reader->format, NULL);
  if (code < 0) return cffmpeg_failed(code, error);
  reader->stream = cffmpeg_picture_stream(reader->format);
  if (!reader->stream) {
    description->sounds = cffmpeg_streams_of(reader->format, AVMEDIA_TYPE_AUDIO);
    return CFFMPEG_NO_VIDEO;
  }
  cffmpeg_describe(reader->format, reader->stream, description);
  AVCodecParameters *parameters = reader->stream->codecpar;
  if (parameters->width <= 0 || parameters->height <= 0)
    return cffmpeg_refused("the size of its picture cannot be found out", error);
  if (!cffmpeg_admits(parameters->width, parameters->height)) return CFFMPEG_TOO_LARGE;
  if (reader->stream->time_base.num <= 0 || reader->stream->time_base.den <= 0)
    return cffmpeg_refused("it says nothing about time", error);
  const AVCodec *codec = avcodec_find_decoder(parameters->codec_id);
  if (!codec) {
    snprintf(error, CFFMPEG_ERROR_SIZE, "FFmpeg has no decoder for '%s' here",
             avcodec_get_name(parameters->codec_id));
    return CFFMPEG_FAILED;
  }
  code = open_decoder(reader, codec, threads);
  if (code < 0) return cffmpeg_failed(code, error);
  reader->start = reader->stream->start_time != AV_NOPTS_VALUE ? reader->stream->start_time : 0;
  reader->last = reader->wanted = reader->sent = reader->jumped = INT64_MIN;
  forget_fed(reader);
  AVRational rate = av_guess_frame_rate(reader->format, reader->stream, NULL);
  reader->step = rate.num > 0 ? av_rescale_q(1, av_inv_q(rate), reader->stream->time_base) : 1;
  if (reader->step < 1) reader->step = 1;
  return CFFMPEG_OK;
}

enum cffmpeg_status cffmpeg_reader_open(
    const char *path, int32_t threads, struct cffmpeg_reader **result,
    struct cffmpeg_description *description, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  memset(description, 0, sizeof *description);
  struct cffmpeg_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return cffmpeg_refused("there is no memory left", error);
  enum cffmpeg_status status = open_reader(reader, path, threads, description, error);
  if (status == CFFMPEG_OK)
    *result = reader;
  else
    cffmpeg_reader_close(reader);
  return status;
}

void cffmpeg_reader_close(struct cffmpeg_reader *reader) {
  if (!reader) return;
  avcodec_free_context(&reader->decoder);
  avformat_close_input(&reader->format);
  av_packet_free(&reader->packet);
  free(reader);
}

int64_t cffmpeg_reader_damages(const struct cffmpeg_reader *reader) { return reader->damages; }

/// Records the end time.
static void note_end(struct cffmpeg_reader *reader) {
  const AVPacket *packet = reader->packet;
  const AVStream *stream = reader->format->streams[packet->stream_index];
  bool is_picture = packet->stream_index == reader->stream->index;
  if (is_picture) reader->ends_damaged = packet->flags & AV_PKT_FLAG_CORRUPT;
  int64_t shown = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
  if (shown == AV_NOPTS_VALUE) return;
  double end = (double)shown + (double)(packet->duration > 0 ? packet->duration : 0);
  end = (end - (double)reader->start * av_q2d(reader->stream->time_base) /
                   av_q2d(stream->time_base)) * av_q2d(stream->time_base);
  if (is_picture && end > reader->picture_end) reader->picture_end = end;
  if (end > reader->any_end) reader->any_end = end;
}

/// Records how far the decoder has been fed.
static void note_sent(struct cffmpeg_reader *reader) {
  const AVPacket *packet = reader->packet;
  if (packet->dts != AV_NOPTS_VALUE) reader->sent = packet->dts;
  // Some indices hold the times at which keyframes are shown.
  if (packet->flags & AV_PKT_FLAG_KEY && packet->pts != AV_NOPTS_VALUE &&
      packet->pts > reader->sent)
    reader->sent = packet->pts;
}

/// Whether a frame shown at `shown`, from the start, is to be handed out, as far as the packets tell that
/// were fed: one that no other frame refers to comes after all that are shown before it.
static bool is_wanted(const struct cffmpeg_reader *reader, int64_t shown) {
  if (shown < reader->wanted) return false;
  int64_t first = INT64_MAX;
  for (int k = 0; k < MOST_REORDERED; k++)
    if (reader->fed[k] >= reader->wanted && reader->fed[k] < first) first = reader->fed[k];
  return reader->gap == 0 || shown <= first || shown - first >= reader->gap;
}

/// Sends the next packet to the decoder, or the end of the stream.
static void feed(struct cffmpeg_reader *reader) {
  for (;;) {
    if (av_read_frame(reader->format, reader->packet) < 0) {
      reader->drained = true;
      avcodec_send_packet(reader->decoder, NULL);
      return;
    }
    note_end(reader);
    bool is_picture = reader->packet->stream_index == reader->stream->index;
    int code = 0;
    if (is_picture) {
      note_sent(reader);
      // A frame that is skipped is decoded only if others refer to it.
      int64_t shown = reader->packet->pts;
      bool is_unknown = shown == AV_NOPTS_VALUE;
      if (!is_unknown) shown -= reader->start;
      reader->decoder->skip_frame =
          is_unknown || is_wanted(reader, shown) ? AVDISCARD_DEFAULT : AVDISCARD_NONREF;
      if (!is_unknown) reader->fed[reader->next_fed++ % MOST_REORDERED] = shown;
      code = avcodec_send_packet(reader->decoder, reader->packet);
    }
    av_packet_unref(reader->packet);
    if (code < 0 && code != AVERROR_EOF) reader->damages++;
    if (is_picture) return;
  }
}

/// Whether the file ended too early.
static enum cffmpeg_status ending(
    const struct cffmpeg_reader *reader, char error[CFFMPEG_ERROR_SIZE]) {
  const AVStream *stream = reader->stream;
  const AVFormatContext *format = reader->format;
  double frame = reader->step * av_q2d(stream->time_base);
  double promised, reached, slack;
  if (stream->duration != AV_NOPTS_VALUE && stream->duration > 0) {
    promised = stream->duration * av_q2d(stream->time_base);
    reached = reader->picture_end;
    slack = 0.1 + 2 * frame;
  } else if (format->duration != AV_NOPTS_VALUE &&
             format->duration_estimation_method == AVFMT_DURATION_FROM_STREAM) {
    promised = format->duration / (double)AV_TIME_BASE;
    reached = reader->any_end;
    slack = 1 + 2 * frame;
  } else {
    promised = reached = slack = 0;
  }
  if (reached + slack >= promised && !reader->ends_damaged) return CFFMPEG_END;
  cffmpeg_refused("it ends before its last frame", error);
  return CFFMPEG_TRUNCATED;
}

static void stamp(
    struct cffmpeg_reader *reader, const AVFrame *frame, int64_t *timestamp, int64_t *duration) {
  int64_t shown = frame->best_effort_timestamp;
  int64_t following = reader->last == INT64_MIN ? 0 : reader->last + reader->step;
  shown = shown == AV_NOPTS_VALUE ? following : shown - reader->start;
  if (reader->last != INT64_MIN && shown <= reader->last) shown = reader->last + 1;
  reader->last = shown;
  *timestamp = shown;
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
  *duration = frame->duration;
#else
  *duration = frame->pkt_duration;
#endif
  if (*duration <= 0) *duration = reader->step;
}

/// Jumps to the last keyframe before `timestamp`; an FFmpeg code.
static int jump(struct cffmpeg_reader *reader, int64_t timestamp) {
  int code = av_seek_frame(
      reader->format, reader->stream->index, reader->start + timestamp, AVSEEK_FLAG_BACKWARD);
  if (code < 0) return code;
  avcodec_flush_buffers(reader->decoder);
  reader->last = reader->sent = INT64_MIN;
  forget_fed(reader);
  reader->drained = false;
  reader->jumped = timestamp;
  return 0;
}

/// Jumps again, from earlier on, if a jump ended after its target: formats without an index are
/// searched for a time, not for a keyframe.
static bool is_behind(struct cffmpeg_reader *reader, int64_t timestamp) {
  int64_t from = reader->jumped;
  reader->jumped = INT64_MIN;
  // No frame is missing if less than one lies between.
  if (from == INT64_MIN || timestamp < reader->wanted + reader->step) return false;
  int64_t second = av_rescale_q(1, (AVRational){1, 1}, reader->stream->time_base);
  int64_t back = 2 * (reader->wanted - from) + second;
  // A jump before the start ends there.
  return from >= -second && jump(reader, reader->wanted - back) >= 0;
}

enum cffmpeg_status cffmpeg_reader_next(
    struct cffmpeg_reader *reader, struct AVFrame **result, int64_t *timestamp,
    int64_t *duration, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  AVFrame *frame = av_frame_alloc();
  if (!frame) return cffmpeg_refused("there is no memory left", error);
  for (;;) {
    int code = avcodec_receive_frame(reader->decoder, frame);
    if (code == AVERROR_EOF || (code < 0 && reader->drained)) {
      // A jump behind the last keyframe gives no frame.
      if (is_behind(reader, INT64_MAX)) continue;
      av_frame_free(&frame);
      return ending(reader, error);
    }
    if (code < 0) {
      if (code != AVERROR(EAGAIN)) reader->damages++;
      feed(reader);
      continue;
    }
    stamp(reader, frame, timestamp, duration);
    if (is_behind(reader, *timestamp)) {
      av_frame_unref(frame);
      continue;
    }
    if (*timestamp < reader->wanted) {
      av_frame_unref(frame);
      continue;
    }
    break;
  }
  const AVCodecParameters *first = reader->stream->codecpar;
  if (frame->width != first->width || frame->height != first->height) {
    snprintf(error, CFFMPEG_ERROR_SIZE, "its picture changes from %dx%d to %dx%d pixels",
             first->width, first->height, frame->width, frame->height);
    av_frame_free(&frame);
    return CFFMPEG_FAILED;
  }
  *result = frame;
  return CFFMPEG_OK;
}

/// Whether decoding on reaches a frame ahead as soon as seeking does, because the file's index has no
/// keyframe between.
static bool is_near(const struct cffmpeg_reader *reader, int64_t timestamp) {
  if (reader->last == INT64_MIN || timestamp <= reader->last || reader->drained) return false;
  // An index may hold the times at which frames are decoded, which is some frames earlier.
  int64_t decoded = timestamp - (reader->decoder->has_b_frames + 1) * reader->step;
  int index = av_index_search_timestamp(
      reader->stream, reader->start + decoded, AVSEEK_FLAG_BACKWARD);
  const AVIndexEntry *entry = index < 0 ? NULL : avformat_index_get_entry(reader->stream, index);
  return entry && entry->timestamp <= reader->sent;
}

enum cffmpeg_status cffmpeg_reader_seek(
    struct cffmpeg_reader *reader, int64_t timestamp, int64_t gap,
    char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  reader->gap = gap;
  if (is_near(reader, timestamp)) {
    reader->wanted = timestamp;
    return CFFMPEG_OK;
  }
  // If seeking is impossible, reading up to the target may work.
  bool is_ahead = reader->last == INT64_MIN || timestamp > reader->last;
  int code = jump(reader, timestamp);
  if (code < 0 && !is_ahead) return cffmpeg_failed(code, error);
  reader->wanted = timestamp;
  return CFFMPEG_OK;
}

enum cffmpeg_status cffmpeg_reader_skip(
    struct cffmpeg_reader *reader, int64_t timestamp, bool *jumped,
    char error[CFFMPEG_ERROR_SIZE]) {
  *jumped = false;
  int index = av_index_search_timestamp(
      reader->stream, reader->start + timestamp, AVSEEK_FLAG_BACKWARD);
  const AVIndexEntry *entry =
      index < 0 ? NULL : avformat_index_get_entry(reader->stream, index);
  // Frames between are in the decoder already; a key frame must be some way ahead of them.
  int64_t margin = 8 * reader->step;
  if (!entry || reader->last == INT64_MIN) return CFFMPEG_OK;
  if (entry->timestamp - reader->start <= reader->last + margin) return CFFMPEG_OK;
  *jumped = true;
  return cffmpeg_reader_seek(reader, timestamp, 0, error);
}
