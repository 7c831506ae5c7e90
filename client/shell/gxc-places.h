/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcSection: what the pages stand under; Ctrl+1 … Ctrl+5 lead there.
 */
typedef enum
{
  GXC_SECTION_HOME = 1,
  GXC_SECTION_MARKET,
  GXC_SECTION_BUSINESS,
  GXC_SECTION_SERVICE,
  GXC_SECTION_SUPPORT,
} GxcSection;

#define GXC_LAST_SECTION GXC_SECTION_SUPPORT

/**
 * GxcPlace: one page of the sidebar.
 * @name: what win.show-page takes
 * @label: marked N_(), translated in the context "place"
 * @needs: who sees it: any of these capabilities; 0: everybody
 * @begins: whose first page it is: any of these, the table's order decides; 0: nobody's
 * @make: (transfer floating): a GxcPage, when it is first looked at
 * @count: (nullable): how many things wait there; red only if something is late
 * @words: (nullable): other words that the palette finds it by, marked NC_("palette", …); the Chinese ones are pinyin and
 *         initials too
 */
typedef struct
{
  const char   *name;
  GxcSection    section;
  const char   *icon_name;
  const char   *label;
  GxCapability  needs;
  GxCapability  begins;
  GtkWidget  *(*make)  (GxcDesk *desk);
  guint       (*count) (GxcDesk *desk, gboolean *out_red);
  const char   *words;
} GxcPlace;

/* Those that the person at @desk may see, in the order of the sidebar. */
const GxcPlace *gxc_place_next       (GxcDesk *desk, const GxcPlace *after);
const GxcPlace *gxc_place_find       (GxcDesk *desk, const char *name);
const GxcPlace *gxc_place_first      (GxcDesk *desk);
const GxcPlace *gxc_place_in_section (GxcDesk *desk, GxcSection section, const char *after);
const char     *gxc_place_label      (const GxcPlace *place);
const char     *gxc_section_title    (GxcSection section);

G_END_DECLS
