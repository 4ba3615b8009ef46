// MPI's handles and constants are macros, which Swift does not see: plain functions name them here.
#pragma once

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline void cmpi_end(void) {
  int is_over = 0;
  MPI_Finalized(&is_over);
  if (!is_over) MPI_Finalize();
}

/// Starts MPI, and ends it when the program exits.
static inline void cmpi_start(int *rank, int *count) {
  int level;
  MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &level);
  MPI_Comm_rank(MPI_COMM_WORLD, rank);
  MPI_Comm_size(MPI_COMM_WORLD, count);
  atexit(cmpi_end);
}

/// Waits without occupying a processor, because the first rank may be evaluating for minutes.
static inline void cmpi_wait(MPI_Request *request) {
  const struct timespec pause = {0, 200000};
  for (int polls = 0;; polls++) {
    int is_done = 0;
    MPI_Test(request, &is_done, MPI_STATUS_IGNORE);
    if (is_done) return;
    if (polls > 20000) nanosleep(&pause, NULL);
  }
}

/// Replaces `count` bytes by those of rank `root`.
static inline void cmpi_broadcast(void *bytes, int count, int root) {
  MPI_Request request;
  MPI_Ibcast(bytes, count, MPI_BYTE, root, MPI_COMM_WORLD, &request);
  cmpi_wait(&request);
}

/// Sends the i-th part of `sent` to rank i; `received` gets as many floats of each rank, in order.
static inline void cmpi_exchange(
    const float *sent, const int *counts, const int *starts, float *received,
    const int *received_counts, const int *received_starts) {
  MPI_Alltoallv(
      sent, counts, starts, MPI_FLOAT, received, received_counts, received_starts, MPI_FLOAT,
      MPI_COMM_WORLD);
}

/// Completes `values`, of which each rank has one part.
static inline void cmpi_gather(float *values, const int *counts, const int *starts) {
  MPI_Allgatherv(
      MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, values, counts, starts, MPI_FLOAT, MPI_COMM_WORLD);
}

/// Ends all ranks.
static inline void cmpi_abort(int code) { MPI_Abort(MPI_COMM_WORLD, code); }
