#ifndef DFLAB_VIDEO_READER_H
#define DFLAB_VIDEO_READER_H

#include "frame.h"

/// An open file and the decoder of its moving picture.
struct cffmpeg_reader;

/// What is known of a video before its frames are decoded.
struct cffmpeg_description {
  /// Pixels as they are stored, before any turning.
  int32_t width, height;
  /// EXIF's orientation, 1 to 8, that the container's display matrix comes closest to.
  int32_t orientation;
  /// Time stamps count in this unit, seconds.
  struct cffmpeg_ratio time_base;
  /// Frames a second on average.
  struct cffmpeg_ratio frame_rate;
  /// The width of a stored pixel over its height.
  struct cffmpeg_ratio sample_aspect;
  /// Seconds; below 0 if unknown.
  double duration;
  /// Streams of sound and of subtitles beside the picture.
  int32_t sounds, subtitles;
  /// The names that FFmpeg has for these.
  char container[64], codec[32], pixel_format[32], color_range[16], color_matrix[32];
};

/// Opens a file, or a URL (`scheme://…`), and decodes with some threads.
enum cffmpeg_status cffmpeg_reader_open(
    const char *path, int32_t threads, struct cffmpeg_reader **reader,
    struct cffmpeg_description *description, char error[CFFMPEG_ERROR_SIZE]);

/// The next frame, to be freed by the caller, and when it is shown and for how long, both in the
/// time base; time stamps rise from frame to frame, and the first frame of the file has about 0.
enum cffmpeg_status cffmpeg_reader_next(
    struct cffmpeg_reader *reader, struct AVFrame **frame, int64_t *timestamp,
    int64_t *duration, char error[CFFMPEG_ERROR_SIZE]);

/// Goes on with the first frame that is shown at `timestamp` or later.
enum cffmpeg_status cffmpeg_reader_seek(
    struct cffmpeg_reader *reader, int64_t timestamp, char error[CFFMPEG_ERROR_SIZE]);

/// Packets so far that the decoder could not make sense of.
int64_t cffmpeg_reader_damages(const struct cffmpeg_reader *reader);

void cffmpeg_reader_close(struct cffmpeg_reader *reader);

#endif
