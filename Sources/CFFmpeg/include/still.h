#ifndef DFLAB_VIDEO_STILL_H
#define DFLAB_VIDEO_STILL_H

#include "status.h"

/// What a picture becomes as a frame of H.264 with a constant quantizer, 0 to 51.
///
/// It is coded on its own (an IDR frame of 4:2:0, BT.601, limited range), by one thread, and decoded
/// again; nothing reaches the disk. `source` and `target` are RGB, width × height × 3. Odd sides
/// are made even by their last pixels, which are cut off again.
enum cffmpeg_status cffmpeg_still_through_h264(
    const uint8_t *source, int32_t width, int32_t height, int32_t quantizer, uint8_t *target,
    char error[CFFMPEG_ERROR_SIZE]);

#endif
