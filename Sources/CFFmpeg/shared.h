/// What the files of this target share.
#ifndef DFLAB_VIDEO_SHARED_H
#define DFLAB_VIDEO_SHARED_H

#include <stdbool.h>
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

struct cffmpeg_ratio cffmpeg_ratio_of(AVRational ratio);

/// True when a frame of this size is within the limits.
bool cffmpeg_admits(int64_t width, int64_t height);

/// What a frame's colours are where it does not say: as players take them, by its height.
enum AVColorSpace cffmpeg_matrix(const AVFrame *frame);

#endif
