/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random bytes: libsodium's for the real program, a seeded ChaCha20 stream for generators and simulations.
 */
#include "gx-random.h"

#include <sodium.h>

static void
system_bytes (GxRandom *random,
              gpointer  buffer,
              gsize     length)
{
  randombytes_buf (buffer, length);
}

/**
 * gx_random_system:
 *
 * Returns: (transfer none): the kernel's randomness, fit for keys
 */
GxRandom *
gx_random_system (void)
{
  static GxRandom random = { system_bytes };

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");

  return &random;
}

static void
seeded_bytes (GxRandom *random,
              gpointer  buffer,
              gsize     length)
{
  GxSeededRandom *self = (GxSeededRandom *) random;
  guint8 nonce[crypto_stream_chacha20_NONCEBYTES];
  guint64 counter = GUINT64_TO_LE (self->counter++);

  memcpy (nonce, &counter, sizeof nonce);
  crypto_stream_chacha20 (buffer, length, nonce, self->seed);
}

void
gx_seeded_random_init (GxSeededRandom *random,
                       guint64         seed)
{
  G_STATIC_ASSERT (crypto_stream_chacha20_KEYBYTES == sizeof random->seed);

  memset (random, 0, sizeof *random);
  random->parent.bytes = seeded_bytes;
  seed = GUINT64_TO_LE (seed);
  memcpy (random->seed, &seed, sizeof seed);
}

void
gx_random_bytes (GxRandom *random,
                 gpointer  buffer,
                 gsize     length)
{
  random->bytes (random, buffer, length);
}

guint64
gx_random_uint64 (GxRandom *random)
{
  guint64 value;

  gx_random_bytes (random, &value, sizeof value);
  return GUINT64_FROM_LE (value);
}

/**
 * gx_random_below:
 * @bound: 1 or more
 *
 * Returns: an even draw from 0 to @bound - 1
 */
guint32
gx_random_below (GxRandom *random,
                 guint32   bound)
{
  g_return_val_if_fail (bound > 0, 0);

  return (guint32) (((gx_random_uint64 (random) >> 32) * (guint64) bound) >> 32);
}
