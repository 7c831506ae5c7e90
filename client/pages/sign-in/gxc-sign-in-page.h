/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_SIGN_IN_PAGE (gxc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcSignInPage, gxc_sign_in_page, GXC, SIGN_IN_PAGE, GxcPage)

GtkWidget *gxc_sign_in_page_new       (GxcDesk *desk);
void       gxc_sign_in_page_let_leave (GxcSignInPage *self);

G_END_DECLS
