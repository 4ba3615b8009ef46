#include "joint.h"

const AVOutputFormat *cffmpeg_container(const char *name) {
  return av_guess_format(NULL, name, NULL);
}

bool cffmpeg_is_copied(const AVStream *stream) {
  enum AVMediaType type = stream->codecpar->codec_type;
  return type == AVMEDIA_TYPE_AUDIO || type == AVMEDIA_TYPE_SUBTITLE;
}

int cffmpeg_open_source(AVFormatContext **source, const char *path) {
  int code = cffmpeg_open_input(source, path);
  if (code < 0) return code;
  (*source)->flags |= AVFMT_FLAG_GENPTS;
  return avformat_find_stream_info(*source, NULL);
}

/// Whether a container supports a stream, by its codec list and by its muxer's own check.
static bool can_hold(const AVOutputFormat *container, const AVCodecParameters *parameters) {
  if (avformat_query_codec(container, parameters->codec_id, FF_COMPLIANCE_EXPERIMENTAL) != 1)
    return false;
  AVFormatContext *trial = NULL;
  int code = avformat_alloc_output_context2(&trial, container, NULL, NULL);
  if (code < 0) return false;
  trial->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
  AVStream *stream = avformat_new_stream(trial, NULL);
  code = stream ? avcodec_parameters_copy(stream->codecpar, parameters) : AVERROR(ENOMEM);
  if (code >= 0) code = avio_open_dyn_buf(&trial->pb);
  if (code >= 0) {
    stream->codecpar->codec_tag = 0;
    stream->time_base = (AVRational){1, 1000};
    code = avformat_init_output(trial, NULL);
    uint8_t *nothing = NULL;
    avio_close_dyn_buf(trial->pb, &nothing);
    av_free(nothing);
    trial->pb = NULL;
  }
  avformat_free_context(trial);
  return code >= 0;
}

/// The first stream that a container cannot hold; NULL if it can hold all.
static const AVStream *refused_by(
    const AVOutputFormat *container, const AVFormatContext *source) {
  for (unsigned i = 0; i < source->nb_streams; i++)
    if (cffmpeg_is_copied(source->streams[i]) &&
        !can_hold(container, source->streams[i]->codecpar))
      return source->streams[i];
  return NULL;
}

static enum cffmpeg_status check_streams(
    const AVOutputFormat *container, enum AVCodecID picture, const AVFormatContext *source,
    char error[CFFMPEG_ERROR_SIZE]) {
  const AVStream *refused = refused_by(container, source);
  if (!refused) return CFFMPEG_OK;
  const AVCodecParameters *parameters = refused->codecpar;
  int length = snprintf(
      error, CFFMPEG_ERROR_SIZE, "its kind of file (%s) cannot hold the %s of the input, '%s'; ",
      container->name, parameters->codec_type == AVMEDIA_TYPE_AUDIO ? "sound" : "subtitles",
      avcodec_get_name(parameters->codec_id));
  if (length < 0 || length >= CFFMPEG_ERROR_SIZE) return CFFMPEG_FAILED;
  char *rest = error + length;
  size_t room = CFFMPEG_ERROR_SIZE - (size_t)length;
  static const char *const endings[] = {".mkv", ".mov", ".mp4"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    const AVOutputFormat *other = cffmpeg_container(endings[i]);
    if (!other || avformat_query_codec(other, picture, FF_COMPLIANCE_NORMAL) != 1 ||
        refused_by(other, source))
      continue;
    snprintf(rest, room, "take a name in %s, which holds all of it", endings[i]);
    return CFFMPEG_FAILED;
  }
  snprintf(rest, room,
           "leave that out of the input first: ffmpeg -i IN -map 0 -map -0:%d -c copy OUT",
           refused->index);
  return CFFMPEG_FAILED;
}

static enum cffmpeg_status check_container(
    const char *name, enum AVCodecID codec, char error[CFFMPEG_ERROR_SIZE]) {
  const AVOutputFormat *container = cffmpeg_container(name);
  // Containers that keep the time of each frame.
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
  int code = cffmpeg_open_source(&opened, source);
  status = code < 0 ? cffmpeg_failed(code, error)
                    : check_streams(cffmpeg_container(name), codec->id, opened, error);
  avformat_close_input(&opened);
  return status;
}
