/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book over 24 months: its assets, in all or by what they are made of; or, where no amounts are to be seen, how many
 * customers were won. */

#include "gxc-today-chart.h"

#include <glib/gi18n.h>

#include "gx-clock.h"
#include "gxc-area-chart.h"
#include "gxc-bar-chart.h"
#include "gxc-cards.h"
#include "gxc-format.h"

#define LEAST_HEIGHT 220

struct _GxcTodayChart
{
  GtkWidget  parent_instance;

  GtkWidget *card;          /* (owned): the only child */
  GtkWidget *title;         /* (borrowed) */
  GtkWidget *caption;       /* (borrowed) */
  GtkWidget *segments;      /* (borrowed) */
  GtkWidget *stack;         /* (borrowed) */
  GxcChart  *total;         /* (borrowed) */
  GxcChart  *parts;         /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcTodayChart, gxc_today_chart, GTK_TYPE_WIDGET)

static void
set_months (GxcChart *chart, const GxcBook *book, const char *title, const char *unit)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free), full = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < GXC_BOOK_MONTHS; i++)
    {
      char *date = gx_date_format (book->month[i]);

      date[7] = '\0';       /* the month alone: 2026-11 */
      g_ptr_array_add (labels, gxc_format_month (book->month[i]));
      g_ptr_array_add (full, date);
    }
  gxc_chart_set_axis (chart, (const char * const *) labels->pdata, GXC_BOOK_MONTHS);
  gxc_chart_set_full_labels (chart, (const char * const *) full->pdata);
  gxc_chart_set_title (chart, title, unit);
}

static void
show_total (GxcTodayChart *self, const GxcBook *book, double divisor)
{
  double values[GXC_BOOK_MONTHS];

  for (guint i = 0; i < GXC_BOOK_MONTHS; i++)
    values[i] = gxc_book_total (book, i) / divisor;
  gxc_chart_add_series (self->total, _("Assets"), values);
}

/* A kind of assets that nobody ever had needs no colour; the colours of the others stay theirs. */
static void
show_parts (GxcTodayChart *self, const GxcBook *book, double divisor)
{
  for (GxcBookClass klass = 0; klass < GXC_BOOK_N_CLASSES; klass++)
    {
      double values[GXC_BOOK_MONTHS];

      for (guint i = 0; i < GXC_BOOK_MONTHS; i++)
        values[i] = book->assets[i][klass] / divisor;
      gxc_chart_add_series (self->parts, gxc_book_class_label (klass), values);
    }
}

static void
on_parts_cb (GxcTodayChart *self, GParamSpec *spec, GtkToggleButton *parts)
{
  gtk_stack_set_visible_child (GTK_STACK (self->stack), GTK_WIDGET (gtk_toggle_button_get_active (parts) ? self->parts : self->total));
}

/**
 * gxc_today_chart_show:
 * @book: read, not kept
 * @today: business date: a month that has not ended is told up to it
 */
void
gxc_today_chart_show (GxcTodayChart *self,
                      const GxcBook *book,
                      gint32         today)
{
  g_autofree char *unit = NULL, *until = NULL, *words = NULL;
  gint64 most = 0;
  double divisor;

  g_return_if_fail (GXC_IS_TODAY_CHART (self));

  for (guint i = 0; i < GXC_BOOK_MONTHS; i++)
    most = MAX (most, gxc_book_total (book, i));
  divisor = gxc_format_unit (most, book->ccy, &unit);
  until = gx_date_format (MIN (gx_date_add_months (book->month[GXC_BOOK_MONTHS - 1], 1) - 1, today));
  words = book->n_masked ? g_strdup_printf (_("%s · end of month, to %s · %u customers masked"), unit, until, book->n_masked)
                         : g_strdup_printf (_("%s · end of month, to %s"), unit, until);
  gtk_label_set_text (GTK_LABEL (self->caption), words);
  gtk_label_set_text (GTK_LABEL (self->title), _("Assets, 24 months"));
  gtk_widget_set_visible (self->segments, TRUE);
  on_parts_cb (self, NULL, GTK_TOGGLE_BUTTON (gtk_widget_get_last_child (self->segments)));      /* new customers may have stood here */
  set_months (self->total, book, _("Assets in my book"), unit);
  set_months (self->parts, book, _("Assets in my book"), unit);
  show_total (self, book, divisor);
  show_parts (self, book, divisor);
}

/** gxc_today_chart_show_new: customers won, for who sees a unit's customers but not their money */
void
gxc_today_chart_show_new (GxcTodayChart *self,
                          const GxcBook *book)
{
  double values[GXC_BOOK_MONTHS];

  g_return_if_fail (GXC_IS_TODAY_CHART (self));

  for (guint i = 0; i < GXC_BOOK_MONTHS; i++)
    values[i] = book->n_new[i];
  gtk_label_set_text (GTK_LABEL (self->title), _("New customers, 24 months"));
  gtk_label_set_text (GTK_LABEL (self->caption), _("by the month they became customers"));
  gtk_widget_set_visible (self->segments, FALSE);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), GTK_WIDGET (self->parts));
  set_months (self->parts, book, _("New customers"), NULL);
  gxc_chart_add_series (self->parts, _("New customers"), values);
}

static void
on_copy_cb (GxcTodayChart *self)
{
  gxc_chart_copy_table (GXC_CHART (gtk_stack_get_visible_child (GTK_STACK (self->stack))));
}

static GtkWidget *
make_buttons (GxcTodayChart *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *segments = self->segments = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *total = gtk_toggle_button_new_with_label (_("In all")), *parts = gtk_toggle_button_new_with_label (_("By class"));
  GtkWidget *copy = g_object_new (GTK_TYPE_BUTTON, "icon-name", "edit-copy-symbolic", "has-frame", FALSE, "tooltip-text", _("Copy as table"), NULL);

  gtk_widget_add_css_class (segments, "gx-segments");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (total), TRUE);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (parts), GTK_TOGGLE_BUTTON (total));
  gtk_box_append (GTK_BOX (segments), total);
  gtk_box_append (GTK_BOX (segments), parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy as table"), -1);
  g_signal_connect_object (parts, "notify::active", G_CALLBACK (on_parts_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), segments);
  gtk_box_append (GTK_BOX (box), copy);
  return box;
}

static void
gxc_today_chart_dispose (GObject *object)
{
  g_clear_pointer (&GXC_TODAY_CHART (object)->card, gtk_widget_unparent);
  G_OBJECT_CLASS (gxc_today_chart_parent_class)->dispose (object);
}

static void
gxc_today_chart_class_init (GxcTodayChartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_today_chart_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_today_chart_init (GxcTodayChart *self)
{
  GtkWidget *body;

  self->card = gxc_card_new (_("Assets, 24 months"), "", make_buttons (self), &body);
  self->title = gtk_widget_get_first_child (gtk_widget_get_first_child (self->card));
  self->caption = gtk_widget_get_next_sibling (self->title);
  self->total = GXC_CHART (gxc_area_chart_new ());
  self->parts = GXC_CHART (gxc_bar_chart_new ());
  self->stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), GTK_WIDGET (self->total));
  gtk_stack_add_child (GTK_STACK (self->stack), GTK_WIDGET (self->parts));
  gtk_widget_set_size_request (self->stack, -1, LEAST_HEIGHT);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_box_append (GTK_BOX (body), self->stack);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

GtkWidget *
gxc_today_chart_new (void)
{
  return g_object_new (GXC_TYPE_TODAY_CHART, NULL);
}
