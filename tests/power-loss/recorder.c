// Preloaded into a process, writes down in which order it asks the system to change the files of one folder, to sync them,
// and what it says meanwhile. A record is: op (1 byte), length of path (2), offset (8), length of data (4), path, data;
// numbers in the machine's order. Ops: C created, W written, T truncated to `offset`, S synced, D folder synced, U unlinked,
// R renamed (the new path is the data), A said.
//
// POWER_LOSS_FOLDER names the folder, POWER_LOSS_LOG the file of records, POWER_LOSS_SAY the descriptor of what is said.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int log_fd = -1;
static int say_fd = -1;
static char *paths[MOST_FILES];

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

#define REAL(result, name, ...) static result (*real_##name)(__VA_ARGS__)
REAL(int, open, const char *, int, ...);
REAL(int, openat, int, const char *, int, ...);
REAL(int, close, int);
REAL(ssize_t, write, int, const void *, size_t);
REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
REAL(ssize_t, writev, int, const struct iovec *, int);
REAL(int, ftruncate64, int, off64_t);
REAL(int, fsync, int);
REAL(int, fdatasync, int);
REAL(int, unlink, const char *);
REAL(int, rename, const char *, const char *);

__attribute__((constructor)) static void begin(void) {
  real_open = next("open");
  real_openat = next("openat");
  real_close = next("close");
  real_write = next("write");
  real_pwrite64 = next("pwrite64");
  real_writev = next("writev");
  real_ftruncate64 = next("ftruncate64");
  real_fsync = next("fsync");
  real_fdatasync = next("fdatasync");
  real_unlink = next("unlink");
  real_rename = next("rename");
  const char *log_path = getenv("POWER_LOSS_LOG");
  const char *say = getenv("POWER_LOSS_SAY");
  folder = getenv("POWER_LOSS_FOLDER");
  if (folder == NULL || log_path == NULL || say == NULL) return;
  say_fd = atoi(say);
  log_fd = real_open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log_fd < 0) abort();
}

static int is_ours(const char *path) {
  size_t length = folder == NULL ? 0 : strlen(folder);
  return log_fd >= 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static const char *path_of(int fd) { return fd >= 0 && fd < MOST_FILES ? paths[fd] : NULL; }

// Called with the lock held.
static void put(char op, const char *path, uint64_t offset, const void *data, uint32_t size) {
  uint16_t path_size = (uint16_t)strlen(path);
  char head[15];
  head[0] = op;
  memcpy(head + 1, &path_size, 2);
  memcpy(head + 3, &offset, 8);
  memcpy(head + 11, &size, 4);
  struct iovec parts[] = {{head, sizeof head}, {(void *)path, path_size}, {(void *)data, size}};
  ssize_t whole = (ssize_t)(sizeof head + path_size + size);
  if (real_writev(log_fd, parts, 3) != whole) abort();
}

static int opened(int fd, const char *path, int flags, int was_there) {
  if (fd < 0 || fd >= MOST_FILES || !is_ours(path)) return fd;
  pthread_mutex_lock(&lock);
  free(paths[fd]);
  paths[fd] = strdup(path);
  if (!was_there) put('C', path, 0, NULL, 0);
  else if (flags & O_TRUNC) put('T', path, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return fd;
}

static int exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

#define MODE_OF(flags, last)                                   \
  mode_t mode = 0;                                             \
  if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
    va_list rest;                                              \
    va_start(rest, last);                                      \
    mode = va_arg(rest, mode_t);                               \
    va_end(rest);                                              \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags, flags)
  int was_there = exists(path);
  return opened(real_open(path, flags, mode), path, flags, was_there);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags, flags)
  int was_there = exists(path);
  return opened(real_open(path, flags | O_LARGEFILE, mode), path, flags, was_there);
}

int openat(int at, const char *path, int flags, ...) {
  MODE_OF(flags, flags)
  int was_there = exists(path);
  return opened(real_openat(at, path, flags, mode), path, flags, was_there);
}

int close(int fd) {
  if (path_of(fd) != NULL) {
    pthread_mutex_lock(&lock);
    free(paths[fd]);
    paths[fd] = NULL;
    pthread_mutex_unlock(&lock);
  }
  return real_close(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  const char *path = path_of(fd);
  if (path == NULL) return real_pwrite64(fd, data, size, offset);
  pthread_mutex_lock(&lock);
  ssize_t written = real_pwrite64(fd, data, size, offset);
  if (written > 0) put('W', path, (uint64_t)offset, data, (uint32_t)written);
  pthread_mutex_unlock(&lock);
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return pwrite64(fd, data, size, offset); }

ssize_t write(int fd, const void *data, size_t size) {
  const char *path = path_of(fd);
  if (path == NULL && (fd != say_fd || log_fd < 0)) return real_write(fd, data, size);
  pthread_mutex_lock(&lock);
  off64_t offset = path == NULL ? 0 : lseek64(fd, 0, SEEK_CUR);
  ssize_t written = real_write(fd, data, size);
  if (written > 0) put(path == NULL ? 'A' : 'W', path == NULL ? "" : path, (uint64_t)offset, data, (uint32_t)written);
  pthread_mutex_unlock(&lock);
  return written;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (path_of(fd) == NULL && (fd != say_fd || log_fd < 0)) return real_writev(fd, parts, count);
  ssize_t whole = 0;
  for (int index = 0; index < count; index++) {
    ssize_t written = write(fd, parts[index].iov_base, parts[index].iov_len);
    if (written < 0) return whole > 0 ? whole : written;
    whole += written;
  }
  return whole;
}

int ftruncate64(int fd, off64_t size) {
  const char *path = path_of(fd);
  if (path == NULL) return real_ftruncate64(fd, size);
  pthread_mutex_lock(&lock);
  int result = real_ftruncate64(fd, size);
  if (result == 0) put('T', path, (uint64_t)size, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*sync)(int)) {
  const char *path = path_of(fd);
  int result = sync(fd);
  if (path == NULL || result != 0) return result;
  struct stat status;
  int is_folder = fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
  pthread_mutex_lock(&lock);
  put(is_folder ? 'D' : 'S', path, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }

int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int unlink(const char *path) {
  int result = real_unlink(path);
  if (result != 0 || !is_ours(path)) return result;
  pthread_mutex_lock(&lock);
  put('U', path, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int rename(const char *from, const char *to) {
  int result = real_rename(from, to);
  if (result != 0 || !is_ours(from)) return result;
  pthread_mutex_lock(&lock);
  put('R', from, 0, to, (uint32_t)strlen(to));
  pthread_mutex_unlock(&lock);
  return result;
}
