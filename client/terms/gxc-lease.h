/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GXC_LEASE_OPEN,
  GXC_LEASE_READ_ONLY,      /* shows what is there, takes no changes */
  GXC_LEASE_LOCKED,         /* shows nothing, until the server was met */
} GxcLeaseState;

/* In days, where the bank's settings "lease_read_only_days" and "lease_locked_days" say nothing else. */
#define GXC_LEASE_READ_ONLY_DAYS 7
#define GXC_LEASE_LOCKED_DAYS    14
#define GXC_LEASE_MAX_DAYS       366
#define GXC_LEASE_SOON_DAYS      2    /* before an end, from which on a person is told unasked */

/**
 * GxcLease: how long a desk may go on without the server. Times are ms UTC; all 0 where there is no lease: of a store in
 * memory, or one that nobody has signed in to.
 */
typedef struct
{
  GxcLeaseState state;
  gint64        contact;        /* when the server was last met */
  gint64        now;            /* what the lease was judged by; no earlier than any time seen before */
  gint64        read_only_at;
  gint64        locked_at;
} GxcLease;

gint64   gxc_lease_tell_time  (gint64 seen, gint64 now, gint64 clock_off, gint64 awake);
void     gxc_lease_judge      (gint64 contact, gint64 now, int read_only_days, int locked_days, GxcLease *out_lease);
gboolean gxc_lease_ends_soon  (const GxcLease *lease);
guint    gxc_lease_days_left  (const GxcLease *lease);
char    *gxc_lease_title      (const GxcLease *lease);
char    *gxc_lease_words      (const GxcLease *lease);

G_END_DECLS
