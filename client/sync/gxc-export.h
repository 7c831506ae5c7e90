/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

/**
 * GxcExport: what went into a parcel for the bank.
 */
typedef struct
{
  guint changes;            /* that wait; of a profile that could not be opened not known: 0 */
  guint issues;             /* refused or in conflict */
  guint papers;             /* documents that wait */
} GxcExport;

gboolean gxc_export_write        (GxcContext *context, const char *file, GxcExport *out, GError **error);
gboolean gxc_export_write_locked (const char *directory, const char *file, GError **error);
gboolean gxc_export_can_locked   (const char *directory);

G_END_DECLS
