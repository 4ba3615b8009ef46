#include "include/spectrum.h"

#include <math.h>

#include "clones.h"

CLONES void dflab_phasor(const float *restrict z, float *restrict y, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, z += 2 * channels, y += 2 * channels)
    for (size_t c = 0; c < channels; c++) {
      float real = z[c], imaginary = z[channels + c];
      float length = sqrtf(real * real + imaginary * imaginary);
      y[c] = length > 0 ? real / length : 1;
      y[channels + c] = length > 0 ? imaginary / length : 0;
    }
}

CLONES void dflab_phasor_backward(
    const float *restrict z, const float *restrict dy, float *restrict dz, size_t rows,
    size_t channels) {
  for (size_t row = 0; row < rows; row++, z += 2 * channels, dy += 2 * channels, dz += 2 * channels)
    for (size_t c = 0; c < channels; c++) {
      float length = sqrtf(z[c] * z[c] + z[channels + c] * z[channels + c]);
      float inverse = length > 0 ? 1 / length : 0;
      float real = z[c] * inverse, imaginary = z[channels + c] * inverse;
      // Only what is perpendicular to z turns it.
      float turn = (real * dy[channels + c] - imaginary * dy[c]) * inverse;
      dz[c] = -imaginary * turn;
      dz[channels + c] = real * turn;
    }
}

CLONES void dflab_magnitude(
    const float *restrict z, float *restrict y, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, z += 2 * channels, y += channels)
    for (size_t c = 0; c < channels; c++)
      y[c] = sqrtf(z[c] * z[c] + z[channels + c] * z[channels + c]);
}

CLONES void dflab_magnitude_backward(
    const float *restrict z, const float *restrict dy, float *restrict dz, size_t rows,
    size_t channels) {
  for (size_t row = 0; row < rows; row++, z += 2 * channels, dy += channels, dz += 2 * channels)
    for (size_t c = 0; c < channels; c++) {
      float length = sqrtf(z[c] * z[c] + z[channels + c] * z[channels + c]);
      float share = length > 0 ? dy[c] / length : 0;
      dz[c] = share * z[c];
      dz[channels + c] = share * z[channels + c];
    }
}

void dflab_phase(const float *z, float *y, size_t rows, size_t channels) {
  for (size_t row = 0; row < rows; row++, z += 2 * channels, y += channels)
    for (size_t c = 0; c < channels; c++) y[c] = atan2f(z[channels + c], z[c]);
}

CLONES void dflab_phase_backward(
    const float *restrict z, const float *restrict dy, float *restrict dz, size_t rows,
    size_t channels) {
  for (size_t row = 0; row < rows; row++, z += 2 * channels, dy += channels, dz += 2 * channels)
    for (size_t c = 0; c < channels; c++) {
      float square = z[c] * z[c] + z[channels + c] * z[channels + c];
      float share = square > 0 ? dy[c] / square : 0;
      dz[c] = -share * z[channels + c];
      dz[channels + c] = share * z[c];
    }
}
