#define _GNU_SOURCE
#include "include/thread_pool.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

// Why not libgomp's threads, on which oneDNN runs? They spin for milliseconds at the end of each
// piece of work. Beside any other busy process that costs whole time slices, and a training step
// has hundreds of pieces: measured beside a compiler, sixteen times the time of an idle machine.

/// How often a thread looks before it sleeps: some twenty microseconds.
#define LOOKS 1000
#define MOST_THREADS 256

/// Held while the pool works: it serves one caller after the other.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static atomic_int wanted = 0;
static _Thread_local int is_inside = 0;
/// What this thread wants for itself alone; 0 for what everyone wants.
static _Thread_local int wanted_here = 0;

/// The work at hand; changed only between pieces.
static dflab_task current_task;
static void *current_context;
static int current_count;
/// How many threads the pool has beside the caller.
static int workers = 0;
/// Counts pieces of work; workers sleep on it.
static atomic_uint piece = 0;
/// Workers that are not done with the piece; the caller sleeps on it.
static atomic_uint unfinished = 0;

static void rest(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Waits until the word is not `old` any more.
static unsigned wait_for_change(atomic_uint *word, unsigned old) {
  for (int look = 0; look < LOOKS; look++) {
    unsigned now = atomic_load_explicit(word, memory_order_acquire);
    if (now != old) return now;
    rest();
  }
  unsigned now;
  while ((now = atomic_load_explicit(word, memory_order_acquire)) == old)
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, old, NULL, NULL, 0);
  return now;
}

static void wake(atomic_uint *word) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, MOST_THREADS, NULL, NULL, 0);
}

static void *work(void *argument) {
  int index = (int)(long)argument;
  // The thread is made before the piece that it is made for is announced.
  unsigned seen = atomic_load(&piece);
  is_inside = 1;
  atomic_fetch_sub(&unfinished, 1);
  wake(&unfinished);
  for (;;) {
    seen = wait_for_change(&piece, seen);
    if (index < current_count) current_task(current_context, index, current_count);
    if (atomic_fetch_sub_explicit(&unfinished, 1, memory_order_acq_rel) == 1) wake(&unfinished);
  }
  return NULL;
}

static void wait_for_workers(void) {
  unsigned left;
  while ((left = atomic_load_explicit(&unfinished, memory_order_acquire)) != 0)
    wait_for_change(&unfinished, left);
}

/// Adds threads until there are `count` with the caller, or the system has no more.
static void grow(int count) {
  while (workers + 1 < count) {
    pthread_t thread;
    atomic_fetch_add(&unfinished, 1);
    if (pthread_create(&thread, NULL, work, (void *)(long)(workers + 1)) != 0) {
      atomic_fetch_sub(&unfinished, 1);
      break;
    }
    pthread_detach(thread);
    workers++;
    wait_for_workers();
  }
}

int dflab_threads(void) {
  int threads = wanted_here > 0 ? wanted_here : atomic_load(&wanted);
  if (threads > 0) return threads;
  cpu_set_t processors;
  int count = sched_getaffinity(0, sizeof processors, &processors) == 0 ? CPU_COUNT(&processors) : 1;
  return count < MOST_THREADS ? count : MOST_THREADS;
}

void dflab_set_threads(int threads) {
  atomic_store(&wanted, threads < MOST_THREADS ? threads : MOST_THREADS);
}

int dflab_set_threads_here(int threads) {
  int before = wanted_here;
  wanted_here = threads < MOST_THREADS ? threads : MOST_THREADS;
  return before;
}

void dflab_parallel(dflab_task task, void *context) {
  int count = is_inside ? 1 : dflab_threads();
  if (count == 1) {
    task(context, 0, 1);
    return;
  }
  pthread_mutex_lock(&turn);
  is_inside = 1;
  grow(count);
  current_task = task;
  current_context = context;
  current_count = count < workers + 1 ? count : workers + 1;
  atomic_store(&unfinished, (unsigned)workers);
  atomic_fetch_add_explicit(&piece, 1, memory_order_release);
  wake(&piece);
  task(context, 0, current_count);
  wait_for_workers();
  is_inside = 0;
  pthread_mutex_unlock(&turn);
}
