/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_COMMAND_MAP     = 1 << 0,     /* the map of keys lists it */
  GXC_COMMAND_PALETTE = 1 << 1,     /* the palette finds it */
} GxcCommandFlags;

/**
 * GxcCommand: something that the window does everywhere.
 * @action: a detailed action name, "win.sync", "win.theme::dark"
 * @keys: (nullable): accelerators, "<Alt>Left Back"
 * @label: (nullable): marked NC_("keys", …)
 * @words: (nullable): other words that find it, marked NC_("palette", …); the Chinese ones are pinyin and initials too
 * @needs: any of these capabilities; 0: everybody
 * @dup_what: (nullable): what it would do just now; it gives %NULL where there is nothing to do
 */
typedef struct
{
  const char      *action;
  const char      *keys;
  const char      *label;
  GxcCommandFlags  flags;
  const char      *icon_name;
  const char      *words;
  GxCapability     needs;
  char          *(*dup_what) (GxcDesk *desk);
} GxcCommand;

extern const GxcCommand gxc_commands[];
extern const guint      gxc_n_commands;

const GxcCommand *gxc_command_find      (const char *action);
const char       *gxc_command_label     (const GxcCommand *command);
gboolean          gxc_command_is_for    (const GxcCommand *command, GxcDesk *desk);
void              gxc_commands_add_keys (GtkWidgetClass *widget_class);
char             *gxc_keys_to_words     (const char *accelerators);

G_END_DECLS
