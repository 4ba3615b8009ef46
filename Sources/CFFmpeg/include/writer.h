#ifndef DFLAB_VIDEO_WRITER_H
#define DFLAB_VIDEO_WRITER_H

#include "frame.h"

/// Encoding settings.
struct cffmpeg_encoding {
  /// FFmpeg's name of the encoder, and of its preset; NULL for no preset.
  const char *encoder, *preset;
  /// The rate factor (CRF); lower is better. Ignored for lossless encoding.
  int32_t quality;
  bool is_lossless;
  int32_t threads;
  struct cffmpeg_ratio time_base, frame_rate, sample_aspect;
};

/// An encoder with the file for its packets.
struct cffmpeg_writer;

/// Opens a segment: a NUT file of one stream. Size, format and colors are those of `first`.
enum cffmpeg_status cffmpeg_writer_open(
    const char *path, const struct cffmpeg_encoding *encoding, const struct AVFrame *first,
    struct cffmpeg_writer **writer, char error[CFFMPEG_ERROR_SIZE]);

/// Appends a frame; time stamps must increase.
enum cffmpeg_status cffmpeg_writer_write(
    struct cffmpeg_writer *writer, const struct AVFrame *frame, int64_t timestamp,
    char error[CFFMPEG_ERROR_SIZE]);

/// Completes the file and synchronizes it to disk.
enum cffmpeg_status cffmpeg_writer_finish(
    struct cffmpeg_writer *writer, char error[CFFMPEG_ERROR_SIZE]);

void cffmpeg_writer_close(struct cffmpeg_writer *writer);

#endif
