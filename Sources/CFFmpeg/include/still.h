#ifndef DFLAB_VIDEO_STILL_H
#define DFLAB_VIDEO_STILL_H

#include "status.h"

/// Compresses a picture as a frame of H.264 with a constant quantizer, 0 to 51.
///
/// It is encoded as a single IDR frame (4:2:0, BT.601, limited range), on one thread, and decoded;
/// nothing is written to disk. `source` and `target` are RGB, width × height × 3. Odd sides are
/// padded with their last pixels, which are cropped again.
enum cffmpeg_status cffmpeg_still_through_h264(
    const uint8_t *source, int32_t width, int32_t height, int32_t quantizer, uint8_t *target,
    char error[CFFMPEG_ERROR_SIZE]);

#endif
