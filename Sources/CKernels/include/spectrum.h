#ifndef DFLAB_SPECTRUM_H
#define DFLAB_SPECTRUM_H

#include <stddef.h>

// Complex numbers: each row has `channels` real parts, then as many imaginary ones. The gradients
// at zero are zero.

/// y = z / |z|, 1 for zero; y is complex.
void dflab_phasor(const float *z, float *y, size_t rows, size_t channels);
void dflab_phasor_backward(
    const float *z, const float *dy, float *dz, size_t rows, size_t channels);

/// y = |z|.
void dflab_magnitude(const float *z, float *y, size_t rows, size_t channels);
void dflab_magnitude_backward(
    const float *z, const float *dy, float *dz, size_t rows, size_t channels);

/// y = the angle of z, from -π to π, 0 for zero.
void dflab_phase(const float *z, float *y, size_t rows, size_t channels);
void dflab_phase_backward(
    const float *z, const float *dy, float *dz, size_t rows, size_t channels);

#endif
