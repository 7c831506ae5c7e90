/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean gx_set_str            (char **pointer, const char *text);
char    *gx_text_trim          (const char *text);
char    *gx_text_normalize     (const char *text);
char    *gx_text_fold          (const char *text);
guint    gx_text_width         (const char *text);

char    *gx_text_split         (const char *text);
char    *gx_text_split_letters (const char *text);
char    *gx_text_query         (const char *typed);

G_END_DECLS
