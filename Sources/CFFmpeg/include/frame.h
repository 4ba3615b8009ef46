#ifndef DFLAB_VIDEO_FRAME_H
#define DFLAB_VIDEO_FRAME_H

#include "status.h"

/// A decoded frame, or a frame to be encoded.
struct AVFrame;

void cffmpeg_frame_free(struct AVFrame *frame);

/// Converts frames to 8-bit RGB; keeps its tables between frames. One thread at a time.
struct cffmpeg_converter;

/// NULL if out of memory.
struct cffmpeg_converter *cffmpeg_converter_make(void);
void cffmpeg_converter_free(struct cffmpeg_converter *converter);

/// Fills `pixels`, width × height × 3, converted by the frame's own matrix, range and chroma
/// location.
enum cffmpeg_status cffmpeg_converter_read(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, uint8_t *pixels,
    char error[CFFMPEG_ERROR_SIZE]);

/// Fills `pixels`, width × height × 3, with a smaller picture of the frame: each pixel is the mean of
/// those that it covers, with less exact colors than those of `cffmpeg_converter_read`.
enum cffmpeg_status cffmpeg_converter_read_reduced(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, int32_t width,
    int32_t height, uint8_t *pixels, char error[CFFMPEG_ERROR_SIZE]);

/// Whether parts of the frame can be converted by themselves.
bool cffmpeg_frame_has_parts(const struct AVFrame *frame);

/// Fills `pixels`, width × height × 3, with a rectangle of the frame whose corner is at multiples of
/// 32; except near its edges, where the colors beyond are missing, with the same bits as
/// `cffmpeg_converter_read`.
enum cffmpeg_status cffmpeg_converter_read_part(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, int32_t x, int32_t y,
    int32_t width, int32_t height, uint8_t *pixels, char error[CFFMPEG_ERROR_SIZE]);

/// A frame of the given RGB pixels, kept in a format that FFmpeg knows by name.
enum cffmpeg_status cffmpeg_frame_make(
    const uint8_t *pixels, int32_t width, int32_t height, const char *format, bool is_full_range,
    struct AVFrame **result, char error[CFFMPEG_ERROR_SIZE]);

/// A changed rectangle of a frame.
struct cffmpeg_patch {
  int32_t x, y, width, height;
  /// RGB, width × height × 3, before and after.
  const uint8_t *before, *after;
  /// width × height; where it is 0 every bit is kept.
  const uint8_t *mask;
};

/// A copy of the frame, changed by the difference of the patch's two pictures.
///
/// The difference is converted by the frame's matrix and added to the existing values, so that
/// small changes lose nothing. A chroma value changes only if all pixels that depend on it by
/// bilinear interpolation are in the mask.
enum cffmpeg_status cffmpeg_frame_patched(
    const struct AVFrame *frame, const struct cffmpeg_patch *patch, struct AVFrame **result,
    char error[CFFMPEG_ERROR_SIZE]);

#endif
