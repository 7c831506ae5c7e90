/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is looked for comes, however slow the machine is. */
#define GXT_WAIT_FOR(condition) \
  G_STMT_START { \
    gint64 until_ = 0; \
    gboolean come_; \
    while (!(come_ = (condition) ? TRUE : FALSE) && gxt_wait_more (&until_)); \
    if (!come_) \
      g_assertion_message_expr (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC, "it came to be that " #condition); \
  } G_STMT_END

void     gxt_wait_ms    (guint       ms);
gboolean gxt_wait_more  (gint64     *until);
void     gxt_wait_shown (GtkWindow  *window);
gboolean gxt_screenshot (GtkWindow  *window,
                         const char *path);
void     gxt_destroy    (GtkWidget  *window);
void     gxt_let_go     (gpointer    object);
void     gxt_show_once  (GtkWidget *widget);

G_END_DECLS
