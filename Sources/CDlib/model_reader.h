/// Reads the numbers of a file serialized by dlib.
#ifndef DFLAB_CDLIB_MODEL_READER_H
#define DFLAB_CDLIB_MODEL_READER_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

/// A cursor over a file's bytes; throws on invalid data.
///
/// dlib writes an integer as a byte with the sign (0x80) and the number of following bytes (0x0F),
/// low byte first, and a float as an integer and an exponent of two. Its own reader takes a second
/// for a landmark model, call by call through a stream; this one takes 0.1 s.
class model_reader {
 public:
  explicit model_reader(const char *path) {
    file.open(path, std::ios::binary | std::ios::ate);
    std::streamoff size = file ? (std::streamoff)file.tellg() : -1;
    if (size < 0) throw std::runtime_error("it cannot be opened");
    require(size < (1 << 30));
    unread = size;
    for (int k = 0; k <= 64; k++) small[k] = std::ldexp(1.0, k - 64);
    file.seekg(0);
    fill();
  }

  static void require(bool holds) {
    if (!holds) throw std::runtime_error("it is no model of 68 landmarks");
  }

  int64_t integer() {
    if (end - at < longest && unread > 0) fill();
    require(at < end);
    uint8_t head = bytes[at++];
    size_t count = head & 0x0F;
    require((head & 0x70) == 0 && count <= 8 && count <= end - at);
    uint64_t value = 0;
    for (size_t k = 0; k < count; k++) value |= (uint64_t)bytes[at + k] << (8 * k);
    at += count;
    return head & 0x80 ? -(int64_t)value : (int64_t)value;
  }

  float real() {
    // Almost all are a mantissa of at most four bytes, and an exponent from -64 to -1.
    uint64_t word = 0;
    if (end - at >= sizeof word) std::memcpy(&word, bytes.data() + at, sizeof word);
    unsigned head = word & 0xFF, count = head & 0x0F;
    uint64_t rest = word >> 8, tail = rest >> (8 * std::min(count, 4u));
    unsigned exponent = tail >> 8 & 0xFF;
    if ((head & 0x7F) == count && count <= 4 && (tail & 0xFF) == 0x81 && exponent <= 64) {
      at += count + 3;
      int64_t mantissa = rest & ((1ull << (8 * count)) - 1);
      // Without a branch, which would be mispredicted for every other number.
      int64_t sign = -(int64_t)(head >> 7);
      return (float)((double)((mantissa ^ sign) - sign) * small[64 - exponent]);
    }
    return general_real();
  }

  /// A number of items, each of which takes at least a byte.
  size_t count() {
    int64_t count = integer();
    require(count >= 0 && (uint64_t)count <= end - at + unread);
    return (size_t)count;
  }

  /// A column of numbers, with rows and columns stored as negative numbers.
  size_t column() {
    int64_t rows = integer(), columns = integer();
    require(rows <= 0 && columns == -1 && rows != INT64_MIN);
    require((uint64_t)-rows <= end - at + unread);
    return (size_t)-rows;
  }

 private:
  /// The most bytes of an integer.
  static const size_t longest = 9;

  std::ifstream file;
  /// A part of the file, which as a whole would double the memory that a model takes.
  std::vector<uint8_t> bytes = std::vector<uint8_t>(1 << 18);
  size_t at = 0, end = 0;
  /// The bytes of the file after that part.
  size_t unread = 0;
  /// The powers of two from -64 to 0.
  double small[65];

  float general_real() {
    double mantissa = (double)integer();
    int64_t exponent = integer();
    require(exponent > -1100 && exponent < 1000);
    return (float)std::ldexp(mantissa, (int)exponent);
  }

  /// Moves on to the next part.
  void fill() {
    std::copy(bytes.begin() + at, bytes.begin() + end, bytes.begin());
    end -= at;
    at = 0;
    size_t more = std::min(bytes.size() - end, unread);
    file.read((char *)bytes.data() + end, more);
    if (!file) throw std::runtime_error("it cannot be read");
    end += more;
    unread -= more;
  }
};

#endif
