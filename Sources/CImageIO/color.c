#include <lcms2.h>
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

static void convert(cmsHPROFILE source, uint8_t *rgb, int64_t count) {
  if (cmsGetColorSpace(source) != cmsSigRgbData) return;
  cmsHPROFILE target = cmsCreate_sRGBProfile();
  if (!target) return;
  cmsHTRANSFORM transform =
      cmsCreateTransform(source, TYPE_RGB_8, target, TYPE_RGB_8, INTENT_PERCEPTUAL, 0);
  cmsCloseProfile(target);
  if (!transform) return;
  if (!changes_nothing(transform)) cmsDoTransform(transform, rgb, rgb, (cmsUInt32Number)count);
  cmsDeleteTransform(transform);
}

void cimageio_to_srgb(uint8_t *rgb, int64_t count, const uint8_t *profile, size_t size) {
  // The color space of the device is at byte 16 of the header.
  if (!profile || size < 128 || size > longest_profile || memcmp(profile + 16, "RGB ", 4) != 0)
    return;
  cmsHPROFILE source = cmsOpenProfileFromMem(profile, (cmsUInt32Number)size);
  if (!source) return;
  convert(source, rgb, count);
  cmsCloseProfile(source);
}
