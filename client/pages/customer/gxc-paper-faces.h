/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcPaperThumbs: small pictures of papers, by their fingerprints, and what is known of each.
 */
#define GXC_TYPE_PAPER_THUMBS (gxc_paper_thumbs_get_type ())
G_DECLARE_FINAL_TYPE (GxcPaperThumbs, gxc_paper_thumbs, GXC, PAPER_THUMBS, GObject)

GxcPaperThumbs *gxc_paper_thumbs_new   (GxcDesk *desk);
GtkWidget      *gxc_paper_thumbs_make  (GxcPaperThumbs *self, const char *sha256, GtkWidget *facts);
void            gxc_paper_thumbs_learn (GxcPaperThumbs *self, const char *sha256, GBytes *bytes);

char           *gxc_paper_facts_words  (const char *mime, guint64 size);

G_END_DECLS
