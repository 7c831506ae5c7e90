/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One customer: who it is, what is waiting, four core figures, and behind tabs the overview, the life cycle, holdings, tasks
 * and the record itself. It reads everything anew when something of it changed; a customer's rows are few. What is typed
 * goes through the form beside it, which never covers the name. */

#include "gxc-customer-page.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gx-address.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-identifier.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-money.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"
#include "gx-task.h"
#include "gxc-area-chart.h"
#include "gxc-customer-cards.h"
#include "gxc-field-column.h"
#include "gxc-form.h"
#include "gxc-format.h"
#include "gxc-timeline-row.h"
#include "gxc-timeline.h"
#include "gxc-widgets.h"

#define RECENT 5
#define HOUR G_GINT64_CONSTANT (3600000)

enum { TILE_ASSETS, TILE_HOLDINGS, TILE_CONTACT, TILE_QUALITY, N_TILES };
enum { TAB_OVERVIEW, TAB_TIMELINE, TAB_HOLDINGS, TAB_TASKS, TAB_RECORD, N_TABS };

struct _GxcCustomerPage
{
  GxcPage        parent_instance;

  /* Template widgets */
  GtkWidget     *content;
  GtkWidget     *avatar;
  GtkWidget     *name;
  GxcTierBadge  *tier;
  GxcStateChip  *value;
  GxcStageGlyph *stage;
  GxcStateChip  *status;
  GtkWidget     *facts;
  GtkWidget     *buttons;
  GxcBanner     *banner;
  GtkWidget     *tiles;
  GtkWidget     *tabs;
  GtkStack      *stack;
  GxcForm       *form;

  /* Borrowed References */
  GtkWidget     *tile[N_TILES];
  GtkWidget     *tab[N_TABS];
  GtkWidget     *bodies[N_TABS];    /* boxes that are filled anew */
  GtkWidget     *timeline;          /* list view */

  /* Owned References */
  GxId           id;
  GxRecord      *customer;
  GPtrArray     *holdings;
  GPtrArray     *tasks;
  GPtrArray     *items;             /* of GxcTimelineItem */
  GListStore    *timeline_store;

  guint          refreshing;        /* idle */
  gboolean       narrow;
};

G_DEFINE_FINAL_TYPE (GxcCustomerPage, gxc_customer_page, GXC_TYPE_PAGE)

static const struct { const char *name, *label; } tabs[N_TABS] = {
  [TAB_OVERVIEW] = { "overview", N_("Overview") },
  [TAB_TIMELINE] = { "timeline", N_("Timeline") },
  [TAB_HOLDINGS] = { "holdings", N_("Holdings") },
  [TAB_TASKS]    = { "tasks", N_("Tasks") },
  [TAB_RECORD]   = { "record", NC_("tab", "Record") },
};

