/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GxsControlCommand: what a running server may be asked by whoever owns its data folder.
 * @run: (nullable return): one line of JSON, on a thread of its own
 */
typedef struct
{
  const char *name;             /* "status", "audit verify" */
  char      *(*run) (gpointer data, const char *arguments, GError **error);
} GxsControlCommand;

/**
 * GxsControl: DIR/control, a Unix socket for the folder's owner only: one line in, one line of JSON out. Commands that need
 * the database of a running server come this way, since no second process may open it.
 */
typedef struct _GxsControl GxsControl;

GxsControl *gxs_control_new  (const char *data_dir, const GxsControlCommand *commands, guint n_commands, gpointer data,
                              GError **error);
void        gxs_control_free (GxsControl *control);
char       *gxs_control_ask  (const char *data_dir, const char *line, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsControl, gxs_control_free)

G_END_DECLS
