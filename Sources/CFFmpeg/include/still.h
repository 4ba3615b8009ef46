#ifndef DFLAB_VIDEO_STILL_H
#define DFLAB_VIDEO_STILL_H

#include "status.h"

/// Compresses a picture as the last frame of a short H.264 video with a constant quantizer, 0 to 51.
///
/// `source` holds `count` pictures, one or more, RGB, width × height × 3 each. The first is encoded as
/// a keyframe, the others are predicted from those before (4:2:0, BT.601, limited range), on one
/// thread. The last one is decoded into `target`; nothing is written to disk. Odd sides are padded
/// with their last pixels, which are cropped again.
enum cffmpeg_status cffmpeg_still_through_h264(
    const uint8_t *source, int32_t count, int32_t width, int32_t height, int32_t quantizer,
    uint8_t *target, char error[CFFMPEG_ERROR_SIZE]);

#endif
