#include "shared.h"

/// The pictures of some segments, one after the other.
struct pictures {
  const struct cffmpeg_joining *joining;
  int32_t next_segment;
  AVFormatContext *format;
  AVRational time_base;
  /// The packet after the one that is given: it says how long that one is shown.
  AVPacket *following;
  bool has_following;
  int64_t last_duration;
};

struct join {
  struct pictures pictures;
  AVFormatContext *source, *output;
  /// The source's own picture, which is not copied; -1 without a source.
  int source_picture;
  /// Where each stream of the source goes; -1 for nowhere.
  int *targets;
  /// Added to the pictures' time stamps, in their time base.
  int64_t shift;
  AVPacket *picture, *other;
};

static const AVOutputFormat *container_of(const char *name) {
  return av_guess_format(NULL, name, NULL);
}

static bool is_copied(const AVStream *stream) {
  enum AVMediaType type = stream->codecpar->codec_type;
  return type == AVMEDIA_TYPE_AUDIO || type == AVMEDIA_TYPE_SUBTITLE;
}

static enum cffmpeg_status check_streams(
    const AVOutputFormat *container, const AVFormatContext *source,
    char error[CFFMPEG_ERROR_SIZE]) {
  for (unsigned i = 0; i < source->nb_streams; i++) {
    const AVCodecParameters *parameters = source->streams[i]->codecpar;
    if (!is_copied(source->streams[i]) ||
        avformat_query_codec(container, parameters->codec_id, FF_COMPLIANCE_NORMAL) == 1)
      continue;
    snprintf(error, CFFMPEG_ERROR_SIZE,
             "its kind of file (%s) cannot hold the %s of the input, which is '%s'; take a name "
             "in .mkv, which holds nearly all", container->name,
             parameters->codec_type == AVMEDIA_TYPE_AUDIO ? "sound" : "subtitles",
             avcodec_get_name(parameters->codec_id));
    return CFFMPEG_FAILED;
  }
  return CFFMPEG_OK;
}

static enum cffmpeg_status check_container(
    const char *name, enum AVCodecID codec, char error[CFFMPEG_ERROR_SIZE]) {
  const AVOutputFormat *container = container_of(name);
  // Those that keep the time of each frame.
  static const char *const known[] = {"mp4", "mov", "ipod", "matroska", "nut"};
  bool is_known = false;
  for (size_t i = 0; container && i < sizeof known / sizeof *known; i++)
    is_known |= !strcmp(container->name, known[i]);
  if (!is_known)
    return cffmpeg_refused("its name must end with .mp4, .mov, .m4v or .mkv", error);
  if (avformat_query_codec(container, codec, FF_COMPLIANCE_NORMAL) == 1) return CFFMPEG_OK;
  snprintf(error, CFFMPEG_ERROR_SIZE, "its kind of file (%s) cannot hold '%s'; take a name in .mkv",
           container->name, avcodec_get_name(codec));
  return CFFMPEG_FAILED;
}

static int open_source(AVFormatContext **source, const char *path) {
  int code = cffmpeg_open_input(source, path);
  if (code < 0) return code;
  (*source)->flags |= AVFMT_FLAG_GENPTS;
  return avformat_find_stream_info(*source, NULL);
}

enum cffmpeg_status cffmpeg_join_check(
    const char *name, const char *encoder, const char *source, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  const AVCodec *codec = avcodec_find_encoder_by_name(encoder);
  if (!codec) {
    snprintf(error, CFFMPEG_ERROR_SIZE,
             "FFmpeg has no encoder '%s' here; install Debian's or Ubuntu's own libavcodec", encoder);
    return CFFMPEG_FAILED;
  }
  enum cffmpeg_status status = check_container(name, codec->id, error);
  if (status != CFFMPEG_OK || !source) return status;
  AVFormatContext *opened = NULL;
  int code = open_source(&opened, source);
  status = code < 0 ? cffmpeg_failed(code, error)
                    : check_streams(container_of(name), opened, error);
  avformat_close_input(&opened);
  return status;
}

