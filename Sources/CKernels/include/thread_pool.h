#ifndef DFLAB_THREAD_POOL_H
#define DFLAB_THREAD_POOL_H

/// A piece of parallel work: `index` of `count` threads runs it.
typedef void (*dflab_task)(void *context, int index, int count);

/// Runs `task` once on each thread of the pool and waits for all of them.
///
/// A call from inside a task runs serially, as index 0 of 1. Calls from several threads take
/// turns.
void dflab_parallel(dflab_task task, void *context);

/// The number of threads of the pool; by default, the processors available to this process.
int dflab_threads(void);
void dflab_set_threads(int threads);

/// Sets the number of threads for calls from this thread only; 0 resets it. Returns the previous value.
int dflab_set_threads_here(int threads);

#endif
