/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a text changed. A word is a run of letters, one CJK character, or a whole number with its points, commas
 * and dashes: a changed digit makes a changed number, since "286.40" turned into "312.75" must not be read digit by digit.
 * Pure; texts longer than a field's limit are compared whole. */

#include "gxc-diff.h"

#define MAX_WORDS 1000

typedef enum { WORD_SPACE, WORD_LETTER, WORD_NUMBER, WORD_ALONE } WordClass;

static gboolean
joins_digits (gunichar c)
{
  return c == '.' || c == ',' || c == '-' || c == ':' || c == '*';
}

static WordClass
class_of (gunichar c)
{
  if (g_unichar_isspace (c))
    return WORD_SPACE;
  if (g_unichar_isdigit (c))
    return WORD_NUMBER;
  if (g_unichar_isalpha (c) && !g_unichar_iswide (c))
    return WORD_LETTER;
  return WORD_ALONE;
}

static const char *
end_of_word (const char *p)
{
  WordClass first = class_of (g_utf8_get_char (p));

  for (p = g_utf8_next_char (p); *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      WordClass class = class_of (c);

      if (first == WORD_ALONE)
        break;
      if (class == first)
        continue;
      if (first == WORD_NUMBER && joins_digits (c) && (joins_digits (g_utf8_get_char (g_utf8_next_char (p)))
                                                       || g_unichar_isdigit (g_utf8_get_char (g_utf8_next_char (p)))))
        continue;
      break;
    }
  return p;
}

/**
 * gxc_diff_split:
 *
 * Returns: (transfer full): the text's words; joined they give the text again
 */
GStrv
gxc_diff_split (const char *text)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (const char *p = text ? text : ""; *p;)
    {
      const char *end = end_of_word (p);
      g_autofree char *word = g_strndup (p, end - p);

      g_strv_builder_add (words, word);
      p = end;
    }
  return g_strv_builder_end (words);
}

static void
clear_run (gpointer data)
{
  g_free (((GxcDiffRun *) data)->text);
}

static void
append_run (GArray *runs, GxcDiffKind kind, const char *text)
{
  GxcDiffRun *last = runs->len ? &g_array_index (runs, GxcDiffRun, runs->len - 1) : NULL;
  GxcDiffRun run = { kind, NULL };

  if (!*text)
    return;
  if (last && last->kind == kind)
    {
      char *joined = g_strconcat (last->text, text, NULL);

      g_free (last->text);
      last->text = joined;
      return;
    }
  run.text = g_strdup (text);
  g_array_append_val (runs, run);
}

/* Longest common subsequence: common[i][j] is its length for the words from i and from j on. */
static guint16 *
common_lengths (GStrv a, guint n, GStrv b, guint m)
{
  guint16 *common = g_new0 (guint16, (n + 1) * (m + 1));

  for (int i = (int) n - 1; i >= 0; i--)
    for (int j = (int) m - 1; j >= 0; j--)
      common[i * (m + 1) + j] = g_str_equal (a[i], b[j]) ? common[(i + 1) * (m + 1) + j + 1] + 1
                                : MAX (common[(i + 1) * (m + 1) + j], common[i * (m + 1) + j + 1]);
  return common;
}

/**
 * gxc_diff_words:
 * @before: (nullable)
 * @after: (nullable)
 *
 * Returns: (transfer full): runs in reading order; the SAME and REMOVED ones joined give @before, SAME and ADDED @after
 */
GArray *
gxc_diff_words (const char *before,
                const char *after)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (GxcDiffRun));
  g_auto(GStrv) a = gxc_diff_split (before), b = gxc_diff_split (after);
  guint n = g_strv_length (a), m = g_strv_length (b), i = 0, j = 0;
  g_autofree guint16 *common = NULL;

  g_array_set_clear_func (runs, clear_run);
  if (n > MAX_WORDS || m > MAX_WORDS)
    {
      append_run (runs, GXC_DIFF_REMOVED, before);
      append_run (runs, GXC_DIFF_ADDED, after);
      return runs;
    }

  common = common_lengths (a, n, b, m);
  while (i < n || j < m)
    if (i < n && j < m && g_str_equal (a[i], b[j]))
      append_run (runs, GXC_DIFF_SAME, a[i]), i++, j++;
    else if (i < n && (j == m || common[(i + 1) * (m + 1) + j] >= common[i * (m + 1) + j + 1]))
      append_run (runs, GXC_DIFF_REMOVED, a[i++]);
    else
      append_run (runs, GXC_DIFF_ADDED, b[j++]);

  return runs;
}