static GxcDesk *
desk_of (GxcCustomerPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

static const GxCustomer *
row_of (GxcCustomerPage *self)
{
  return gx_record_get_data (self->customer);
}

static char *
words_of (GxcCustomerPage *self, const char *field)
{
  return gxc_field_to_words (desk_of (self), self->customer, gx_entity_find (&gx_customer_entity, field));
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

/* --- header ------------------------------------------------------------------------------------------------------- */

static void
show_facts (GxcCustomerPage *self)
{
  const GxCustomer *row = row_of (self);
  g_autofree char *type = words_of (self, "type"), *manager = words_of (self, "primary_rm_id"), *since = words_of (self, "onboarded_on");
  g_autofree char *words = g_strdup_printf (_("CIF %s · %s · manager %s · customer since %s"),
                                            row->cif_no ? row->cif_no : _("no number yet"), type, manager, since);

  gtk_label_set_text (GTK_LABEL (self->facts), words);
}

static void
show_head (GxcCustomerPage *self)
{
  const GxCustomer *row = row_of (self);
  const char *status = gx_choice_code (gx_customer_statuses, row->status);
  gsize length = row->cif_no ? strlen (row->cif_no) : 0;
  g_autofree char *subtitle = g_strdup_printf ("› %s %s", row->name ? row->name : "", length > 4 ? row->cif_no + length - 4 : "");
  g_autofree char *value = words_of (self, "value_class"), *status_words = words_of (self, "status");

  gxc_page_set_title (GXC_PAGE (self), _("Customers"), subtitle);
  gtk_label_set_text (GTK_LABEL (self->name), row->name ? row->name : "");
  adw_avatar_set_text (ADW_AVATAR (self->avatar), row->name);
  gxc_tier_badge_set_tier (self->tier, gx_choice_code (gx_tiers, row->tier), row->tier ? _(gx_choice_label (gx_tiers, row->tier)) : NULL);
  gxc_stage_glyph_set_stage (self->stage, gx_choice_code (gx_stages, row->lifecycle_stage),
                             row->lifecycle_stage ? _(gx_choice_label (gx_stages, row->lifecycle_stage)) : NULL);
  gxc_state_chip_set (self->value, GXC_STATE_PLAIN, value);
  gxc_state_chip_set (self->status, g_strcmp0 (status, "ACTIVE") == 0 ? GXC_STATE_PLAIN : GXC_STATE_INFO, status_words);
  gtk_widget_set_visible (GTK_WIDGET (self->status), g_strcmp0 (status, "ACTIVE") != 0);
  show_facts (self);
}

/* --- the banner: what is open ------------------------------------------------------------------------------------- */

static gboolean
belongs_here (GxcCustomerPage *self, const char *table, const GxId *id)
{
  const GxEntity *children[] = { &gx_contact_point_entity, &gx_identifier_entity, &gx_address_entity };

  if (gx_id_equal (id, &self->id))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if (g_strcmp0 (children[i]->name, table) == 0)
      {
        g_autoptr(GxRecord) child = gxc_desk_read_one (desk_of (self), children[i], id, NULL);
        const GxId *owner = child ? gx_entity_member (children[i], gx_record_get_data (child), "customer_id") : NULL;

        return owner && gx_id_equal (owner, &self->id);
      }
  return FALSE;
}

static gboolean
show_queued_request (GxcCustomerPage *self)
{
  g_autoptr(GPtrArray) queue = gxc_desk_queue (desk_of (self), NULL);

  for (guint i = 0; queue && i < queue->len; i++)
    {
      GxcQueueItem *item = g_ptr_array_index (queue, i);

      if (g_strcmp0 (item->op, "cr.submit") != 0 || item->state > GXC_QUEUE_SENT || !item->entity
          || !belongs_here (self, item->entity->name, &item->id))
        continue;
      gxc_banner_show (self->banner, GXC_BANNER_INFORMATION, "document-send-symbolic", _("A change waits to be submitted"),
                       _("It goes with the next sync; until another person approves it, the old value stays in force"));
      gxc_banner_set_action (self->banner, NULL, NULL);
      return TRUE;
    }
  return FALSE;
}

static void
show_request (GxcCustomerPage *self, GxRecord *record)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  g_autofree char *kind = gxc_field_to_words (desk_of (self), record, gx_entity_find (&gx_change_request_entity, "kind"));
  g_autofree char *maker = gxc_field_to_words (desk_of (self), record, gx_entity_find (&gx_change_request_entity, "maker_id"));
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk_of (self)));
  g_autofree char *title = g_strdup_printf (_("%s: change awaits review"), kind);
  g_autofree char *detail = g_strdup_printf (_("asked by %s, %s · the old value stays in force"), maker, at);

  gxc_banner_show (self->banner, GXC_BANNER_INFORMATION, "changes-prevent-symbolic", title, detail);
  gxc_banner_set_action (self->banner, _("Compare"), "customer.show-reviews");
}

static void
show_banner (GxcCustomerPage *self)
{
  const GxcCondition pending = { "state", GXC_IS, "PENDING" };
  const GxcQuery query = { .conditions = &pending, .n_conditions = 1 };
  g_autoptr(GArray) ids = gxc_desk_list (desk_of (self), &gx_change_request_entity, &query, NULL);
  g_autoptr(GPtrArray) requests = ids ? gxc_desk_read (desk_of (self), &gx_change_request_entity, (GxId *) (gpointer) ids->data, ids->len, NULL) : NULL;

  for (guint i = 0; requests && i < requests->len; i++)
    {
      GxRecord *record = g_ptr_array_index (requests, i);
      const GxChangeRequest *row = record ? gx_record_get_data (record) : NULL;

      if (row && belongs_here (self, row->tbl, &row->entity_id))
        {
          show_request (self, record);
          return;
        }
    }
  if (!show_queued_request (self))
    gxc_banner_hide (self->banner);
}

/* --- tiles -------------------------------------------------------------------------------------------------------- */

