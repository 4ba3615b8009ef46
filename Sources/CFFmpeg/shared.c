#include "shared.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <unistd.h>

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
    return cffmpeg_refused("its index is missing: it was cut off, never finished, or is no video", error);
  if (code == AVERROR(ENOSPC) || code == AVERROR(EDQUOT))
    return cffmpeg_refused("the disk is full; make room, or name a file on another disk", error);
  if (code == AVERROR(EFBIG))
    return cffmpeg_refused(
        "it would be larger than files may be here; name a file on another disk, or raise the limit "
        "(ulimit -f)", error);
  // The system's errors are clearer than FFmpeg's.
  if (said[0] && code == AVERROR_INVALIDDATA) return cffmpeg_refused(said, error);
  char words[CFFMPEG_ERROR_SIZE];
  if (av_strerror(code, words, sizeof words) < 0) snprintf(words, sizeof words, "error %d", code);
  return cffmpeg_refused(words, error);
}

enum cffmpeg_status cffmpeg_publish(
    const char *path, const char *name, char error[CFFMPEG_ERROR_SIZE]) {
  cffmpeg_listen();
  if (rename(path, name) != 0) return cffmpeg_failed(AVERROR(errno), error);
  const char *end = strrchr(name, '/');
  char *folder = end ? av_strndup(name, end - name + 1) : av_strdup(".");
  int file = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  // Some file systems do not support it for folders; the file itself is safe.
  if (file >= 0) {
    fsync(file);
    close(file);
  }
  av_free(folder);
  return CFFMPEG_OK;
}

static bool is_url(const char *path) {
  const char *mark = strstr(path, "://");
  if (!mark || mark == path) return false;
  for (const char *c = path; c < mark; c++)
    if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-", *c))
      return false;
  return true;
}

/// Opens the file itself, but none that it names, as a playlist does: it may be a stranger's.
static int open_alone(
    AVFormatContext *format, AVIOContext **file, const char *name, int flags, AVDictionary **options) {
  if (!format->url || strcmp(name, format->url)) return AVERROR(EPERM);
  return avio_open2(file, name, flags, &format->interrupt_callback, options);
}

int cffmpeg_open_input(AVFormatContext **format, const char *path) {
  AVDictionary *options = NULL;
  // A server that is silent for half a minute counts as gone.
  if (is_url(path)) av_dict_set(&options, "rw_timeout", "30000000", 0);
  // A path with colons would be taken for a URL.
  char *name = is_url(path) ? av_strdup(path) : av_asprintf("file:%s", path);
  if (name && !is_url(path)) {
    *format = avformat_alloc_context();
    if (*format) (*format)->io_open = open_alone;
  }
  int code = name ? avformat_open_input(format, name, NULL, &options) : AVERROR(ENOMEM);
  av_dict_free(&options);
  av_free(name);
  return code;
}

int cffmpeg_open_output(AVFormatContext *format, const char *path) {
  char *name = av_asprintf("file:%s", path);
  if (!name) return AVERROR(ENOMEM);
  // Muxers that read back their output open it by this name.
  format->url = name;
  return avio_open(&format->pb, name, AVIO_FLAG_WRITE);
}

int cffmpeg_close_output(AVFormatContext *format, const char *path) {
  int code = avio_closep(&format->pb);
  if (code < 0) return code;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return AVERROR(errno);
  code = fsync(file) == 0 ? 0 : AVERROR(errno);
  close(file);
  return code;
}

struct cffmpeg_ratio cffmpeg_ratio_of(AVRational ratio) {
  if (ratio.num <= 0 || ratio.den <= 0) return (struct cffmpeg_ratio){0, 1};
  return (struct cffmpeg_ratio){ratio.num, ratio.den};
}

bool cffmpeg_admits(int64_t width, int64_t height) {
  return width > 0 && height > 0 && width <= CFFMPEG_LONGEST_SIDE &&
         height <= CFFMPEG_LONGEST_SIDE && width * height <= CFFMPEG_MOST_PIXELS;
}

AVStream *cffmpeg_picture_stream(AVFormatContext *format) {
  int best = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
  if (best < 0) return NULL;
  AVStream *stream = format->streams[best];
  // The cover of an audio file is not a video.
  return stream->disposition & AV_DISPOSITION_ATTACHED_PIC ? NULL : stream;
}
