// Opens a video, decodes and converts some of its frames, and jumps in it; for clang's libFuzzer (see fuzz.py).
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "reader.h"

/// The frames that are looked at, before a jump and after it.
#define MOST_FRAMES 4

static void read_frames(
    struct cffmpeg_reader *reader, const struct cffmpeg_description *about, struct cffmpeg_converter *converter) {
  char error[CFFMPEG_ERROR_SIZE];
  for (int number = 0; number < MOST_FRAMES; number++) {
    struct AVFrame *frame = NULL;
    int64_t timestamp, duration;
    if (cffmpeg_reader_next(reader, &frame, &timestamp, &duration, error) != CFFMPEG_OK) return;
    uint8_t *pixels = malloc((size_t)about->width * about->height * 3);
    // The reader refuses frames of another size than the first one's.
    if (pixels) cffmpeg_converter_read(converter, frame, pixels, error);
    free(pixels);
    cffmpeg_frame_free(frame);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  int file = memfd_create("fuzz", 0);
  if (file < 0 || write(file, bytes, size) != (ssize_t)size) abort();
  char path[64], error[CFFMPEG_ERROR_SIZE];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  struct cffmpeg_reader *reader = NULL;
  struct cffmpeg_description about = {0};
  if (cffmpeg_reader_open(path, 1, &reader, &about, error) == CFFMPEG_OK) {
    struct cffmpeg_converter *converter = cffmpeg_converter_make();
    // Large frames are slow, and find nothing that small ones do not.
    if (converter && (int64_t)about.width * about.height <= 1 << 18) {
      read_frames(reader, &about, converter);
      if (cffmpeg_reader_seek(reader, 3, 0, error) == CFFMPEG_OK) read_frames(reader, &about, converter);
      bool jumped;
      cffmpeg_reader_skip(reader, 9, &jumped, error);
    }
    cffmpeg_converter_free(converter);
    cffmpeg_reader_close(reader);
  }
  close(file);
  return 0;
}
