/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/* The entities' own rules, beyond what each field's row says: numbers with check digits, order of dates, what belongs
 * together. The same code on client, server and importer. @today is a date in the bank's time zone. */
void      gx_check_normalize (const GxEntity *entity, gpointer data);
gboolean  gx_check_entity    (const GxEntity *entity, gconstpointer data, gint32 today, GError **error);
GError   *gx_check_warnings  (const GxEntity *entity, gconstpointer data, gint32 today);

G_END_DECLS
