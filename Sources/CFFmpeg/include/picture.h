#ifndef DFLAB_VIDEO_PICTURE_H
#define DFLAB_VIDEO_PICTURE_H

#include <stddef.h>

#include "status.h"

/// A decoded picture file.
struct cffmpeg_picture {
  /// RGB, or RGBA if `has_alpha`: `width * height` times 3 or 4 bytes, to be freed with
  /// `cffmpeg_picture_clear`.
  uint8_t *pixels;
  int32_t width, height;
  bool has_alpha;
  /// An ICC profile; NULL if there is none.
  uint8_t *profile;
  size_t profile_size;
};

/// Decodes a file of one picture with a decoder that FFmpeg knows by name.
///
/// `most_pixels` and `longest_side` are checked before memory for the pixels is allocated; a larger
/// picture is refused as `CFFMPEG_TOO_LARGE` with its size. YUV without a known matrix is read as
/// BT.601, as these formats prescribe; 16 bits are reduced to 8. Of several pictures the first is
/// decoded.
enum cffmpeg_status cffmpeg_picture_decode(
    const char *decoder, const uint8_t *bytes, size_t size, int64_t most_pixels,
    int32_t longest_side, struct cffmpeg_picture *picture, char error[CFFMPEG_ERROR_SIZE]);

void cffmpeg_picture_clear(struct cffmpeg_picture *picture);

#endif