static void
show_assets_tile (GxcCustomerPage *self)
{
  GxcTile *tile = GXC_TILE (self->tile[TILE_ASSETS]);
  double values[12];
  gint32 months[12];
  guint n = gxc_holdings_history (desk_of (self), self->holdings, values, months, 12);
  g_autofree char *as_of = gxc_format_date (gxc_desk_get_today (desk_of (self)), gxc_desk_get_today (desk_of (self)));
  const char *ccy;
  gboolean masked;
  gint64 total = gxc_holdings_total (self->holdings, &ccy, &masked);
  g_autofree char *unit = NULL, *figure = gxc_format_figure (total, ccy ? ccy : "CNY", &unit), *change = NULL;

  if (!ccy && masked)
    {
      gxc_tile_set_figure (tile, "\u2217\u2217\u2217", NULL, as_of);
      gxc_tile_set_note (tile, GXC_TONE_PLAIN, _("masked: not your own customer"));
      gxc_tile_set_values (tile, NULL, 0, GXC_TOKEN_CHART_1);
      return;
    }
  gxc_tile_set_figure (tile, figure, unit, as_of);
  gxc_tile_set_values (tile, values, n, GXC_TOKEN_CHART_1);
  if (n > 1 && isfinite (values[n - 1]) && isfinite (values[n - 2]) && values[n - 2] > 0)
    {
      double share = values[n - 1] / values[n - 2] - 1;
      g_autofree char *part = gxc_format_change (share);

      change = g_strdup_printf (_("%s on the month before"), part);
      gxc_tile_set_note (tile, share < 0 ? GXC_TONE_PLAIN : GXC_TONE_GREEN, change);
    }
  else
    gxc_tile_set_note (tile, GXC_TONE_PLAIN, self->holdings->len ? "" : _("no holding yet"));
}

static void
show_holdings_tile (GxcCustomerPage *self)
{
  guint open = 0, soon = 0;
  gint32 today = gxc_desk_get_today (desk_of (self));
  g_autofree char *number = NULL, *note = NULL;

  for (guint i = 0; i < self->holdings->len; i++)
    {
      const GxHolding *row = gx_record_get_data (g_ptr_array_index (self->holdings, i));

      open += row->status != GX_HOLDING_CLOSED;
      soon += row->status != GX_HOLDING_CLOSED && row->matures_on != GX_INT32_NONE && row->matures_on >= today && row->matures_on - today <= 30;
    }
  number = g_strdup_printf ("%u", open);
  note = soon ? g_strdup_printf (ngettext ("! %u matures within 30 days", "! %u mature within 30 days", soon), soon) : g_strdup (_("nothing matures within 30 days"));
  gxc_tile_set_figure (GXC_TILE (self->tile[TILE_HOLDINGS]), number, _("open"), NULL);
  gxc_tile_set_note (GXC_TILE (self->tile[TILE_HOLDINGS]), soon ? GXC_TONE_AMBER : GXC_TONE_PLAIN, note);
}

static void
show_contact_tile (GxcCustomerPage *self)
{
  GxcTile *tile = GXC_TILE (self->tile[TILE_CONTACT]);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint32 now = gx_date_from_time (gxc_desk_now (desk_of (self)), zone);
  guint year = 0;
  GxcTimelineItem *last = NULL;
  g_autofree char *figure = NULL, *note = NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      GxcTimelineItem *item = g_ptr_array_index (self->items, i);

      if (item->kind != GXC_TIMELINE_IN && item->kind != GXC_TIMELINE_OUT)
        continue;
      last = last ? last : item;
      year += now - item->date <= 365;
    }
  if (!last)
    {
      gxc_tile_set_missing (tile, _("log the first interaction"));
      return;
    }
  figure = gxc_format_days_ago (last->date, now);
  note = g_strdup_printf (ngettext ("%s · %u contact in a year", "%s · %u contacts in a year", year), last->what, year);
  gxc_tile_set_figure (tile, figure, NULL, NULL);
  gxc_tile_set_note (tile, GXC_TONE_PLAIN, note);
}

static void
show_quality_tile (GxcCustomerPage *self)
{
  GxcTile *tile = GXC_TILE (self->tile[TILE_QUALITY]);
  const GxCustomer *row = row_of (self);
  g_autofree char *state = words_of (self, "entry_state"), *number = NULL;

  if (row->dq_score == GX_INT_NONE)
    {
      gxc_tile_set_figure (tile, "\u2014", NULL, NULL);
      gxc_tile_set_note (tile, GXC_TONE_PLAIN, _("not scored yet"));
      return;
    }
  number = g_strdup_printf ("%d", (int) row->dq_score);
  gxc_tile_set_figure (tile, number, "/ 100", NULL);
  gxc_tile_set_note (tile, row->dq_score < 60 ? GXC_TONE_AMBER : GXC_TONE_PLAIN,
                     row->dq_score < 60 ? _("! key facts are missing") : _("key facts are there"));
}

