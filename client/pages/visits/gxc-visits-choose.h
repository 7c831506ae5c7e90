/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GxcVisitsChoose: the parts of a card in which several are ticked, all floating until the card takes them
 * @search: a GtkSearchEntry; Escape in it is the window's
 * @scroller: around @list
 * @list: of rows whose child begins with a check button, which Enter and a click toggle
 * @nothing: a label, seen while @list is empty
 * @foot: with @words, which say how many are ticked, and @button
 */
typedef struct
{
  GtkWidget *search;
  GtkWidget *scroller, *list, *nothing;
  GtkWidget *foot, *words, *button;
} GxcVisitsChoose;

/** GxcVisitsChooseNames: what a card calls its list, its button and the button that leaves it; all translated */
typedef struct
{
  const char *list;
  const char *button, *action;
  const char *leave, *leave_action;
} GxcVisitsChooseNames;

void       gxc_visits_choose_make     (GxcVisitsChoose *choose, const GxcVisitsChooseNames *names);
GtkWidget *gxc_visits_choose_check_at (const GxcVisitsChoose *choose, int index);
void       gxc_visits_choose_tick     (const GxcVisitsChoose *choose, guint index, gboolean ticked);

G_END_DECLS
