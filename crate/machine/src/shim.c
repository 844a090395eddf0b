/* What emscripten's C library expects of its JavaScript, for a machine that has no host.
 * In C, because the widths of these types differ between emscripten's versions. */

#include <stddef.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

/* Time is the message's, kept by lua/clock.lua; C's stands still. */
time_t time(time_t *out) {
  if (out) *out = 0;
  return 0;
}
clock_t clock(void) { return 0; }

void abort(void) { __builtin_trap(); }

void emscripten_memcpy_big(void *to, const void *from, size_t n) { __builtin_memmove(to, from, n); }
void _emscripten_memcpy_js(void *to, const void *from, size_t n) { __builtin_memmove(to, from, n); }
