/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_LOGIN_ACTIVE = 1, GX_LOGIN_LOCKED } GxLoginStatus;

/**
 * GxLogin: an account of one employee, who may have two. created_by and the audit's actor mean this.
 */
typedef struct
{
  GxMeta    meta;
  GxId      employee_id;
  char     *login;
  char     *pw_hash;      /* Argon2id; none = nobody signs in with it yet */
  gboolean  pw_once;      /* somebody else knows the password: good for setting one's own only */
  int       status;       /* GxLoginStatus */
  gint64    last_login;
  gint64    perm_ver;     /* grows with every change of its rights */
} GxLogin;

extern const GxEntity gx_login_entity;

G_END_DECLS
