#include <stdlib.h>
#include <string.h>

#include "shared.h"

/// More scans than this are a denial-of-service attempt, not a picture.
static const int most_scans = 500;

static void count_scans(j_common_ptr jpeg) {
  if (((j_decompress_ptr)jpeg)->input_scan_number > most_scans)
    cimageio_fail((struct cimageio_failure *)jpeg->err, CIMAGEIO_DAMAGED, "too many scans");
}

static int32_t orientation(const struct jpeg_decompress_struct *jpeg) {
  for (jpeg_saved_marker_ptr marker = jpeg->marker_list; marker; marker = marker->next)
    if (marker->data_length > 6 && memcmp(marker->data, "Exif\0\0", 6) == 0)
      return cimageio_orientation(marker->data + 6, marker->data_length - 6);
  return 1;
}

/// Converts inks to light: each color is the light that passes its own ink and black.
static void cmyk_to_rgb(const uint8_t *cmyk, uint8_t *rgb, size_t width, int inverted) {
  uint8_t flip = inverted ? 0 : 255;
  for (size_t x = 0; x < width; x++, cmyk += 4, rgb += 3)
    for (int c = 0; c < 3; c++)
      rgb[c] = (uint8_t)(((cmyk[c] ^ flip) * (cmyk[3] ^ flip) + 127) / 255);
}

static void to_srgb(struct jpeg_decompress_struct *jpeg, struct cimageio_picture *picture) {
  JOCTET *profile = NULL;
  unsigned size = 0;
  if (jpeg_read_icc_profile(jpeg, &profile, &size))
    cimageio_to_srgb(picture->pixels, picture->width * picture->height, profile, size);
  free(profile);
}

enum cimageio_status cimageio_decode_jpeg(
    const uint8_t *bytes, size_t size, struct cimageio_picture *picture, char *error) {
  struct jpeg_decompress_struct jpeg = {0};
  struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
  struct cimageio_failure failure;
  *picture = (struct cimageio_picture){.orientation = 1};
  jpeg.err = cimageio_jpeg_errors(&failure, error);
  if (setjmp(failure.jump)) {
    free(picture->pixels);
    picture->pixels = NULL;
    jpeg_destroy_decompress(&jpeg);
    return failure.status;
  }
  jpeg_create_decompress(&jpeg);
  jpeg.progress = &progress;
  jpeg_mem_src(&jpeg, bytes, size);
  jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xFFFF);
  jpeg_save_markers(&jpeg, JPEG_APP0 + 2, 0xFFFF);
  jpeg_read_header(&jpeg, TRUE);
  cimageio_admit(&failure, picture, jpeg.image_width, jpeg.image_height);
  picture->orientation = orientation(&jpeg);

  int inks = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
  jpeg.out_color_space = inks ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(&jpeg);
  size_t width = jpeg.output_width, height = jpeg.output_height;
  picture->pixels = malloc(width * height * 3);
  if (!picture->pixels) cimageio_fail(&failure, CIMAGEIO_DAMAGED, "there is not enough memory");
  JSAMPARRAY ink_row = jpeg.mem->alloc_sarray((j_common_ptr)&jpeg, JPOOL_IMAGE, width * 4, 1);
  while (jpeg.output_scanline < height) {
    uint8_t *row = picture->pixels + jpeg.output_scanline * width * 3;
    jpeg_read_scanlines(&jpeg, inks ? ink_row : &row, 1);
    if (inks) cmyk_to_rgb(ink_row[0], row, width, jpeg.saw_Adobe_marker);
  }
  // Finishing frees the markers.
  if (!inks) to_srgb(&jpeg, picture);
  jpeg_finish_decompress(&jpeg);
  jpeg_destroy_decompress(&jpeg);
  return CIMAGEIO_OK;
}
