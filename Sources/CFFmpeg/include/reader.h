#ifndef DFLAB_VIDEO_READER_H
#define DFLAB_VIDEO_READER_H

#include "frame.h"

/// An open file with the decoder of its video stream.
struct cffmpeg_reader;

/// Properties of a video that are known before decoding.
struct cffmpeg_description {
  /// Size of the stored picture, before rotation.
  int32_t width, height;
  /// The EXIF orientation, 1 to 8, nearest to the container's display matrix.
  int32_t orientation;
  /// The unit of time stamps, in seconds.
  struct cffmpeg_ratio time_base;
  /// Average frames per second.
  struct cffmpeg_ratio frame_rate;
  /// The width of a stored pixel over its height.
  struct cffmpeg_ratio sample_aspect;
  /// Seconds; below 0 if unknown.
  double duration;
  /// The numbers of sound and subtitle streams.
  int32_t sounds, subtitles;
  /// FFmpeg's names.
  char container[64], codec[32], pixel_format[32], color_range[16], color_matrix[32];
};

/// Opens a file or a URL (`scheme://…`) for decoding with several threads.
enum cffmpeg_status cffmpeg_reader_open(
    const char *path, int32_t threads, struct cffmpeg_reader **reader,
    struct cffmpeg_description *description, char error[CFFMPEG_ERROR_SIZE]);

/// The next frame, to be freed by the caller, with its time and duration in the time base; time
/// stamps increase from frame to frame, and the first frame of the file has about 0.
enum cffmpeg_status cffmpeg_reader_next(
    struct cffmpeg_reader *reader, struct AVFrame **frame, int64_t *timestamp,
    int64_t *duration, char error[CFFMPEG_ERROR_SIZE]);

/// Continues with the first frame shown at `timestamp` or later: from the last keyframe before it, or
/// by decoding on where the file's index has no keyframe between.
///
/// Frames that are shown within `gap` after that one may be left out.
enum cffmpeg_status cffmpeg_reader_seek(
    struct cffmpeg_reader *reader, int64_t timestamp, int64_t gap,
    char error[CFFMPEG_ERROR_SIZE]);

/// Like `cffmpeg_reader_seek` for a later frame, but only if that skips a key frame by the file's
/// index: otherwise nothing happens, and `*jumped` is false.
enum cffmpeg_status cffmpeg_reader_skip(
    struct cffmpeg_reader *reader, int64_t timestamp, bool *jumped,
    char error[CFFMPEG_ERROR_SIZE]);

/// The number of packets so far that could not be decoded.
int64_t cffmpeg_reader_damages(const struct cffmpeg_reader *reader);

void cffmpeg_reader_close(struct cffmpeg_reader *reader);

#endif
