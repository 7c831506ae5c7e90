/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the Today page: the clock or the day, an icon, who and what and why, what is at stake, and the one button that
 * closes it ("closed" is emitted). It shows an item and knows nothing of where it came from or what the button does. */

#include "gxc-today-row.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-widgets.h"

#define VALUE_WIDTH  72
#define BUTTON_WIDTH 76

struct _GxcTodayRow
{
  GtkListBoxRow parent_instance;

  GxcTodayItem *item;       /* (owned) */
  GtkWidget    *button;     /* (borrowed) */
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GxcTodayRow, gxc_today_row, GTK_TYPE_LIST_BOX_ROW)

/* --- words ------------------------------------------------------------------------------------------------------- */

/**
 * gxc_today_dup_name:
 * @customer: (nullable)
 * @out_tail: (out) (transfer full): of the number, that tells two 张* apart
 *
 * Returns: (transfer full) (nullable): its mask under the curtain
 */
char *
gxc_today_dup_name (GxcDesk   *desk,
                    GxRecord  *customer,
                    char     **out_tail)
{
  const GxCustomer *row = customer ? gx_record_get_data (customer) : NULL;
  const char *tail = gx_customer_tail (row);

  *out_tail = row ? g_strdup (tail ? tail : _("no number yet")) : NULL;
  return row ? gxc_field_to_words (desk, customer, gx_entity_find (&gx_customer_entity, "name")) : NULL;
}

static char *
value_words (GxcDesk *desk, GxcTodayItem *item, char **out_caption)
{
  const char *what = item->kind == GXC_TODAY_MATURITY ? _("matures") : _("assets");
  g_autofree char *figure = NULL, *unit = NULL;

  *out_caption = NULL;
  if (item->value == GX_INT_NONE || item->value == 0)
    return NULL;
  if (gxc_desk_get_curtain (desk))
    {
      *out_caption = g_strdup (what);
      return gxc_own_money_to_words (desk, item->value, item->ccy);
    }
  figure = gxc_format_figure (item->value, item->ccy, &unit);
  *out_caption = g_strdup_printf ("%s · %s", unit, what);
  return g_steal_pointer (&figure);
}

static char *
day_words (GxcDesk *desk, GxcTodayItem *item)
{
  if (item->due_on == GX_INT32_NONE)
    return g_strdup (_("waits for you"));
  return gxc_format_days_ago (item->due_on, gxc_desk_get_today (desk));
}

static void
update_words (GxcTodayRow *self, GxcDesk *desk)
{
  GxcTodayItem *item = self->item;
  g_autofree char *tail = NULL, *name = gxc_today_dup_name (desk, item->customer, &tail), *caption = NULL, *value = value_words (desk, item, &caption);
  g_autofree char *when = item->due_at ? gxc_format_moment (item->due_at, gxc_desk_now (desk)) : day_words (desk, item);
  g_autoptr(GString) words = g_string_new (when);

  if (name)
    g_string_append_printf (words, ", %s %s", name, tail);
  g_string_append_printf (words, ", %s", item->what);
  if (item->why)
    g_string_append_printf (words, ", %s", item->why);
  if (value)
    g_string_append_printf (words, ", %s %s", value, caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

/* --- pieces ------------------------------------------------------------------------------------------------------ */

static GtkWidget *
label_new (const char *text, const char *css_class, float xalign)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", xalign, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_chip (GxcDesk *desk, GxcTodayItem *item)
{
  GtkWidget *chip;

  if (item->due_at)
    {
      chip = gxc_clock_chip_new (gxc_desk_get_clock (desk));
      gxc_clock_chip_set_span (GXC_CLOCK_CHIP (chip), item->started_at ? item->started_at : item->due_at, item->due_at);
    }
  else
    {
      g_autofree char *words = day_words (desk, item);
      g_autofree char *full = item->due_on != GX_INT32_NONE ? gxc_format_date_full (item->due_on, gxc_desk_get_today (desk)) : NULL;
      gboolean late = item->due_on == GX_INT32_NONE || item->due_on < gxc_desk_get_today (desk);

      chip = g_object_new (GTK_TYPE_LABEL, "label", words, "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_CENTER, "tooltip-text", full, NULL);
      gtk_widget_add_css_class (chip, "gx-chip");
      gtk_widget_add_css_class (chip, late ? "waiting" : "plain");
    }
  return chip;
}

static GtkWidget *
make_who (GxcDesk *desk, GxcTodayItem *item)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const GxCustomer *customer = item->customer ? gx_record_get_data (item->customer) : NULL;
  g_autofree char *tail = NULL, *name = gxc_today_dup_name (desk, item->customer, &tail);
  GtkWidget *badge;

  gtk_box_append (GTK_BOX (line), label_new (name ? name : item->what, "gx-strong", 0));
  if (!name)
    return line;
  gtk_box_append (GTK_BOX (line), label_new (tail, "gx-dim", 0));
  gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (line)), PANGO_ELLIPSIZE_NONE);
  if (customer->tier)
    {
      badge = gxc_tier_badge_new ();
      gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
      gxc_tier_badge_set_tier (GXC_TIER_BADGE (badge), gx_choice_code (gx_tiers, customer->tier), _(gx_choice_label (gx_tiers, customer->tier)));
      gtk_box_append (GTK_BOX (line), badge);
    }
  return line;
}

