#include "joint.h"

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

/// Color properties that the codec does not carry come from the source.
static void complete_colors(AVCodecParameters *to, const AVCodecParameters *from) {
  if (to->color_range == AVCOL_RANGE_UNSPECIFIED) to->color_range = from->color_range;
  if (to->color_space == AVCOL_SPC_UNSPECIFIED) to->color_space = from->color_space;
  if (to->color_primaries == AVCOL_PRI_UNSPECIFIED) to->color_primaries = from->color_primaries;
  if (to->color_trc == AVCOL_TRC_UNSPECIFIED) to->color_trc = from->color_trc;
  if (to->chroma_location == AVCHROMA_LOC_UNSPECIFIED)
    to->chroma_location = from->chroma_location;
}

int cffmpeg_add_picture_stream(
    AVFormatContext *output, const AVStream *from, const AVStream *model, AVRational time_base,
    int32_t orientation) {
  AVStream *to = avformat_new_stream(output, NULL);
  if (!to) return AVERROR(ENOMEM);
  int code = avcodec_parameters_copy(to->codecpar, from->codecpar);
  if (code < 0) return code;
  to->codecpar->codec_tag = 0;
  to->sample_aspect_ratio = from->sample_aspect_ratio;
  to->time_base = (AVRational){1, time_base.den};
  if (model) {
    complete_colors(to->codecpar, model->codecpar);
    to->avg_frame_rate = model->avg_frame_rate;
    to->disposition = model->disposition;
    av_dict_copy(&to->metadata, model->metadata, 0);
  }
  return add_orientation(to, orientation);
}

int cffmpeg_add_other_streams(
    AVFormatContext *output, const AVFormatContext *source, int *targets) {
  for (unsigned i = 0; i < source->nb_streams; i++) {
    targets[i] = -1;
    const AVStream *from = source->streams[i];
    if (!cffmpeg_is_copied(from)) continue;
    AVStream *to = avformat_new_stream(output, NULL);
    if (!to) return AVERROR(ENOMEM);
    int code = avcodec_parameters_copy(to->codecpar, from->codecpar);
    if (code < 0) return code;
    to->codecpar->codec_tag = 0;
    to->time_base = from->time_base;
    to->disposition = from->disposition;
    av_dict_copy(&to->metadata, from->metadata, 0);
    targets[i] = to->index;
  }
  return 0;
}

int cffmpeg_add_chapters(AVFormatContext *output, const AVFormatContext *source) {
  if (!source->nb_chapters) return 0;
  output->chapters = av_calloc(source->nb_chapters, sizeof *output->chapters);
  if (!output->chapters) return AVERROR(ENOMEM);
  for (unsigned i = 0; i < source->nb_chapters; i++) {
    AVChapter *chapter = output->chapters[i] = av_mallocz(sizeof *chapter);
    if (!chapter) return AVERROR(ENOMEM);
    output->nb_chapters = i + 1;
    const AVChapter *model = source->chapters[i];
    chapter->id = model->id;
    chapter->time_base = model->time_base;
    chapter->start = model->start;
    chapter->end = model->end;
    av_dict_copy(&chapter->metadata, model->metadata, 0);
  }
  return 0;
}

void cffmpeg_add_tags(
    AVFormatContext *output, const AVFormatContext *source, const char *const *tags) {
  AVDictionary **metadata = &output->metadata;
  if (source) av_dict_copy(metadata, source->metadata, 0);
  // Tags that describe the source's file, not this one.
  static const char *const own[] = {"major_brand", "minor_version", "compatible_brands", "encoder"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) av_dict_set(metadata, own[i], NULL, 0);
  for (const char *const *tag = tags; tag && tag[0]; tag += 2)
    av_dict_set(metadata, tag[0], tag[1], 0);
}
