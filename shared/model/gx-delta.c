/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field versions and the three-way merge of one field: pure decisions, values in, value out (sync.md 1.5).
 *
 * There is no blind last-writer-wins anywhere: a value is replaced only if its version is not newer than the writer's
 * base, or both are equal, or the field's policy can keep both.
 */
#include "gx-delta.h"

#include "gx-bug.h"

#include <stdlib.h>
#include <string.h>

/* The text is our own: {"name":123,"name":456}, names without escapes. */
static const char *
find_version (const char *fv,
              const char *field)
{
  gsize length = strlen (field);

  for (const char *p = fv; (p = strstr (p, field)) != NULL; p += length)
    if (p > fv && p[-1] == '"' && p[length] == '"' && p[length + 1] == ':')
      return p + length + 2;

  return NULL;
}

/**
 * gx_fv_get:
 * @fv: (nullable): field versions
 * @v0: the row's first version
 *
 * Returns: the sequence at which @field last changed
 */
gint64
gx_fv_get (const char *fv,
           const char *field,
           gint64      v0)
{
  const char *found = fv != NULL ? find_version (fv, field) : NULL;

  return found != NULL ? g_ascii_strtoll (found, NULL, 10) : v0;
}

/**
 * gx_fv_set:
 * @fv: (nullable): field versions
 *
 * Returns: (transfer full): @fv with @field at @seq, names sorted
 */
char *
gx_fv_set (const char *fv,
           const char *field,
           gint64      seq)
{
  g_autoptr(GString) out = g_string_new ("{");
  const char *p = fv != NULL ? strchr (fv, '"') : NULL;
  gboolean placed = FALSE;

  while (p != NULL)
    {
      const char *name = p + 1;
      const char *end = strchr (name, '"');
      const char *next = strpbrk (end, ",}");
      gsize length = (gsize) (end - name);
      int order = strncmp (field, name, length);

      if (order == 0 && field[length] != '\0')
        order = 1;
      if (!placed && order <= 0)
        {
          g_string_append_printf (out, "%s\"%s\":%" G_GINT64_FORMAT, out->len > 1 ? "," : "", field, seq);
          placed = TRUE;
        }
      if (order != 0)
        {
          if (out->len > 1)
            g_string_append_c (out, ',');
          g_string_append_len (out, p, next - p);
        }
      p = *next == ',' ? next + 1 : NULL;
    }

  if (!placed)
    g_string_append_printf (out, "%s\"%s\":%" G_GINT64_FORMAT, out->len > 1 ? "," : "", field, seq);
  g_string_append_c (out, '}');

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
strv_has (char      **words,
          const char *word)
{
  return words != NULL && g_strv_contains ((const char *const *) words, word);
}

/* current + (proposed − base) − (base − proposed), in the order of current. */
static char *
merge_words (const char *separator,
             const char *current,
             const char *proposed,
             const char *base)
{
  g_auto(GStrv) now = g_strsplit (current != NULL ? current : "", separator, -1);
  g_auto(GStrv) mine = g_strsplit (proposed != NULL ? proposed : "", separator, -1);
  g_auto(GStrv) old = g_strsplit (base != NULL ? base : "", separator, -1);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; now[i] != NULL; i++)
    if (strv_has (mine, now[i]) || !strv_has (old, now[i]))
      g_ptr_array_add (words, now[i]);
  for (guint i = 0; mine[i] != NULL; i++)
    if (!strv_has (old, mine[i]) && !strv_has (now, mine[i]))
      g_ptr_array_add (words, mine[i]);
  if (words->len == 0)
    return NULL;

  g_ptr_array_add (words, NULL);
  return g_strjoinv (separator, (char **) words->pdata);
}

static void
take_text (const GxField *field,
           gpointer       data,
           char          *text)
{
  char **member = gx_field_member (field, data);

  g_free (*member);
  *member = text;
}

/**
 * gx_merge_field:
 * @current: (inout): the row as it is; its member is changed when the outcome is %GX_MERGE_APPLIED
 * @current_version: at which the member last changed
 * @proposed: a row whose member is what the writer wants
 * @base_version: of the member that the writer saw
 * @base: (nullable): a row whose member is what the writer saw, where it is known (SET and APPEND)
 */
GxMergeOutcome
gx_merge_field (const GxField *field,
                gpointer       current,
                gint64         current_version,
                gconstpointer  proposed,
                gint64         base_version,
                gconstpointer  base)
{
  gpointer now = gx_field_member (field, current);
  gconstpointer mine = gx_field_member (field, proposed);

  if (gx_field_equal (field, current, proposed))
    return GX_MERGE_SAME;
  if (current_version <= base_version || GX_BUG (GX_BUG_LWW))
    {
      gx_field_copy (field, current, proposed);
      return GX_MERGE_APPLIED;
    }
  if (field->merge == GX_MERGE_MAX && !GX_BUG (GX_BUG_MISSED))
    {
      if (gx_field_ops (field)->compare (mine, now) <= 0)
        return GX_MERGE_SAME;
      gx_field_copy (field, current, proposed);
      return GX_MERGE_APPLIED;
    }
  if ((field->merge == GX_MERGE_SET || field->merge == GX_MERGE_APPEND) && base != NULL)
    {
      const char *old = *(char *const *) gx_field_member (field, base);
      char *merged = merge_words (field->merge == GX_MERGE_SET ? "," : "\n", *(char **) now, *(char *const *) mine, old);

      if (g_strcmp0 (merged, *(char **) now) == 0)
        {
          g_free (merged);
          return GX_MERGE_SAME;
        }
      take_text (field, current, merged);
      return GX_MERGE_APPLIED;
    }

  return GX_MERGE_CONFLICT;
}