/* --- tabs --------------------------------------------------------------------------------------------------------- */

static void
fill_recent (GxcCustomerPage *self, GtkWidget *rows)
{
  for (guint i = 0; i < MIN (self->items->len, RECENT); i++)
    {
      GtkWidget *row = gxc_timeline_row_new ();

      gxc_timeline_row_set_item (GXC_TIMELINE_ROW (row), g_ptr_array_index (self->items, i), TRUE);
      gtk_list_box_append (GTK_LIST_BOX (rows), row);
    }
  if (self->items->len == 0)
    gxc_rows_add_words (rows, _("Nothing yet. Ctrl+I logs the first interaction."));
}

static guint
fill_tasks (GxcCustomerPage *self, GtkWidget *rows, gboolean open_only, guint limit)
{
  gboolean may = gxc_desk_can (desk_of (self), GX_CAN_WRITE_TASK);
  guint n = 0;

  for (guint i = 0; i < self->tasks->len && n < limit; i++)
    {
      const GxTask *row = gx_record_get_data (g_ptr_array_index (self->tasks, i));
      gboolean open = row->status != GX_TASK_DONE && row->status != GX_TASK_CANCELLED;

      if (open_only && !open)
        continue;
      gxc_rows_add_task (rows, desk_of (self), g_ptr_array_index (self->tasks, i), may);
      n++;
    }
  if (n == 0)
    gxc_rows_add_words (rows, may ? _("No open task. Ctrl+T makes one.") : _("No open task."));
  return n;
}

static GtkWidget *
small_button (const char *label, const char *action_name, const char *target)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", label, "valign", GTK_ALIGN_CENTER, NULL);

  if (target)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "gx-small");
  return button;
}

static GtkWidget *
make_chart_card (GxcCustomerPage *self)
{
  GtkWidget *body, *chart = gxc_area_chart_new (), *copy = gxc_chart_copy_button_new (GXC_CHART (chart));
  GtkWidget *card = gxc_card_new (_("Balances"), "", copy, &body);
  GtkWidget *caption = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_widget_get_first_child (card)));

  gxc_chart_show_balances (GXC_CHART (chart), desk_of (self), self->holdings, caption);
  gtk_widget_set_size_request (chart, -1, 220);
  gtk_widget_set_vexpand (chart, TRUE);
  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_box_append (GTK_BOX (body), chart);
  return card;
}

static GtkWidget *
make_tasks_card (GxcCustomerPage *self, gboolean open_only, guint limit)
{
  GtkWidget *body, *rows = gxc_rows_new ();
  GtkWidget *card = gxc_card_new (_("Tasks"), open_only ? _("next first") : NULL,
                                  open_only ? small_button (_("All"), "customer.show-tab", "tasks") : NULL, &body);

  gtk_box_append (GTK_BOX (body), rows);
  fill_tasks (self, rows, open_only, limit);
  return card;
}

static GtkWidget *
make_recent_card (GxcCustomerPage *self)
{
  GtkWidget *body, *rows = gxc_rows_new ();
  GtkWidget *card = gxc_card_new (_("Life cycle"), _("latest first"), small_button (_("Open timeline"), "customer.show-tab", "timeline"), &body);

  gtk_box_append (GTK_BOX (body), rows);
  fill_recent (self, rows);
  return card;
}

static GtkWidget *
make_holdings_card (GxcCustomerPage *self)
{
  GtkWidget *body, *rows = gxc_rows_new ();
  GtkWidget *card = gxc_card_new (_("Holdings"), NULL, NULL, &body);

  for (guint i = 0; i < self->holdings->len; i++)
    gxc_rows_add_holding (rows, desk_of (self), g_ptr_array_index (self->holdings, i));
  if (self->holdings->len == 0)
    gxc_rows_add_words (rows, _("No holding with this bank yet."));
  gtk_box_append (GTK_BOX (body), rows);
  return card;
}

/* A chart of figures that nobody here may see would be an empty frame. */
static gboolean
all_masked (GxcCustomerPage *self)
{
  const char *ccy;
  gboolean masked;

  gxc_holdings_total (self->holdings, &ccy, &masked);
  return masked && !ccy;
}

