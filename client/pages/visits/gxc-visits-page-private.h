/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-visits-along.h"
#include "gxc-visits-list.h"
#include "gxc-visits-page.h"
#include "gxc-visits-plan.h"
#include "gxc-visits-stop.h"

G_BEGIN_DECLS

/* The page of visits: gxc-visits-build.c makes its parts, gxc-visits-page.c shows the day, gxc-visits-actions.c changes it. */
struct _GxcVisitsPage
{
  GxcPage        parent_instance;

  GtkWidget     *content, *head, *date;     /* all widgets are borrowed */
  GtkWidget     *by_district, *by_time, *on_paper;
  GxcVisitsList *list;
  GtkWidget     *before, *before_rows;      /* the card, and what stands in it */
  GtkStack      *side;                      /* "stop", "plan", "along", "nothing" */
  GxcVisitsStop *stop;
  GxcVisitsPlan *plan;
  GxcVisitsAlong *along;
  GxcForm       *form;                      /* of a visit's plan */

  GHashTable    *typed;     /* (owned): id of a visit → GxcTalk: typed and not saved */
  gint32         day;       /* that is shown, by the wall clock */
  gint32         today;     /* by the wall clock, when it was last told */
  gboolean       waiting;   /* for the first visit of a first sync */
  guint          changed;   /* an idle source, or 0 */
  guint          tick;      /* a timer while the page is seen, or 0 */
};

GxcDesk *gxc_visits_page_desk     (GxcVisitsPage *self);
void     gxc_visits_page_build    (GxcVisitsPage *self, GxcDesk *desk);
void     gxc_visits_page_update   (GxcVisitsPage *self);
void     gxc_visits_page_set_plan (GxcVisitsPage *self, gboolean open);
gboolean gxc_visits_page_is_planning (GxcVisitsPage *self);
void     gxc_visits_page_set_along (GxcVisitsPage *self, gboolean open);
gboolean gxc_visits_page_is_taking (GxcVisitsPage *self);

void          gxc_visits_actions_install   (GtkWidgetClass *widget_class);
void          gxc_visits_actions_add_keys  (GxcVisitsPage *self);
const GxcKey *gxc_visits_actions_keys      (guint *out_n_keys);
void          gxc_visits_actions_reorder   (GxcVisitsPage *self, GPtrArray *stops);

G_END_DECLS
