/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An error as a person reads it. The title of its code is translated; what follows it was often written for a log, in
 * English, and with names of fields and files: it is shown to who reads English, and otherwise only where it was translated.
 * Nothing of the error itself is lost by it: that is the log's. */

#include "gxc-error-words.h"

#include <glib/gi18n.h>

#include "gx-error.h"

/* What helps, where the words that came are a library's or a log's. */
static const struct { GxError code; const char *what; } advice[] = {
  { GX_ERROR_UNAUTHENTICATED, N_("The session at the bank has ended. What you type is kept on this computer.") },
  { GX_ERROR_OFFLINE, N_("Check the network, then try again.") },
  { GX_ERROR_BUSY, N_("The server has much to do: try again in a minute.") },
  { GX_ERROR_INTERNAL, N_("Try again. If it happens again, tell your administrators: the server's log has the details.") },
};

/* What it is, where the words name a file: a person can do nothing with its path, the log has it. */
static const struct { GxError code; const char *what; } of_files[] = {
  { GX_ERROR_TAMPERED, N_("A file on this computer is not as Guanxi wrote it: the disk is damaged, or something else changed the file. What the bank has is safe.") },
  { GX_ERROR_IO, N_("The disk of this computer may be full or damaged. What the bank has is safe.") },
};

static gboolean
is_for_log (const char *text)
{
  return g_path_is_absolute (text) || g_str_has_prefix (text, "SQLite ");
}

static const char *
advice_about (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (advice); i++)
    if (error->code == (int) advice[i].code)
      return _(advice[i].what);
  if (is_for_log (error->message))
    for (guint i = 0; i < G_N_ELEMENTS (of_files); i++)
      if (error->code == (int) of_files[i].code)
        return _(of_files[i].what);
  return NULL;
}

static gboolean
has_letters_beyond_ascii (const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if ((guchar) *at >= 0x80 && g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/** gxc_words_are_read: whether @text can be read by whoever reads this program's language: any in English, else what is not English */
gboolean
gxc_words_are_read (const char *text)
{
  /* Translators: the language of this catalogue: en or zh_CN */
  return g_str_equal (C_("language of the guide", "en"), "en") || has_letters_beyond_ascii (text);
}

static void
append (GString *words, const char *text)
{
  if (text && *text && !is_for_log (text) && gxc_words_are_read (text))
    g_string_append_printf (words, "\n%s", text);
}

/**
 * gxc_error_words:
 *
 * Returns: (transfer full): the translated title of its code, then on lines of their own what would help, or what it is about
 */
char *
gxc_error_words (const GError *error)
{
  GString *words;
  const GPtrArray *violations;

  if (error->domain != GX_ERROR)
    return g_strdup (error->message);
  words = g_string_new (_(gx_error_info (error->code)->title));
  violations = gx_error_get_violations (error);
  if (advice_about (error))
    g_string_append_printf (words, "\n%s", advice_about (error));
  else if (!violations || violations->len == 0 || gxc_words_are_read (error->message))
    append (words, error->message);
  else
    for (guint i = 0; i < violations->len; i++)
      append (words, _(((const GxViolation *) g_ptr_array_index (violations, i))->detail));
  return g_string_free (words, FALSE);
}