static void
fill_overview (GxcCustomerPage *self)
{
  GtkWidget *box = self->bodies[TAB_OVERVIEW], *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (!all_masked (self))
    gtk_box_append (GTK_BOX (box), make_chart_card (self));
  gtk_box_append (GTK_BOX (right), make_tasks_card (self, TRUE, 3));
  gtk_box_append (GTK_BOX (right), make_recent_card (self));
  gtk_widget_set_valign (right, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), right);
}

static void
fill_holdings (GxcCustomerPage *self)
{
  gtk_box_append (GTK_BOX (self->bodies[TAB_HOLDINGS]), make_holdings_card (self));
  if (!all_masked (self))
    gtk_box_append (GTK_BOX (self->bodies[TAB_HOLDINGS]), make_chart_card (self));
}

static void
fill_timeline (GxcCustomerPage *self)
{
  g_autoptr(GPtrArray) items = gxc_timeline_with_headings (self->items);

  g_list_store_splice (self->timeline_store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->timeline_store)),
                       items->pdata, items->len);
}

/* --- the record: fields of the customer and of what hangs on it ---------------------------------------------------- */

static const GxEntity * const parts[] = {
  &gx_customer_entity, &gx_person_profile_entity, &gx_org_profile_entity, &gx_contact_point_entity, &gx_identifier_entity, &gx_address_entity,
};

static gboolean
has_fields (const GxEntity *entity, gboolean reviewed)
{
  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (((field->flags & GX_REVIEWED) != 0) == reviewed && !(field->flags & (GX_FIXED | (reviewed ? 0 : GX_SERVER))))
        return TRUE;
    }
  return FALSE;
}

static void
add_part (GxcCustomerPage *self, GxRecord *record)
{
  const GxEntity *entity = gx_record_get_entity (record);
  GtkWidget *body, *rows = gxc_rows_new (), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *target = g_strdup_printf ("%s/%s", entity->name, GX_ID_STR (gx_record_get_id (record)));

  if (gxc_desk_can (desk_of (self), GX_CAN_EDIT_CUSTOMER) && has_fields (entity, FALSE))
    gtk_box_append (GTK_BOX (buttons), small_button (_("Edit"), "customer.edit", target));
  if (gxc_desk_can (desk_of (self), GX_CAN_MAKE_CR) && has_fields (entity, TRUE))
    gtk_box_append (GTK_BOX (buttons), small_button (_("Ask for a change"), "customer.request", target));
  gtk_box_append (GTK_BOX (self->bodies[TAB_RECORD]), gxc_card_new (_(entity->label), NULL, buttons, &body));
  gtk_box_append (GTK_BOX (body), rows);
  gxc_rows_add_fields (rows, desk_of (self), record);
}

static void
fill_record (GxcCustomerPage *self)
{
  add_part (self, self->customer);
  for (guint i = 1; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GPtrArray) records = gxc_desk_read_where (desk_of (self), parts[i], "customer_id", &self->id, NULL, FALSE, NULL);

      for (guint j = 0; records && j < records->len; j++)
        if (g_ptr_array_index (records, j))
          add_part (self, g_ptr_array_index (records, j));
    }
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static void
drop_holes (GPtrArray *records)
{
  for (guint i = records->len; i > 0; i--)
    if (!g_ptr_array_index (records, i - 1))
      g_ptr_array_remove_index (records, i - 1);
}

static gboolean
read_all (GxcCustomerPage *self, GError **error)
{
  g_clear_object (&self->customer);
  g_clear_pointer (&self->holdings, g_ptr_array_unref);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  if (!(self->customer = gxc_desk_read_one (desk_of (self), &gx_customer_entity, &self->id, error))
      || !(self->holdings = gxc_desk_read_where (desk_of (self), &gx_holding_entity, "customer_id", &self->id, "opened_on", FALSE, error))
      || !(self->tasks = gxc_desk_read_where (desk_of (self), &gx_task_entity, "customer_id", &self->id, "due_at", FALSE, error))
      || !(self->items = gxc_timeline_read (desk_of (self), &self->id, error)))
    return FALSE;
  drop_holes (self->holdings);
  drop_holes (self->tasks);
  return TRUE;
}

static void update_room (GxcCustomerPage *self);

static void
update_state (GxcCustomerPage *self)
{
  show_head (self);
  show_banner (self);
  show_assets_tile (self);
  show_holdings_tile (self);
  show_contact_tile (self);
  show_quality_tile (self);
  for (guint i = 0; i < N_TABS; i++)
    if (self->bodies[i])
      empty_box (self->bodies[i]);
  fill_overview (self);
  fill_timeline (self);
  fill_holdings (self);
  gtk_box_append (GTK_BOX (self->bodies[TAB_TASKS]), make_tasks_card (self, FALSE, G_MAXUINT));
  fill_record (self);
  update_room (self);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_CONTENT);
}

