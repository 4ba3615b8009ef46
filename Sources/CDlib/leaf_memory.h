/// Memory for the leaves of a landmark model.
#ifndef DFLAB_CDLIB_LEAF_MEMORY_H
#define DFLAB_CDLIB_LEAF_MEMORY_H

#include <cstddef>
#include <new>

#include <sys/mman.h>

/// Bytes that are handed out one after the other, and freed together.
///
/// Only those that were handed out take memory. They are read in random order, so the system is asked
/// for large pages.
class leaf_memory {
 public:
  explicit leaf_memory(size_t capacity) : size(capacity + large_page) {
    start = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) throw std::bad_alloc();
    size_t misplaced = (size_t)start % large_page;
    next = (char *)start + (misplaced ? large_page - misplaced : 0);
    end = next + capacity;
#ifdef MADV_HUGEPAGE
    madvise(start, size, MADV_HUGEPAGE);
#endif
  }

  ~leaf_memory() { munmap(start, size); }
  leaf_memory(const leaf_memory &) = delete;
  leaf_memory &operator=(const leaf_memory &) = delete;

  /// The next place for an item; NULL if there is no room left. Items of one kind alone are taken.
  template <typename item>
  item *take() {
    if ((size_t)(end - next) < sizeof(item)) return nullptr;
    char *place = next;
    next += sizeof(item);
    return (item *)place;
  }

 private:
  static const size_t large_page = 2 << 20;

  size_t size;
  void *start;
  char *next, *end;
};

#endif
