#ifndef DFLAB_RESAMPLE_H
#define DFLAB_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

/// Windows sliding over one volume [frames, height, width, channels], for an output of
/// [out_frames, rows, columns, channels]; a picture is a volume of one frame.
typedef struct {
  int32_t frames, height, width, channels;
  int32_t out_frames, rows, columns;
  /// Of rows and columns alike.
  int32_t kernel, stride;
  int32_t kernel_frames, frame_stride;
  /// Frames, rows and columns before the volume that windows may cover.
  int32_t frame_padding, row_padding, column_padding;
} dflab_windows;

/// The maximum of each window in the rows `first` ..< `end` of the output, counted through all frames; pixels
/// outside the volume are ignored.
void dflab_max_pool(
    const float *x, float *y, const dflab_windows *windows, size_t first, size_t end);

/// Its gradient: each dy is routed to the first maximum of its window. dx is overwritten.
void dflab_max_pool_backward(
    const float *x, const float *y, const float *dy, float *dx, const dflab_windows *windows);

/// The sum over each window divided by its size, in the same rows; pixels outside the volume count as zero.
void dflab_average_pool(
    const float *x, float *y, const dflab_windows *windows, size_t first, size_t end);
void dflab_average_pool_backward(const float *dy, float *dx, const dflab_windows *windows);

/// One output position of a resize along one axis:
/// (1 − weight) · `first` + weight · `second`.
typedef struct {
  int32_t first, second;
  float weight;
} dflab_tap;

/// Makes one row of a resized image from the image x [height, width, channels].
void dflab_resize_row(
    const float *x, float *y, dflab_tap row, const dflab_tap *columns, size_t column_count,
    size_t width, size_t channels);

/// Its adjoint: *adds* one row's gradient to that of the whole image.
void dflab_resize_row_backward(
    const float *dy, float *dx, dflab_tap row, const dflab_tap *columns, size_t column_count,
    size_t width, size_t channels);

#endif
