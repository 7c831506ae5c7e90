/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-authz.h"

G_BEGIN_DECLS

#define GXS_SEARCH_TEXT_MAX 100     /* characters of a question */

/* Customers by any piece of a name (characters, pinyin, initials), by the last digits of the customer number, by a
 * telephone or its last four digits, by another number whole: {"rows":[…]}, first by name, those the session may see. */
gboolean gxs_search (GxDb *db, const GxsAuthz *authz, const char *text, gint64 limit, GString *out, GError **error);

G_END_DECLS
