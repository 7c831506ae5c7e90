/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GxcChapter: one page of the user's guide.
 */
typedef struct
{
  char *name;       /* the file's: "customers"; also the name of the page that it tells of */
  char *title;      /* the text's first heading */
  char *text;       /* CommonMark */
} GxcChapter;

void        gxc_guide_register (void);
GPtrArray  *gxc_guide_load        (const char *language, GError **error);
GPtrArray  *gxc_guide_find        (GPtrArray *chapters, const char *words);
GBytes     *gxc_guide_picture     (const char *path, const char *language);

void        gxc_chapter_free      (GxcChapter *chapter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcChapter, gxc_chapter_free)

G_END_DECLS
