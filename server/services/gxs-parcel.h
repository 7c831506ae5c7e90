/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gx-parcel.h"
#include "gx-seal.h"
#include "gxs-store.h"

G_BEGIN_DECLS

/**
 * GxsParcel: what a desk left to the bank in a file, opened.
 */
typedef struct
{
  GxId       client_id;
  char      *login;         /* (nullable): as the desk says; whose it is, the bank knows by the client */
  gint64     made_at;       /* ms UTC by the desk's clock, 0 = not told */
  JsonNode  *json;          /* object: "mutations" and "issues" as they would have travelled */
  GPtrArray *papers;        /* of GBytes: documents that the bank has not got */
} GxsParcel;

/**
 * GxsHandedIn: what became of it.
 */
typedef struct
{
  guint taken;              /* changes that have their effect now */
  guint known;              /* that had their result before */
  guint refused;            /* kept readable in the file */
  guint papers;
  guint papers_refused;
} GxsHandedIn;

/**
 * GxsParcels: what parcels are opened with, and where what is in them goes; all borrowed.
 */
typedef struct
{
  const char   *data_dir;
  GxBankSealer *sealer;
  const GxsKeys *keys;
} GxsParcels;

gboolean   gxs_parcels_take     (const GxsParcels *parcels, GxsStore *store, const char *path, GxsHandedIn *out, GError **error);

GxsParcel *gxs_parcel_read      (const char *path, const GxParcelKeys *keys, const char *scratch, GError **error);
JsonNode  *gxs_parcel_read_store (GBytes *json, GBytes *store, GBytes *log, const GxParcelKeys *keys, const char *scratch, GError **error);
void       gxs_parcel_free      (GxsParcel *parcel);
JsonArray *gxs_parcel_list      (const GxsParcel *parcel, const char *what);

/* Inside a batch. */
gboolean   gxs_parcel_hand_in   (GxsBatch *batch, const GxsParcel *parcel, const char *data_dir, GxBankSealer *sealer, GxsHandedIn *out,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsParcel, gxs_parcel_free)

G_END_DECLS
