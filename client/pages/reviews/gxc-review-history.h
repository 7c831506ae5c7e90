/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-review-cards.h"

G_BEGIN_DECLS

GtkWidget *gxc_review_history_new (GxcDesk *desk, GxRecord *request, GxcReviewAnswer answer);

G_END_DECLS
