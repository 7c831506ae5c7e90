/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEWS_PAGE (gxc_reviews_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewsPage, gxc_reviews_page, GXC, REVIEWS_PAGE, GxcPage)

GtkWidget *gxc_reviews_page_new (GxcDesk *desk);

G_END_DECLS
