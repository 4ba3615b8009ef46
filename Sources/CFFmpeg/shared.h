/// What the files of this target share.
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

/// Keeps FFmpeg from printing; what it has to say is kept for messages, a thread at a time.
void cffmpeg_listen(void);

/// Writes what FFmpeg said last on this thread, or else the words for its code; FAILED.
enum cffmpeg_status cffmpeg_failed(int code, char error[CFFMPEG_ERROR_SIZE]);

/// Writes a message; FAILED.
enum cffmpeg_status cffmpeg_refused(const char *message, char error[CFFMPEG_ERROR_SIZE]);

/// Opens a file or URL for reading; an FFmpeg code.
int cffmpeg_open_input(AVFormatContext **format, const char *path);

/// Opens the file that a muxer writes; an FFmpeg code.
int cffmpeg_open_output(AVFormatContext *format, const char *path);

/// Closes it, and has it reach the disk; an FFmpeg code.
int cffmpeg_close_output(AVFormatContext *format, const char *path);

/// The moving picture that a player would show; NULL without one.
AVStream *cffmpeg_picture_stream(AVFormatContext *format);

/// Fills in what is known of a video before its frames are decoded.
void cffmpeg_describe(
    AVFormatContext *format, AVStream *stream, struct cffmpeg_description *description);

/// How many streams of a kind a file holds.
int32_t cffmpeg_streams_of(const AVFormatContext *format, enum AVMediaType type);

struct cffmpeg_ratio cffmpeg_ratio_of(AVRational ratio);

/// True when a frame of this size is within the limits.
bool cffmpeg_admits(int64_t width, int64_t height);

/// What a frame's matrix is; where it does not say, as players take it, by its size.
enum AVColorSpace cffmpeg_matrix(const AVFrame *frame);

/// True when its values use the whole range, 0 to 255 for 8 bits.
bool cffmpeg_is_full(const AVFrame *frame);

/// Turns one frame's pixels into another's format, matrix and range, for frames of one size.
struct cffmpeg_scaler {
  struct SwsContext *context;
  /// What the context was made for.
  int key[10];
};

int cffmpeg_scale(struct cffmpeg_scaler *scaler, const AVFrame *from, AVFrame *to);

#endif
