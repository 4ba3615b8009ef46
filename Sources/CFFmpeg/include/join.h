#ifndef DFLAB_VIDEO_JOIN_H
#define DFLAB_VIDEO_JOIN_H

#include "status.h"

/// The parts of a finished video.
struct cffmpeg_joining {
  /// The final name of the file, whose extension selects the container.
  const char *name;
  /// The path that is written to in the meantime.
  const char *path;
  /// Files of `cffmpeg_writer`, in order.
  const char *const *segments;
  int32_t segment_count;
  /// The video whose sound, subtitles, chapters and metadata are copied; NULL for none.
  const char *source;
  /// EXIF's orientation, 1 to 8, for the display matrix.
  int32_t orientation;
  /// The unit of the segments' time stamps.
  struct cffmpeg_ratio time_base;
  /// The duration of the last frame, in the time base; 0 for that of the frame before.
  int64_t last_duration;
  /// Alternating names and values, terminated by NULL: metadata of the whole file.
  const char *const *tags;
};

/// Whether a container, selected by a file's name, can hold the other streams of `source` (or NULL)
/// and a picture of this encoder with exact times; if not, the message says what to do.
enum cffmpeg_status cffmpeg_join_check(
    const char *name, const char *encoder, const char *source, char error[CFFMPEG_ERROR_SIZE]);

/// Joins segments and the source's other streams into one file, and synchronizes it to disk.
enum cffmpeg_status cffmpeg_join(
    const struct cffmpeg_joining *joining, char error[CFFMPEG_ERROR_SIZE]);

/// Renames a finished file to its final name, and synchronizes the folder to disk.
enum cffmpeg_status cffmpeg_publish(
    const char *path, const char *name, char error[CFFMPEG_ERROR_SIZE]);

#endif
