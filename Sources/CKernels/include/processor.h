#ifndef DFLAB_PROCESSOR_H
#define DFLAB_PROCESSOR_H

/// The instruction set of the convolution loops on this thread: 0 plain, 1 AVX2 with FMA, 2 AVX-512, 3 with
/// tiles of bfloat16 (AMX) too.
int dflab_vector_level(void);

/// Whether the processor multiplies bfloat16 numbers in vectors (AVX512-BF16), and this thread may use AVX-512.
int dflab_multiplies_halves(void);

/// Limits the level for calls from this thread, which is 2 unless changed. Returns the previous limit.
int dflab_limit_vector_level(int limit);

#endif
