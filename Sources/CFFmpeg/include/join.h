#ifndef DFLAB_VIDEO_JOIN_H
#define DFLAB_VIDEO_JOIN_H

#include "status.h"

/// What a finished video is made of.
struct cffmpeg_joining {
  /// The name that the file will have: its ending says the container.
  const char *name;
  /// Where it is written meanwhile.
  const char *path;
  /// Files of `cffmpeg_writer`, in order.
  const char *const *segments;
  int32_t segment_count;
  /// Whose sound, subtitles, chapters and metadata are taken, unchanged; NULL for none.
  const char *source;
  /// EXIF's orientation, 1 to 8, for the display matrix.
  int32_t orientation;
  /// What time stamps counted in when the segments were written.
  struct cffmpeg_ratio time_base;
  /// How long the last frame is shown, in the time base; 0 for as long as the one before.
  int64_t last_duration;
  /// Names and values in turn, then NULL: metadata of the whole file.
  const char *const *tags;
};

/// Whether a container, by a file's name, can hold what `source` (or NULL) holds beside its
/// picture, and a picture of this encoder with exact times; otherwise says what to do.
enum cffmpeg_status cffmpeg_join_check(
    const char *name, const char *encoder, const char *source, char error[CFFMPEG_ERROR_SIZE]);

/// Puts segments and the source's other streams into one file, and has it reach the disk.
enum cffmpeg_status cffmpeg_join(
    const struct cffmpeg_joining *joining, char error[CFFMPEG_ERROR_SIZE]);

/// Gives a whole file its name, and has the name reach the disk.
enum cffmpeg_status cffmpeg_publish(
    const char *path, const char *name, char error[CFFMPEG_ERROR_SIZE]);

#endif
