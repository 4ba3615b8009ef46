#include "include/team.h"

#include <stdatomic.h>

// libgomp's documented interface ("The libgomp ABI", Implementing PARALLEL): clang
// does not emit it, so it is called by name.
extern void GOMP_parallel(void (*task)(void *), void *data, unsigned threads, unsigned flags);
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern int omp_get_max_threads(void);
extern int omp_in_parallel(void);
extern void omp_set_num_threads(int threads);

struct job {
  dflab_task task;
  void *context;
};

static void enter(void *data) {
  struct job *job = data;
  job->task(job->context, omp_get_thread_num(), omp_get_num_threads());
}

// OpenMP keeps the count for each thread that starts teams; one process has one count here.
static atomic_int wanted = 0;

int dflab_threads(void) {
  int threads = atomic_load(&wanted);
  if (threads == 0) return omp_get_max_threads();
  if (omp_get_max_threads() != threads) omp_set_num_threads(threads);
  return threads;
}

void dflab_set_threads(int threads) {
  atomic_store(&wanted, threads);
  omp_set_num_threads(threads);
}

void dflab_parallel(dflab_task task, void *context) {
  if (omp_in_parallel() || dflab_threads() == 1) {
    task(context, 0, 1);
    return;
  }
  struct job job = {task, context};
  GOMP_parallel(enter, &job, (unsigned)dflab_threads(), 0);
}
