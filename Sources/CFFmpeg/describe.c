#include "shared.h"

#include <math.h>

/// EXIF's number of the rotation nearest to a display matrix: x' = a x + c y, y' = b x + d y.
static int32_t orientation_of(const int32_t matrix[9]) {
  double a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
  if (fabs(a) + fabs(d) >= fabs(b) + fabs(c))
    return a >= 0 ? (d >= 0 ? 1 : 4) : (d >= 0 ? 2 : 3);
  return b >= 0 ? (c >= 0 ? 5 : 6) : (c >= 0 ? 8 : 7);
}

static int32_t orientation(const AVStream *stream) {
  const uint8_t *matrix = NULL;
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
  const AVPacketSideData *data = av_packet_side_data_get(
      stream->codecpar->coded_side_data, stream->codecpar->nb_coded_side_data,
      AV_PKT_DATA_DISPLAYMATRIX);
  if (data && data->size >= 9 * sizeof(int32_t)) matrix = data->data;
#else
  size_t size = 0;
  const uint8_t *data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (data && size >= 9 * sizeof(int32_t)) matrix = data;
#endif
  if (!matrix) return 1;
  int32_t values[9];
  memcpy(values, matrix, sizeof values);
  return orientation_of(values);
}

int32_t cffmpeg_streams_of(const AVFormatContext *format, enum AVMediaType type) {
  int32_t count = 0;
  for (unsigned i = 0; i < format->nb_streams; i++)
    count += format->streams[i]->codecpar->codec_type == type;
  return count;
}

static double duration_of(const AVFormatContext *format, const AVStream *stream) {
  if (stream->duration != AV_NOPTS_VALUE && stream->duration > 0)
    return stream->duration * av_q2d(stream->time_base);
  if (format->duration != AV_NOPTS_VALUE && format->duration > 0)
    return format->duration / (double)AV_TIME_BASE;
  return -1;
}

static void copy_name(char *to, size_t size, const char *name) {
  snprintf(to, size, "%s", name ? name : "unknown");
}

void cffmpeg_describe(
    AVFormatContext *format, AVStream *stream, struct cffmpeg_description *description) {
  const AVCodecParameters *parameters = stream->codecpar;
  description->width = parameters->width;
  description->height = parameters->height;
  description->orientation = orientation(stream);
  description->time_base = cffmpeg_ratio_of(stream->time_base);
  description->frame_rate = cffmpeg_ratio_of(av_guess_frame_rate(format, stream, NULL));
  description->sample_aspect =
      cffmpeg_ratio_of(av_guess_sample_aspect_ratio(format, stream, NULL));
  description->duration = duration_of(format, stream);
  description->sounds = cffmpeg_streams_of(format, AVMEDIA_TYPE_AUDIO);
  description->subtitles = cffmpeg_streams_of(format, AVMEDIA_TYPE_SUBTITLE);
  copy_name(description->container, sizeof description->container, format->iformat->name);
  copy_name(description->codec, sizeof description->codec, avcodec_get_name(parameters->codec_id));
  copy_name(description->pixel_format, sizeof description->pixel_format,
            av_get_pix_fmt_name(parameters->format));
  copy_name(description->color_range, sizeof description->color_range,
            av_color_range_name(parameters->color_range));
  copy_name(description->color_matrix, sizeof description->color_matrix,
            av_color_space_name(parameters->color_space));
}
