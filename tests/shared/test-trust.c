/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures, notes, digests, commitments and seals: what was meant passes, what was changed does not. */
#include "gx-error.h"
#include "gx-json.h"
#include "gx-note.h"
#include "gx-seal.h"
#include "gx-sign.h"

#include <string.h>

static const char neumann_text[] =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
static const char neumann_line[] =
  "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
static const char neumann_key[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char neumann_seed[] = "gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=";

static void
make_key (guint64      seed,
          GxSecretKey *out_secret,
          GxPublicKey *out_public)
{
  GxSeededRandom random;

  gx_seeded_random_init (&random, seed);
  gx_secret_key_make (&random.parent, out_secret);
  gx_secret_key_get_public (out_secret, out_public);
}

static GxId
id_of (const char *text)
{
  GxId id;

  g_assert_true (gx_id_parse (text, &id));
  return id;
}

/* RFC 8032 7.1, test 1. */
static void
test_ed25519_vector (void)
{
  g_auto(GxSecretKey) secret = { { 0 } };
  GxPublicKey public;
  g_autofree char *signature = NULL, *key = NULL;

  g_assert_true (gx_secret_key_parse ("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=", &secret));
  gx_secret_key_get_public (&secret, &public);
  key = gx_public_key_to_text (&public);
  g_assert_cmpstr (key, ==, "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  signature = gx_sign (&secret, "", -1);
  g_assert_cmpstr (signature, ==,
                   "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==");
  g_assert_true (gx_sign_verify (&public, "", 0, signature, NULL));
}

static void
test_keys_round_trip (void)
{
  g_auto(GxSecretKey) secret = { { 0 } }, back = { { 0 } };
  GxPublicKey public, public_back;
  g_autofree char *text = NULL, *public_text = NULL;

  make_key (1, &secret, &public);
  text = gx_secret_key_to_text (&secret);
  public_text = gx_public_key_to_text (&public);
  g_assert_cmpuint (strlen (text), ==, GX_KEY_LENGTH);
  g_assert_true (gx_secret_key_parse (text, &back));
  g_assert_cmpmem (secret.b, 64, back.b, 64);
  g_assert_true (gx_public_key_parse (public_text, &public_back));
  g_assert_cmpmem (public.b, 32, public_back.b, 32);
  g_assert_false (gx_public_key_parse ("AAAA", &public_back));
  g_assert_false (gx_public_key_parse (NULL, &public_back));
  g_assert_false (gx_secret_key_parse ("", &back));
}

static void
test_signature_spelling_is_strict (void)
{
  g_auto(GxSecretKey) secret = { { 0 } };
  GxPublicKey public, other;
  g_autofree char *signature = NULL;
  g_autoptr(GError) error = NULL;

  make_key (2, &secret, &public);
  signature = gx_sign (&secret, "text", -1);
  g_assert_cmpuint (strlen (signature), ==, GX_SIGNATURE_LENGTH);
  g_assert_true (gx_sign_verify (&public, "text", -1, signature, NULL));
  g_assert_false (gx_sign_verify (&public, "text", 3, signature, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_SIGNATURE);
  make_key (3, &secret, &other);
  g_assert_false (gx_sign_verify (&other, "text", -1, signature, NULL));

  for (guint i = 0; i < GX_SIGNATURE_LENGTH; i++)
    {
      g_autofree char *wrong = g_strdup (signature);

      wrong[i] = wrong[i] == 'B' ? 'C' : 'B';
      g_assert_false (gx_sign_verify (&public, "text", -1, wrong, NULL));
      wrong[i] = '\0';
      g_assert_false (gx_sign_verify (&public, "text", -1, wrong, NULL));
    }
  /* libsodium 1.0.18 reads the byte 0xa7 as a slash, and others like it. */
  for (guint i = 0; i < GX_SIGNATURE_LENGTH - 2; i++)
    for (guint byte = 0x80; byte <= 0xff; byte++)
      {
        g_autofree char *wrong = g_strdup (signature);

        wrong[i] = (char) byte;
        g_assert_false (gx_sign_verify (&public, "text", -1, wrong, NULL));
      }
  g_assert_false (gx_sign_verify (&public, "text", -1, NULL, NULL));
}

static void
test_decision_text_is_fixed (void)
{
  GxDecision decision = {
    id_of ("0192f000-0000-7000-8000-000000000001"), 2, "ab", "approve", "同意\n\"好\"", id_of ("0192f000-0000-7000-8000-000000000002"),
  };
  g_auto(GxSecretKey) secret = { { 0 } };
  GxPublicKey public;
  g_autofree char *text = gx_decision_text (&decision), *signature = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (text, ==,
                   "guanxi-decision-v1\n{\"cr\":\"0192f000-0000-7000-8000-000000000001\",\"digest\":\"ab\","
                   "\"note\":\"同意\\n\\\"好\\\"\",\"person\":\"0192f000-0000-7000-8000-000000000002\",\"rev\":2,"
                   "\"verdict\":\"approve\"}");

  make_key (4, &secret, &public);
  signature = gx_decision_sign (&decision, &secret);
  g_assert_true (gx_decision_verify (&decision, &public, signature, NULL));
  decision.verdict = "reject";
  g_assert_false (gx_decision_verify (&decision, &public, signature, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_SIGNATURE);
  decision.verdict = "approve";
  decision.note = NULL;
  g_assert_false (gx_decision_verify (&decision, &public, signature, NULL));
}

static void
test_request_digest_is_of_the_content (void)
{
  static const char * const evidence[] = { "bb", "aa", "bb", NULL }, * const sorted[] = { "aa", "bb", NULL };
  g_autoptr(JsonNode) after = gx_json_parse ("{\"name\":\"张三\",\"birth_date\":\"1990-03-07\",\"note\":null}", -1, NULL);
  g_autoptr(JsonNode) same = gx_json_parse (" {\"note\":null, \"birth_date\":\"1990-03-07\",\"name\":\"\\u5f20三\"}", -1, NULL);
  g_autoptr(JsonNode) base = gx_json_parse ("{\"name\":17,\"birth_date\":17,\"note\":9}", -1, NULL);
  GxRequestContent content = {
    "customer.identity", "patch", "customer", id_of ("0192f000-0000-7000-8000-000000000001"), 1, "更正姓名", after, base, evidence,
  };
  g_autofree char *text = gx_request_canonical (&content), *digest = gx_request_digest (&content), *again = NULL, *changed = NULL;

  g_assert_cmpstr (text, ==,
                   "{\"after\":{\"birth_date\":\"1990-03-07\",\"name\":\"张三\",\"note\":null},"
                   "\"base\":{\"birth_date\":17,\"name\":17,\"note\":9},"
                   "\"entity\":\"0192f000-0000-7000-8000-000000000001\",\"evidence\":[\"aa\",\"bb\"],"
                   "\"kind\":\"customer.identity\",\"op\":\"patch\",\"reason\":\"更正姓名\",\"rev\":1,\"tbl\":\"customer\"}");
  g_assert_cmpuint (strlen (digest), ==, 64);

  content.after = same;
  content.evidence = sorted;
  again = gx_request_digest (&content);
  g_assert_cmpstr (again, ==, digest);
  content.rev = 2;
  changed = gx_request_digest (&content);
  g_assert_cmpstr (changed, !=, digest);
}

static void
test_request_without_fields (void)
{
  GxRequestContent content = { "customer.delete", "delete", "customer", id_of ("0192f000-0000-7000-8000-000000000001"), 1, "r" };
  g_autofree char *text = gx_request_canonical (&content);

  g_assert_cmpstr (text, ==,
                   "{\"after\":{},\"base\":{},\"entity\":\"0192f000-0000-7000-8000-000000000001\",\"evidence\":[],"
                   "\"kind\":\"customer.delete\",\"op\":\"delete\",\"reason\":\"r\",\"rev\":1,\"tbl\":\"customer\"}");
}

/* Against GLib's HMAC over the same bytes; and every part of the place counts. */
static void
test_commitment_is_hmac_of_place_and_value (void)
{
  static const struct { const char *table, *row, *field, *json; } rows[] = {
    { "customer", "0192f000-0000-7000-8000-000000000001", "name", "\"张三\"" },
    { "customer", "0192f000-0000-7000-8000-000000000001", "name", "null" },
    { "customer", "0192f000-0000-7000-8000-000000000001", "name", "\"null\"" },
    { "customer", "0192f000-0000-7000-8000-000000000002", "name", "\"张三\"" },
    { "customer", "0192f000-0000-7000-8000-000000000001", "tier", "\"张三\"" },
    { "identifier", "0192f000-0000-7000-8000-000000000001", "name", "\"张三\"" },
  };
  guint8 key[GX_SUBJECT_KEY_SIZE] = { 1, 2, 3 };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GxId row = id_of (rows[i].row);
      char *text = gx_commitment (key, rows[i].table, &row, rows[i].field, rows[i].json);
      g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, sizeof key);

      g_hmac_update (hmac, (const guchar *) rows[i].table, (gssize) strlen (rows[i].table) + 1);
      g_hmac_update (hmac, row.b, sizeof row.b);
      g_hmac_update (hmac, (const guchar *) rows[i].field, (gssize) strlen (rows[i].field) + 1);
      g_hmac_update (hmac, (const guchar *) rows[i].json, -1);
      g_assert_cmpstr (text, ==, g_hmac_get_string (hmac));
      g_assert_true (g_hash_table_add (seen, text));
    }
}

/* The example of golang.org/x/mod/sumdb/note, the origin of the format. */
static void
test_note_vector (void)
{
  g_auto(GxSecretKey) secret = { { 0 } };
  g_autofree char *expected = g_strconcat (neumann_text, "\n", neumann_line, NULL);
  g_autofree char *note = NULL, *name = NULL, *verifier = NULL;
  g_autoptr(GxNote) parsed = NULL;
  g_autoptr(GError) error = NULL;
  GxPublicKey public;

  g_assert_true (gx_secret_key_parse (neumann_seed, &secret));
  note = gx_note_sign (neumann_text, "PeterNeumann", &secret);
  g_assert_cmpstr (note, ==, expected);

  g_assert_true (gx_note_verifier_parse (neumann_key, &name, &public, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "PeterNeumann");
  verifier = gx_note_verifier_text (name, &public);
  g_assert_cmpstr (verifier, ==, neumann_key);

  parsed = gx_note_parse (expected, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parsed->text, ==, neumann_text);
  g_assert_true (gx_note_verify (parsed, name, &public, &error));
  g_assert_false (gx_note_verify (parsed, "Peter", &public, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_SIGNATURE);
}

static void
test_note_refuses_malformed (void)
{
  static const char * const bad[] = {
    "", "\n", "\n\n", "text\n", "text\n\n", "text\n\n\u2014 a AAAAAAA=", "text\n\n- a AAAAAAA=\n", "text\n\n\u2014 a\n",
    "text\n\n\u2014 a AAAAAAA\n", "text\n\n\u2014 a AAAAAA==\n", "text\n\n\u2014 a AAAAAAB=\n", "text\n\n\u2014 a A AAAAAAA=\n",
    "text\n\n\u2014 a+b AAAAAAA=\n", "text\n\n\u2014  AAAAAAA=\n", "text\n\n\u2014 a AAAAAAA=\n\u2014 b\n",
    "te\txt\n\n\u2014 a AAAAAAA=\n", "te\rxt\n\n\u2014 a AAAAAAA=\n", "te\xffxt\n\n\u2014 a AAAAAAA=\n",
    "text\n\n\u2014 a\u3000b AAAAAAA=\n", "text\n\n\u2014 a AAAAAAA=\nmore\n",
  };
  g_autoptr(GxNote) good = gx_note_parse ("text\n\n\u2014 a AAAAAAA=\n", -1, NULL);
  g_autoptr(GString) many = g_string_new ("text\n\n");
  g_autoptr(GxNote) most = NULL;
  g_autofree char *huge = g_strnfill (GX_NOTE_SIZE_MAX + 1, 'x');
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (good);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) why = NULL;

      if (gx_note_parse (bad[i], -1, &why) != NULL)
        g_error ("taken: %s", bad[i]);
      g_assert_error (why, GX_ERROR, GX_ERROR_MALFORMED);
    }
  for (guint i = 0; i < GX_NOTE_SIGNATURES_MAX; i++)
    g_string_append (many, "\u2014 a AAAAAAA=\n");
  most = gx_note_parse (many->str, -1, NULL);
  g_assert_nonnull (most);
  g_string_append (many, "\u2014 a AAAAAAA=\n");
  g_assert_null (gx_note_parse (many->str, -1, NULL));
  g_assert_null (gx_note_parse (huge, -1, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_TOO_LARGE);
}

static void
test_verifier_keys_are_checked (void)
{
  static const char * const bad[] = {
    "", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+AAAA",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *name = NULL;
      GxPublicKey key;

      g_assert_false (gx_note_verifier_parse (bad[i], &name, &key, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
    }
}

static char *
make_checkpoint (const GxSecretKey *secret,
                 const char        *extensions)
{
  GxCheckpoint checkpoint = { (char *) "guanxi/bank", 20852163, { { 0xd3, 0x7e, 0xe4 } }, (char *) extensions };
  g_autofree char *text = gx_checkpoint_format (&checkpoint);

  return gx_note_sign (text, "guanxi/bank", secret);
}

static void
test_checkpoint_round_trips (void)
{
  static const char * const extensions[] = { NULL, "epoch a91c\nbackup 7\n" };
  g_auto(GxSecretKey) secret = { { 0 } };
  GxPublicKey public;

  make_key (5, &secret, &public);
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *note = make_checkpoint (&secret, extensions[i]);
      g_auto(GxCheckpoint) back = { NULL };
      g_autoptr(GError) error = NULL;

      g_assert_true (gx_checkpoint_open (note, -1, "guanxi/bank", &public, &back, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (back.origin, ==, "guanxi/bank");
      g_assert_cmpuint (back.size, ==, 20852163);
      g_assert_cmpuint (back.root.b[1], ==, 0x7e);
      g_assert_cmpstr (back.extensions, ==, extensions[i]);
      g_assert_true (g_str_has_prefix (note, "guanxi/bank\n20852163\n037kAAAA"));
    }
}

static void
test_checkpoint_refuses_malformed (void)
{
  static const char root[] = "0000000000000000000000000000000000000000000=";
  static const char * const bad[] = {
    "", "o\n", "o\n1\n", "o\n1\nAAAA\n", "\n1\n%s\n", "o\n01\n%s\n", "o\n-1\n%s\n", "o\n+1\n%s\n", "o\n1 \n%s\n", "o\n\n%s\n", "o\n18446744073709551616\n%s\n",
    "o\n1\n%s", "o\n1\n%s\n\n", "o\n1\n%s\na\n\nb\n", "o\n1\n%s\nunended",
  };
  g_auto(GxCheckpoint) good = { NULL };
  g_autofree char *text = g_strdup_printf ("o\n18446744073709551615\n%s\n", root);

  g_assert_true (gx_checkpoint_parse (text, &good, NULL));
  g_assert_cmpuint (good.size, ==, G_MAXUINT64);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *wrong = g_strdup_printf (bad[i], root);
      g_autoptr(GError) error = NULL;
      GxCheckpoint checkpoint;

      if (gx_checkpoint_parse (wrong, &checkpoint, &error))
        g_error ("taken: %s", wrong);
      g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
    }
}

static void
test_cosigned_note_holds_for_both (void)
{
  g_auto(GxSecretKey) log = { { 0 } }, witness = { { 0 } };
  GxPublicKey log_public, witness_public;
  g_autofree char *note = NULL, *both = NULL;
  g_autoptr(GxNote) parsed = NULL;
  g_auto(GxCheckpoint) checkpoint = { NULL };

  make_key (6, &log, &log_public);
  make_key (7, &witness, &witness_public);
  note = make_checkpoint (&log, NULL);
  both = gx_note_cosign (note, "auditor", &witness, NULL);
  parsed = gx_note_parse (both, -1, NULL);
  g_assert_cmpuint (parsed->signatures->len, ==, 2);
  g_assert_true (gx_note_verify (parsed, "guanxi/bank", &log_public, NULL));
  g_assert_true (gx_note_verify (parsed, "auditor", &witness_public, NULL));
  g_assert_false (gx_note_verify (parsed, "auditor", &log_public, NULL));
  g_assert_false (gx_checkpoint_open (both, -1, "auditor", &witness_public, &checkpoint, NULL));
  g_assert_null (gx_note_cosign ("nothing", "auditor", &witness, NULL));
}

/* No byte of a signed checkpoint may change; whatever parses must be refused by its signature. */
static void
test_note_survives_mutation (void)
{
  g_auto(GxSecretKey) secret = { { 0 } };
  GxPublicKey public;
  GxSeededRandom random;
  g_autofree char *note = NULL;
  gsize length;
  guint parsed_count = 0;

  make_key (8, &secret, &public);
  note = make_checkpoint (&secret, "epoch a91c\n");
  length = strlen (note);
  gx_seeded_random_init (&random, 9162);
  for (guint round = 0; round < 20000; round++)
    {
      static const char interesting[] = "\n\n+ =A\xe2\x80\x94\xff\t09/";
      g_autofree char *data = g_strdup (note);
      gsize size = length;
      g_autoptr(GError) error = NULL;
      g_autoptr(GxNote) parsed = NULL;
      g_auto(GxCheckpoint) checkpoint = { NULL };

      for (guint n = 1 + gx_random_below (&random.parent, 3); n > 0; n--)
        {
          guint at = gx_random_below (&random.parent, (guint32) length);

          if (gx_random_below (&random.parent, 2))
            data[at] = interesting[gx_random_below (&random.parent, sizeof interesting)];
          else
            data[at] ^= (char) (1 << gx_random_below (&random.parent, 8));
        }
      if (gx_random_below (&random.parent, 8) == 0)
        size = gx_random_below (&random.parent, (guint32) length);
      if (size == length && memcmp (data, note, length) == 0)
        continue;

      parsed = gx_note_parse (data, (gssize) size, &error);
      g_assert_true ((parsed == NULL) == (error != NULL));
      parsed_count += parsed != NULL;
      g_clear_error (&error);
      g_assert_false (gx_checkpoint_open (data, (gssize) size, "guanxi/bank", &public, &checkpoint, &error));
      g_assert_nonnull (error);
    }
  g_assert_cmpuint (parsed_count, >, 1000);
}

static void
make_sealer (GxBankSealer   *sealer,
             GxSeededRandom *random,
             guint8          first)
{
  guint8 key[GX_BANK_KEY_SIZE] = { first };

  gx_seeded_random_init (random, 24);
  gx_bank_sealer_init (sealer, key, &random->parent);
}

static void
test_sealed_value_opens_only_in_its_place (void)
{
  static const char * const values[] = { "11010519491231002X", "", "张三" };
  g_auto(GxBankSealer) bank = { { NULL } }, stranger = { { NULL } };
  GxSealer *sealer = &bank.parent;
  GxSeededRandom random, other_random;
  GxId row = id_of ("0192f000-0000-7000-8000-000000000001"), other = id_of ("0192f000-0000-7000-8000-000000000002");

  make_sealer (&bank, &random, 1);
  make_sealer (&stranger, &other_random, 2);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(GBytes) sealed = sealer->seal (sealer, "identifier", "number", &row, values[i]);
      g_autoptr(GBytes) again = sealer->seal (sealer, "identifier", "number", &row, values[i]);
      g_autofree char *clear = NULL;
      g_autoptr(GError) error = NULL;
      gsize size;
      const guint8 *data = g_bytes_get_data (sealed, &size);

      g_assert_cmpuint (size, ==, strlen (values[i]) + GX_SEAL_OVERHEAD);
      g_assert_false (g_bytes_equal (sealed, again));
      clear = sealer->open (sealer, "identifier", "number", &row, data, size, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (clear, ==, values[i]);

      g_assert_null (sealer->open (sealer, "identifier", "number", &other, data, size, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
      g_assert_null (sealer->open (sealer, "identifier", "value", &row, data, size, NULL));
      g_assert_null (sealer->open (sealer, "contact_point", "number", &row, data, size, NULL));
      g_assert_null (sealer->open (sealer, "identifiernumber", "", &row, data, size, NULL));
      g_assert_null (stranger.parent.open (&stranger.parent, "identifier", "number", &row, data, size, NULL));
      for (gsize at = 0; at < size; at++)
        {
          g_autofree guint8 *wrong = g_memdup2 (data, size);

          wrong[at] ^= 0x10;
          g_assert_null (sealer->open (sealer, "identifier", "number", &row, wrong, size, NULL));
          g_assert_null (sealer->open (sealer, "identifier", "number", &row, data, at, NULL));
        }
    }
}

static gboolean
same_blind (GxSealer   *a,
            const char *table_a,
            const char *column_a,
            const char *text_a,
            GxSealer   *b,
            const char *table_b,
            const char *column_b,
            const char *text_b)
{
  g_autoptr(GBytes) first = a->blind (a, table_a, column_a, text_a);
  g_autoptr(GBytes) second = b->blind (b, table_b, column_b, text_b);

  return g_bytes_equal (first, second);
}

static void
test_blind_index_finds_equal_values (void)
{
  g_auto(GxBankSealer) bank = { { NULL } }, stranger = { { NULL } };
  GxSealer *s = &bank.parent;
  GxSeededRandom random, other_random;
  g_autoptr(GBytes) whole = NULL, tail = NULL;

  make_sealer (&bank, &random, 1);
  make_sealer (&stranger, &other_random, 2);
  whole = s->blind (s, "contact_point", "value", "13812345678");
  tail = s->blind (s, "contact_point", "value_tail", "5678");
  g_assert_cmpuint (g_bytes_get_size (whole), ==, GX_BLIND_INDEX_SIZE);
  g_assert_cmpuint (g_bytes_get_size (tail), ==, GX_BLIND_TAIL_SIZE);

  g_assert_true (same_blind (s, "c", "v", "13812345678", s, "c", "v", "138 1234-5678"));
  g_assert_true (same_blind (s, "c", "v", "11010519491231002X", s, "c", "v", "１１010519491231002x"));
  g_assert_false (same_blind (s, "c", "v", "13812345678", s, "c", "v", "13812345679"));
  g_assert_false (same_blind (s, "c", "v", "1", s, "c", "w", "1"));
  g_assert_false (same_blind (s, "c", "v", "1", s, "d", "v", "1"));
  g_assert_false (same_blind (s, "c", "v", "1", &stranger.parent, "c", "v", "1"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trust/sign/ed25519_vector", test_ed25519_vector);
  g_test_add_func ("/trust/sign/keys_round_trip", test_keys_round_trip);
  g_test_add_func ("/trust/sign/signature_spelling_is_strict", test_signature_spelling_is_strict);
  g_test_add_func ("/trust/sign/decision_text_is_fixed", test_decision_text_is_fixed);
  g_test_add_func ("/trust/sign/request_digest_is_of_the_content", test_request_digest_is_of_the_content);
  g_test_add_func ("/trust/sign/request_without_fields", test_request_without_fields);
  g_test_add_func ("/trust/sign/commitment_is_hmac_of_place_and_value", test_commitment_is_hmac_of_place_and_value);
  g_test_add_func ("/trust/note/vector", test_note_vector);
  g_test_add_func ("/trust/note/refuses_malformed", test_note_refuses_malformed);
  g_test_add_func ("/trust/note/verifier_keys_are_checked", test_verifier_keys_are_checked);
  g_test_add_func ("/trust/note/checkpoint_round_trips", test_checkpoint_round_trips);
  g_test_add_func ("/trust/note/checkpoint_refuses_malformed", test_checkpoint_refuses_malformed);
  g_test_add_func ("/trust/note/cosigned_holds_for_both", test_cosigned_note_holds_for_both);
  g_test_add_func ("/trust/note/survives_mutation", test_note_survives_mutation);
  g_test_add_func ("/trust/seal/opens_only_in_its_place", test_sealed_value_opens_only_in_its_place);
  g_test_add_func ("/trust/seal/blind_index_finds_equal_values", test_blind_index_finds_equal_values);
  return g_test_run ();
}
