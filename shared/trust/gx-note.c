/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed notes and checkpoints as C2SP has them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with Ed25519.
 *
 * The format is not ours, so that a witness that has never heard of us can read and cosign it. A note from outside is
 * taken apart without trusting anything; only gx_note_verify() says who signed it. Unknown signatures are kept and
 * ignored.
 */
#include "gx-note.h"

#include "gx-base64.h"
#include "gx-error.h"

#include <sodium.h>
#include <string.h>

#define DASH "\u2014 "
#define ED25519 0x01

static gboolean
fail_note (GError     **error,
           const char  *what)
{
  return gx_fail (error, GX_ERROR_MALFORMED, "note: %s", what);
}

/* No space of any kind and no plus, or a line could be read in two ways. */
static gboolean
is_key_name (const char *name)
{
  if (*name == '\0')
    return FALSE;
  for (; *name != '\0'; name = g_utf8_next_char (name))
    if (*name == '+' || g_unichar_isspace (g_utf8_get_char (name)))
      return FALSE;

  return TRUE;
}

/**
 * gx_note_key_hash:
 *
 * Returns: the first four bytes of SHA-256 (name "\n" 0x01 key), big-endian
 */
guint32
gx_note_key_hash (const char        *name,
                  const GxPublicKey *key)
{
  static const guint8 separator[] = { '\n', ED25519 };
  crypto_hash_sha256_state state;
  GxHash hash;
  guint32 head;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *) name, strlen (name));
  crypto_hash_sha256_update (&state, separator, sizeof separator);
  crypto_hash_sha256_update (&state, key->b, sizeof key->b);
  crypto_hash_sha256_final (&state, hash.b);
  memcpy (&head, hash.b, sizeof head);

  return GUINT32_FROM_BE (head);
}

/**
 * gx_note_verifier_text:
 *
 * Returns: (transfer full): the public half to hand to witnesses: "name+hash+key"
 */
char *
gx_note_verifier_text (const char        *name,
                       const GxPublicKey *key)
{
  guint8 bytes[1 + sizeof key->b] = { ED25519 };
  g_autofree char *base64 = NULL;

  memcpy (bytes + 1, key->b, sizeof key->b);
  base64 = gx_base64_encode (bytes, sizeof bytes);

  return g_strdup_printf ("%s+%08x+%s", name, gx_note_key_hash (name, key), base64);
}

/**
 * gx_note_verifier_parse:
 * @text: as gx_note_verifier_text() writes it
 * @out_name: (out) (transfer full): the name of the signer
 */
gboolean
gx_note_verifier_parse (const char   *text,
                        char        **out_name,
                        GxPublicKey  *out_key,
                        GError      **error)
{
  g_auto(GStrv) parts = g_strsplit (text, "+", 3);
  g_autoptr(GBytes) bytes = g_strv_length (parts) == 3 ? gx_base64_decode (parts[2]) : NULL;
  g_autofree char *hash = NULL;
  const guint8 *data;

  if (bytes == NULL || !g_utf8_validate (parts[0], -1, NULL) || !is_key_name (parts[0])
      || g_bytes_get_size (bytes) != 1 + sizeof out_key->b)
    return fail_note (error, "not a verifier key");
  data = g_bytes_get_data (bytes, NULL);
  if (data[0] != ED25519)
    return fail_note (error, "not an Ed25519 key");
  memcpy (out_key->b, data + 1, sizeof out_key->b);
  hash = g_strdup_printf ("%08x", gx_note_key_hash (parts[0], out_key));
  if (strcmp (hash, parts[1]) != 0)
    return fail_note (error, "the verifier key does not match its hash");
  *out_name = g_strdup (parts[0]);

  return TRUE;
}

/**
 * gx_note_sign:
 * @text: ends in a newline
 * @name: the signer: no spaces, no plus
 *
 * Returns: (transfer full): the note with one signature
 */
char *
gx_note_sign (const char        *text,
              const char        *name,
              const GxSecretKey *key)
{
  guint8 bytes[4 + crypto_sign_BYTES];
  GxPublicKey public;
  g_autofree char *base64 = NULL;
  guint32 hash;

  g_return_val_if_fail (g_str_has_suffix (text, "\n") && is_key_name (name), NULL);

  gx_secret_key_get_public (key, &public);
  hash = GUINT32_TO_BE (gx_note_key_hash (name, &public));
  memcpy (bytes, &hash, 4);
  crypto_sign_detached (bytes + 4, NULL, (const guint8 *) text, strlen (text), key->b);
  base64 = gx_base64_encode (bytes, sizeof bytes);

  return g_strdup_printf ("%s\n" DASH "%s %s\n", text, name, base64);
}

