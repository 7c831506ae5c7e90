/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-today-bar.h"
#include "gxc-today-list.h"
#include "gxc-today-model.h"
#include "gxc-today-row.h"

G_BEGIN_DECLS

/* The list of lines: gxc-today-list.c shows them and knows which are meant, gxc-today-list-actions.c does what is asked of them. */
struct _GxcTodayList
{
  GtkWidget      parent_instance;

  GtkWidget     *card;      /* (owned): the only child */
  GtkWidget     *caption;   /* (borrowed) */
  GtkWidget     *rows;      /* (borrowed): a GtkListBox */
  GtkWidget     *more;      /* (borrowed) */
  GxcTodayBar   *bar;       /* (borrowed) */
  GxcDesk       *desk;      /* (owned) */
  GxcTodayModel *model;     /* (owned) */
  gboolean       choosing;  /* Space was pressed: what is selected was chosen line by line */
  gboolean       wanted;    /* the keys were meant for a line when there was none yet */
  char          *at;        /* (owned) (nullable): key of the line that had the focus */
  int            place;     /* where that line stood */
};

GxcTodayRow *gxc_today_list_focused_row     (GxcTodayList *self);
GPtrArray   *gxc_today_list_chosen          (GxcTodayList *self);
void         gxc_today_list_remember        (GxcTodayList *self);

void         gxc_today_list_open_item       (GxcTodayList *self, GxcTodayItem *item);
void         gxc_today_list_close_item      (GxcTodayList *self, GxcTodayItem *item);
void         gxc_today_list_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS
