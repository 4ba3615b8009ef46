#ifndef DFLAB_VIDEO_CONVERT_H
#define DFLAB_VIDEO_CONVERT_H

#include "status.h"

struct AVFrame;

/// Turns frames into 8-bit RGB; keeps its tables from frame to frame. One thread at a time.
struct cffmpeg_converter;

/// NULL when there is no memory.
struct cffmpeg_converter *cffmpeg_converter_make(void);
void cffmpeg_converter_free(struct cffmpeg_converter *converter);

/// Fills `pixels`, width × height × 3 of the frame, by its own matrix, range and chroma places.
enum cffmpeg_status cffmpeg_converter_read(
    struct cffmpeg_converter *converter, const struct AVFrame *frame, uint8_t *pixels,
    char error[CFFMPEG_ERROR_SIZE]);

#endif