static void
refresh (GxcPage *page)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (page);
  g_autoptr(GError) error = NULL;

  if (read_all (self, &error))
    update_state (self);
  else
    gxc_page_set_error (page, error);
}

static gboolean
on_refresh_idle_cb (gpointer data)
{
  GxcCustomerPage *self = data;

  self->refreshing = 0;
  refresh (GXC_PAGE (self));
  return G_SOURCE_REMOVE;
}

/* One sync may tell of a dozen entities; the page is read once. */
static void
on_changed_cb (GxcCustomerPage *self)
{
  if (!self->refreshing)
    self->refreshing = g_idle_add (on_refresh_idle_cb, self);
}

/* --- actions ------------------------------------------------------------------------------------------------------ */

static void
new_interaction_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char * const fields[] = { "channel", "direction", "purpose", "subject", "notes", "next_steps", "started_at", "minutes", NULL };
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (widget);
  const GxcPerson *person = gxc_desk_get_person (desk_of (self));
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_interaction_entity, NULL);
  GxInteraction *row = gxc_draft_get_row (draft);

  row->customer_id = self->id;
  row->owner_id = person->employee_id;
  row->channel = gx_choice_find (gx_channels, "PHONE");
  row->direction = GX_DIRECTION_OUT;
  row->purpose = 4;
  row->started_at = gxc_desk_now (desk_of (self));
  gxc_form_open (self->form, GXC_FORM_CREATE, _("Log an interaction"), gtk_label_get_text (GTK_LABEL (self->name)), draft, fields,
                 _("Interaction kept on this desk; it goes with the next sync"));
}

static void
new_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char * const fields[] = { "title", "kind", "due_at", "priority", NULL };
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (widget);
  const GxcPerson *person = gxc_desk_get_person (desk_of (self));
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_task_entity, NULL);
  GxTask *row = gxc_draft_get_row (draft);

  row->customer_id = self->id;
  row->assignee_id = person->employee_id;
  row->kind = GX_TASK_CALL;
  row->status = GX_TASK_OPEN;
  row->priority = 2;
  row->due_at = (gxc_desk_now (desk_of (self)) / HOUR + 24) * HOUR;
  gxc_form_open (self->form, GXC_FORM_CREATE, _("New task"), gtk_label_get_text (GTK_LABEL (self->name)), draft, fields, _("Task added"));
}

static void
finish_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char * const fields[] = { "result", NULL };
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (widget);
  g_autoptr(GxRecord) task = NULL;
  g_autoptr(GxcDraft) draft = NULL;
  GxId id;

  if (!gx_id_parse (g_variant_get_string (parameter, NULL), &id)
      || !(task = gxc_desk_read_one (desk_of (self), &gx_task_entity, &id, NULL)))
    return;
  draft = gxc_draft_new (&gx_task_entity, task);
  ((GxTask *) gxc_draft_get_row (draft))->status = GX_TASK_DONE;
  gxc_form_open (self->form, GXC_FORM_PATCH, _("Finish the task"), ((const GxTask *) gx_record_get_data (task))->title, draft, fields, _("Task finished"));
}

static void
collect_fields (const GxEntity *entity, gboolean reviewed, GPtrArray *names)
{
  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (((field->flags & GX_REVIEWED) != 0) == reviewed && !(field->flags & GX_FIXED) && (reviewed || !(field->flags & GX_SERVER)))
        g_ptr_array_add (names, (gpointer) field->name);
    }
  g_ptr_array_add (names, NULL);
}

/* The target is "entity/id". */
static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (widget);
  gboolean request = g_str_equal (name, "customer.request");
  g_auto(GStrv) target = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GxcDraft) draft = NULL;
  const GxEntity *entity = NULL;
  GxId id;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_strcmp0 (parts[i]->name, target[0]) == 0)
      entity = parts[i];
  if (!entity || !gx_id_parse (target[1], &id) || !(record = gxc_desk_read_one (desk_of (self), entity, &id, NULL)))
    return;

  draft = gxc_draft_new (entity, record);
  collect_fields (entity, request, names);
  gxc_form_open (self->form, request ? GXC_FORM_REQUEST : GXC_FORM_PATCH, request ? _("Ask for a change") : _(entity->label),
                 request ? _("Another person decides. Until then the old value stays in force.") : NULL,
                 draft, (const char * const *) names->pdata, request ? _("Request kept; it is submitted with the next sync") : _("Saved"));
}

