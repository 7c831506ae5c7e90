/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GxtAnswer: what a server said.
 */
typedef struct
{
  guint   status;           /* 0: it closed without a word */
  char   *head;             /* (owned) the header lines, without the empty one */
  GBytes *body;             /* (owned) as it was sent, maybe gzip */
} GxtAnswer;

/* A client that says exactly what it is told, right or wrong. Blocking. */
GIOStream  *gxt_http_connect     (guint16 port);
void        gxt_http_send        (GIOStream *stream, const char *text, gssize length);
GxtAnswer  *gxt_http_receive     (GIOStream *stream);
gboolean    gxt_http_is_closed   (GIOStream *stream);

/* One request on its own connection. @headers are whole lines, each with its CRLF; Host and Content-Length are added. */
GxtAnswer  *gxt_http_ask         (guint16 port, const char *method, const char *path, const char *headers, const char *body,
                                  gssize length);

const char *gxt_answer_get_body   (GxtAnswer *answer);
char       *gxt_answer_dup_header (GxtAnswer *answer, const char *name);
char       *gxt_answer_dup_code   (GxtAnswer *answer);
void        gxt_answer_free       (GxtAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtAnswer, gxt_answer_free)

G_END_DECLS
