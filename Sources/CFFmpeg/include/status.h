#ifndef DFLAB_VIDEO_STATUS_H
#define DFLAB_VIDEO_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#define CFFMPEG_ERROR_SIZE 240

/// The maximum number of pixels of a frame, checked before decoding.
#define CFFMPEG_MOST_PIXELS 100000000
/// The maximum length of a frame's side.
#define CFFMPEG_LONGEST_SIDE 16384

/// The result of a call; all except `CFFMPEG_OK` and `CFFMPEG_END` come with a message.
enum cffmpeg_status {
  CFFMPEG_OK,
  /// There are no more frames.
  CFFMPEG_END,
  /// All frames in the file were read, but it should have more.
  CFFMPEG_TRUNCATED,
  /// The file has no video stream.
  CFFMPEG_NO_VIDEO,
  /// A frame exceeds the limits above.
  CFFMPEG_TOO_LARGE,
  /// The file uses a feature that FFmpeg does not decode.
  CFFMPEG_UNSUPPORTED,
  /// Any other error.
  CFFMPEG_FAILED
};

/// A fraction; 0/1 if unknown.
struct cffmpeg_ratio {
  int32_t numerator, denominator;
};

#endif
