#ifndef DFLAB_VIDEO_FRAME_H
#define DFLAB_VIDEO_FRAME_H

#include "status.h"

/// A frame as a decoder gave it, or as an encoder will get it.
struct AVFrame;

void cffmpeg_frame_free(struct AVFrame *frame);

/// Turns frames into 8-bit RGB; keeps its tables from frame to frame. One thread at a time.
struct cffmpeg_converter;

/// NULL when there is no memory.
struct cffmpeg_converter *cffmpeg_converter_make(void);
void cffmpeg_converter_free(struct cffmpeg_converter *converter);

/// Fills `pixels`, width × height × 3 of the frame, by its own matrix, range and chroma places.
enum cffmpeg_status cffmpeg_converter_read(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, uint8_t *pixels,
    char error[CFFMPEG_ERROR_SIZE]);

/// A frame of the given RGB pixels, kept in a format that FFmpeg knows by name.
enum cffmpeg_status cffmpeg_frame_make(
    const uint8_t *pixels, int32_t width, int32_t height, const char *format, bool is_full_range,
    struct AVFrame **result, char error[CFFMPEG_ERROR_SIZE]);

/// A rectangle of a frame that changes.
struct cffmpeg_patch {
  int32_t x, y, width, height;
  /// RGB, width × height × 3, before and after.
  const uint8_t *before, *after;
  /// width × height; what is 0 here keeps every bit.
  const uint8_t *mask;
};

/// A copy of the frame, changed by the difference of the patch's two pictures.
///
/// The difference goes through the frame's matrix and is added to what is there, so that nothing
/// is lost where little changes. A chroma value changes only if every pixel whose color it has a
/// part in, by bilinear interpolation, is in the mask.
enum cffmpeg_status cffmpeg_frame_patched(
    const struct AVFrame *frame, const struct cffmpeg_patch *patch, struct AVFrame **result,
    char error[CFFMPEG_ERROR_SIZE]);

#endif
