/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells ThreadSanitizer what GLib's locks order. It is preloaded in builds with -Db_sanitize=thread only: GLib itself is not
 * built with it and locks by futex, so every value handed over under a GMutex would be reported. It adds nothing but the
 * order that a lock, a reference count or a queue gives; a value that is shared without any of them is still found.
 */
#include <dlfcn.h>
#include <glib-object.h>

#undef g_once_init_enter
#undef g_once_init_leave

extern void __tsan_acquire (void *address) __attribute__ ((weak));
extern void __tsan_release (void *address) __attribute__ ((weak));

#define REAL(name) static __typeof__ (&name) real; if (real == NULL) real = dlsym (RTLD_NEXT, #name)

static void
acquire (volatile const void *address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) (gsize) address);
}

static void
release (volatile const void *address)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) (gsize) address);
}

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock);

  real (mutex);
  acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock);

  release (mutex);
  real (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean taken;

  REAL (g_mutex_trylock);

  taken = real (mutex);
  if (taken)
    acquire (mutex);
  return taken;
}

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  REAL (g_cond_wait);

  release (mutex);
  real (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end_time)
{
  gboolean signalled;

  REAL (g_cond_wait_until);

  release (mutex);
  signalled = real (cond, mutex, end_time);
  acquire (mutex);
  return signalled;
}

gboolean
g_once_init_enter (volatile void *location)
{
  gboolean first;

  REAL (g_once_init_enter);

  first = real (location);
  acquire (location);
  return first;
}

void
g_once_init_leave (volatile void *location,
                   gsize          result)
{
  REAL (g_once_init_leave);

  release (location);
  real (location, result);
}

/* Whoever drops the last reference comes after all others. */
static void
count_down (gconstpointer object)
{
  release (object);
  acquire (object);
}

void
g_atomic_rc_box_release_full (gpointer       memory,
                              GDestroyNotify clear)
{
  REAL (g_atomic_rc_box_release_full);

  count_down (memory);
  real (memory, clear);
}

void
g_bytes_unref (GBytes *bytes)
{
  REAL (g_bytes_unref);

  if (bytes != NULL)
    count_down (bytes);
  real (bytes);
}

void
g_object_unref (gpointer object)
{
  REAL (g_object_unref);

  count_down (object);
  real (object);
}

void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  REAL (g_async_queue_push);

  release (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data;

  REAL (g_async_queue_pop);

  data = real (queue);
  acquire (queue);
  return data;
}
