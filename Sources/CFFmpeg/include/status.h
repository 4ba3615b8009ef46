#ifndef DFLAB_VIDEO_STATUS_H
#define DFLAB_VIDEO_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#define CFFMPEG_ERROR_SIZE 240

/// The most pixels that a frame may have: more is refused before anything is decoded.
#define CFFMPEG_MOST_PIXELS 100000000
/// The longest side that a frame may have.
#define CFFMPEG_LONGEST_SIDE 16384

/// How a call ended; all but `CFFMPEG_OK` and `CFFMPEG_END` leave a message.
enum cffmpeg_status {
  CFFMPEG_OK,
  /// There is nothing more to read.
  CFFMPEG_END,
  /// All frames that the file holds have been read, but it promised more.
  CFFMPEG_TRUNCATED,
  /// The file holds no moving picture.
  CFFMPEG_NO_VIDEO,
  /// A frame is larger than the limits above.
  CFFMPEG_TOO_LARGE,
  /// Anything else.
  CFFMPEG_FAILED
};

/// A fraction; 0/1 where it is unknown.
struct cffmpeg_ratio {
  int32_t numerator, denominator;
};

#endif