static GtkWidget *
make_words (GxcDesk *desk, GxcTodayItem *item)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "valign", GTK_ALIGN_CENTER, "hexpand", TRUE, NULL);
  GtkWidget *lower = label_new (NULL, NULL, 0);
  g_autofree char *markup = g_markup_printf_escaped ("<span font_size=\"9pt\">%s</span>%s<span font_size=\"9pt\" alpha=\"66%%\">%s</span>",
                                                     item->customer ? item->what : "", item->customer && item->why ? "  " : "",
                                                     item->why ? item->why : "");
  g_autofree char *all = g_strdup_printf ("%s\n%s", item->what, item->why ? item->why : "");

  gtk_label_set_markup (GTK_LABEL (lower), markup);
  gtk_widget_set_tooltip_text (lower, g_strstrip (all));
  gtk_box_append (GTK_BOX (box), make_who (desk, item));
  gtk_box_append (GTK_BOX (box), lower);
  return box;
}

/* Where there is none, the words have its room. */
static void
append_value (GtkWidget *row, GxcDesk *desk, GxcTodayItem *item, double scale)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "valign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *caption = NULL, *value = value_words (desk, item, &caption);

  gtk_widget_set_size_request (box, VALUE_WIDTH * scale, -1);
  gtk_widget_set_visible (box, value != NULL);
  gtk_box_append (GTK_BOX (box), label_new (value, "gx-strong", 1));
  gtk_box_append (GTK_BOX (box), label_new (caption, "gx-caption", 1));
  gtk_box_append (GTK_BOX (row), box);
}

static void
on_clicked_cb (GxcTodayRow *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static GtkWidget *
make_button (GxcTodayRow *self, GxcDesk *desk, double scale)
{
  const char *words = g_dpgettext2 (NULL, "today", gxc_today_item_info (self->item)->action);
  g_autofree char *tail = NULL, *name = gxc_today_dup_name (desk, self->item->customer, &tail);
  g_autofree char *sentence = g_strdup_printf ("%s: %s", words, name ? name : self->item->what);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", words, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (button, "gx-small");
  gtk_widget_set_size_request (button, BUTTON_WIDTH * scale, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked_cb), self);
  return button;
}

static void
gxc_today_row_finalize (GObject *object)
{
  g_clear_object (&GXC_TODAY_ROW (object)->item);
  G_OBJECT_CLASS (gxc_today_row_parent_class)->finalize (object);
}

static void
gxc_today_row_class_init (GxcTodayRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_today_row_finalize;
  signals[CLOSED] = g_signal_new ("closed", GXC_TYPE_TODAY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_today_row_init (GxcTodayRow *self)
{
}

GtkWidget *
gxc_today_row_new (GxcDesk      *desk,
                   GxcTodayItem *item)
{
  GxcTodayRow *self = g_object_new (GXC_TYPE_TODAY_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *chip = make_chip (desk, item), *holder = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", item->icon_name,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  double scale = gxc_look_scale (box);

  self->item = g_object_ref (item);
  self->button = make_button (self, desk, scale);
  gtk_widget_set_size_request (holder, GXC_CLOCK_CHIP_WIDTH * scale, -1);
  gtk_widget_add_css_class (icon, "gx-dim");
  gtk_widget_add_css_class (box, "gx-task-row");
  gtk_box_append (GTK_BOX (holder), chip);
  gtk_box_append (GTK_BOX (box), holder);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_words (desk, item));
  append_value (box, desk, item, scale);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  update_words (self, desk);
  return GTK_WIDGET (self);
}

GxcTodayItem *
gxc_today_row_get_item (GxcTodayRow *self)
{
  return self->item;
}

/** gxc_today_row_set_first: its button is the page's one primary action */
void
gxc_today_row_set_first (GxcTodayRow *self,
                         gboolean     first)
{
  if (first)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}
