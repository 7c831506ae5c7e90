/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-calendar.h"
#include "gxc-form.h"
#include "gxc-month-layout.h"
#include "gxc-month-view.h"
#include "gxc-plan-panel.h"
#include "gxc-tasks-bar.h"
#include "gxc-tasks-filter-bar.h"
#include "gxc-tasks-list.h"
#include "gxc-tasks-page.h"

G_BEGIN_DECLS

/* The page's two files: what is shown (gxc-tasks-page.c), and what is done (gxc-tasks-actions.c). */
struct _GxcTasksPage
{
  GxcPage            parent_instance;

  /* Template widgets */
  GtkWidget         *content;
  GtkWidget         *head;
  GtkWidget         *views;
  GtkStack          *stack;
  GtkWidget         *foot;
  GtkWidget         *list_box;
  GtkWidget         *month_box;
  GtkWidget         *day_box;
  GtkWidget         *day_title;
  GtkWidget         *day_back;

  /* Borrowed References */
  GxcTasksFilterBar *filter;
  GxcTasksList      *list;
  GxcMonthView      *month;
  GxcMonthLayout    *fold;          /* of the month and its day */
  GxcTasksList      *day;
  GxcTasksBar       *bar;
  GxcForm           *form;
  GxcPlanPanel      *plan;

  /* Owned References */
  GxcCalendar       *calendar;

  guint              changed;       /* idle */
  gboolean           waiting;       /* for the first task of a first sync */
};

GxcDesk      *gxc_tasks_page_desk    (GxcTasksPage *self);
gboolean      gxc_tasks_page_is_month (GxcTasksPage *self);
void          gxc_tasks_page_show_view (GxcTasksPage *self, const char *view);
GxcTasksList *gxc_tasks_page_list    (GxcTasksPage *self);
GPtrArray    *gxc_tasks_page_dup_targets (GxcTasksPage *self);
void          gxc_tasks_page_set_at_day (GxcTasksPage *self, gboolean at_day);
void          gxc_tasks_page_focus     (GxcTasksPage *self);
void          gxc_tasks_page_update_bar (GxcTasksPage *self);

void          gxc_tasks_actions_install (GtkWidgetClass *widget_class);
void          gxc_tasks_actions_add_keys (GxcTasksPage *self);
const GxcKey *gxc_tasks_actions_keys (guint *out_n_keys);
void          gxc_tasks_actions_open (GxcTasksPage *self, GxRecord *task);
void          gxc_tasks_actions_new  (GxcTasksPage *self);
void          gxc_tasks_actions_move (GxcTasksPage *self, const char *id, gint32 day);

G_END_DECLS
