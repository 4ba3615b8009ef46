// Injects faults into a program's files: cc -shared -fPIC -O2 -o faults.so faults.c -ldl, then LD_PRELOAD=faults.so.
//
// Only regular files below DFLAB_FAULT_ROOT count. DFLAB_FAULT is one of
//   count              nothing fails; the number of writes is appended to DFLAB_FAULT_LOG at exit
//   full:N             from the Nth write on, writing fails with ENOSPC, creating files too
//   write:N            the Nth write alone fails with EIO
//   short:SEED         reads and writes move fewer bytes than was asked for, as they may
//   read:N             the Nth read alone fails with EIO
//   sync               files that were renamed into place without having been synchronized are named in
//                      DFLAB_FAULT_LOG: a disk that loses power would leave them empty
//   clock:SEED         the time of day jumps by up to two days, back or forth, at every look
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MOST_FILES 65536

enum kind { NONE, COUNT, FULL, WRITE, SHORT, READ, SYNC, CLOCK };

static enum kind kind = NONE;
static long wanted = 0;
static const char *root, *log_path;
static atomic_long writes, reads;
/// Whether what was written through a descriptor has been synchronized, by inode.
static struct { ino_t inode; int is_dirty; } files[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local uint64_t state;

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static void note(const char *what, const char *of) {
  if (!log_path) return;
  static __typeof__(&write) really;
  if (!really) really = (__typeof__(&write))dlsym(RTLD_NEXT, "write");
  int file = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%s %s\n", what, of);
  if (length > 0) really(file, line, (size_t)length);
  close(file);
}

__attribute__((constructor)) static void start(void) {
  root = getenv("DFLAB_FAULT_ROOT");
  log_path = getenv("DFLAB_FAULT_LOG");
  const char *fault = getenv("DFLAB_FAULT");
  if (!fault || !root) return;
  static const char *const names[] = {"", "count", "full", "write", "short", "read", "sync", "clock"};
  size_t length = strcspn(fault, ":");
  for (int index = 1; index <= CLOCK; index++)
    if (strlen(names[index]) == length && !strncmp(fault, names[index], length)) kind = index;
  if (fault[length]) wanted = atol(fault + length + 1);
}

__attribute__((destructor)) static void finish(void) {
  if (kind != COUNT) return;
  char text[64];
  snprintf(text, sizeof text, "%ld reads %ld", atomic_load(&writes), atomic_load(&reads));
  note("writes", text);
}

static uint64_t chance(void) {
  if (!state) state = (uint64_t)wanted * 0x9E3779B97F4A7C15u + (uint64_t)(uintptr_t)&state + 1;
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

/// Whether a path, relative to a folder, lies below the root.
static int concerns(int folder, const char *path) {
  char whole[PATH_MAX];
  if (path[0] == '/') {
    snprintf(whole, sizeof whole, "%s", path);
  } else {
    char link[64];
    if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, whole, sizeof whole - 1);
    if (length < 0) return 0;
    whole[length] = 0;
    strncat(whole, "/", sizeof whole - strlen(whole) - 1);
    strncat(whole, path, sizeof whole - strlen(whole) - 1);
  }
  return !strncmp(whole, root, strlen(root));
}

/// Whether a descriptor is a regular file below the root.
static int is_ours(int file) {
  if (kind == NONE || kind == CLOCK) return 0;
  struct stat about;
  if (fstat(file, &about) || !S_ISREG(about.st_mode)) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return !strncmp(path, root, strlen(root));
}

static void mark(int file, int is_dirty) {
  struct stat about;
  if (fstat(file, &about)) return;
  pthread_mutex_lock(&lock);
  files[about.st_ino % MOST_FILES].inode = about.st_ino;
  files[about.st_ino % MOST_FILES].is_dirty = is_dirty;
  pthread_mutex_unlock(&lock);
}

/// Decides over a write: an error number, or 0.
static int fault_of_write(int file) {
  if (!is_ours(file)) return 0;
  if (kind == SYNC) mark(file, 1);
  long number = atomic_fetch_add(&writes, 1) + 1;
  if (kind == FULL && number >= wanted) return ENOSPC;
  if (kind == WRITE && number == wanted) return EIO;
  return 0;
}

static size_t shortened(int file, size_t count) {
  return kind == SHORT && count > 1 && is_ours(file) ? 1 + chance() % count : count;
}

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(write);
  int fault = fault_of_write(file);
  if (fault) return errno = fault, -1;
  return real(file, bytes, shortened(file, count));
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  int fault = fault_of_write(file);
  if (fault) return errno = fault, -1;
  // SQLite takes fewer bytes for a full disk, which is right: only plain files of the lab may get fewer.
  return real(file, bytes, count, at);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { return pwrite64(file, bytes, count, at); }

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev);
  int fault = fault_of_write(file);
  if (fault) return errno = fault, -1;
  return real(file, parts, count);
}

ssize_t read(int file, void *bytes, size_t count) {
  REAL(read);
  if ((kind == READ || kind == COUNT) && is_ours(file)) {
    long number = atomic_fetch_add(&reads, 1) + 1;
    if (kind == READ && number == wanted) return errno = EIO, -1;
  }
  return real(file, bytes, shortened(file, count));
}

static int refuses_new(int folder, const char *path, int flags) {
  return kind == FULL && (flags & O_CREAT) && atomic_load(&writes) >= wanted && concerns(folder, path) &&
         faccessat(folder, path, F_OK, 0) != 0;
}

int openat(int folder, const char *path, int flags, ...) {
  REAL(openat);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (kind == FULL && refuses_new(folder, path, flags)) return errno = ENOSPC, -1;
  return real(folder, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (kind == FULL && refuses_new(AT_FDCWD, path, flags)) return errno = ENOSPC, -1;
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (kind == FULL && refuses_new(AT_FDCWD, path, flags)) return errno = ENOSPC, -1;
  return real(path, flags, mode);
}

int fsync(int file) {
  REAL(fsync);
  if (kind == SYNC) mark(file, 0);
  return real(file);
}

int fdatasync(int file) {
  REAL(fdatasync);
  if (kind == SYNC) mark(file, 0);
  return real(file);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  struct stat about;
  // An empty file has nothing to lose, and its inode may be that of a removed one.
  if (kind == SYNC && !stat(from, &about) && S_ISREG(about.st_mode) && about.st_size && concerns(AT_FDCWD, from)) {
    pthread_mutex_lock(&lock);
    int place = about.st_ino % MOST_FILES;
    int is_dirty = files[place].inode == about.st_ino && files[place].is_dirty;
    pthread_mutex_unlock(&lock);
    if (is_dirty) note("renamed without its data:", to);
  }
  return real(from, to);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  REAL(clock_gettime);
  int status = real(clock, time);
  if (kind == CLOCK && !status && clock == CLOCK_REALTIME)
    time->tv_sec += (long)(chance() % 345600) - 172800;
  return status;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  REAL(gettimeofday);
  int status = real(time, zone);
  if (kind == CLOCK && !status) time->tv_sec += (long)(chance() % 345600) - 172800;
  return status;
}
