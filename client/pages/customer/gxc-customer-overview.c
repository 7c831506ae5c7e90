/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first tab: what the customer has, what is to be done next, and the life cycle in a few lines. Each card leads to the
 * tab that has all of it; nothing here is to be found nowhere else. */

#include "gxc-customer-overview.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-holding.h"
#include "gx-life-event.h"
#include "gx-stage-hist.h"
#include "gx-task.h"
#include "gxc-cards.h"
#include "gxc-customer-recent.h"
#include "gxc-customer-strip.h"
#include "gxc-customer-sums.h"
#include "gxc-field-column.h"

#define RECENT 4
#define NEXT   3

struct _GxcCustomerOverview
{
  GxcCustomerTab parent_instance;

  GtkWidget     *columns;   /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcCustomerOverview, gxc_customer_overview, GXC_TYPE_CUSTOMER_TAB)

static GtkWidget *
make_next (GxcCustomerFile *file)
{
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  GPtrArray *tasks = gxc_customer_file_rows (file, &gx_task_entity);
  gboolean may = gxc_desk_can (desk, GX_CAN_WRITE_TASK);
  GtkWidget *body, *rows = gxc_rows_new (), *card;
  guint n = 0;

  card = gxc_card_new (_("Next steps"), _("soonest first"), gxc_small_button (_("All"), "customer.show-tab", "tasks"), &body);
  gtk_box_append (GTK_BOX (body), rows);
  for (guint i = 0; i < tasks->len && n < NEXT; i++)
    {
      const GxTask *row = gx_record_get_data (g_ptr_array_index (tasks, i));

      if (row->status == GX_TASK_DONE || row->status == GX_TASK_CANCELLED)
        continue;
      gxc_rows_add_task (rows, desk, g_ptr_array_index (tasks, i), may ? GXC_TASK_FINISH : GXC_TASK_NOTHING);
      n++;
    }
  if (n == 0)
    gxc_rows_add_words (rows, may ? _("No open task. Ctrl+T makes one.") : _("No open task."));
  return card;
}

/* (nullable): the stages since the first one that is known, with life events above them. */
static GtkWidget *
make_strip (GxcCustomerFile *file)
{
  GPtrArray *stages = gxc_customer_file_rows (file, &gx_stage_hist_entity), *events = gxc_customer_file_rows (file, &gx_life_event_entity);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  GtkWidget *strip;

  if (!stages->len)
    return NULL;
  strip = gxc_customer_strip_new (gx_date_from_time (((const GxStageHist *) gx_record_get_data (g_ptr_array_index (stages, 0)))->at, zone),
                                  gxc_desk_get_today (gxc_customer_file_get_desk (file)));
  for (guint i = 0; i < stages->len; i++)
    {
      const GxStageHist *row = gx_record_get_data (g_ptr_array_index (stages, i));

      gxc_customer_strip_add_stage (GXC_CUSTOMER_STRIP (strip), gx_date_from_time (row->at, zone),
                                    gx_choice_code (gx_stages, row->to_stage), _(gx_choice_label (gx_stages, row->to_stage)));
    }
  for (guint i = events->len; i > 0; i--)       /* newest first in the file */
    {
      GxRecord *event = g_ptr_array_index (events, i - 1);
      g_autofree char *type = gxc_field_to_words (gxc_customer_file_get_desk (file), event, gx_entity_find (&gx_life_event_entity, "type"));

      gxc_customer_strip_add_flag (GXC_CUSTOMER_STRIP (strip), ((const GxLifeEvent *) gx_record_get_data (event))->happened_on, type);
    }
  return strip;
}

static GtkWidget *
make_life (GxcCustomerFile *file)
{
  GtkWidget *body, *rows = gxc_rows_new (), *strip = make_strip (file), *card;

  card = gxc_card_new (_("Life cycle"), _("latest first"), gxc_small_button (_("Open timeline"), "customer.show-tab", "timeline"), &body);
  if (strip)
    {
      gtk_widget_add_css_class (strip, "gx-strip");
      gtk_box_append (GTK_BOX (body), strip);
    }
  gtk_box_append (GTK_BOX (body), rows);
  if (!gxc_customer_recent_add (rows, file, RECENT))
    gxc_rows_add_words (rows, _("Nothing yet. Ctrl+I logs the first interaction."));
  return card;
}

/* (nullable): of somebody else's customer it would be an empty frame. */
static GtkWidget *
make_assets (GxcCustomerFile *file)
{
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  GPtrArray *holdings = gxc_customer_file_rows (file, &gx_holding_entity);
  g_autoptr(GArray) sums = gxc_sums_by_currency (desk, holdings);

  if (!sums->len)
    return NULL;
  return gxc_assets_card_new (desk, holdings, g_array_index (sums, GxcSum, 0).ccy);
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerOverview *self = GXC_CUSTOMER_OVERVIEW (tab);
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *chart;

  gxc_box_empty (self->columns);
  chart = make_assets (file);
  if (chart)
    gtk_box_append (GTK_BOX (self->columns), chart);
  gtk_box_append (GTK_BOX (right), make_next (file));
  gtk_box_append (GTK_BOX (right), make_life (file));
  gtk_widget_set_valign (right, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->columns), right);
}

static void
set_room (GxcCustomerTab *tab, gboolean one_column)
{
  GxcCustomerOverview *self = GXC_CUSTOMER_OVERVIEW (tab);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), one_column ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), !one_column);
}

static void
gxc_customer_overview_class_init (GxcCustomerOverviewClass *klass)
{
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
  GXC_CUSTOMER_TAB_CLASS (klass)->set_room = set_room;
}

static void
gxc_customer_overview_init (GxcCustomerOverview *self)
{
  self->columns = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);
  gtk_box_append (GTK_BOX (gxc_customer_tab_get_body (GXC_CUSTOMER_TAB (self))), self->columns);
}

GtkWidget *
gxc_customer_overview_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_OVERVIEW, file);
}
