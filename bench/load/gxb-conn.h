/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

#define GXB_CONN_BUFFER (64 * 1024)

/**
 * GxbConn: one keep-alive HTTPS connection of one thread, blocking.
 */
typedef struct
{
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t                 session;     /* NULL: not connected */
  int                              fd;
  guint16                          port;        /* on 127.0.0.1 */
  gsize                            at, end;     /* unread part of buffer */
  guint64                          received;    /* body bytes so far, all requests */
  guint                            connects;
  char                             buffer[GXB_CONN_BUFFER];
} GxbConn;

GxbConn *gxb_conn_new  (guint16 port);
void     gxb_conn_free (GxbConn *conn);
guint    gxb_conn_ask  (GxbConn *conn, const GString *request, GString *out_body, gsize keep);

G_END_DECLS
