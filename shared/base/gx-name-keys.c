/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pinyin of names by ICU: Han-Latin/Names knows surnames (单 shan, 曾 zeng), plain Han-Latin what everybody says.
 *
 * ICU reads character by character and takes the commonest reading, which is wrong for words that firms are made of
 * (银行, 房地产); a short table of ours mends these. Both readings are searched, so nobody need know which is right. ü is
 * written v, as input methods have it, and searched as u too. Opening the tables takes 0.1 s: done at the first call.
 */
#include "gx-name-keys.h"

#include "gx-text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define SUFFIXES_MAX 16             /* syllables of a name from which a search may start */
#define UMLAUT 0xe001               /* ü after n or l, until the variant is chosen */

/* Word, and the same word written with characters that ICU reads right. */
static const char * const words[][2] = {
  { "银行", "银杭" }, { "行业", "杭业" }, { "商行", "商杭" }, { "车行", "车杭" }, { "分行", "分杭" }, { "支行", "支杭" },
  { "地", "帝" },     { "都", "督" },     { "厦门", "夏门" }, { "会计", "快计" }, { "调味", "条味" }, { "空调", "空条" },
  { "率", "律" },     { "种植", "众植" }, { "女鞋", "女协" }, { "长", "常" },     { "朝阳", "潮阳" }, { "六安", "陆安" },
};

static struct { GMutex lock; UTransliterator *names, *plain; } icu;

static UTransliterator *
open_rules (const char *base)
{
  g_autofree char *rules = g_strdup_printf ("::%s; ::NFC; [nlNL] { [üǖǘǚǜ] > \\uE001; ::Latin-ASCII; ::Lower;", base);
  UChar source[256], id[16];
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *transliterator;

  u_strFromUTF8 (source, G_N_ELEMENTS (source), NULL, rules, -1, &status);
  u_uastrcpy (id, "guanxi");
  transliterator = utrans_openU (id, -1, UTRANS_FORWARD, source, -1, NULL, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no %s: %s", base, u_errorName (status));

  return transliterator;
}

/* One lock around both: a transliterator's own state is shared, and 15 µs a name is not worth a clone a thread. */
static void
transliterate (gboolean  by_names,
               UChar    *text,
               int32_t  *length,
               int32_t   capacity)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t limit = *length;

  g_mutex_lock (&icu.lock);
  if (icu.names == NULL)
    {
      icu.names = open_rules ("Han-Latin/Names");
      icu.plain = open_rules ("Han-Latin");
    }
  utrans_transUChars (by_names ? icu.names : icu.plain, text, length, capacity, 0, &limit, &status);
  g_mutex_unlock (&icu.lock);
  g_assert (U_SUCCESS (status));
}

/* The syllables of a reading, lower-case ASCII where the script has a Latin form. */
static GPtrArray *
read_syllables (const char *folded,
                gboolean    by_names,
                UChar       umlaut)
{
  int32_t capacity = (int32_t) strlen (folded) * 8 + 16, n = 0;
  g_autofree UChar *text = g_new (UChar, capacity);
  g_autofree char *latin = NULL, *fold = NULL;
  g_auto(GStrv) parts = NULL;
  UErrorCode status = U_ZERO_ERROR;
  GPtrArray *syllables = g_ptr_array_new_with_free_func (g_free);

  u_strFromUTF8WithSub (text, capacity, &n, folded, -1, ' ', NULL, &status);
  transliterate (by_names, text, &n, capacity);
  for (int32_t i = 0; i < n; i++)
    if (text[i] == UMLAUT)
      text[i] = umlaut;
  latin = g_malloc ((gsize) n * 3 + 1);
  u_strToUTF8 (latin, n * 3 + 1, NULL, text, n, &status);
  g_assert (U_SUCCESS (status));

  fold = gx_text_split (latin);
  parts = g_strsplit (fold, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (syllables, g_strdup (parts[i]));

  return syllables;
}

static char *
mend_words (const char *folded)
{
  g_autoptr(GString) text = g_string_new (folded);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (text, words[i][0], words[i][1], 0);

  return g_steal_pointer (&text->str);
}

static char *
join (GPtrArray  *syllables,
      guint       from,
      const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < syllables->len; i++)
    {
      if (i > from)
        g_string_append (text, separator);
      g_string_append (text, g_ptr_array_index (syllables, i));
    }

  return g_string_free (text, FALSE);
}

/* The first letter of each syllable; a number whole, as people type it. */
static char *
join_initials (GPtrArray *syllables,
               guint      from)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < syllables->len; i++)
    {
      const char *syllable = g_ptr_array_index (syllables, i);

      if (g_ascii_isdigit (*syllable))
        g_string_append (text, syllable);
      else
        g_string_append_unichar (text, g_utf8_get_char (syllable));
    }

  return g_string_free (text, FALSE);
}

static void
add_token (GString    *search,
           GHashTable *seen,
           char       *token)
{
  if (*token == '\0' || g_hash_table_contains (seen, token))
    {
      g_free (token);
      return;
    }
  if (search->len > 0)
    g_string_append_c (search, ' ');
  g_string_append (search, token);
  g_hash_table_add (seen, token);
}

static void
add_reading (GString    *search,
             GHashTable *seen,
             GPtrArray  *syllables)
{
  for (guint i = 0; i < MIN (syllables->len, SUFFIXES_MAX); i++)
    {
      add_token (search, seen, join (syllables, i, ""));
      add_token (search, seen, join_initials (syllables, i));
    }
}

/**
 * gx_text_name_keys:
 * @name: the name of a person or firm
 * @person: whether the first character is a surname
 * @out_keys: (out caller-allocates): to be cleared with gx_name_keys_clear()
 *
 * May be called from any thread.
 */
void
gx_text_name_keys (const char *name,
                   gboolean    person,
                   GxNameKeys *out_keys)
{
  g_autofree char *folded = gx_text_fold (name);
  g_autofree char *mended = person ? g_strdup (folded) : mend_words (folded);
  g_autoptr(GPtrArray) first = read_syllables (mended, person, 'v');
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *search = g_string_new (NULL);

  out_keys->pinyin = join (first, 0, " ");
  out_keys->initials = join_initials (first, 0);
  add_reading (search, seen, first);
  if (person || strcmp (mended, folded) != 0)
    {
      g_autoptr(GPtrArray) second = read_syllables (folded, FALSE, 'v');

      add_reading (search, seen, second);
    }
  if (strchr (out_keys->pinyin, 'v') != NULL)
    {
      g_autoptr(GPtrArray) third = read_syllables (mended, person, 'u');

      add_reading (search, seen, third);
    }
  out_keys->search = g_string_free (search, FALSE);
}

void
gx_name_keys_clear (GxNameKeys *keys)
{
  g_clear_pointer (&keys->pinyin, g_free);
  g_clear_pointer (&keys->initials, g_free);
  g_clear_pointer (&keys->search, g_free);
}
