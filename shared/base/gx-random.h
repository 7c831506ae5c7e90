/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GxRandom GxRandom;

/**
 * GxRandom: where the core draws random bytes, so that a simulation can be repeated from its seed.
 */
struct _GxRandom
{
  void (*bytes) (GxRandom *random, gpointer buffer, gsize length);
};

/**
 * GxSeededRandom: a repeatable stream (ChaCha20 under the seed). For generators and simulations, never for keys.
 */
typedef struct
{
  GxRandom parent;
  guint8   seed[32];
  guint64  counter;
} GxSeededRandom;

GxRandom *gx_random_system      (void);
void      gx_seeded_random_init (GxSeededRandom *random, guint64 seed);
void      gx_random_bytes       (GxRandom *random, gpointer buffer, gsize length);
guint64   gx_random_uint64      (GxRandom *random);
guint32   gx_random_below       (GxRandom *random, guint32 bound);

G_END_DECLS
