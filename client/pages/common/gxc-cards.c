/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards a customer's page is put together from: assets, holdings, tasks, fields. Each takes records and shows them;
 * none reads on its own but for the months of a holding and the names behind ids. */

#include "gxc-cards.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-money.h"
#include "gx-task.h"
#include "gxc-bar-chart.h"
#include "gxc-customer-sums.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-widgets.h"

#define MONTHS 12

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_tooltip_text (label, NULL);
  return label;
}

/**
 * gxc_card_new:
 * @caption: (nullable)
 * @button: (nullable) (transfer floating): at the right of the head
 * @out_body: (out) (transfer none): where the content goes
 */
GtkWidget *
gxc_card_new (const char  *title,
              const char  *caption,
              GtkWidget   *button,
              GtkWidget  **out_body)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = label_new (caption, "gx-caption");

  gtk_widget_add_css_class (card, "gx-card");
  gtk_widget_add_css_class (card, "flush");
  gtk_widget_add_css_class (head, "gx-card-head");
  gtk_box_append (GTK_BOX (head), label_new (title, "gx-strong"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (head), words);
  if (button)
    gtk_box_append (GTK_BOX (head), button);
  gtk_box_append (GTK_BOX (card), head);
  *out_body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (card), *out_body);
  return card;
}

static void append_row (GtkWidget *rows, GtkWidget *child, const char *css_class, const char *words);

/** gxc_rows_new: rows divided by a line, for inside a card */
GtkWidget *
gxc_rows_new (void)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);

  gtk_widget_add_css_class (list, "gx-rows");
  return list;
}

/** gxc_rows_add: @child in a row that is read as @words */
void
gxc_rows_add (GtkWidget  *rows,
              GtkWidget  *child,
              const char *words)
{
  append_row (rows, child, "gx-task-row", words);
}

static void
append_row (GtkWidget *rows, GtkWidget *child, const char *css_class, const char *words)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", child, "activatable", FALSE, NULL);

  gtk_widget_add_css_class (child, css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (GTK_LIST_BOX (rows), row);
}

/** gxc_rows_add_words: what an empty list says */
void
gxc_rows_add_words (GtkWidget  *rows,
                    const char *words)
{
  append_row (rows, label_new (words, "gx-caption"), "gx-queue-row", words);
}

/** gxc_box_empty: takes every child out */
void
gxc_box_empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

/** gxc_small_button: in the head of a card or in a row; @target (nullable) goes with the action */
GtkWidget *
gxc_small_button (const char *label,
                  const char *action_name,
                  const char *target)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", label, "valign", GTK_ALIGN_CENTER, NULL);

  if (target)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "gx-small");
  return button;
}

/* --- assets by class and month ------------------------------------------------------------------------------------- */

static double
largest_stack (double (*values)[GXC_N_CLASSES], guint n)
{
  double most = 0;

  for (guint i = 0; i < n; i++)
    {
      double total = 0;

      for (guint j = 0; j < GXC_CLASS_DEBT; j++)
        total += isfinite (values[i][j]) ? values[i][j] : 0;
      most = MAX (most, total);
    }
  return most;
}

/**
 * gxc_chart_unit:
 * @most: the largest amount that is drawn, in major units
 * @out_unit: (out) (transfer full): what the axis and the caption say, "万元"
 *
 * Returns: by what to divide amounts in major units
 */
double
gxc_chart_unit (double       most,
                const char  *ccy,
                char       **out_unit)
{
  g_autofree char *figure = gxc_format_figure (most * gx_money_scale (ccy), ccy, out_unit);

  if (gx_money_units () == GX_MONEY_MYRIADS)
    return most >= 1e8 ? 1e8 : most >= 1e4 ? 1e4 : 1;
  return most >= 1e9 ? 1e9 : most >= 1e6 ? 1e6 : most >= 1e3 ? 1e3 : 1;
}

/** gxc_chart_set_months: an axis of months, given by their first days */
void
gxc_chart_set_months (GxcChart     *chart,
                      const gint32 *months,
                      guint         n)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free), full = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *date = gx_date_format (months[i]);

      g_ptr_array_add (labels, gxc_format_month (months[i]));
      g_ptr_array_add (full, g_strndup (date, 7));
    }
  gxc_chart_set_axis (chart, (const char * const *) labels->pdata, n);
  gxc_chart_set_full_labels (chart, (const char * const *) full->pdata);
}

