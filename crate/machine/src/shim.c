/* What emscripten's C library expects of JavaScript, for a machine that has no host: no clock, no files,
 * no processes. In C, because the widths of these types differ between emscripten's versions. */

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>
#include <wasi/api.h>

/* Time is the message's, kept by lua/clock.lua; C's stands still. */
time_t time(time_t *out) {
  if (out) *out = 0;
  return 0;
}
clock_t clock(void) { return 0; }
double difftime(time_t end, time_t start) { return (double)(end - start); }
int __clock_gettime(clockid_t id, struct timespec *out) {
  (void)id;
  *out = (struct timespec){0};
  return 0;
}
size_t strftime(char *out, size_t room, const char *format, const struct tm *tm) {
  (void)out, (void)room, (void)format, (void)tm;
  return 0;
}
void _tzset_js(void *timezone, void *daylight, void *names) { (void)timezone, (void)daylight, (void)names; }
void _gmtime_js(const time_t *time, struct tm *out) {
  (void)time;
  *out = (struct tm){0};
}
void _localtime_js(const time_t *time, struct tm *out) { _gmtime_js(time, out); }
int _mktime_js(struct tm *tm) {
  (void)tm;
  return 0;
}

/* There is no file system: the kernel's calls answer that they are not there. */
#define ABSENT_1(name) int name(int a) { (void)a; return -ENOSYS; }
#define ABSENT_2(name) int name(int a, int b) { (void)a, (void)b; return -ENOSYS; }
#define ABSENT_3(name) int name(int a, int b, int c) { (void)a, (void)b, (void)c; return -ENOSYS; }
ABSENT_3(__syscall_open)
ABSENT_3(__syscall_fcntl64)
ABSENT_3(__syscall_ioctl)
ABSENT_3(__syscall_dup3)
ABSENT_2(__syscall_rename)
ABSENT_1(__syscall_rmdir)
ABSENT_1(__syscall_unlink)
__wasi_errno_t __wasi_fd_close(__wasi_fd_t fd) {
  (void)fd;
  return __WASI_ERRNO_BADF;
}
__wasi_errno_t __wasi_fd_read(__wasi_fd_t fd, const __wasi_iovec_t *to, size_t n, __wasi_size_t *count) {
  (void)fd, (void)to, (void)n, (void)count;
  return __WASI_ERRNO_BADF;
}
__wasi_errno_t __wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *from, size_t n, __wasi_size_t *count) {
  (void)fd, (void)from, (void)n, (void)count;
  return __WASI_ERRNO_BADF;
}
__wasi_errno_t __wasi_fd_seek(__wasi_fd_t fd, __wasi_filedelta_t by, __wasi_whence_t from, __wasi_filesize_t *at) {
  (void)fd, (void)by, (void)from, (void)at;
  return __WASI_ERRNO_BADF;
}
__wasi_errno_t __wasi_environ_sizes_get(__wasi_size_t *count, __wasi_size_t *size) {
  *count = 0;
  *size = 0;
  return __WASI_ERRNO_SUCCESS;
}
__wasi_errno_t __wasi_environ_get(uint8_t **variables, uint8_t *text) {
  (void)variables, (void)text;
  return __WASI_ERRNO_SUCCESS;
}
int system(const char *command) {
  (void)command;
  return -1;
}
FILE *popen(const char *command, const char *mode) {
  (void)command, (void)mode;
  return NULL;
}
int pclose(FILE *stream) {
  (void)stream;
  return -1;
}

/* A machine that cannot go on traps, and its host discards it. */
_Noreturn void abort(void) { __builtin_trap(); }
_Noreturn void exit(int status) {
  (void)status;
  __builtin_trap();
}

/* Large copies, by the instruction for them; the name depends on emscripten's version. */
void *emscripten_memcpy_big(void *to, const void *from, size_t n) { return __builtin_memcpy(to, from, n); }
void _emscripten_memcpy_js(void *to, const void *from, size_t n) { __builtin_memcpy(to, from, n); }

/* The second result of setjmp and of 64-bit functions. */
static int temp_ret_0;
void setTempRet0(int value) { temp_ret_0 = value; }
int getTempRet0(void) { return temp_ret_0; }
