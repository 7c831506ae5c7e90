/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gxc-issues.h"

G_BEGIN_DECLS

JsonNode   *gxc_issue_member     (JsonObject *object, const char *name);
JsonObject *gxc_issue_object     (JsonObject *object, const char *name);
gboolean    gxc_issue_close      (GxcStore *store, gint64 mid, GError **error);
GPtrArray  *gxc_issues_of_bundle (GxDb *db, const GxId *bundle, GError **error);

G_END_DECLS