/**
 * gx_note_cosign:
 * @note: a note, its signatures verified by the caller
 *
 * Returns: (transfer full) (nullable): @note with one more signature
 */
char *
gx_note_cosign (const char         *note,
                const char         *name,
                const GxSecretKey  *key,
                GError            **error)
{
  g_autoptr(GxNote) parsed = gx_note_parse (note, -1, error);
  g_autofree char *alone = NULL;

  if (parsed == NULL)
    return NULL;
  alone = gx_note_sign (parsed->text, name, key);

  return g_strconcat (note, alone + strlen (parsed->text) + 1, NULL);
}

static void
signature_free (gpointer data)
{
  GxNoteSignature *signature = data;

  g_free (signature->name);
  g_clear_pointer (&signature->signature, g_bytes_unref);
  g_free (signature);
}

void
gx_note_free (GxNote *note)
{
  g_free (note->text);
  g_clear_pointer (&note->signatures, g_ptr_array_unref);
  g_free (note);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxNoteSignature, signature_free)

/* "— name base64", without its newline. */
static GxNoteSignature *
parse_signature (const char *line)
{
  g_autoptr(GxNoteSignature) signature = g_new0 (GxNoteSignature, 1);
  g_autoptr(GBytes) bytes = NULL;
  const char *name, *space;
  guint32 hash;

  if (!g_str_has_prefix (line, DASH))
    return NULL;
  name = line + strlen (DASH);
  space = strchr (name, ' ');
  if (space == NULL || (bytes = gx_base64_decode (space + 1)) == NULL || g_bytes_get_size (bytes) < 5)
    return NULL;
  signature->name = g_strndup (name, (gsize) (space - name));
  if (!is_key_name (signature->name))
    return NULL;
  memcpy (&hash, g_bytes_get_data (bytes, NULL), 4);
  signature->key_hash = GUINT32_FROM_BE (hash);
  signature->signature = g_bytes_new_from_bytes (bytes, 4, g_bytes_get_size (bytes) - 4);

  return g_steal_pointer (&signature);
}

static gboolean
parse_signatures (GxNote      *note,
                  const char  *lines,
                  GError     **error)
{
  g_auto(GStrv) split = g_strsplit (lines, "\n", -1);
  guint n = g_strv_length (split);

  if (n < 2 || *split[n - 1] != '\0')
    return fail_note (error, "the last line has no end");
  if (n - 1 > GX_NOTE_SIGNATURES_MAX)
    return fail_note (error, "too many signatures");
  for (guint i = 0; i < n - 1; i++)
    {
      GxNoteSignature *signature = parse_signature (split[i]);

      if (signature == NULL)
        return fail_note (error, "a signature line is malformed");
      g_ptr_array_add (note->signatures, signature);
    }

  return TRUE;
}

static gboolean
check_characters (const char  *data,
                  gsize        length,
                  GError     **error)
{
  if (length > GX_NOTE_SIZE_MAX)
    return gx_fail (error, GX_ERROR_TOO_LARGE, "a note of %" G_GSIZE_FORMAT " bytes", length);
  if (length == 0 || !g_utf8_validate_len (data, length, NULL))
    return fail_note (error, "not UTF-8");
  for (gsize i = 0; i < length; i++)
    if ((guchar) data[i] < 0x20 && data[i] != '\n')
      return fail_note (error, "a control character");

  return TRUE;
}

/**
 * gx_note_parse:
 * @data: (array length=length): from outside
 * @length: in bytes, or -1 for a string
 * @error: %GX_ERROR_MALFORMED or %GX_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the note, unverified
 */
GxNote *
gx_note_parse (const char  *data,
               gssize       length,
               GError     **error)
{
  gsize size = length >= 0 ? (gsize) length : strlen (data);
  g_autofree char *copy = NULL;
  g_autoptr(GxNote) note = NULL;
  char *blank;

  if (!check_characters (data, size, error))
    return NULL;
  copy = g_strndup (data, size);
  blank = g_strrstr (copy, "\n\n");
  if (blank == NULL)
    {
      fail_note (error, "no blank line before the signatures");
      return NULL;
    }
  note = g_new0 (GxNote, 1);
  note->text = g_strndup (copy, (gsize) (blank + 1 - copy));
  note->signatures = g_ptr_array_new_with_free_func (signature_free);

  return parse_signatures (note, blank + 2, error) ? g_steal_pointer (&note) : NULL;
}

static gboolean
is_made_by (const GxNoteSignature *signature,
            const GxPublicKey     *key,
            const char            *text)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (signature->signature, &size);

  return size == crypto_sign_BYTES
         && crypto_sign_verify_detached (bytes, (const guint8 *) text, strlen (text), key->b) == 0;
}