static void
show_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
show_reviews_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.show-page", "s", "reviews");
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
on_tab_toggled_cb (GxcCustomerPage *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    gtk_stack_set_visible_child_name (self->stack, g_object_get_data (G_OBJECT (button), "gxc-name"));
}

static void
on_timeline_setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gxc_timeline_row_new ());
}

static void
on_timeline_bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gxc_timeline_row_set_item (GXC_TIMELINE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item), FALSE);
}

static GtkWidget *
make_timeline (GxcCustomerPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_timeline_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_timeline_bind_cb), NULL);
  self->timeline_store = g_list_store_new (GXC_TYPE_TIMELINE_ITEM);
  self->timeline = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->timeline_store)))), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->timeline), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Life cycle"), -1);
  gtk_widget_add_css_class (self->timeline, "gx-timeline");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->timeline);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (card, "gx-card");
  gtk_widget_add_css_class (card, "flush");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (card), scrolled);
  gtk_widget_add_css_class (outer, "gx-tab-body");
  gtk_box_append (GTK_BOX (outer), card);
  return outer;
}

static GtkWidget *
make_body (GxcCustomerPage *self, guint tab)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->bodies[tab] = gtk_box_new (tab == TAB_OVERVIEW ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_set_homogeneous (GTK_BOX (self->bodies[tab]), tab == TAB_OVERVIEW);
  gtk_widget_add_css_class (self->bodies[tab], "gx-tab-body");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->bodies[tab]);
  return scrolled;
}

static void
append_tabs (GxcCustomerPage *self)
{
  for (guint i = 0; i < N_TABS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (i == TAB_RECORD ? g_dpgettext2 (NULL, "tab", tabs[i].label) : _(tabs[i].label));

      self->tab[i] = button;
      g_object_set_data (G_OBJECT (button), "gxc-name", (gpointer) tabs[i].name);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), i ? GTK_TOGGLE_BUTTON (self->tab[0]) : NULL);
      gtk_box_append (GTK_BOX (self->tabs), button);
      gtk_stack_add_named (self->stack, i == TAB_TIMELINE ? make_timeline (self) : make_body (self, i), tabs[i].name);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_tab_toggled_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tab[0]), TRUE);
}

static void
append_tiles (GxcCustomerPage *self)
{
  static const struct { const char *caption, *tab; } captions[N_TILES] = {
    [TILE_ASSETS]   = { N_("Balances"), "holdings" },
    [TILE_HOLDINGS] = { N_("Holdings"), "holdings" },
    [TILE_CONTACT]  = { N_("Last contact"), "timeline" },
    [TILE_QUALITY]  = { N_("Data quality"), "record" },
  };

  for (guint i = 0; i < N_TILES; i++)
    {
      self->tile[i] = gxc_tile_new (_(captions[i].caption));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->tile[i]), "s", captions[i].tab);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->tile[i]), "customer.show-tab");
      gtk_box_append (GTK_BOX (self->tiles), self->tile[i]);
    }
}

static void
append_buttons (GxcCustomerPage *self)
{
  GtkWidget *interaction;

  if (!gxc_desk_can (desk_of (self), GX_CAN_WRITE_TASK))
    return;
  gtk_box_append (GTK_BOX (self->buttons), gxc_button_new (_("Add task"), "Ctrl T", "customer.new-task"));
  interaction = gxc_button_new (_("Log interaction"), "Ctrl I", "customer.new-interaction");
  gtk_widget_add_css_class (interaction, "suggested-action");
  gtk_box_append (GTK_BOX (self->buttons), interaction);
}

static void
show_keycaps (GxcCustomerPage *self, gboolean shown)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->buttons); button; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button))), shown);
}

/* Beside an open form, and with large text, there is room for one column; the name comes before everything else. */
static void
update_room (GxcCustomerPage *self)
{
  gboolean form = gxc_form_is_open (self->form);
  gboolean one = form || (self->narrow && gxc_look_scale (GTK_WIDGET (self)) > 1.25);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bodies[TAB_OVERVIEW]), one ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->bodies[TAB_OVERVIEW]), !one);
  for (guint i = 0; i < N_TILES; i++)
    gxc_tile_set_compact (GXC_TILE (self->tile[i]), form);
  gtk_widget_set_visible (self->tile[TILE_QUALITY], !(form && self->narrow));
  gtk_widget_set_visible (GTK_WIDGET (self->stage), !form);
  gtk_widget_set_visible (GTK_WIDGET (self->value), !form && self->customer && row_of (self)->value_class != 0);
  show_keycaps (self, !form && !self->narrow);
}

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  GXC_CUSTOMER_PAGE (page)->narrow = narrow;
  update_room (GXC_CUSTOMER_PAGE (page));
}