static int open_segment(struct pictures *pictures) {
  avformat_close_input(&pictures->format);
  if (pictures->next_segment == pictures->joining->segment_count) return AVERROR_EOF;
  const char *path = pictures->joining->segments[pictures->next_segment++];
  int code = cffmpeg_open_input(&pictures->format, path);
  if (code < 0) return code;
  // Colours are found by looking at frames; the first segment's speak for all.
  if (pictures->next_segment == 1) code = avformat_find_stream_info(pictures->format, NULL);
  if (code < 0) return code;
  return pictures->format->nb_streams == 1 ? 0 : AVERROR_INVALIDDATA;
}

/// The next packet of any segment.
static int read_picture(struct pictures *pictures, AVPacket *packet) {
  for (;;) {
    int code = pictures->format ? av_read_frame(pictures->format, packet) : AVERROR_EOF;
    // NUT counts in fractions of the time base, so this is exact.
    if (code >= 0)
      av_packet_rescale_ts(packet, pictures->format->streams[0]->time_base, pictures->time_base);
    if (code != AVERROR_EOF) return code;
    code = open_segment(pictures);
    if (code < 0) return code;
  }
}

/// The next packet with its duration.
static int next_picture(struct join *join) {
  struct pictures *pictures = &join->pictures;
  if (!pictures->has_following) return AVERROR_EOF;
  av_packet_move_ref(join->picture, pictures->following);
  int code = read_picture(pictures, pictures->following);
  if (code < 0 && code != AVERROR_EOF) return code;
  pictures->has_following = code >= 0;
  AVPacket *packet = join->picture;
  if (pictures->has_following)
    pictures->last_duration = pictures->following->pts - packet->pts;
  else if (pictures->joining->last_duration > 0)
    pictures->last_duration = pictures->joining->last_duration;
  if (pictures->last_duration < 0) return AVERROR_INVALIDDATA;
  packet->duration = pictures->last_duration;
  packet->pts += join->shift;
  packet->dts = packet->pts;
  packet->stream_index = 0;
  packet->pos = -1;
  return 0;
}

/// The next packet of the source that is copied.
static int next_other(struct join *join) {
  while (join->source) {
    int code = av_read_frame(join->source, join->other);
    if (code < 0) return AVERROR_EOF;
    AVPacket *packet = join->other;
    int target = packet->stream_index < (int)join->source->nb_streams
                     ? join->targets[packet->stream_index] : -1;
    if (target < 0) {
      av_packet_unref(packet);
      continue;
    }
    AVRational unit = join->source->streams[packet->stream_index]->time_base;
    int64_t start = join->source->start_time;
    int64_t shift = start > 0 && start != AV_NOPTS_VALUE
                        ? av_rescale_q(start, AV_TIME_BASE_Q, unit) : 0;
    if (packet->pts != AV_NOPTS_VALUE) packet->pts -= shift;
    if (packet->dts != AV_NOPTS_VALUE) packet->dts -= shift;
    packet->stream_index = target;
    packet->pos = -1;
    return 0;
  }
  return AVERROR_EOF;
}

/// EXIF's orientation as a display matrix in 16.16: x' = a x + c y, y' = b x + d y.
static void matrix_for(int32_t orientation, int32_t matrix[9]) {
  static const int8_t turns[8][4] = {{1, 0, 0, 1},  {-1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, -1},
                                     {0, 1, 1, 0},  {0, 1, -1, 0}, {0, -1, -1, 0}, {0, -1, 1, 0}};
  const int8_t *turn = turns[orientation - 1];
  memset(matrix, 0, 9 * sizeof *matrix);
  matrix[0] = turn[0] * 65536;
  matrix[1] = turn[1] * 65536;
  matrix[3] = turn[2] * 65536;
  matrix[4] = turn[3] * 65536;
  matrix[8] = 1 << 30;
}

static int add_orientation(AVStream *stream, int32_t orientation) {
  if (orientation < 2 || orientation > 8) return 0;
  size_t size = 9 * sizeof(int32_t);
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
  AVPacketSideData *data = av_packet_side_data_new(
      &stream->codecpar->coded_side_data, &stream->codecpar->nb_coded_side_data,
      AV_PKT_DATA_DISPLAYMATRIX, size, 0);
  if (!data) return AVERROR(ENOMEM);
  matrix_for(orientation, (int32_t *)data->data);
#else
  uint8_t *data = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, size);
  if (!data) return AVERROR(ENOMEM);
  matrix_for(orientation, (int32_t *)data);
