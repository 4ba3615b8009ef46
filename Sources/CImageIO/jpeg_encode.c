#include <stdlib.h>
#include <string.h>

#include "shared.h"

/// The identifier of XMP in an APP1 segment, including the terminating zero.
static const char xmp_name[] = "http://ns.adobe.com/xap/1.0/";

static void write_xmp(struct jpeg_compress_struct *jpeg, const char *xmp) {
  size_t length = sizeof xmp_name + strlen(xmp);
  if (length > 65533)
    cimageio_fail((struct cimageio_failure *)jpeg->err, CIMAGEIO_DAMAGED, "the mark is too long");
  jpeg_write_m_header(jpeg, JPEG_APP0 + 1, (unsigned)length);
  for (size_t i = 0; i < sizeof xmp_name; i++) jpeg_write_m_byte(jpeg, (uint8_t)xmp_name[i]);
  for (; *xmp; xmp++) jpeg_write_m_byte(jpeg, (uint8_t)*xmp);
}

enum cimageio_status cimageio_encode_jpeg(
    const uint8_t *pixels, int64_t width, int64_t height, int32_t quality, const char *xmp,
    uint8_t **bytes, size_t *size, char *error) {
  struct jpeg_compress_struct jpeg = {0};
  struct cimageio_failure failure;
  // libjpeg may replace its buffer at any time, so it is returned only at the end.
  struct output {
    unsigned char *bytes;
    unsigned long size;
    int is_set_up;
  } *output = calloc(1, sizeof *output);
  *bytes = NULL;
  *size = 0;
  if (!output) {
    snprintf(error, CIMAGEIO_ERROR_SIZE, "there is not enough memory");
    return CIMAGEIO_DAMAGED;
  }
  jpeg.err = cimageio_jpeg_errors(&failure, error);
  if (setjmp(failure.jump)) {
    // The destination manager reports the newest buffer only when it terminates.
    if (output->is_set_up) jpeg.dest->term_destination(&jpeg);
    jpeg_destroy_compress(&jpeg);
    free(output->bytes);
    free(output);
    return failure.status;
  }
  jpeg_create_compress(&jpeg);
  jpeg_mem_dest(&jpeg, &output->bytes, &output->size);
  output->is_set_up = 1;
  jpeg.image_width = (JDIMENSION)width;
  jpeg.image_height = (JDIMENSION)height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&jpeg, TRUE);
  if (xmp) write_xmp(&jpeg, xmp);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)jpeg.next_scanline * width * 3);
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  *bytes = output->bytes;
  *size = output->size;
  free(output);
  return CIMAGEIO_OK;
}
