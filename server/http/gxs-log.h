/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-clock.h"
#include "gx-id.h"

G_BEGIN_DECLS

typedef enum
{
  GXS_LOG_DEBUG,
  GXS_LOG_INFO,
  GXS_LOG_WARNING,          /* from here on written through at once */
  GXS_LOG_ERROR,
} GxsLogLevel;

/**
 * GxsLogField: one member of a log line: an id, a code or a number. Never a customer's value.
 */
typedef struct
{
  const char *name;         /* NULL ends a list */
  const char *code;         /* (nullable) */
  const GxId *id;           /* (nullable) */
  gint64      number;
} GxsLogField;

#define GXS_LOG_CODE(name_, code_)     { .name = (name_), .code = gxs_log_text (code_) }
#define GXS_LOG_NUMBER(name_, number_) { .name = (name_), .number = (number_) }
#define GXS_LOG_ID(name_, id_)         { .name = (name_), .id = (id_) }

/* gxs_log (log, GXS_LOG_INFO, "signed-in", GXS_LOG_ID ("login", &id), GXS_LOG_NUMBER ("tries", 2)); */
#define gxs_log(log, level, event, ...) \
  gxs_log_write ((log), (level), (event), (const GxsLogField[]) { __VA_ARGS__ __VA_OPT__(,) { NULL } })

static inline const char *
gxs_log_text (const char *text)
{
  return text != NULL ? text : "";
}

typedef struct _GxsLog GxsLog;

GxsLog *gxs_log_new   (const char *path, GxsLogLevel min_level, GxClock *clock, GError **error);
void    gxs_log_free  (GxsLog *log);
void    gxs_log_write (GxsLog *log, GxsLogLevel level, const char *event, const GxsLogField *fields);
void    gxs_log_error (GxsLog *log, GxsLogLevel level, const char *event, const GError *error);
void    gxs_log_flush (GxsLog *log);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsLog, gxs_log_free)

G_END_DECLS
