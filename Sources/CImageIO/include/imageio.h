/// JPEG and PNG, to and from 8-bit RGB in memory; HEIF and AVIF to it; colors to sRGB.
///
/// libjpeg and libpng report errors by `longjmp`, which must not cross a Swift frame: every
/// jump starts and ends inside one function here. Pixels are RGB, interleaved, row by row.
#ifndef DFLAB_IMAGEIO_H
#define DFLAB_IMAGEIO_H

#include <stddef.h>
#include <stdint.h>

#define CIMAGEIO_ERROR_SIZE 200

/// The maximum number of pixels of a picture, checked before allocation.
#define CIMAGEIO_MOST_PIXELS 64000000
/// The maximum length of a picture's side, libjpeg's own limit.
#define CIMAGEIO_LONGEST_SIDE 65500

enum cimageio_status {
  CIMAGEIO_OK,
  /// The file is truncated.
  CIMAGEIO_TRUNCATED,
  /// The header exceeds the limits above; `width` and `height` are set.
  CIMAGEIO_TOO_LARGE,
  /// The file uses a codec or feature that is missing here; see the message.
  CIMAGEIO_UNSUPPORTED,
  /// Any other error; see the message.
  CIMAGEIO_DAMAGED
};

struct cimageio_picture {
  /// `width * height * 3` bytes to be freed with `cimageio_free`; NULL after a failure.
  uint8_t *pixels;
  int64_t width, height;
  /// EXIF's orientation, 1 to 8; 1 is upright and the default.
  int32_t orientation;
};

/// Decodes a JPEG: gray, YCbCr, RGB, CMYK and YCCK (inverted with Adobe's marker).
///
/// The colors of an ICC profile are converted to sRGB, except those of inks. A truncated file is an
/// error, not a partly gray picture.
enum cimageio_status cimageio_decode_jpeg(
    const uint8_t *bytes, size_t size, struct cimageio_picture *picture,
    char error[CIMAGEIO_ERROR_SIZE]);

/// Decodes a PNG of any kind: 16 bits are scaled to 8, transparent pixels are composited on black.
///
/// The colors of an ICC profile are converted to sRGB; gamma is ignored, as in OpenCV and PIL.
enum cimageio_status cimageio_decode_png(
    const uint8_t *bytes, size_t size, struct cimageio_picture *picture,
    char error[CIMAGEIO_ERROR_SIZE]);

/// Decodes the primary picture of a HEIF or AVIF file, with its rotation and mirroring applied.
///
/// More bits than 8 are reduced, transparent pixels are composited on black, and the colors of an
/// ICC profile are converted to sRGB. `orientation` is always 1: HEIF ignores EXIF's.
enum cimageio_status cimageio_decode_heif(
    const uint8_t *bytes, size_t size, struct cimageio_picture *picture,
    char error[CIMAGEIO_ERROR_SIZE]);

/// EXIF's orientation, 1 to 8, from a TIFF structure; 1 if there is none.
int32_t cimageio_orientation(const uint8_t *tiff, size_t size);

/// Converts `count` RGB pixels from the colors of an ICC profile to sRGB, in place.
///
/// Nothing changes if the profile is NULL, damaged, not of RGB colors, or so close to sRGB that
/// no color would move by more than two levels.
void cimageio_to_srgb(uint8_t *rgb, int64_t count, const uint8_t *profile, size_t size);

/// Composites `count` RGBA pixels on black, in place; three bytes per pixel remain.
void cimageio_lay_on_black(uint8_t *pixels, size_t count);

/// Encodes a JPEG without chroma subsampling (4:4:4), with an XMP packet unless it is NULL.
///
/// Free `bytes` with `cimageio_free`.
enum cimageio_status cimageio_encode_jpeg(
    const uint8_t *pixels, int64_t width, int64_t height, int32_t quality, const char *xmp,
    uint8_t **bytes, size_t *size, char error[CIMAGEIO_ERROR_SIZE]);

/// Encodes an 8-bit RGB PNG, with a Software text (Latin-1) and an XMP packet unless they are NULL.
///
/// Free `bytes` with `cimageio_free`.
enum cimageio_status cimageio_encode_png(
    const uint8_t *pixels, int64_t width, int64_t height, const char *software, const char *xmp,
    uint8_t **bytes, size_t *size, char error[CIMAGEIO_ERROR_SIZE]);

/// Encodes a gray PNG of 8 or 16 `bits` per sample, high byte first, with the same marks.
///
/// Free `bytes` with `cimageio_free`.
enum cimageio_status cimageio_encode_gray_png(
    const uint8_t *samples, int64_t width, int64_t height, int32_t bits, const char *software,
    const char *xmp, uint8_t **bytes, size_t *size, char error[CIMAGEIO_ERROR_SIZE]);

void cimageio_free(void *memory);

#endif
