/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ed25519 by libsodium, and the exact texts that are signed, digested and committed to (trust.md 1.2 and 2).
 *
 * One place writes these texts, for client, server and verifier: a signature is worth what its text is. It does not
 * know whose key is whose, nor whether somebody may decide.
 */
#include "gx-sign.h"

#include "gx-base64.h"
#include "gx-error.h"
#include "gx-hash.h"
#include "gx-json.h"

#include <sodium.h>
#include <string.h>

void
gx_secret_key_from_seed (const guint8  seed[static 32],
                         GxSecretKey  *out_key)
{
  GxPublicKey public;

  crypto_sign_seed_keypair (public.b, out_key->b, seed);
}

void
gx_secret_key_make (GxRandom    *random,
                    GxSecretKey *out_key)
{
  guint8 seed[32];

  gx_random_bytes (random, seed, sizeof seed);
  gx_secret_key_from_seed (seed, out_key);
  sodium_memzero (seed, sizeof seed);
}

void
gx_secret_key_get_public (const GxSecretKey *key,
                          GxPublicKey       *out_public)
{
  crypto_sign_ed25519_sk_to_pk (out_public->b, key->b);
}

/**
 * gx_secret_key_to_text:
 *
 * Returns: (transfer full): %GX_KEY_LENGTH characters for the Secret Service or a key file; wipe it after use
 */
char *
gx_secret_key_to_text (const GxSecretKey *key)
{
  return gx_base64_encode (key->b, 32);
}

gboolean
gx_secret_key_parse (const char  *text,
                     GxSecretKey *out_key)
{
  guint8 seed[32];

  if (!gx_base64_decode_into (text, seed, sizeof seed))
    return FALSE;
  gx_secret_key_from_seed (seed, out_key);
  sodium_memzero (seed, sizeof seed);

  return TRUE;
}

void
gx_secret_key_clear (GxSecretKey *key)
{
  sodium_memzero (key, sizeof *key);
}

/**
 * gx_public_key_to_text:
 *
 * Returns: (transfer full): %GX_KEY_LENGTH characters
 */
char *
gx_public_key_to_text (const GxPublicKey *key)
{
  return gx_base64_encode (key->b, sizeof key->b);
}

gboolean
gx_public_key_parse (const char  *text,
                     GxPublicKey *out_key)
{
  return gx_base64_decode_into (text, out_key->b, sizeof out_key->b);
}

/**
 * gx_sign:
 * @length: in bytes, or -1 for a string
 *
 * Returns: (transfer full): %GX_SIGNATURE_LENGTH characters
 */
char *
gx_sign (const GxSecretKey *key,
         const char        *text,
         gssize             length)
{
  guint8 signature[crypto_sign_BYTES];

  crypto_sign_detached (signature, NULL, (const guint8 *) text, length >= 0 ? (gsize) length : strlen (text), key->b);
  return gx_base64_encode (signature, sizeof signature);
}

/**
 * gx_sign_verify:
 * @signature: (nullable): from outside
 * @error: %GX_ERROR_SIGNATURE
 */
gboolean
gx_sign_verify (const GxPublicKey  *key,
                const char         *text,
                gssize              length,
                const char         *signature,
                GError            **error)
{
  guint8 bytes[crypto_sign_BYTES];

  if (!gx_base64_decode_into (signature, bytes, sizeof bytes))
    return gx_fail (error, GX_ERROR_SIGNATURE, "a signature has %d characters of base64", GX_SIGNATURE_LENGTH);
  if (crypto_sign_verify_detached (bytes, (const guint8 *) text, length >= 0 ? (gsize) length : strlen (text), key->b) != 0)
    return gx_fail (error, GX_ERROR_SIGNATURE, "the signature was not made over this text by this key");

  return TRUE;
}

/**
 * gx_decision_text:
 *
 * Returns: (transfer full): the text that is signed: "guanxi-decision-v1\n" and canonical JSON
 */
