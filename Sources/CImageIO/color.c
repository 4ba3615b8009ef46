#include <lcms2.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "imageio.h"

/// Profiles of cameras and screens have some kilobytes; tables of printers at most a few megabytes.
static const size_t longest_profile = 4 << 20;

/// The steps of each color in the comparison of two color spaces.
#define STEPS 9

/// Whether a transform moves no color by more than two levels.
static int changes_nothing(cmsHTRANSFORM transform) {
  enum { colors = STEPS * STEPS * STEPS };
  uint8_t from[colors * 3], to[colors * 3];
  for (int i = 0; i < colors; i++) {
    from[i * 3] = (uint8_t)(i % STEPS * 255 / (STEPS - 1));
    from[i * 3 + 1] = (uint8_t)(i / STEPS % STEPS * 255 / (STEPS - 1));
    from[i * 3 + 2] = (uint8_t)(i / STEPS / STEPS * 255 / (STEPS - 1));
  }
  cmsDoTransform(transform, from, to, colors);
  for (int i = 0; i < colors * 3; i++)
    if (abs(from[i] - to[i]) > 2) return 0;
  return 1;
}

/// The last profile that changed nothing: the pictures of a camera or of a video have all the same, and
/// looking into it takes longer than decoding a small picture.
static struct {
  pthread_mutex_t lock;
  size_t size;
  uint8_t bytes[8192];
} harmless = {PTHREAD_MUTEX_INITIALIZER, 0, {0}};

static int is_harmless(const uint8_t *profile, size_t size) {
  pthread_mutex_lock(&harmless.lock);
  int same = size == harmless.size && memcmp(profile, harmless.bytes, size) == 0;
  pthread_mutex_unlock(&harmless.lock);
  return same;
}

static void remember_harmless(const uint8_t *profile, size_t size) {
  if (size > sizeof harmless.bytes) return;
  pthread_mutex_lock(&harmless.lock);
  memcpy(harmless.bytes, profile, size);
  harmless.size = size;
  pthread_mutex_unlock(&harmless.lock);
}

/// Converts to sRGB; returns whether nothing is changed by that.
static int convert(cmsHPROFILE source, uint8_t *rgb, int64_t count) {
  if (cmsGetColorSpace(source) != cmsSigRgbData) return 0;
  cmsHPROFILE target = cmsCreate_sRGBProfile();
  if (!target) return 0;
  cmsHTRANSFORM transform =
      cmsCreateTransform(source, TYPE_RGB_8, target, TYPE_RGB_8, INTENT_PERCEPTUAL, 0);
  cmsCloseProfile(target);
  if (!transform) return 0;
  int nothing = changes_nothing(transform);
  if (!nothing) cmsDoTransform(transform, rgb, rgb, (cmsUInt32Number)count);
  cmsDeleteTransform(transform);
  return nothing;
}

void cimageio_to_srgb(uint8_t *rgb, int64_t count, const uint8_t *profile, size_t size) {
  // The color space of the device is at byte 16 of the header.
  if (!profile || size < 128 || size > longest_profile || memcmp(profile + 16, "RGB ", 4) != 0)
    return;
  if (is_harmless(profile, size)) return;
  cmsHPROFILE source = cmsOpenProfileFromMem(profile, (cmsUInt32Number)size);
  if (!source) return;
  if (convert(source, rgb, count)) remember_harmless(profile, size);
  cmsCloseProfile(source);
}
