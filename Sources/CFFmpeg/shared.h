/// Declarations shared by the files of this target.
#ifndef DFLAB_VIDEO_SHARED_H
#define DFLAB_VIDEO_SHARED_H

#include <stdio.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#include "video.h"

/// Keeps FFmpeg from printing; its output is stored per thread for error messages.
void cffmpeg_listen(void);

/// Stores FFmpeg's last output on this thread, or the text for its code, as the message; returns
/// FAILED.
enum cffmpeg_status cffmpeg_failed(int code, char error[CFFMPEG_ERROR_SIZE]);

/// Stores a message; returns FAILED.
enum cffmpeg_status cffmpeg_refused(const char *message, char error[CFFMPEG_ERROR_SIZE]);

/// Opens a file or URL for reading; an FFmpeg code.
int cffmpeg_open_input(AVFormatContext **format, const char *path);

/// Opens the output file of a muxer; an FFmpeg code.
int cffmpeg_open_output(AVFormatContext *format, const char *path);

/// Closes it and synchronizes it to disk; an FFmpeg code.
int cffmpeg_close_output(AVFormatContext *format, const char *path);

/// The video stream that a player would show; NULL if there is none.
AVStream *cffmpeg_picture_stream(AVFormatContext *format);

/// Fills in the properties of a video that are known before decoding.
void cffmpeg_describe(
    AVFormatContext *format, AVStream *stream, struct cffmpeg_description *description);

/// The number of streams of a kind.
int32_t cffmpeg_streams_of(const AVFormatContext *format, enum AVMediaType type);

struct cffmpeg_ratio cffmpeg_ratio_of(AVRational ratio);

/// True if a frame of this size is within the limits.
bool cffmpeg_admits(int64_t width, int64_t height);

/// The color matrix of a frame; by default the one that players assume for its size.
enum AVColorSpace cffmpeg_matrix(const AVFrame *frame);

/// True for full range, 0 to 255 for 8 bits.
bool cffmpeg_is_full(const AVFrame *frame);

/// The number of a color matrix in FFmpeg's scaler, one of `SWS_CS_…`.
int cffmpeg_coefficients(enum AVColorSpace matrix);

/// Converts frames to another format, matrix, range and size, for frames of one size.
struct cffmpeg_scaler {
  struct SwsContext *context;
  /// The parameters of the context.
  int key[12];
};

int cffmpeg_scale(struct cffmpeg_scaler *scaler, const AVFrame *from, AVFrame *to);

/// Reduces a frame to RGB whose pixels are the means of 2×2, 4×4 or 8×8 of its own; false, and nothing
/// written, for other sizes and for pixel formats other than 8-bit 4:2:0.
///
/// Each color counts for the pixels around it, wherever the format places it.
bool cffmpeg_reduce(const AVFrame *frame, int width, int height, uint8_t *pixels);

#endif