/**
 * gx_note_verify:
 * @name: whose signature is wanted
 * @error: %GX_ERROR_SIGNATURE if that signature is missing, or one that claims to be it is false
 */
gboolean
gx_note_verify (const GxNote       *note,
                const char         *name,
                const GxPublicKey  *key,
                GError            **error)
{
  guint32 hash = gx_note_key_hash (name, key);
  gboolean found = FALSE;

  for (guint i = 0; i < note->signatures->len; i++)
    {
      const GxNoteSignature *signature = g_ptr_array_index (note->signatures, i);

      if (signature->key_hash != hash || strcmp (signature->name, name) != 0)
        continue;
      if (!is_made_by (signature, key, note->text))
        return gx_fail (error, GX_ERROR_SIGNATURE, "note: the signature of %s is false", name);
      found = TRUE;
    }

  return found || gx_fail (error, GX_ERROR_SIGNATURE, "note: not signed by this key of %s", name);
}

/**
 * gx_checkpoint_format:
 *
 * Returns: (transfer full): the text to sign with gx_note_sign()
 */
char *
gx_checkpoint_format (const GxCheckpoint *checkpoint)
{
  g_autofree char *root = gx_base64_encode (checkpoint->root.b, GX_HASH_SIZE);

  return g_strdup_printf ("%s\n%" G_GUINT64_FORMAT "\n%s\n%s", checkpoint->origin, checkpoint->size, root,
                          checkpoint->extensions != NULL ? checkpoint->extensions : "");
}

static gboolean
parse_size (const char *text,
            guint64    *out_size)
{
  return g_ascii_isdigit (*text) && (*text != '0' || text[1] == '\0')
         && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, out_size, NULL);
}

static gboolean
parse_root (const char *text,
            GxHash     *out_root)
{
  return gx_base64_decode_into (text, out_root->b, GX_HASH_SIZE);
}

static gboolean
has_empty_line (const char *lines)
{
  return *lines == '\n' || strstr (lines, "\n\n") != NULL;
}

/**
 * gx_checkpoint_parse:
 * @text: the text of a note that was verified
 * @out_checkpoint: (out caller-allocates): to be cleared with gx_checkpoint_clear()
 * @error: %GX_ERROR_MALFORMED
 */
gboolean
gx_checkpoint_parse (const char    *text,
                     GxCheckpoint  *out_checkpoint,
                     GError       **error)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", 4);
  GxCheckpoint checkpoint = { NULL };

  if (g_strv_length (lines) != 4 || !g_str_has_suffix (text, "\n"))
    return fail_note (error, "a checkpoint has three lines at least");
  if (*lines[0] == '\0')
    return fail_note (error, "a checkpoint without an origin");
  if (!parse_size (lines[1], &checkpoint.size))
    return fail_note (error, "the size of the checkpoint is no number");
  if (!parse_root (lines[2], &checkpoint.root))
    return fail_note (error, "the root of the checkpoint is no hash");
  if (has_empty_line (lines[3]))
    return fail_note (error, "an empty line in the checkpoint");

  checkpoint.origin = g_strdup (lines[0]);
  checkpoint.extensions = *lines[3] != '\0' ? g_strdup (lines[3]) : NULL;
  *out_checkpoint = checkpoint;

  return TRUE;
}

/**
 * gx_checkpoint_open:
 * @data: a signed checkpoint from outside
 * @name: its signer, which is its origin too
 *
 * Parses, verifies and reads in one.
 */
gboolean
gx_checkpoint_open (const char         *data,
                    gssize              length,
                    const char         *name,
                    const GxPublicKey  *key,
                    GxCheckpoint       *out_checkpoint,
                    GError            **error)
{
  g_autoptr(GxNote) note = gx_note_parse (data, length, error);
  g_auto(GxCheckpoint) checkpoint = { NULL };

  if (note == NULL
      || !gx_note_verify (note, name, key, error)
      || !gx_checkpoint_parse (note->text, &checkpoint, error))
    return FALSE;
  if (strcmp (checkpoint.origin, name) != 0)
    return gx_fail (error, GX_ERROR_SIGNATURE, "note: the checkpoint is of another log");
  *out_checkpoint = checkpoint;
  checkpoint = (GxCheckpoint) { NULL };

  return TRUE;
}

void
gx_checkpoint_clear (GxCheckpoint *checkpoint)
{
  g_clear_pointer (&checkpoint->origin, g_free);
  g_clear_pointer (&checkpoint->extensions, g_free);
}