char *
gx_decision_text (const GxDecision *decision)
{
  GString *out = g_string_new ("guanxi-decision-v1\n");
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_id (&writer, "cr", &decision->request);
  gx_json_writer_put_string (&writer, "digest", decision->digest);
  gx_json_writer_put_string (&writer, "note", decision->note);
  gx_json_writer_put_id (&writer, "person", &decision->person);
  gx_json_writer_put_int (&writer, "rev", decision->rev);
  gx_json_writer_put_string (&writer, "verdict", decision->verdict);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

char *
gx_decision_sign (const GxDecision  *decision,
                  const GxSecretKey *key)
{
  g_autofree char *text = gx_decision_text (decision);

  return gx_sign (key, text, -1);
}

gboolean
gx_decision_verify (const GxDecision   *decision,
                    const GxPublicKey  *key,
                    const char         *signature,
                    GError            **error)
{
  g_autofree char *text = gx_decision_text (decision);

  return gx_sign_verify (key, text, -1, signature, error);
}

/**
 * gx_farewell_text:
 * @at: ms UTC by the device's clock
 *
 * Returns: (transfer full): what a device signs that asks whether it was revoked: "guanxi-farewell-v1\n" and canonical JSON
 */
char *
gx_farewell_text (const GxId *client_id,
                  const GxId *device_id,
                  gint64      at)
{
  GString *out = g_string_new ("guanxi-farewell-v1\n");
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "at", at);
  gx_json_writer_put_id (&writer, "client_id", client_id);
  gx_json_writer_put_id (&writer, "device_id", device_id);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static void
write_object (GxJsonWriter *writer,
              const char   *name,
              JsonNode     *node)
{
  gx_json_writer_member (writer, name);
  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    {
      gx_json_writer_node (writer, node);
      return;
    }
  gx_json_writer_begin_object (writer);
  gx_json_writer_end_object (writer);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Sorted and without repetitions, since evidence is a set. */
static void
write_evidence (GxJsonWriter       *writer,
                const char * const *evidence)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; evidence != NULL && evidence[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) evidence[i]);
  g_ptr_array_sort (sorted, compare_strings);

  gx_json_writer_member (writer, "evidence");
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (sorted, i - 1), g_ptr_array_index (sorted, i)) != 0)
      gx_json_writer_string (writer, g_ptr_array_index (sorted, i));
  gx_json_writer_end_array (writer);
}

/**
 * gx_request_canonical:
 *
 * There is no "before" in it: the maker may have seen it masked.
 *
 * Returns: (transfer full): the canonical JSON whose SHA-256 is the digest of a request
 */
char *
gx_request_canonical (const GxRequestContent *content)
{
  GString *out = g_string_sized_new (512);
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  write_object (&writer, "after", content->after);
  write_object (&writer, "base", content->base);
  gx_json_writer_put_id (&writer, "entity", &content->entity);
  write_evidence (&writer, content->evidence);
  gx_json_writer_put_string (&writer, "kind", content->kind);
  gx_json_writer_put_string (&writer, "op", content->op);
  gx_json_writer_put_string (&writer, "reason", content->reason);
  gx_json_writer_put_int (&writer, "rev", content->rev);
  gx_json_writer_put_string (&writer, "tbl", content->table);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

/**
 * gx_request_digest:
 *
 * Returns: (transfer full): 64 lower-case digits
 */
char *
gx_request_digest (const GxRequestContent *content)
{
  g_autofree char *text = gx_request_canonical (content);

  return gx_sha256_hex (text, -1);
}

/**
 * gx_commitment:
 * @key: the key of the person or firm that the row is about; once it is destroyed, nobody can tell what was committed to
 * @json: the value as canonical JSON, `null` for none
 *
 * Table, row and field are under it, so equal values in different places do not look equal.
 *
 * Returns: (transfer full): HMAC-SHA-256 as 64 lower-case digits, to stand in an audit entry for the value
 */
char *
gx_commitment (const guint8  key[static GX_SUBJECT_KEY_SIZE],
               const char   *table,
               const GxId   *row,
               const char   *field,
               const char   *json)
{
  g_autoptr(GString) text = g_string_sized_new (256);
  GxHash hash;

  g_string_append_len (text, table, (gssize) strlen (table) + 1);
  g_string_append_len (text, (const char *) row->b, sizeof row->b);
  g_string_append_len (text, field, (gssize) strlen (field) + 1);
  g_string_append (text, json);
  gx_hash_keyed (key, GX_SUBJECT_KEY_SIZE, text->str, text->len, &hash);
  sodium_memzero (text->str, text->len);

  return gx_hash_to_hex (&hash);
}
