/// What the four codecs share.
#ifndef DFLAB_IMAGEIO_SHARED_H
#define DFLAB_IMAGEIO_SHARED_H

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "imageio.h"

/// Where a codec jumps to when it fails, and what it has to say.
struct cimageio_failure {
  struct jpeg_error_mgr jpeg;
  jmp_buf jump;
  enum cimageio_status status;
  char *error;
};

/// Makes libjpeg report to `failure`; returns what `cinfo.err` must be.
struct jpeg_error_mgr *cimageio_jpeg_errors(struct cimageio_failure *failure, char *error);

/// Keeps the message and jumps; never returns.
_Noreturn void cimageio_fail(
    struct cimageio_failure *failure, enum cimageio_status status, const char *message);

/// Sets the size, and jumps unless it is within the limits.
void cimageio_admit(
    struct cimageio_failure *failure, struct cimageio_picture *picture, int64_t width,
    int64_t height);

/// EXIF's orientation, 1 to 8, in a TIFF structure; 1 when there is none.
int32_t cimageio_orientation(const uint8_t *tiff, size_t size);

#endif
