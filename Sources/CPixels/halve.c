#include "pixels.h"

void cpixels_halve(const uint8_t *source, int64_t width, int64_t height, uint8_t *target) {
  for (int64_t row = 0; row + 1 < height; row += 2) {
    const uint8_t *upper = source + row * width * 3, *lower = upper + width * 3;
    for (int64_t column = 0; column + 1 < width; column += 2, upper += 6, lower += 6, target += 3) {
      target[0] = (uint8_t)((upper[0] + upper[3] + lower[0] + lower[3] + 2) >> 2);
      target[1] = (uint8_t)((upper[1] + upper[4] + lower[1] + lower[4] + 2) >> 2);
      target[2] = (uint8_t)((upper[2] + upper[5] + lower[2] + lower[5] + 2) >> 2);
    }
  }
}
