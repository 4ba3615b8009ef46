#include <libheif/heif.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "imageio.h"

/// What one decoding owns.
struct decoding {
  struct heif_context *context;
  struct heif_image_handle *handle;
  struct heif_decoding_options *options;
  struct heif_image *image;
  uint8_t *profile;
};

static void clear(struct decoding *decoding) {
  free(decoding->profile);
  if (decoding->image) heif_image_release(decoding->image);
  if (decoding->options) heif_decoding_options_free(decoding->options);
  if (decoding->handle) heif_image_handle_release(decoding->handle);
  if (decoding->context) heif_context_free(decoding->context);
}

static enum cimageio_status failed(enum cimageio_status status, const char *message, char *error) {
  snprintf(error, CIMAGEIO_ERROR_SIZE, "%s", message);
  return status;
}

static enum cimageio_status refused(struct heif_error reason, char *error) {
  if (reason.subcode == heif_suberror_End_of_data)
    return failed(CIMAGEIO_TRUNCATED, "the file ends early", error);
  if (reason.code == heif_error_Unsupported_filetype ||
      reason.code == heif_error_Unsupported_feature ||
      reason.subcode == heif_suberror_Unsupported_codec) {
    snprintf(error, CIMAGEIO_ERROR_SIZE,
             "%s; its codec may be in a package of its own (libheif-plugin-libde265 for HEIC, "
             "libheif-plugin-aomdec for AVIF)", reason.message);
    return CIMAGEIO_UNSUPPORTED;
  }
  return failed(CIMAGEIO_DAMAGED, reason.message, error);
}

static int fits(struct cimageio_picture *picture, int width, int height) {
  picture->width = width;
  picture->height = height;
  return width > 0 && height > 0 && width <= CIMAGEIO_LONGEST_SIDE &&
         height <= CIMAGEIO_LONGEST_SIDE && (int64_t)width * height <= CIMAGEIO_MOST_PIXELS;
}

/// Copies the decoded picture, with its colors as sRGB.
static enum cimageio_status copy(
    struct decoding *decoding, int has_alpha, struct cimageio_picture *picture, char *error) {
  const struct heif_image *image = decoding->image;
  int width = heif_image_get_width(image, heif_channel_interleaved);
  int height = heif_image_get_height(image, heif_channel_interleaved);
  if (!fits(picture, width, height)) return failed(CIMAGEIO_TOO_LARGE, "too large", error);
  int stride = 0;
  const uint8_t *plane =
      heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
  size_t row = (size_t)width * (has_alpha ? 4 : 3), count = (size_t)width * height;
  if (!plane || stride < 0 || (size_t)stride < row)
    return failed(CIMAGEIO_DAMAGED, "it has no pixels", error);
  picture->pixels = malloc(row * height);
  if (!picture->pixels) return failed(CIMAGEIO_DAMAGED, "there is not enough memory", error);
  for (int y = 0; y < height; y++)
    memcpy(picture->pixels + y * row, plane + (size_t)y * stride, row);
  if (has_alpha) {
    // Premultiplied colors are on black already.
    if (heif_image_handle_is_premultiplied_alpha(decoding->handle))
      for (size_t i = 0; i < count; i++) picture->pixels[i * 4 + 3] = 255;
    cimageio_lay_on_black(picture->pixels, count);
  }
  size_t size = heif_image_handle_get_raw_color_profile_size(decoding->handle);
  decoding->profile = size > 0 ? malloc(size) : NULL;
  if (decoding->profile &&
      heif_image_handle_get_raw_color_profile(decoding->handle, decoding->profile).code == 0)
    cimageio_to_srgb(picture->pixels, (int64_t)count, decoding->profile, size);
  return CIMAGEIO_OK;
}

static enum cimageio_status decode(
    struct decoding *decoding, const uint8_t *bytes, size_t size,
    struct cimageio_picture *picture, char *error) {
  decoding->context = heif_context_alloc();
  decoding->options = heif_decoding_options_alloc();
  if (!decoding->context || !decoding->options)
    return failed(CIMAGEIO_DAMAGED, "there is not enough memory", error);
  decoding->options->convert_hdr_to_8bit = 1;
  // Files are decoded side by side.
  heif_context_set_max_decoding_threads(decoding->context, 0);
  struct heif_error reason =
      heif_context_read_from_memory_without_copy(decoding->context, bytes, size, NULL);
  if (reason.code == 0)
    reason = heif_context_get_primary_image_handle(decoding->context, &decoding->handle);
  if (reason.code != 0) return refused(reason, error);
  if (!fits(picture, heif_image_handle_get_width(decoding->handle),
            heif_image_handle_get_height(decoding->handle)))
    return failed(CIMAGEIO_TOO_LARGE, "too large", error);
  int has_alpha = heif_image_handle_has_alpha_channel(decoding->handle);
  reason = heif_decode_image(
      decoding->handle, &decoding->image, heif_colorspace_RGB,
      has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, decoding->options);
  if (reason.code != 0) return refused(reason, error);
  return copy(decoding, has_alpha, picture, error);
}

enum cimageio_status cimageio_decode_heif(
    const uint8_t *bytes, size_t size, struct cimageio_picture *picture, char *error) {
  *picture = (struct cimageio_picture){.orientation = 1};
  struct decoding decoding = {0};
  enum cimageio_status status = decode(&decoding, bytes, size, picture, error);
  clear(&decoding);
  if (status != CIMAGEIO_OK) {
    free(picture->pixels);
    picture->pixels = NULL;
  }
  return status;
}
