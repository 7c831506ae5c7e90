/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GX_JSON_WRITER_DEPTH 32

/**
 * GxJsonWriter: writes compact JSON straight into a GString. Lives on the stack, owns nothing, needs no clearing.
 */
typedef struct
{
  GString *out;                               /* (borrowed) */
  gboolean canonical;
  gboolean after_key;
  guint    depth;
  guint32  filled;                            /* one bit a level: something stands there already */
  gsize    key_at[GX_JSON_WRITER_DEPTH];      /* canonical: where the last key of each level stands in out */
  gsize    key_length[GX_JSON_WRITER_DEPTH];
} GxJsonWriter;

void  gx_json_writer_init         (GxJsonWriter *writer, GString *out);
void  gx_json_writer_init_canonical (GxJsonWriter *writer, GString *out);

void  gx_json_writer_begin_object (GxJsonWriter *writer);
void  gx_json_writer_end_object   (GxJsonWriter *writer);
void  gx_json_writer_begin_array  (GxJsonWriter *writer);
void  gx_json_writer_end_array    (GxJsonWriter *writer);
void  gx_json_writer_member       (GxJsonWriter *writer, const char *name);

void  gx_json_writer_string       (GxJsonWriter *writer, const char *text);
void  gx_json_writer_string_len   (GxJsonWriter *writer, const char *text, gsize length);
void  gx_json_writer_int          (GxJsonWriter *writer, gint64 value);
void  gx_json_writer_bool         (GxJsonWriter *writer, gboolean value);
void  gx_json_writer_null         (GxJsonWriter *writer);
void  gx_json_writer_id           (GxJsonWriter *writer, const GxId *id);
void  gx_json_writer_raw          (GxJsonWriter *writer, const char *json, gssize length);
void  gx_json_writer_node         (GxJsonWriter *writer, JsonNode *node);

/* A member and its value at once. */
void  gx_json_writer_put_string   (GxJsonWriter *writer, const char *name, const char *text);
void  gx_json_writer_put_int      (GxJsonWriter *writer, const char *name, gint64 value);
void  gx_json_writer_put_bool     (GxJsonWriter *writer, const char *name, gboolean value);
void  gx_json_writer_put_id       (GxJsonWriter *writer, const char *name, const GxId *id);
void  gx_json_writer_put_raw      (GxJsonWriter *writer, const char *name, const char *json);

void  gx_json_write_node          (GString *out, JsonNode *node);
char *gx_json_canonical           (JsonNode *node);

G_END_DECLS
