/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-random.h"

G_BEGIN_DECLS

#define GXS_PASSWORD_MIN 12     /* characters; no rule of composition (trust.md 3.4) */
#define GXS_PASSWORD_MAX 128

char     *gxs_password_hash   (const char *password);
gboolean  gxs_password_verify (const char *password, const char *hash);
gboolean  gxs_password_is_old (const char *hash);
gboolean  gxs_password_check  (const char *password, GError **error);
char     *gxs_password_draw   (GxRandom *random);

G_END_DECLS
