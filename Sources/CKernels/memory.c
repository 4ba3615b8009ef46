#define _GNU_SOURCE
#include "include/memory.h"

#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)

void *dflab_allocate(size_t bytes) {
  size_t alignment = bytes >= HUGE_PAGE ? HUGE_PAGE : 64;
  void *memory = NULL;
  if (posix_memalign(&memory, alignment, bytes ? bytes : 64) != 0) return NULL;
  if (bytes >= HUGE_PAGE) madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}
