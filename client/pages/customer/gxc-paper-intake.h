/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_PAPER_INTAKE (gxc_paper_intake_get_type ())
G_DECLARE_FINAL_TYPE (GxcPaperIntake, gxc_paper_intake, GXC, PAPER_INTAKE, GtkWidget)

GtkWidget *gxc_paper_intake_new         (void);
void       gxc_paper_intake_set_target  (GxcPaperIntake *self, GxcDesk *desk, const GxId *customer_id);
void       gxc_paper_intake_offer_file  (GxcPaperIntake *self, GFile *file);
void       gxc_paper_intake_offer_bytes (GxcPaperIntake *self, GBytes *bytes, const char *name);
gboolean   gxc_paper_intake_is_open     (GxcPaperIntake *self);
void       gxc_paper_intake_close       (GxcPaperIntake *self);

G_END_DECLS
