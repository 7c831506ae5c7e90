/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

G_BEGIN_DECLS

/**
 * GxcCarryWhy: why the content of a document shall be on this desk before anybody opens it; the first that holds.
 * @GXC_CARRY_NOT: nobody asked for it: it is here because it was looked at, or not at all
 * @GXC_CARRY_TAKEN: its customer was taken along by hand
 * @GXC_CARRY_TODAY, @GXC_CARRY_TOMORROW: its customer is visited
 * @GXC_CARRY_PINNED: its customer is pinned
 * @GXC_CARRY_CORE: its customer is a core customer of one's own
 * @GXC_CARRY_TASK: a task about its customer falls due until tomorrow's end
 */
typedef enum
{
  GXC_CARRY_NOT,
  GXC_CARRY_TAKEN,
  GXC_CARRY_TODAY,
  GXC_CARRY_TOMORROW,
  GXC_CARRY_PINNED,
  GXC_CARRY_CORE,
  GXC_CARRY_TASK,
  GXC_N_CARRY
} GxcCarryWhy;

/**
 * GxcCarried: one document of a customer, and its content on this desk. The rows of one's customers are always here and are not
 * spoken of.
 */
typedef struct
{
  GxId         id;            /* of the attachment; none: of a document that is no customer's, or of nobody's here */
  GxId         customer_id;
  char        *sha256;        /* hex */
  gint64       size;          /* bytes */
  GxcCarryWhy  why;
  gint64       taken_at;      /* ms UTC: when its customer was taken along, 0 = not by hand */
  gboolean     allowed;       /* the bank opens it to this person */
  gboolean     here;          /* its content is on this desk */
  gboolean     unsent;        /* it was added here and the bank has not all of it: it stays, and counts for no budget */
  gboolean     fits;          /* it is wanted and there is room for it */
  gboolean     refused;       /* the bank did not give it when it was asked, or it could not be kept */
  gboolean     again;         /* the same bytes as a document before it: they lie here once */
  gint64       since;         /* ms UTC: since when it is here, 0 = not */
} GxcCarried;

/**
 * GxcCarrySum: several documents; what lies here once counts once.
 */
typedef struct
{
  guint  n, n_here, n_unsent;       /* documents */
  guint  n_left_out;                /* wanted, and there is no room for them */
  guint  n_missed;                  /* of these, of whom somebody chose: taken along, visited or pinned */
  guint  n_refused;                 /* wanted, and the bank did not give them */
  guint  n_closed;                  /* that the bank does not open to this person */
  guint  n_again;                   /* here, and the same bytes as another: they count for nothing */
  gint64 bytes, bytes_here, bytes_left_out;
  gint64 since;                     /* ms UTC: when the oldest that is here came, 0 = none */
} GxcCarrySum;

/**
 * GxcCarryRoom: how much of a desk is for documents that the bank has too.
 */
typedef struct
{
  gint64   budget;                  /* bytes, 0 = none is fetched ahead */
  gboolean no_disk;                 /* the disk itself was too full for the next one */
} GxcCarryRoom;

void     gxc_carried_free     (GxcCarried *carried);
gboolean gxc_carried_is_to_come (const GxcCarried *carried);
void     gxc_carry_sum_add    (GxcCarrySum *sum, const GxcCarried *carried);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcCarried, gxc_carried_free)

G_END_DECLS
