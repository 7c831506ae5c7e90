/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-parcel.h"

G_BEGIN_DECLS

/**
 * GxsFarewells: revoked devices that are handing in what waited on them: tickets in memory, and their parcels in DIR/farewell.
 */
typedef struct _GxsFarewells GxsFarewells;

/**
 * GxsFarewell: what a device is told that asks what became of it.
 */
typedef struct
{
  const char *state;        /* "active", "suspended", "revoked", "wiped" */
  char       *ticket;       /* (nullable) (owned): of a revoked one, to hand in with */
} GxsFarewell;

/**
 * GxsFarewellClaim: a device's word that it is itself.
 */
typedef struct
{
  GxId        client_id, device_id;
  gint64      at;           /* ms UTC by its clock */
  const char *signature;    /* by its key, over gx_farewell_text() */
} GxsFarewellClaim;

GxsFarewells *gxs_farewells_new   (const char *data_dir, GxClock *clock, GxRandom *random);
void          gxs_farewells_free  (GxsFarewells *farewells);

gboolean      gxs_farewells_begin (GxsFarewells *farewells, GxDb *db, const GxsFarewellClaim *claim, GxsFarewell *out, GError **error);
gboolean      gxs_farewells_write (GxsFarewells *farewells, const char *ticket, gint64 offset, GBytes *part, gint64 *out_offset, GError **error);
gboolean      gxs_farewells_end   (GxsFarewells *farewells, GxsStore *store, const GxsParcels *parcels, const char *ticket, gint64 size,
                                   const char *sha256, GxsHandedIn *out, gboolean *out_done, GError **error);

G_END_DECLS
