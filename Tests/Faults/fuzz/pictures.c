// Decodes a picture file of any kind that dflab reads, as Media does; for clang's libFuzzer (see fuzz.py).
#include <string.h>

#include "imageio.h"
#include "picture.h"

/// A use of the pixels that no optimizer leaves out.
static volatile uint8_t sum;

static void use(const uint8_t *pixels, int64_t count) {
  for (int64_t at = 0; at < count; at++) sum ^= pixels[at];
}

static int begins(const uint8_t *bytes, size_t size, const char *with, size_t length) {
  return size >= length && !memcmp(bytes, with, length);
}

static void decode(
    enum cimageio_status (*decoder)(const uint8_t *, size_t, struct cimageio_picture *, char *), const uint8_t *bytes,
    size_t size) {
  struct cimageio_picture picture = {0};
  char error[CIMAGEIO_ERROR_SIZE];
  if (decoder(bytes, size, &picture, error) != CIMAGEIO_OK) return;
  use(picture.pixels, picture.width * picture.height * 3);
  cimageio_free(picture.pixels);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  cimageio_orientation(bytes, size);
  if (begins(bytes, size, "\xFF\xD8", 2)) {
    decode(cimageio_decode_jpeg, bytes, size);
  } else if (begins(bytes, size, "\x89PNG", 4)) {
    decode(cimageio_decode_png, bytes, size);
  } else if (size > 12 && !memcmp(bytes + 4, "ftyp", 4)) {
    decode(cimageio_decode_heif, bytes, size);
  } else {
    const char *decoder = begins(bytes, size, "RIFF", 4)                                        ? "webp"
                          : begins(bytes, size, "GIF8", 4)                                      ? "gif"
                          : begins(bytes, size, "BM", 2)                                        ? "bmp"
                          : begins(bytes, size, "II", 2) || begins(bytes, size, "MM", 2)        ? "tiff"
                          : begins(bytes, size, "\0\0\0\x0CjP", 6) || begins(bytes, size, "\xFF\x4F", 2) ? "jpeg2000"
                                                                                                : NULL;
    if (!decoder) return -1;
    struct cffmpeg_picture picture = {0};
    char error[CFFMPEG_ERROR_SIZE];
    // Media's own limits are larger; smaller ones keep the fuzzer quick.
    if (cffmpeg_picture_decode(decoder, bytes, size, 4000000, 65500, &picture, error) == CFFMPEG_OK) {
      use(picture.pixels, (int64_t)picture.width * picture.height * (picture.has_alpha ? 4 : 3));
      cffmpeg_picture_clear(&picture);
    }
  }
  return 0;
}
