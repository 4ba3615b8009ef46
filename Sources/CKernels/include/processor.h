#ifndef DFLAB_PROCESSOR_H
#define DFLAB_PROCESSOR_H

/// The instruction set of the convolution loops on this thread: 0 plain, 1 AVX2 with FMA, 2 AVX-512, 3 with
/// tiles of bfloat16 (AMX) too.
int dflab_vector_level(void);

/// Limits the level for calls from this thread, which is 2 unless changed. Returns the previous limit.
int dflab_limit_vector_level(int limit);

#endif