/* Fixed colours: a class without anything keeps its place in the palette. What is none of the five goes with the last. */
static void
add_classes (GxcChart *chart, double (*values)[GXC_N_CLASSES], guint n, double divisor)
{
  for (guint class = 0; class <= GXC_CLASS_INSURANCE; class++)
    {
      g_autofree double *series = g_new (double, n);

      for (guint i = 0; i < n; i++)
        {
          series[i] = values[i][class];
          if (class == GXC_CLASS_INSURANCE && isfinite (values[i][GXC_CLASS_OTHER]))
            series[i] = (isfinite (series[i]) ? series[i] : 0) + values[i][GXC_CLASS_OTHER];
          series[i] /= divisor;
        }
      gxc_chart_add_series (chart, class == GXC_CLASS_INSURANCE ? _("Insurance, other") : gxc_asset_class_label (class), series);
    }
}

/* Under the curtain the edges of the bands are lines to hold on to, and no figure is told. */
static void
draw_bands (GxcChart *chart, double most, double divisor, const char *ccy)
{
  gxc_chart_set_figures (chart, FALSE);
  for (guint band = 1; band < GX_MONEY_N_BANDS; band++)
    {
      gint64 low, high;
      double edge;
      g_autofree char *label = NULL;

      if (!gx_money_band_edges (band, ccy, &low, &high))
        continue;
      edge = low / (double) gx_money_scale (ccy);
      if (edge < most * 0.3 || edge > most * 1.4)
        continue;
      label = gx_money_format_short (low, ccy, gx_money_units ());
      gxc_chart_add_threshold (chart, label, edge / divisor);
    }
}

/**
 * gxc_assets_card_new:
 * @ccy: (nullable): holdings in other currencies are not drawn
 *
 * Returns: (transfer floating) (nullable): month-end assets by class of the last year; NULL where nothing may be drawn
 */
GtkWidget *
gxc_assets_card_new (GxcDesk    *desk,
                     GPtrArray  *holdings,
                     const char *ccy)
{
  double values[MONTHS][GXC_N_CLASSES], divisor;
  gint32 months[MONTHS];
  guint n = ccy ? gxc_sums_history (desk, holdings, ccy, MONTHS, values, months) : 0;
  g_autofree char *unit = NULL;
  gboolean curtain = gxc_desk_get_curtain (desk);
  GtkWidget *body, *card, *chart;

  if (!n)
    return NULL;
  divisor = gxc_chart_unit (largest_stack (values, n), ccy, &unit);
  chart = gxc_bar_chart_new ();
  card = gxc_card_new (_("Assets by class"), _("end of month"), curtain ? NULL : gxc_chart_copy_button_new (GXC_CHART (chart)), &body);
  gxc_chart_set_title (GXC_CHART (chart), _("Assets by class"), curtain ? NULL : unit);
  gxc_chart_set_months (GXC_CHART (chart), months, n);
  add_classes (GXC_CHART (chart), values, n, divisor);
  if (curtain)
    draw_bands (GXC_CHART (chart), largest_stack (values, n), divisor, ccy);
  gtk_widget_set_size_request (chart, -1, 272);
  gtk_widget_set_vexpand (chart, TRUE);         /* within its card, which asks for no more than its neighbours have */
  gtk_widget_set_vexpand (card, FALSE);
  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_box_append (GTK_BOX (body), chart);
  return card;
}

/* --- rows ---------------------------------------------------------------------------------------------------------- */

static char *
words_of (GxcDesk *desk, GxRecord *record, const char *field)
{
  return gxc_field_to_words (desk, record, gx_entity_find (gx_record_get_entity (record), field));
}

static gboolean
on_query_tooltip_cb (GtkLabel *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  gxc_tip_show (tooltip, gtk_label_get_text (label));
  return TRUE;
}

/** gxc_label_tip_when_cut: a tooltip has all of the words, but only where some are missing */
void
gxc_label_tip_when_cut (GtkWidget *label)
{
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);
}

/** gxc_two_lines: what in bold, why under it if it is not empty; both may be cut, the tooltip has all */
GtkWidget *
gxc_two_lines (const char *first,
               const char *second)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *upper = label_new (first, "gx-strong"), *lower = label_new (second, "gx-caption");

  gxc_label_tip_when_cut (upper);
  gxc_label_tip_when_cut (lower);
  gtk_widget_set_visible (lower, *second != '\0');
  gtk_box_append (GTK_BOX (box), upper);
  gtk_box_append (GTK_BOX (box), lower);
  return box;
}

