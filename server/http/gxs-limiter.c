/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often somebody may ask: token buckets by class and key.
 *
 * The bucket is a pure decision (level, limit, time in; yes or a waiting time out); the limiter only keeps the buckets
 * of all keys under one lock, which is held for a few dozen nanoseconds. It knows nothing of HTTP and does not decide
 * what a key is: the gate does. Keys are hashed, never kept, since some of them are tokens.
 */
#include "gxs-limiter.h"

#include "gx-error.h"
#include "gx-random.h"

#define MICRO 1000000
#define MAX_BUCKETS 65536         /* a class; a stranger must not grow our memory by inventing keys */

struct _GxsLimiter
{
  GxsRateLimit limits[GXS_N_RATES];
  GxClock     *clock;                   /* (borrowed) */
  GMutex       lock;
  GHashTable  *buckets[GXS_N_RATES];    /* (owned) key: guint64 hash → GxsBucket */
  guint64      salt;
};

typedef struct
{
  const GxsRateLimit *limit;
  gint64              now;
} Sweep;

/* µs in which one token comes back */
static gint64
interval_of (const GxsRateLimit *limit)
{
  return MAX (limit->period * 1000 / limit->tokens, 1);
}

static guint
burst_of (const GxsRateLimit *limit)
{
  return MAX (limit->burst, 1);
}

/**
 * gxs_bucket_init:
 * @now: µs, monotonic
 *
 * Fills @bucket: who comes for the first time has the whole burst.
 */
void
gxs_bucket_init (GxsBucket          *bucket,
                 const GxsRateLimit *limit,
                 gint64              now)
{
  bucket->level = (gint64) burst_of (limit) * MICRO;
  bucket->at = now;
}

static void
refill (GxsBucket          *bucket,
        const GxsRateLimit *limit,
        gint64              now)
{
  gint64 full = (gint64) burst_of (limit) * MICRO;
  gint64 interval = interval_of (limit);
  gint64 elapsed = MAX (now - bucket->at, 0);

  bucket->at = now;
  if (elapsed / interval >= burst_of (limit))
    bucket->level = full;
  else
    bucket->level = MIN (full, bucket->level + (gint64) ((double) elapsed * MICRO / interval));
}

/**
 * gxs_bucket_take:
 * @now: µs, monotonic
 * @out_wait: (out): µs until there is a token again, when there is none
 *
 * Returns: whether there was a token; it is gone then
 */
gboolean
gxs_bucket_take (GxsBucket          *bucket,
                 const GxsRateLimit *limit,
                 gint64              now,
                 gint64             *out_wait)
{
  *out_wait = 0;
  if (limit->tokens == 0)
    return TRUE;

  refill (bucket, limit, now);
  if (bucket->level >= MICRO)
    {
      bucket->level -= MICRO;
      return TRUE;
    }

  *out_wait = (gint64) ((double) (MICRO - bucket->level) * interval_of (limit) / MICRO);
  return FALSE;
}

/**
 * gxs_limiter_new:
 * @clock: its monotonic time is used
 */
GxsLimiter *
gxs_limiter_new (const GxsRateLimit  limits[GXS_N_RATES],
                 GxClock            *clock)
{
  GxsLimiter *self = g_new0 (GxsLimiter, 1);

  self->clock = clock;
  g_mutex_init (&self->lock);
  gx_random_bytes (gx_random_system (), &self->salt, sizeof self->salt);
  for (guint i = 0; i < GXS_N_RATES; i++)
    {
      self->limits[i] = limits[i];
      self->buckets[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
    }

  return self;
}

void
gxs_limiter_free (GxsLimiter *self)
{
  for (guint i = 0; i < GXS_N_RATES; i++)
    g_hash_table_unref (self->buckets[i]);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* FNV-1a from a salt: 64 bits, so that two persons do not share a bucket by accident; the salt keeps it from being
 * arranged. */
static guint64
hash_key (guint64     salt,
          const char *key)
{
  guint64 hash = 14695981039346656037ULL ^ salt;

  for (; *key != '\0'; key++)
    hash = (hash ^ (guint8) *key) * 1099511628211ULL;

  return hash;
}

static gboolean
is_idle (gpointer key,
         gpointer value,
         gpointer user_data)
{
  GxsBucket *bucket = value;
  Sweep *at = user_data;

  refill (bucket, at->limit, at->now);
  return bucket->level == (gint64) burst_of (at->limit) * MICRO;
}

static guint
sweep_class (GxsLimiter *self,
             GxsRate     rate,
             gint64      now)
{
  Sweep at = { &self->limits[rate], now };

  return at.limit->tokens > 0 ? g_hash_table_foreach_remove (self->buckets[rate], is_idle, &at) : 0;
}

static GxsBucket *
find_bucket (GxsLimiter *self,
             GxsRate     rate,
             guint64     hash,
             gint64      now)
{
  GxsBucket *bucket = g_hash_table_lookup (self->buckets[rate], &hash);

  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets[rate]) >= MAX_BUCKETS && sweep_class (self, rate, now) == 0)
        return NULL;
      bucket = g_new (GxsBucket, 1);
      gxs_bucket_init (bucket, &self->limits[rate], now);
      g_hash_table_insert (self->buckets[rate], g_memdup2 (&hash, sizeof hash), bucket);
    }

  return bucket;
}

/**
 * gxs_limiter_take:
 * @key: who asks: a token, an address, a device
 *
 * Takes one token from the bucket of @key. Any thread.
 *
 * Returns: %FALSE with %GX_ERROR_RATE and a number of seconds to wait when the bucket is empty
 */
gboolean
gxs_limiter_take (GxsLimiter  *self,
                  GxsRate      rate,
                  const char  *key,
                  GError     **error)
{
  g_autoptr(GMutexLocker) locker = NULL;
  gint64 now = gx_clock_monotonic (self->clock);
  gint64 wait = MICRO;
  GxsBucket *bucket;

  if (self->limits[rate].tokens == 0)
    return TRUE;

  locker = g_mutex_locker_new (&self->lock);
  bucket = find_bucket (self, rate, hash_key (self->salt, key), now);
  if (bucket != NULL && gxs_bucket_take (bucket, &self->limits[rate], now, &wait))
    return TRUE;

  gx_fail (error, GX_ERROR_RATE, "more than %u requests in %" G_GINT64_FORMAT " ms",
           self->limits[rate].tokens, self->limits[rate].period);
  if (error != NULL)
    gx_error_set_retry_after (*error, (guint) ((wait + MICRO - 1) / MICRO));
  return FALSE;
}

/**
 * gxs_limiter_sweep:
 *
 * Forgets the buckets that are full again.
 *
 * Returns: how many
 */
guint
gxs_limiter_sweep (GxsLimiter *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 now = gx_clock_monotonic (self->clock);
  guint n = 0;

  for (guint i = 0; i < GXS_N_RATES; i++)
    n += sweep_class (self, i, now);

  return n;
}
