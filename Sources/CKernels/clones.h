/// Function multiversioning: the loader picks the clone with the widest vectors available.
#ifndef DFLAB_CLONES_H
#define DFLAB_CLONES_H

#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

#endif