/** gxc_two_lines_wrapped: the same, where the first must be read whole: it goes on in a second line */
GtkWidget *
gxc_two_lines_wrapped (const char *first,
                       const char *second)
{
  GtkWidget *box = gxc_two_lines (first, second), *upper = gtk_widget_get_first_child (box);

  g_object_set (upper, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2, NULL);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  return box;
}

static void
name_button (GtkWidget *button, const char *what, const char *of)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", what, of);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_snooze_button (const GxTask *row)
{
  static const struct { const char *label; int days; } spans[] = {
    { N_("Next working day"), 1 }, { N_("In three working days"), 3 }, { N_("In five working days"), 5 }, { N_("In ten working days"), 10 },
  };
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Put off"), "valign", GTK_ALIGN_CENTER, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(spans[i].label), NULL);
      g_autofree char *target = g_strdup_printf ("%s/%d", GX_ID_STR (&row->meta.id), spans[i].days);

      g_menu_item_set_action_and_target (item, "customer.snooze-task", "s", target);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "gx-small");
  return button;
}

static void
append_task_buttons (GtkWidget *box, const GxTask *row, GxcTaskButtons buttons)
{
  g_autofree char *target = g_strdup_printf ("task/%s", GX_ID_STR (&row->meta.id));
  GtkWidget *edit = gxc_small_button (_("Edit"), "customer.edit", target), *snooze = make_snooze_button (row);
  GtkWidget *done = gxc_small_button (C_("to do", "Done"), "customer.finish-task", GX_ID_STR (&row->meta.id));

  name_button (edit, _("Edit"), row->title);
  name_button (snooze, _("Put off"), row->title);
  name_button (done, C_("to do", "Done"), row->title);
  gtk_widget_set_visible (edit, buttons == GXC_TASK_ALL);
  gtk_widget_set_visible (snooze, buttons == GXC_TASK_ALL);
  gtk_box_append (GTK_BOX (box), edit);
  gtk_box_append (GTK_BOX (box), snooze);
  gtk_box_append (GTK_BOX (box), done);
}

/* The words after the clocks begin below one another, however long a clock is. */
static GtkSizeGroup *
get_clocks (GtkWidget *rows)
{
  GtkSizeGroup *clocks = g_object_get_data (G_OBJECT (rows), "gxc-clocks");

  if (clocks)
    return clocks;
  clocks = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_object_set_data_full (G_OBJECT (rows), "gxc-clocks", clocks, g_object_unref);
  return clocks;
}

/** gxc_rows_add_task: what and why, the clock before it, @buttons after it while it is open */
void
gxc_rows_add_task (GtkWidget *rows,
                   GxcDesk   *desk,
                   GxRecord  *task,
                   GxcTaskButtons buttons)
{
  const GxTask *row = gx_record_get_data (task);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *slot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *clock = gxc_clock_chip_new (gxc_desk_get_clock (desk));
  g_autofree char *kind = words_of (desk, task, "kind"), *assignee = words_of (desk, task, "assignee_id");
  g_autofree char *due = gxc_format_moment (row->due_at, gxc_desk_now (desk));
  g_autofree char *why = g_strdup_printf ("%s · %s · %s", kind, due, assignee), *words = g_strdup_printf ("%s, %s", row->title, why);
  gint64 started = row->meta.created_at ? row->meta.created_at : row->due_at - 7 * G_GINT64_CONSTANT (86400000);

  if (row->status == GX_TASK_DONE)
    gtk_box_append (GTK_BOX (slot), gxc_state_chip_new (GXC_STATE_OK, C_("task", "Done")));
  else
    gtk_box_append (GTK_BOX (slot), clock);
  if (row->status != GX_TASK_DONE)
    gxc_clock_chip_set_span (GXC_CLOCK_CHIP (clock), MIN (started, row->due_at - 1), row->due_at);
  else
    g_object_unref (g_object_ref_sink (clock));
  gtk_widget_set_size_request (slot, 114, -1);
  gtk_size_group_add_widget (get_clocks (rows), slot);
  gtk_box_append (GTK_BOX (box), slot);
  gtk_box_append (GTK_BOX (box), gxc_two_lines (row->title, why));
  if (buttons != GXC_TASK_NOTHING && row->status != GX_TASK_DONE && row->status != GX_TASK_CANCELLED)
    append_task_buttons (box, row, buttons);
  append_row (rows, box, "gx-task-row", words);
}
