/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's guide as it lies in the program: chapters in CommonMark, one folder a language (docs/guide), readable on
 * paper, in a forge and in the window. A language without a guide gets the English one. No widget here.
 */
#include "gxc-guide.h"

#include <string.h>

#include "gxc-guide-resources.h"

#define ROOT "/org/guanxi/Guanxi/guide/"

/* In the order of reading. A chapter that tells of a page has the page's name. */
static const char *const names[] = {
  "start", "today", "customers", "customer", "timeline", "tasks", "visits", "reviews", "sync", "status", "keys", NULL
};

void
gxc_chapter_free (GxcChapter *chapter)
{
  g_free (chapter->name);
  g_free (chapter->title);
  g_free (chapter->text);
  g_free (chapter);
}

/** gxc_guide_register: makes the texts and the window's template known; as often as one likes */
void
gxc_guide_register (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      gxc_guide_register_resource ();
      g_once_init_leave (&once, 1);
    }
}

/* The first heading; a line for the licence stands above it. */
static char *
title_of (const char *text)
{
  const char *heading = strstr (text, "\n# ");
  const char *begin = heading ? heading + strlen ("\n# ") : text;

  return g_strndup (begin, strcspn (begin, "\n"));
}

static GxcChapter *
load_chapter (const char  *language,
              const char  *name,
              GError     **error)
{
  g_autofree char *path = g_strconcat (ROOT, language, "/", name, ".md", NULL);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  GxcChapter *chapter;
  gsize size;
  const char *data;

  if (!bytes)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  chapter = g_new0 (GxcChapter, 1);
  chapter->name = g_strdup (name);
  chapter->text = g_strndup (data, size);
  chapter->title = title_of (chapter->text);
  return chapter;
}

/**
 * gxc_guide_load:
 * @language: "zh_CN"; of one that has no guide, "en" is read
 *
 * Returns: (transfer full) (element-type GxcChapter) (nullable): in the order of reading
 */
GPtrArray *
gxc_guide_load (const char  *language,
                GError     **error)
{
  g_autoptr(GPtrArray) chapters = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_chapter_free);
  const char *folder = language && g_str_has_prefix (language, "zh") ? "zh_CN" : "en";

  gxc_guide_register ();
  for (guint i = 0; names[i]; i++)
    {
      GxcChapter *chapter = load_chapter (folder, names[i], error);

      if (!chapter)
        return NULL;
      g_ptr_array_add (chapters, chapter);
    }
  return g_steal_pointer (&chapters);
}

/**
 * gxc_guide_find:
 * @words: what a person typed; case makes no difference
 *
 * Returns: (transfer container): the chapters that hold it, those with it in the title first; all of them without words
 */
GPtrArray *
gxc_guide_find (GPtrArray  *chapters,
                const char *words)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autofree char *wanted = g_utf8_casefold (words, -1);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < chapters->len; i++)
      {
        GxcChapter *chapter = chapters->pdata[i];
        g_autofree char *title = g_utf8_casefold (chapter->title, -1);
        g_autofree char *text = g_utf8_casefold (chapter->text, -1);
        gboolean in_title = strstr (title, wanted) != NULL;

        if (pass == 0 ? in_title : !in_title && strstr (text, wanted))
          g_ptr_array_add (found, chapter);
      }
  return found;
}

/**
 * gxc_guide_picture:
 * @path: as the text has it: "../pictures/en/today.png"
 *
 * Returns: (transfer full) (nullable): the PNG, if the guide has it
 */
GBytes *
gxc_guide_picture (const char *path,
                   const char *language)
{
  g_autofree char *from = g_strconcat (ROOT, language && g_str_has_prefix (language, "zh") ? "zh_CN" : "en", "/", path, NULL);
  g_autofree char *full = g_canonicalize_filename (from, "/");

  gxc_guide_register ();
  return g_resources_lookup_data (full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}
