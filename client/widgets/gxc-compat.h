/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*GxcConfirmFunc) (gpointer data, gboolean confirmed);
typedef void (*GxcFileFunc)    (gpointer data, GFile *file);

void gxc_compat_confirm   (GtkWidget      *parent,
                           const char     *heading,
                           const char     *body,
                           const char     *confirm_label,
                           gboolean        destructive,
                           GxcConfirmFunc  callback,
                           gpointer        data);
void gxc_compat_open_file (GtkWidget      *parent,
                           const char     *title,
                           GxcFileFunc     callback,
                           gpointer        data);
void gxc_compat_open_file_in (GtkWidget   *parent,
                           const char     *title,
                           GFile          *folder,
                           GxcFileFunc     callback,
                           gpointer        data);
void gxc_compat_save_file (GtkWidget      *parent,
                           const char     *title,
                           const char     *name,
                           GxcFileFunc     callback,
                           gpointer        data);

G_END_DECLS
