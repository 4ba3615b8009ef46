/// Declarations shared by the four codecs.
#ifndef DFLAB_IMAGEIO_SHARED_H
#define DFLAB_IMAGEIO_SHARED_H

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "imageio.h"

/// The jump target of a failing codec, and its message.
struct cimageio_failure {
  struct jpeg_error_mgr jpeg;
  jmp_buf jump;
  enum cimageio_status status;
  char *error;
};

/// Directs libjpeg's errors to `failure`; returns the value for `cinfo.err`.
struct jpeg_error_mgr *cimageio_jpeg_errors(struct cimageio_failure *failure, char *error);

/// Stores the message and jumps; never returns.
_Noreturn void cimageio_fail(
    struct cimageio_failure *failure, enum cimageio_status status, const char *message);

/// Sets the size, and jumps if it exceeds the limits.
void cimageio_admit(
    struct cimageio_failure *failure, struct cimageio_picture *picture, int64_t width,
    int64_t height);

#endif