static gboolean
begin (GxcPage *page, const char *what)
{
  g_autofree char *action = g_strconcat ("customer.new-", what, NULL);

  return gtk_widget_activate_action (GTK_WIDGET (page), action, NULL);
}

static gboolean
escape (GxcPage *page)
{
  return gxc_customer_page_close_form (GXC_CUSTOMER_PAGE (page));
}

static char *
dup_part (GxcPage *page)
{
  return g_strdup (gtk_stack_get_visible_child_name (GXC_CUSTOMER_PAGE (page)->stack));
}

static gboolean
show_part (GxcPage *page, const char *part)
{
  gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (page), part);
  return TRUE;
}

/* Where the keys begin: the tab that is open, arrows lead to the others. */
static gboolean
gxc_customer_page_grab_focus (GtkWidget *widget)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (widget);

  for (guint i = 0; i < N_TABS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tab[i])))
      return gtk_widget_grab_focus (self->tab[i]);
  return FALSE;
}

static void
gxc_customer_page_dispose (GObject *object)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (object);

  g_clear_handle_id (&self->refreshing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_CUSTOMER_PAGE);
  g_clear_object (&self->customer);
  g_clear_object (&self->timeline_store);
  g_clear_pointer (&self->holdings, g_ptr_array_unref);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_customer_page_parent_class)->dispose (object);
}

static void
gxc_customer_page_class_init (GxcCustomerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customer_page_dispose;
  widget_class->grab_focus = gxc_customer_page_grab_focus;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  GXC_PAGE_CLASS (klass)->begin = begin;
  GXC_PAGE_CLASS (klass)->escape = escape;
  GXC_PAGE_CLASS (klass)->dup_part = dup_part;
  GXC_PAGE_CLASS (klass)->show_part = show_part;
  g_type_ensure (GXC_TYPE_BANNER);
  g_type_ensure (GXC_TYPE_FORM);
  g_type_ensure (GXC_TYPE_STAGE_GLYPH);
  g_type_ensure (GXC_TYPE_STATE_CHIP);
  g_type_ensure (GXC_TYPE_TIER_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-customer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, name);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, tier);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, value);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, stage);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, status);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, facts);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, banner);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, form);
  gtk_widget_class_install_action (widget_class, "customer.new-interaction", NULL, new_interaction_action);
  gtk_widget_class_install_action (widget_class, "customer.new-task", NULL, new_task_action);
  gtk_widget_class_install_action (widget_class, "customer.finish-task", "s", finish_task_action);
  gtk_widget_class_install_action (widget_class, "customer.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "customer.request", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "customer.show-tab", "s", show_tab_action);
  gtk_widget_class_install_action (widget_class, "customer.show-reviews", NULL, show_reviews_action);
}

static void
gxc_customer_page_init (GxcCustomerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gxc_page_set_content (GXC_PAGE (self), self->content);
}

/** gxc_customer_page_new: a customer that is not on this desk is an error page */
GtkWidget *
gxc_customer_page_new (GxcDesk    *desk,
                       const GxId *id)
{
  GxcCustomerPage *self = g_object_new (GXC_TYPE_CUSTOMER_PAGE, NULL);

  self->id = *id;
  gxc_page_set_desk (GXC_PAGE (self), desk);
  gxc_form_set_desk (self->form, desk);
  append_tiles (self);
  append_tabs (self);
  append_buttons (self);
  g_signal_connect_object (self->form, "shown", G_CALLBACK (update_room), self, G_CONNECT_SWAPPED);
  refresh (GXC_PAGE (self));
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** gxc_customer_page_close_form: whether there was one to close */
gboolean
gxc_customer_page_close_form (GxcCustomerPage *self)
{
  g_return_val_if_fail (GXC_IS_CUSTOMER_PAGE (self), FALSE);
  return gxc_form_close (self->form);
}

/** gxc_customer_page_show_tab: "overview", "timeline", "holdings", "tasks" or "record" */
void
gxc_customer_page_show_tab (GxcCustomerPage *self,
                            const char      *name)
{
  g_return_if_fail (GXC_IS_CUSTOMER_PAGE (self));

  for (guint i = 0; i < N_TABS; i++)
    if (g_str_equal (tabs[i].name, name))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tab[i]), TRUE);
}
