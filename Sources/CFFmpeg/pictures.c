#include "joint.h"

static int open_segment(struct cffmpeg_pictures *pictures) {
  avformat_close_input(&pictures->format);
  if (pictures->next_segment == pictures->joining->segment_count) return AVERROR_EOF;
  const char *path = pictures->joining->segments[pictures->next_segment++];
  int code = cffmpeg_open_input(&pictures->format, path);
  if (code < 0) return code;
  // Colors are detected from frames; the first segment's apply to all.
  if (pictures->next_segment == 1) code = avformat_find_stream_info(pictures->format, NULL);
  if (code < 0) return code;
  return pictures->format->nb_streams == 1 ? 0 : AVERROR_INVALIDDATA;
}

/// The next packet of any segment.
static int read_packet(struct cffmpeg_pictures *pictures, AVPacket *packet) {
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

int cffmpeg_pictures_begin(struct cffmpeg_pictures *pictures) {
  pictures->following = av_packet_alloc();
  if (!pictures->following) return AVERROR(ENOMEM);
  int code = read_packet(pictures, pictures->following);
  pictures->has_following = code >= 0;
  return code;
}

int cffmpeg_pictures_next(struct cffmpeg_pictures *pictures, AVPacket *packet) {
  if (!pictures->has_following) return AVERROR_EOF;
  av_packet_move_ref(packet, pictures->following);
  int code = read_packet(pictures, pictures->following);
  if (code < 0 && code != AVERROR_EOF) return code;
  pictures->has_following = code >= 0;
  if (pictures->has_following)
    pictures->last_duration = pictures->following->pts - packet->pts;
  else if (pictures->joining->last_duration > 0)
    pictures->last_duration = pictures->joining->last_duration;
  if (pictures->last_duration < 0) return AVERROR_INVALIDDATA;
  packet->duration = pictures->last_duration;
  return 0;
}

void cffmpeg_pictures_end(struct cffmpeg_pictures *pictures) {
  avformat_close_input(&pictures->format);
  av_packet_free(&pictures->following);
}
