#ifndef DFLAB_PROCESSOR_H
#define DFLAB_PROCESSOR_H

/// Which kernels run: 0 plain, 1 AVX2 with FMA, 2 AVX-512.
int dflab_vector_level(void);

/// Uses at most `limit` from now on (tests compare the kinds with each other).
void dflab_limit_vector_level(int limit);

#endif
