/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a value looks to somebody who may not see it (domain.md R-PII). Each takes the clear text, not NULL, and returns
 * a new string. */
char *gx_mask_name    (const char *clear);
char *gx_mask_mobile  (const char *clear);
char *gx_mask_id      (const char *clear);
char *gx_mask_account (const char *clear);
char *gx_mask_email   (const char *clear);
char *gx_mask_contact (const char *clear);
char *gx_mask_all     (const char *clear);

G_END_DECLS
