#include "joint.h"

struct join {
  struct cffmpeg_pictures pictures;
  AVFormatContext *source, *output;
  /// The target of each source stream; -1 for none.
  int *targets;
  /// The offset of the pictures' time stamps, in their time base.
  int64_t shift;
  AVPacket *picture, *other;
};

/// The next picture packet, in output units.
static int next_picture(struct join *join) {
  AVPacket *packet = join->picture;
  int code = cffmpeg_pictures_next(&join->pictures, packet);
  if (code < 0) return code;
  packet->pts += join->shift;
  packet->dts = packet->pts;
  packet->stream_index = 0;
  packet->pos = -1;
  return 0;
}

/// The next source packet that is copied.
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

static int add_streams(struct join *join) {
  const AVStream *from = join->pictures.format->streams[0];
  AVRational unit = join->pictures.time_base;
  int32_t orientation = join->pictures.joining->orientation;
  AVFormatContext *source = join->source;
  if (!source) return cffmpeg_add_picture_stream(join->output, from, NULL, unit, orientation);
  const AVStream *model = cffmpeg_picture_stream(source);
  if (!model) return AVERROR_STREAM_NOT_FOUND;
  int64_t origin = source->start_time > 0 ? source->start_time : 0;
  if (model->start_time != AV_NOPTS_VALUE)
    join->shift = av_rescale_q(model->start_time, model->time_base, unit) -
                  av_rescale_q(origin, AV_TIME_BASE_Q, unit);
  int code = cffmpeg_add_picture_stream(join->output, from, model, unit, orientation);
  join->targets = av_malloc_array(source->nb_streams, sizeof *join->targets);
  if (!join->targets) return AVERROR(ENOMEM);
  if (code >= 0) code = cffmpeg_add_other_streams(join->output, source, join->targets);
  if (code >= 0) code = cffmpeg_add_chapters(join->output, source);
  return code;
}

static int open_output(struct join *join) {
  const struct cffmpeg_joining *joining = join->pictures.joining;
  int code = avformat_alloc_output_context2(
      &join->output, cffmpeg_container(joining->name), NULL, NULL);
  if (code < 0) return code;
  // FLAC and Opus sound in MP4 counts as experimental, but players support it.
  join->output->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
  code = add_streams(join);
  if (code >= 0) code = cffmpeg_open_output(join->output, joining->path);
  if (code < 0) return code;
  cffmpeg_add_tags(join->output, join->source, joining->tags);
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

/// The unit of the packet from `next_other`.
static AVRational other_unit(const struct join *join) {
  for (unsigned i = 0; i < join->source->nb_streams; i++)
    if (join->targets[i] == join->other->stream_index) return join->source->streams[i]->time_base;
  return AV_TIME_BASE_Q;
}

/// Writes both kinds of packets in order of time.
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
  if (!join->picture || !join->other) return AVERROR(ENOMEM);
  int code = joining->source ? cffmpeg_open_source(&join->source, joining->source) : 0;
  if (code >= 0) code = cffmpeg_pictures_begin(&join->pictures);
  if (code >= 0) code = open_output(join);
  if (code >= 0) code = write_packets(join);
  if (code >= 0) code = av_interleaved_write_frame(join->output, NULL);
  if (code >= 0) code = av_write_trailer(join->output);
  return code < 0 ? code : cffmpeg_close_output(join->output, joining->path);
}

enum cffmpeg_status cffmpeg_join(
    const struct cffmpeg_joining *joining, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  AVRational unit = {joining->time_base.numerator, joining->time_base.denominator};
  struct join join = {.pictures = {.joining = joining, .time_base = unit}};
  int code = run(&join);
  enum cffmpeg_status status = code < 0 ? cffmpeg_failed(code, error) : CFFMPEG_OK;
  cffmpeg_pictures_end(&join.pictures);
  avformat_close_input(&join.source);
  if (join.output) {
    avio_closep(&join.output->pb);
    avformat_free_context(join.output);
  }
  av_packet_free(&join.picture);
  av_packet_free(&join.other);
  av_free(join.targets);
  return status;
}
