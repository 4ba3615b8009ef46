#ifndef DFLAB_PROCESSOR_H
#define DFLAB_PROCESSOR_H

/// Which convolution loops run for calls from this thread: 0 plain, 1 AVX2 with FMA, 2 AVX-512.
int dflab_vector_level(void);

/// At most `limit` for calls from this thread from now on (tests compare the kinds).
void dflab_limit_vector_level(int limit);

#endif
