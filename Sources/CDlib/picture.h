/// Our pixels as a dlib image, without a copy.
#ifndef DFLAB_CDLIB_PICTURE_H
#define DFLAB_CDLIB_PICTURE_H

#include <stdexcept>

#include <dlib/image_processing/generic_image.h>
#include <dlib/pixel.h>

#include "cdlib.h"

/// RGB pixels that belong to the caller.
struct picture {
  const uint8_t *pixels;
  long width, height;

  /// Throws unless the sizes are valid for a picture.
  picture(const uint8_t *pixels, int64_t width, int64_t height)
      : pixels(pixels), width(width), height(height) {
    if (!pixels || width < 1 || height < 1 || width > CDLIB_MOST_PIXELS ||
        height > CDLIB_MOST_PIXELS || width * height > CDLIB_MOST_PIXELS)
      throw std::invalid_argument("no picture to search has these sizes");
  }
};

inline long num_rows(const picture &picture) { return picture.height; }
inline long num_columns(const picture &picture) { return picture.width; }
inline long width_step(const picture &picture) { return picture.width * 3; }
inline const void *image_data(const picture &picture) { return picture.pixels; }

namespace dlib {
template <>
struct image_traits<picture> {
  typedef rgb_pixel pixel_type;
};
template <>
struct image_traits<const picture> {
  typedef rgb_pixel pixel_type;
};
}  // namespace dlib

#endif
