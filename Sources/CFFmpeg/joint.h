/// Declarations shared by the files that join segments.
#ifndef DFLAB_VIDEO_JOINT_H
#define DFLAB_VIDEO_JOINT_H

#include "shared.h"

/// The pictures of several segments, in order.
struct cffmpeg_pictures {
  const struct cffmpeg_joining *joining;
  int32_t next_segment;
  /// The current segment; NULL before the first.
  AVFormatContext *format;
  AVRational time_base;
  /// The packet after the current one, which determines the current one's duration.
  AVPacket *following;
  bool has_following;
  int64_t last_duration;
};

/// Opens the first segment; an FFmpeg code.
int cffmpeg_pictures_begin(struct cffmpeg_pictures *pictures);

/// Advances to the next packet, with its duration; an FFmpeg code.
int cffmpeg_pictures_next(struct cffmpeg_pictures *pictures, AVPacket *packet);

void cffmpeg_pictures_end(struct cffmpeg_pictures *pictures);

/// The container for a file's name; NULL for none.
const AVOutputFormat *cffmpeg_container(const char *name);

/// Opens the video whose sound, subtitles, chapters and metadata are copied; an FFmpeg code.
int cffmpeg_open_source(AVFormatContext **source, const char *path);

/// Whether a stream of the source is copied.
bool cffmpeg_is_copied(const AVStream *stream);

/// A new stream for the pictures of `from`, with the side information of `model` (or NULL); an
/// FFmpeg code.
int cffmpeg_add_picture_stream(
    AVFormatContext *output, const AVStream *from, const AVStream *model, AVRational time_base,
    int32_t orientation);

/// New streams for those of the source that are copied; `targets` maps each stream to its target,
/// -1 for none. An FFmpeg code.
int cffmpeg_add_other_streams(
    AVFormatContext *output, const AVFormatContext *source, int *targets);

/// Copies chapters; an FFmpeg code.
int cffmpeg_add_chapters(AVFormatContext *output, const AVFormatContext *source);

/// Copies the metadata of the source (or NULL), and adds our own tags.
void cffmpeg_add_tags(
    AVFormatContext *output, const AVFormatContext *source, const char *const *tags);

#endif
