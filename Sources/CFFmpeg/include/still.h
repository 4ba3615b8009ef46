#ifndef DFLAB_VIDEO_STILL_H
#define DFLAB_VIDEO_STILL_H

#include "status.h"

/// Compresses pictures as the frames of an H.264 video with a constant quantizer, 0 to 51.
///
/// `source` holds `count` pictures, one or more, RGB, width × height × 3 each. The first is encoded as
/// a keyframe, and so is the first of every `interval` pictures (0 for the encoder's own interval); the
/// others are predicted from those before (4:2:0, BT.601, limited range), on one thread. The last
/// `kept` pictures, 1 to `count`, are decoded into `target`; nothing is written to disk. Odd sides are
/// padded with their last pixels, which are cropped again.
enum cffmpeg_status cffmpeg_through_h264(
    const uint8_t *source, int32_t count, int32_t kept, int32_t width, int32_t height,
    int32_t quantizer, int32_t interval, uint8_t *target, char error[CFFMPEG_ERROR_SIZE]);

#endif
