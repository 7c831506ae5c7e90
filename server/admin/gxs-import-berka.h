/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-batch.h"
#include "gxs-import-file.h"

G_BEGIN_DECLS

/* The files of the PKDD'99 bank, in the order in which they refer to each other. */
typedef enum
{
  GXS_BERKA_DISTRICT,
  GXS_BERKA_CLIENT,
  GXS_BERKA_ACCOUNT,
  GXS_BERKA_DISP,
  GXS_BERKA_ORDER,
  GXS_BERKA_LOAN,
  GXS_BERKA_CARD,
  GXS_BERKA_TRANS,
  GXS_BERKA_N_FILES
} GxsBerkaFile;

typedef struct { guint line; gint64 id; char *name; char *region; guint clients; } GxsBerkaDistrict;
typedef struct { guint line; gint64 id; gboolean woman; gint32 born; gint64 district; gint64 account; gboolean owner; guint rm; gint32 since; } GxsBerkaClient;
typedef struct { gint32 month; gint64 in, out, sum_balance, end_balance; gint32 last_on; gint64 last_trans; guint n_in, n_out, n_cash; } GxsBerkaMonth;
typedef struct
{
  guint   line;
  gint64  id, district;
  char   *frequency;
  gint32  opened;
  gint64  owner;            /* client, 0 = none yet */
  GArray *months;           /* of GxsBerkaMonth, sorted once all rows are read */
} GxsBerkaAccount;
typedef struct { guint line; gint64 id, client, account; gboolean owner; } GxsBerkaDisp;
typedef struct { guint line; gint64 id, account, amount, payments; gint32 date; int duration; char status; } GxsBerkaLoan;
typedef struct { guint line; gint64 id, disp; char *type; gint32 issued; } GxsBerkaCard;

/**
 * GxsBerka: the whole source, read and checked, before anything is written.
 */
typedef struct
{
  GxsImportFile *files[GXS_BERKA_N_FILES];
  GHashTable    *tables[GXS_BERKA_N_FILES];       /* gint64 id -> struct; none of ORDER and TRANS */
  gint64         totals[GXS_BERKA_N_FILES];       /* minor units: amounts of orders, loans, transactions */
  gint64         payments;                        /* of loans */
  gint64         in, out;                         /* of transactions */
  gint64         balances;                        /* of transactions: the sum of the balances posted */
  GHashTable    *trans_ids;                       /* set of gint64: a transaction counts once */
} GxsBerka;

GxsBerka *gxs_berka_read  (const char *dir, GError **error);
void      gxs_berka_free  (GxsBerka *berka);
gboolean  gxs_berka_write (GxsBerka *berka, GxsBatch *batch, GError **error);
GPtrArray *gxs_berka_sorted (GxsBerka *berka, GxsBerkaFile file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsBerka, gxs_berka_free)

G_END_DECLS
