#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "shared.h"

struct input {
  const uint8_t *bytes;
  size_t size, position;
  struct cimageio_failure failure;
};

static void on_error(png_structp png, png_const_charp message) {
  struct input *input = png_get_error_ptr(png);
  int ended = strcmp(message, "Not enough image data") == 0;
  cimageio_fail(&input->failure, ended ? CIMAGEIO_TRUNCATED : CIMAGEIO_DAMAGED, message);
}

static void on_warning(png_structp png, png_const_charp message) { (void)png, (void)message; }

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  struct input *input = png_get_io_ptr(png);
  if (count > input->size - input->position)
    cimageio_fail(&input->failure, CIMAGEIO_TRUNCATED, "the file ends early");
  memcpy(target, input->bytes + input->position, count);
  input->position += count;
}

/// Skips chunks that may be long and do not affect the decoded pixels.
static void skip_what_is_not_pixels(png_structp png) {
  png_set_keep_unknown_chunks(
      png, PNG_HANDLE_CHUNK_NEVER, (png_const_bytep) "tEXt\0zTXt\0iTXt\0sPLT\0hIST\0", 5);
}

static void to_srgb(png_structp png, png_infop info, uint8_t *pixels, size_t count) {
  png_charp name;
  int compression;
  png_bytep profile;
  png_uint_32 size;
  if (png_get_iCCP(png, info, &name, &compression, &profile, &size))
    cimageio_to_srgb(pixels, (int64_t)count, profile, size);
}

static void decode(png_structp png, png_infop info, struct input *input,
                   struct cimageio_picture *picture) {
  png_set_read_fn(png, input, read_bytes);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  skip_what_is_not_pixels(png);
  png_read_info(png, info);
  size_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
  cimageio_admit(&input->failure, picture, (int64_t)width, (int64_t)height);
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t channels = png_get_channels(png, info), row = width * channels;
  if ((channels != 3 && channels != 4) || png_get_rowbytes(png, info) != row)
    cimageio_fail(&input->failure, CIMAGEIO_DAMAGED, "the kind of pixel is unknown");
  picture->pixels = malloc(row * height);
  if (!picture->pixels)
    cimageio_fail(&input->failure, CIMAGEIO_DAMAGED, "there is not enough memory");
  for (int pass = 0; pass < passes; pass++)
    for (size_t y = 0; y < height; y++) png_read_row(png, picture->pixels + y * row, NULL);
  png_read_end(png, info);
  if (channels == 4) cimageio_lay_on_black(picture->pixels, width * height);
  to_srgb(png, info, picture->pixels, width * height);
  png_uint_32 length;
  png_bytep exif;
  if (png_get_eXIf_1(png, info, &length, &exif))
    picture->orientation = cimageio_orientation(exif, length);
}

enum cimageio_status cimageio_decode_png(
    const uint8_t *bytes, size_t size, struct cimageio_picture *picture, char *error) {
  struct input input = {.bytes = bytes, .size = size, .failure = {.error = error}};
  *picture = (struct cimageio_picture){.orientation = 1};
  png_structp png = NULL;
  png_infop info = NULL;
  png_structp *volatile made = &png;
  png_infop *volatile described = &info;
  if (setjmp(input.failure.jump)) {
    png_destroy_read_struct(made, described, NULL);
    free(picture->pixels);
    picture->pixels = NULL;
    return input.failure.status;
  }
  png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &input, on_error, on_warning);
  info = png ? png_create_info_struct(png) : NULL;
  if (!info) cimageio_fail(&input.failure, CIMAGEIO_DAMAGED, "there is not enough memory");
  decode(png, info, &input, picture);
  png_destroy_read_struct(&png, &info, NULL);
  return CIMAGEIO_OK;
}
