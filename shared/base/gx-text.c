/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as people write it and look for it: folding, trimming, width, and the tokens of full-text search.
 *
 * Chinese has no spaces and its names are too short for trigrams, so each ideograph is a token of its own and a search
 * is a phrase of them; words of letters and digits stay words and are searched by their beginning. Symbols are no
 * tokens: whoever searches for one filters the hits. How a name sounds is gx-name-keys.c. UTF-8 in and out.
 */
#include "gx-text.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

/**
 * gx_set_str:
 * @pointer: (inout): an owned string or %NULL
 * @text: (nullable): what it shall be; may point into the old string
 *
 * g_set_str() of GLib 2.76.
 *
 * Returns: whether the text changed
 */
gboolean
gx_set_str (char       **pointer,
            const char  *text)
{
  char *old = *pointer;

  if (old == text || g_strcmp0 (old, text) == 0)
    return FALSE;
  *pointer = g_strdup (text);
  g_free (old);

  return TRUE;
}

/**
 * gx_text_trim:
 * @text: (nullable): a text
 *
 * Returns: (transfer full) (nullable): @text without space of any kind at its ends; %NULL if nothing is left
 */
char *
gx_text_trim (const char *text)
{
  const char *end;

  if (text == NULL)
    return NULL;
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  for (end = text + strlen (text); end > text; )
    {
      const char *before = g_utf8_find_prev_char (text, end);

      if (!g_unichar_isspace (g_utf8_get_char (before)))
        break;
      end = before;
    }

  return end > text ? g_strndup (text, (gsize) (end - text)) : NULL;
}

static gboolean
is_plain_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;

  return TRUE;
}

static char *
normalize_with (const UNormalizer2 *normalizer,
                const char         *text)
{
  gsize length = strlen (text);
  g_autofree UChar *source = g_new (UChar, length + 1);
  g_autofree UChar *target = NULL;
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = 0, m;
  char *result;

  /* 18 is the most that one code unit can grow to under NFKC (U+FDFA). */
  u_strFromUTF8WithSub (source, (int32_t) length + 1, &n, text, (int32_t) length, 0xfffd, NULL, &status);
  target = g_new (UChar, (gsize) n * 18 + 1);
  m = unorm2_normalize (normalizer, source, n, target, n * 18 + 1, &status);
  result = g_malloc ((gsize) m * 3 + 1);
  u_strToUTF8 (result, m * 3 + 1, NULL, target, m, &status);
  g_assert (U_SUCCESS (status));

  return result;
}

/**
 * gx_text_normalize:
 *
 * Returns: (transfer full): @text under NFKC: full-width letters and digits become ordinary ones, case stays
 */
char *
gx_text_normalize (const char *text)
{
  UErrorCode status = U_ZERO_ERROR;

  if (is_plain_ascii (text))
    return g_strdup (text);
  return normalize_with (unorm2_getNFKCInstance (&status), text);
}

/**
 * gx_text_fold:
 *
 * Returns: (transfer full): @text under NFKC and case folding, to compare and to search; simplified and traditional
 *   characters stay what they are
 */
char *
gx_text_fold (const char *text)
{
  UErrorCode status = U_ZERO_ERROR;

  if (is_plain_ascii (text))
    return g_ascii_strdown (text, -1);
  return normalize_with (unorm2_getNFKCCasefoldInstance (&status), text);
}

/**
 * gx_text_width:
 *
 * Returns: the columns that @text takes in a terminal: 2 for an ideograph, 0 for a combining mark
 */
guint
gx_text_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

/* Scripts written without spaces. */
static gboolean
stands_alone (gunichar c)
{
  UErrorCode status = U_ZERO_ERROR;

  switch (c < 0x1100 ? USCRIPT_LATIN : uscript_getScript ((UChar32) c, &status))
    {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_searchable (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Appends the tokens of folded text, a space between two; tells whether the last one is a word that may go on. */
static gboolean
append_tokens (GString    *out,
               const char *folded,
               gsize       length,
               gboolean    split_words)
{
  const char *end = folded + length;
  gboolean in_word = FALSE, ends_in_word = FALSE;

  for (const char *p = folded; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean alone = stands_alone (c) || (split_words && !g_unichar_ismark (c));

      if (!is_searchable (c))
        {
          in_word = FALSE;
          continue;
        }
      if (out->len > 0 && (alone || !in_word) && out->str[out->len - 1] != '"')
        g_string_append_c (out, ' ');
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
      in_word = !alone || split_words;
      if (split_words)
        in_word = g_unichar_ismark (c);
      ends_in_word = !alone;
    }

  return ends_in_word;
}

static char *
split (const char *text,
       gboolean    split_words)
{
  g_autofree char *folded = gx_text_fold (text);
  GString *out = g_string_sized_new (strlen (folded) * 2);

  append_tokens (out, folded, strlen (folded), split_words);
  return g_string_free (out, FALSE);
}

/**
 * gx_text_split:
 *
 * Returns: (transfer full): what a full-text index of @text stores: "ABC张三丰" becomes "abc 张 三 丰"
 */
char *
gx_text_split (const char *text)
{
  return split (text, FALSE);
}

/**
 * gx_text_split_letters:
 *
 * Returns: (transfer full): as gx_text_split(), with letters and digits as tokens of their own: "AB1 丰" becomes
 *   "a b 1 丰", so that a phrase finds them anywhere inside a word
 */
char *
gx_text_split_letters (const char *text)
{
  return split (text, TRUE);
}

static void
append_phrase (GString    *out,
               const char *word,
               gsize       length)
{
  gsize start = out->len, inside;
  gboolean open_end;

  g_string_append (out, start > 0 ? " \"" : "\"");
  inside = out->len;
  open_end = append_tokens (out, word, length, FALSE);
  if (out->len == inside)
    g_string_truncate (out, start);
  else
    g_string_append (out, open_end ? "\"*" : "\"");
}

/**
 * gx_text_query:
 * @typed: what a person typed into a search entry
 *
 * Every word between spaces must be found: ideographs as a phrase anywhere, letters and digits as the beginning of a
 * word. `张三 zs` becomes `"张 三" "zs"*`. Nothing of what was typed is syntax.
 *
 * Returns: (transfer full) (nullable): a MATCH expression of FTS5 over text of gx_text_split() and name keys, or %NULL
 *   if @typed has no letter, digit or ideograph in it
 */
char *
gx_text_query (const char *typed)
{
  g_autofree char *folded = gx_text_fold (typed);
  GString *out = g_string_new (NULL);
  const char *p = folded;

  while (*p != '\0')
    {
      const char *word = p;

      while (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      append_phrase (out, word, (gsize) (p - word));
      if (*p != '\0')
        p = g_utf8_next_char (p);
    }

  return g_string_free (out, out->len == 0);
}
