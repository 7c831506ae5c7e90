/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcPaperFaces: small pictures of papers, by their fingerprints, and what is known of each.
 */
#define GXC_TYPE_PAPER_FACES (gxc_paper_faces_get_type ())
G_DECLARE_FINAL_TYPE (GxcPaperFaces, gxc_paper_faces, GXC, PAPER_FACES, GObject)

GxcPaperFaces *gxc_paper_faces_new   (GxcDesk *desk);
GtkWidget     *gxc_paper_faces_make  (GxcPaperFaces *self, const char *sha256, GtkWidget *facts);
void           gxc_paper_faces_learn (GxcPaperFaces *self, const char *sha256, GBytes *bytes);

char          *gxc_paper_facts_words (const char *mime, guint64 size);

G_END_DECLS
