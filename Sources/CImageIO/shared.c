#include "shared.h"

#include <stdlib.h>

#include <jerror.h>

void cimageio_free(void *memory) { free(memory); }

void cimageio_lay_on_black(uint8_t *pixels, size_t count) {
  uint8_t *rgb = pixels;
  const uint8_t *rgba = pixels;
  for (size_t i = 0; i < count; i++, rgb += 3, rgba += 4) {
    unsigned alpha = rgba[3];
    for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)((rgba[c] * alpha + 127) / 255);
  }
}

_Noreturn void cimageio_fail(
    struct cimageio_failure *failure, enum cimageio_status status, const char *message) {
  failure->status = status;
  snprintf(failure->error, CIMAGEIO_ERROR_SIZE, "%s", message);
  longjmp(failure->jump, 1);
}

void cimageio_admit(
    struct cimageio_failure *failure, struct cimageio_picture *picture, int64_t width,
    int64_t height) {
  picture->width = width;
  picture->height = height;
  if (width > CIMAGEIO_LONGEST_SIDE || height > CIMAGEIO_LONGEST_SIDE ||
      width * height > CIMAGEIO_MOST_PIXELS)
    cimageio_fail(failure, CIMAGEIO_TOO_LARGE, "too large");
}

static _Noreturn void fail_jpeg(j_common_ptr jpeg, enum cimageio_status status) {
  char message[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, message);
  cimageio_fail((struct cimageio_failure *)jpeg->err, status, message);
}

static void on_error(j_common_ptr jpeg) {
  int code = jpeg->err->msg_code;
  int ended = code == JERR_INPUT_EOF || code == JERR_INPUT_EMPTY;
  fail_jpeg(jpeg, ended ? CIMAGEIO_TRUNCATED : CIMAGEIO_DAMAGED);
}

/// Warnings (level -1) that cost pixels are errors; others are common in valid files.
static void on_message(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  switch (jpeg->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER: fail_jpeg(jpeg, CIMAGEIO_TRUNCATED);
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_TOO_MUCH_DATA:
    case JWRN_BOGUS_ICC: break;
    default: fail_jpeg(jpeg, CIMAGEIO_DAMAGED);
  }
}

struct jpeg_error_mgr *cimageio_jpeg_errors(struct cimageio_failure *failure, char *error) {
  failure->error = error;
  struct jpeg_error_mgr *errors = jpeg_std_error(&failure->jpeg);
  errors->error_exit = on_error;
  errors->emit_message = on_message;
  return errors;
}
