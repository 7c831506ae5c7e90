/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"
#include "gx-random.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GX_SIGNATURE_LENGTH 88      /* characters of base64 */
#define GX_KEY_LENGTH       44

/**
 * GxPublicKey: an Ed25519 public key.
 */
typedef struct
{
  guint8 b[32];
} GxPublicKey;

/**
 * GxSecretKey: an Ed25519 key that signs. Wipe it with gx_secret_key_clear().
 */
typedef struct
{
  guint8 b[64];             /* seed and public key */
} GxSecretKey;

/**
 * GxDecision: what maker and checkers sign with their device's key (trust.md 1.2).
 */
typedef struct
{
  GxId        request;
  gint64      rev;
  const char *digest;       /* 64 lower-case digits */
  const char *verdict;      /* "submit", "approve", "reject", "return" */
  const char *note;         /* (nullable) */
  GxId        person;       /* employee */
} GxDecision;

/**
 * GxRequestContent: what a request asks for, in its wire form.
 */
typedef struct
{
  const char         *kind;
  const char         *op;           /* "create", "patch", "delete" */
  const char         *table;
  GxId                entity;
  gint64              rev;
  const char         *reason;
  JsonNode           *after;        /* (nullable) object: field to value */
  JsonNode           *base;         /* (nullable) object: field to sequence */
  const char * const *evidence;     /* (nullable) SHA-256 in hex, in any order */
} GxRequestContent;

void      gx_secret_key_make       (GxRandom *random, GxSecretKey *out_key);
void      gx_secret_key_from_seed  (const guint8 seed[static 32], GxSecretKey *out_key);
void      gx_secret_key_get_public (const GxSecretKey *key, GxPublicKey *out_public);
char     *gx_secret_key_to_text    (const GxSecretKey *key);
gboolean  gx_secret_key_parse      (const char *text, GxSecretKey *out_key);
void      gx_secret_key_clear      (GxSecretKey *key);
char     *gx_public_key_to_text    (const GxPublicKey *key);
gboolean  gx_public_key_parse      (const char *text, GxPublicKey *out_key);

char     *gx_sign                  (const GxSecretKey *key, const char *text, gssize length);
gboolean  gx_sign_verify           (const GxPublicKey *key, const char *text, gssize length, const char *signature, GError **error);

char     *gx_decision_text         (const GxDecision *decision);
char     *gx_decision_sign         (const GxDecision *decision, const GxSecretKey *key);
gboolean  gx_decision_verify       (const GxDecision *decision, const GxPublicKey *key, const char *signature, GError **error);

char     *gx_farewell_text         (const GxId *client_id, const GxId *device_id, gint64 at);

char     *gx_request_canonical     (const GxRequestContent *content);
char     *gx_request_digest        (const GxRequestContent *content);

#define GX_SUBJECT_KEY_SIZE 32
char     *gx_commitment            (const guint8 key[static GX_SUBJECT_KEY_SIZE], const char *table, const GxId *row,
                                    const char *field, const char *json);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxSecretKey, gx_secret_key_clear)

G_END_DECLS
