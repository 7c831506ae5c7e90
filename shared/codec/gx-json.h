/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-json-writer.h"

G_BEGIN_DECLS

#define GX_JSON_SIZE_MAX    (8 * 1024 * 1024)   /* bytes of one document */
#define GX_JSON_STRING_MAX  (64 * 1024)         /* bytes of one string or key, decoded */
#define GX_JSON_DEPTH_MAX   16                  /* nested objects and arrays */
#define GX_JSON_MEMBERS_MAX 1024                /* of one object */

JsonNode   *gx_json_parse         (const char *data, gssize length, GError **error);
JsonNode   *gx_json_parse_sized   (const char *data, gssize length, gsize max_size, GError **error);
JsonObject *gx_json_root_object   (JsonNode *node, GError **error);

/* Readers: FALSE with a violation that names the member. "get" wants the member, "opt" leaves *out alone without it. */
gboolean    gx_json_get_string    (JsonObject *object, const char *member, const char **out, GError **error);
gboolean    gx_json_get_int       (JsonObject *object, const char *member, gint64 *out, GError **error);
gboolean    gx_json_get_bool      (JsonObject *object, const char *member, gboolean *out, GError **error);
gboolean    gx_json_get_id        (JsonObject *object, const char *member, GxId *out, GError **error);
gboolean    gx_json_get_object    (JsonObject *object, const char *member, JsonObject **out, GError **error);
gboolean    gx_json_get_array     (JsonObject *object, const char *member, JsonArray **out, GError **error);

gboolean    gx_json_opt_string    (JsonObject *object, const char *member, const char **out, GError **error);
gboolean    gx_json_opt_int       (JsonObject *object, const char *member, gint64 *out, GError **error);
gboolean    gx_json_opt_bool      (JsonObject *object, const char *member, gboolean *out, GError **error);
gboolean    gx_json_opt_id        (JsonObject *object, const char *member, GxId *out, GError **error);
gboolean    gx_json_opt_object    (JsonObject *object, const char *member, JsonObject **out, GError **error);
gboolean    gx_json_opt_array     (JsonObject *object, const char *member, JsonArray **out, GError **error);

gboolean    gx_json_item_object   (JsonArray *array, guint index, const char *member, JsonObject **out, GError **error);
gboolean    gx_json_item_string   (JsonArray *array, guint index, const char *member, const char **out, GError **error);
gboolean    gx_json_get_strings   (JsonObject *object, const char *member, char ***out, GError **error);
gboolean    gx_json_allow_members (JsonObject *object, const char * const *names, GError **error);

G_END_DECLS
