/// Our own kernel for what networks are shown of a picture.
#ifndef DFLAB_VIEW_H
#define DFLAB_VIEW_H

#include <stdint.h>

/// Resamples an RGB picture along both axes, and turns its values, 0 to 255, into `scale` times each
/// minus `shift`.
///
/// Along each axis there are `count` new pixels, for each of which `taps` weights of the source pixels from
/// `starts` on; these may lie outside, where the edge pixel counts. `is_mirrored` reverses the new columns.
/// `lines` has room for 3 (`width` + `column_count`) + 8 values.
void cpixels_view(
    const uint8_t *source, int64_t width, int64_t height, int64_t column_count, int64_t column_taps,
    const int64_t *column_starts, const float *column_weights, int64_t row_count, int64_t row_taps,
    const int64_t *row_starts, const float *row_weights, int is_mirrored, const float scale[3],
    const float shift[3], float *lines, float *target);

#endif
