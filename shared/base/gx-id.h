/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-clock.h"
#include "gx-random.h"

G_BEGIN_DECLS

/**
 * GxId: a UUIDv7 (RFC 9562), 16 bytes. All zero means "none". For identity and index locality only: nobody orders or
 * expires by it, since the clock of whoever made it may be wrong by days.
 */
typedef struct
{
  guint8 b[16];
} GxId;

#define GX_ID_STRING_SIZE 37      /* 36 characters and the end */
#define GX_ID_NONE ((GxId) { { 0 } })

/**
 * GxIdMaker: makes ids that never go back, even when the clock does.
 */
typedef struct
{
  GxClock  *clock;          /* (borrowed) */
  GxRandom *random;         /* (borrowed) */
  gint64    last;           /* ms */
  guint     counter;        /* 12 bits within one ms */
} GxIdMaker;

void         gx_id_maker_init (GxIdMaker *maker, GxClock *clock, GxRandom *random);
GxId         gx_id_make       (GxIdMaker *maker);
GxId         gx_id_new        (void);

gboolean     gx_id_is_none    (const GxId *id);
gboolean     gx_id_equal      (gconstpointer a, gconstpointer b);
guint        gx_id_hash       (gconstpointer id);
int          gx_id_compare    (gconstpointer a, gconstpointer b);
GxId        *gx_id_copy       (const GxId *id);

gboolean     gx_id_parse      (const char *text, GxId *out_id);
const char  *gx_id_write      (const GxId *id, char buffer[static GX_ID_STRING_SIZE]);
char        *gx_id_to_string  (const GxId *id);

/* For format arguments: printf ("%s", GX_ID_STR (&id)); the text lives until the end of the enclosing block. */
#define GX_ID_STR(id) gx_id_write ((id), (char[GX_ID_STRING_SIZE]) { 0 })

G_END_DECLS
