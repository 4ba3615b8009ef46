#include "shared.h"

#include <pthread.h>
#include <stdarg.h>

static _Thread_local char said[CFFMPEG_ERROR_SIZE];

static void keep(void *context, int level, const char *format, va_list values) {
  (void)context;
  if (level > AV_LOG_ERROR) return;
  vsnprintf(said, sizeof said, format, values);
  size_t length = strlen(said);
  while (length > 0 && (said[length - 1] == '\n' || said[length - 1] == '.' ||
                        said[length - 1] == ' '))
    said[--length] = 0;
}

static void listen(void) { av_log_set_callback(keep); }

void cffmpeg_listen(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, listen);
  said[0] = 0;
}

enum cffmpeg_status cffmpeg_refused(const char *message, char error[CFFMPEG_ERROR_SIZE]) {
  snprintf(error, CFFMPEG_ERROR_SIZE, "%s", message);
  return CFFMPEG_FAILED;
}

enum cffmpeg_status cffmpeg_failed(int code, char error[CFFMPEG_ERROR_SIZE]) {
  if (strstr(said, "moov atom not found"))
    return cffmpeg_refused("its index is missing, so it was cut off or never finished", error);
  // Errors of the system are clearer than what FFmpeg says about them.
  if (said[0] && code == AVERROR_INVALIDDATA) return cffmpeg_refused(said, error);
  char words[CFFMPEG_ERROR_SIZE];
  if (av_strerror(code, words, sizeof words) < 0) snprintf(words, sizeof words, "error %d", code);
  return cffmpeg_refused(words, error);
}

struct cffmpeg_ratio cffmpeg_ratio_of(AVRational ratio) {
  if (ratio.num <= 0 || ratio.den <= 0) return (struct cffmpeg_ratio){0, 1};
  return (struct cffmpeg_ratio){ratio.num, ratio.den};
}

bool cffmpeg_admits(int64_t width, int64_t height) {
  return width > 0 && height > 0 && width <= CFFMPEG_LONGEST_SIDE &&
         height <= CFFMPEG_LONGEST_SIDE && width * height <= CFFMPEG_MOST_PIXELS;
}

enum AVColorSpace cffmpeg_matrix(const AVFrame *frame) {
  if (frame->colorspace != AVCOL_SPC_UNSPECIFIED && frame->colorspace != AVCOL_SPC_RESERVED)
    return frame->colorspace;
  return frame->width >= 1280 || frame->height > 576 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}