#endif
  return 0;
}

/// What the codec does not carry itself comes from the source.
static void complete_colours(AVCodecParameters *to, const AVCodecParameters *from) {
  if (to->color_range == AVCOL_RANGE_UNSPECIFIED) to->color_range = from->color_range;
  if (to->color_space == AVCOL_SPC_UNSPECIFIED) to->color_space = from->color_space;
  if (to->color_primaries == AVCOL_PRI_UNSPECIFIED) to->color_primaries = from->color_primaries;
  if (to->color_trc == AVCOL_TRC_UNSPECIFIED) to->color_trc = from->color_trc;
  if (to->chroma_location == AVCHROMA_LOC_UNSPECIFIED)
    to->chroma_location = from->chroma_location;
}

static int add_picture_stream(struct join *join) {
  AVStream *from = join->pictures.format->streams[0];
  AVStream *to = avformat_new_stream(join->output, NULL);
  if (!to) return AVERROR(ENOMEM);
  int code = avcodec_parameters_copy(to->codecpar, from->codecpar);
  if (code < 0) return code;
  to->codecpar->codec_tag = 0;
  to->sample_aspect_ratio = from->sample_aspect_ratio;
  AVRational unit = join->pictures.time_base;
  to->time_base = (AVRational){1, unit.den};
  if (join->source) {
    const AVStream *model = join->source->streams[join->source_picture];
    complete_colours(to->codecpar, model->codecpar);
    to->avg_frame_rate = model->avg_frame_rate;
    to->disposition = model->disposition;
    av_dict_copy(&to->metadata, model->metadata, 0);
    int64_t origin = join->source->start_time > 0 ? join->source->start_time : 0;
    if (model->start_time != AV_NOPTS_VALUE)
      join->shift = av_rescale_q(model->start_time, model->time_base, unit) -
                    av_rescale_q(origin, AV_TIME_BASE_Q, unit);
  }
  return add_orientation(to, join->pictures.joining->orientation);
}

static int add_other_streams(struct join *join) {
  AVFormatContext *source = join->source;
  join->targets = av_malloc_array(source->nb_streams, sizeof *join->targets);
  if (!join->targets) return AVERROR(ENOMEM);
  for (unsigned i = 0; i < source->nb_streams; i++) {
    join->targets[i] = -1;
    AVStream *from = source->streams[i];
    if (!is_copied(from)) continue;
    AVStream *to = avformat_new_stream(join->output, NULL);
    if (!to) return AVERROR(ENOMEM);
    int code = avcodec_parameters_copy(to->codecpar, from->codecpar);
    if (code < 0) return code;
    to->codecpar->codec_tag = 0;
    to->time_base = from->time_base;
    to->disposition = from->disposition;
    av_dict_copy(&to->metadata, from->metadata, 0);
    join->targets[i] = to->index;
  }
  return 0;
}

static int copy_chapters(AVFormatContext *to, const AVFormatContext *from) {
  if (!from->nb_chapters) return 0;
  to->chapters = av_calloc(from->nb_chapters, sizeof *to->chapters);
  if (!to->chapters) return AVERROR(ENOMEM);
  for (unsigned i = 0; i < from->nb_chapters; i++) {
    AVChapter *chapter = to->chapters[i] = av_mallocz(sizeof *chapter);
    if (!chapter) return AVERROR(ENOMEM);
    to->nb_chapters = i + 1;
    const AVChapter *model = from->chapters[i];
    chapter->id = model->id;
    chapter->time_base = model->time_base;
    chapter->start = model->start;
    chapter->end = model->end;
    av_dict_copy(&chapter->metadata, model->metadata, 0);
  }
  return 0;
}

static void add_tags(struct join *join) {
  AVDictionary **metadata = &join->output->metadata;
  if (join->source) av_dict_copy(metadata, join->source->metadata, 0);
  // These describe the source's file, not this one.
  static const char *const own[] = {"major_brand", "minor_version", "compatible_brands", "encoder"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) av_dict_set(metadata, own[i], NULL, 0);
  for (const char *const *tag = join->pictures.joining->tags; tag && tag[0]; tag += 2)
    av_dict_set(metadata, tag[0], tag[1], 0);
}

