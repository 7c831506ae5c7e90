/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-server.h"
#include "gxt-bank.h"
#include "gxt-http-client.h"

G_BEGIN_DECLS

#define GXT_PASSWORD "a password for tests"

/**
 * GxtLive: the whole server over the test bank, on a port of 127.0.0.1, in this process. Everybody's password is
 * GXT_PASSWORD.
 */
typedef struct
{
  char      *dir;
  GxtBank   *bank;          /* the people; its database is the server's now */
  GxsConfig  config;
  GxsServer *server;
  guint16    port;
  GxId       client;        /* X-Client of the requests that follow */
  char      *token;         /* (nullable) of the requests that follow */
  char      *ca_file;       /* of the authority that signed its certificate */
} GxtLive;

GxtLive    *gxt_live_new     (void);
void        gxt_live_free    (GxtLive *live);
/* One request with the present client and token. */
GxtAnswer  *gxt_live_ask     (GxtLive *live, const char *method, const char *path, const char *body);
guint       gxt_live_status  (GxtLive *live, const char *method, const char *path, const char *body);
/* The same, which must be 200 or 201: its object. */
JsonObject *gxt_live_get     (GxtLive *live, const char *method, const char *path, const char *body);
JsonObject *gxt_live_sign_in (GxtLive *live, GxtPerson person);
/* A session without a password, as if somebody had signed in. */
char       *gxt_live_token   (GxtLive *live, GxtPerson person);
GxDb       *gxt_live_reader  (GxtLive *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtLive, gxt_live_free)

G_END_DECLS
