/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_PHOTOS (gxc_visits_photos_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsPhotos, gxc_visits_photos, GXC, VISITS_PHOTOS, GtkWidget)

GtkWidget *gxc_visits_photos_new   (GxcDesk *desk);
void       gxc_visits_photos_show  (GxcVisitsPhotos *self, GxRecord *visit);
void       gxc_visits_photos_offer (GxcVisitsPhotos *self, GFile *file, GBytes *bytes, const char *name);
gboolean   gxc_visits_photos_may_add (GxcVisitsPhotos *self);

/* What else speaks of a visit's documents. */
GPtrArray *gxc_visit_read_papers   (GxcDesk *desk, const GxId *visit_id);

G_END_DECLS
