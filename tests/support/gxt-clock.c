/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A machine whose clock is wrong, or whose day is another: preloaded into one of our real programs, it adds what the file that
 * GXT_CLOCK names says (a 64-bit number of nanoseconds, read anew each time) to the hour of the day, and to nothing else: the
 * clock that only counts, sleeps and the dates of files are as ever.
 *
 * The programs know nothing of it: there is no way to tell them another hour, because a desk's lease hangs on the hour.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ll

static const volatile int64_t *wrong;

static int64_t
read_wrong (void)
{
  static const int64_t right;

  if (wrong == NULL)
    {
      const char *path = getenv ("GXT_CLOCK");
      int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
      const void *page = fd >= 0 ? mmap (NULL, sizeof right, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

      wrong = page != MAP_FAILED ? page : &right;
      if (fd >= 0)
        close (fd);
    }

  return *wrong;
}

int
clock_gettime (clockid_t        id,
               struct timespec *out)
{
  long failed = syscall (SYS_clock_gettime, id, out);
  int64_t now;

  if (failed != 0 || (id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE))
    return (int) failed;
  now = out->tv_sec * SECOND + out->tv_nsec + read_wrong ();
  *out = (struct timespec) { .tv_sec = now / SECOND, .tv_nsec = now % SECOND };
  return 0;
}

int
gettimeofday (struct timeval *restrict out,
              void *restrict           zone)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  *out = (struct timeval) { .tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000 };
  return 0;
}

time_t
time (time_t *out)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (out != NULL)
    *out = now.tv_sec;
  return now.tv_sec;
}
