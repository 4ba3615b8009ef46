#include <string.h>

#include "shared.h"

/// A TIFF structure, in either byte order.
struct tiff {
  const uint8_t *bytes;
  size_t size;
  int big;
};

/// The number of `length` bytes at `offset`; -1 outside the structure.
static int64_t number(struct tiff tiff, int64_t offset, int length) {
  if (offset < 0 || (uint64_t)offset + length > tiff.size) return -1;
  int64_t value = 0;
  for (int i = 0; i < length; i++)
    value = value << 8 | tiff.bytes[offset + (tiff.big ? i : length - 1 - i)];
  return value;
}

int32_t cimageio_orientation(const uint8_t *bytes, size_t size) {
  if (size < 8 || (memcmp(bytes, "II*\0", 4) != 0 && memcmp(bytes, "MM\0*", 4) != 0)) return 1;
  struct tiff tiff = {bytes, size, bytes[0] == 'M'};
  int64_t directory = number(tiff, 4, 4), count = number(tiff, directory, 2);
  for (int64_t i = 0; i < count; i++) {
    int64_t entry = directory + 2 + 12 * i;
    if (number(tiff, entry, 2) != 0x0112) continue;
    int64_t value = number(tiff, entry + 8, 2);
    return value >= 1 && value <= 8 ? (int32_t)value : 1;
  }
  return 1;
}