static int open_output(struct join *join) {
  const struct cffmpeg_joining *joining = join->pictures.joining;
  int code = avformat_alloc_output_context2(
      &join->output, container_of(joining->name), NULL, NULL);
  if (code >= 0) code = add_picture_stream(join);
  if (code >= 0 && join->source) code = add_other_streams(join);
  if (code >= 0 && join->source) code = copy_chapters(join->output, join->source);
  if (code >= 0) code = cffmpeg_open_output(join->output, joining->path);
  if (code < 0) return code;
  add_tags(join);
  AVDictionary *options = NULL;
  if (join->output->oformat->codec_tag && !strstr("matroska nut", join->output->oformat->name)) {
    av_dict_set(&options, "movflags", "+faststart+use_metadata_tags", 0);
    av_dict_set_int(&options, "video_track_timescale", join->pictures.time_base.den, 0);
  }
  code = avformat_write_header(join->output, &options);
  av_dict_free(&options);
  return code;
}

static int write_packet(struct join *join, AVPacket *packet, AVRational unit) {
  av_packet_rescale_ts(packet, unit, join->output->streams[packet->stream_index]->time_base);
  return av_interleaved_write_frame(join->output, packet);
}

/// The unit of the packet that `next_other` gave.
static AVRational other_unit(const struct join *join) {
  for (unsigned i = 0; i < join->source->nb_streams; i++)
    if (join->targets[i] == join->other->stream_index) return join->source->streams[i]->time_base;
  return AV_TIME_BASE_Q;
}

/// Writes both kinds of packets in the order of their times.
static int write_packets(struct join *join) {
  int picture = next_picture(join), other = next_other(join);
  while (picture >= 0 || other >= 0) {
    bool is_picture = other < 0;
    if (picture >= 0 && other >= 0) {
      int64_t time = join->other->dts != AV_NOPTS_VALUE ? join->other->dts : join->other->pts;
      is_picture = time == AV_NOPTS_VALUE ||
                   av_compare_ts(join->picture->dts, join->pictures.time_base, time, other_unit(join)) <= 0;
    }
    int code = is_picture ? write_packet(join, join->picture, join->pictures.time_base)
                          : write_packet(join, join->other, other_unit(join));
    if (code < 0) return code;
    if (is_picture)
      picture = next_picture(join);
    else
      other = next_other(join);
  }
  return picture == AVERROR_EOF ? 0 : picture;
}

static int run(struct join *join) {
  const struct cffmpeg_joining *joining = join->pictures.joining;
  join->picture = av_packet_alloc();
  join->other = av_packet_alloc();
  join->pictures.following = av_packet_alloc();
  if (!join->picture || !join->other || !join->pictures.following) return AVERROR(ENOMEM);
  int code = joining->source ? open_source(&join->source, joining->source) : 0;
  if (code < 0) return code;
  if (join->source) {
    const AVStream *picture = cffmpeg_picture_stream(join->source);
    if (!picture) return AVERROR_STREAM_NOT_FOUND;
    join->source_picture = picture->index;
  }
  code = read_picture(&join->pictures, join->pictures.following);
  if (code < 0) return code;
  join->pictures.has_following = true;
  code = open_output(join);
  if (code >= 0) code = write_packets(join);
  if (code >= 0) code = av_interleaved_write_frame(join->output, NULL);
  if (code >= 0) code = av_write_trailer(join->output);
  return code < 0 ? code : cffmpeg_close_output(join->output, joining->path);
}

enum cffmpeg_status cffmpeg_join(
    const struct cffmpeg_joining *joining, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  AVRational unit = {joining->time_base.numerator, joining->time_base.denominator};
  struct join join = {.pictures = {.joining = joining, .time_base = unit}, .source_picture = -1};
  int code = run(&join);
  enum cffmpeg_status status = code < 0 ? cffmpeg_failed(code, error) : CFFMPEG_OK;
  avformat_close_input(&join.pictures.format);
  avformat_close_input(&join.source);
  if (join.output) {
    avio_closep(&join.output->pb);
    avformat_free_context(join.output);
  }
  av_packet_free(&join.picture);
  av_packet_free(&join.other);
  av_packet_free(&join.pictures.following);
  av_free(join.targets);
  return status;
}
