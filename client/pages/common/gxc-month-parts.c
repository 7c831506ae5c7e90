/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every month on the screen has: which days stand on its six weeks from Monday on, the keys that go through them, the
 * head with its buttons, the names of the weekdays, what the bank's calendar says of a day. No GtkCalendar: that writes its
 * months in the process's locale, which is not the language that was chosen. */

#include "gxc-month-parts.h"

#include <glib/gi18n.h>

#include "gx-calendar-day.h"
#include "gx-clock.h"
#include "gx-workday.h"

static gint32
first_of (gint32 day)
{
  int year, month, dom;

  gx_date_to_ymd (day, &year, &month, &dom);
  return day - dom + 1;
}

/** gxc_month_first_shown: the Monday with which the six weeks begin on which the month of @day stands */
gint32
gxc_month_first_shown (gint32 day)
{
  gint32 first = first_of (day);

  return first - (gx_weekday (first) - 1);
}

/** gxc_month_has: whether @day is in the month that @month, any of its days, is in */
gboolean
gxc_month_has (gint32 month,
               gint32 day)
{
  return first_of (month) == first_of (day);
}

/**
 * gxc_month_move:
 * @key: arrows by day and week, Page Up and Down by month, Home to today
 * @day: (inout)
 *
 * Returns: whether the key moves at all
 */
gboolean
gxc_month_move (guint   key,
                gint32  today,
                gint32 *day)
{
  static const struct { guint key; int days, months; } moves[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, -7, 0 }, { GDK_KEY_Down, 7, 0 },
    { GDK_KEY_Page_Up, 0, -1 }, { GDK_KEY_Page_Down, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].key == key)
      {
        *day = gx_date_add_months (*day, moves[i].months) + moves[i].days;
        return TRUE;
      }
  if (key != GDK_KEY_Home)
    return FALSE;
  *day = today;
  return TRUE;
}

/** gxc_month_kind_words: (nullable): of a #GxDayKind: only what is not as the weekday says */
const char *
gxc_month_kind_words (int kind)
{
  static const char * const words[] = { [GX_DAY_HOLIDAY] = NC_("day", "off"), [GX_DAY_MAKEUP] = NC_("day", "worked") };

  return kind == GX_DAY_HOLIDAY || kind == GX_DAY_MAKEUP ? g_dpgettext2 (NULL, "day", words[kind]) : NULL;
}

static GtkWidget *
make_button (const char *icon_name, const char *tooltip, int months)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", icon_name, "tooltip-text", tooltip, "action-name", "month.turn", NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", months);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_add_css_class (button, "gx-small");
  return button;
}

/**
 * gxc_month_head_new:
 * @out_title: (out) (transfer none): the label for the month
 *
 * Returns: (transfer floating): whoever it stands in has the actions month.turn (i, months) and month.today
 */
GtkWidget *
gxc_month_head_new (GtkWidget **out_title)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *today = g_object_new (GTK_TYPE_BUTTON, "label", C_("calendar", "Today"), "action-name", "month.today", NULL);

  *out_title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (*out_title, "gx-strong");
  gtk_widget_add_css_class (today, "gx-small");
  gtk_widget_add_css_class (head, "gx-month-head");
  gtk_box_append (GTK_BOX (head), *out_title);
  gtk_box_append (GTK_BOX (head), make_button ("go-previous-symbolic", _("Previous month (Page Up)"), -1));
  gtk_box_append (GTK_BOX (head), today);
  gtk_box_append (GTK_BOX (head), make_button ("go-next-symbolic", _("Next month (Page Down)"), 1));
  return head;
}

/** gxc_month_add_weekdays: in the first row of @grid */
void
gxc_month_add_weekdays (GtkGrid *grid,
                        float    xalign)
{
  static const char * const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

  for (guint i = 0; i < G_N_ELEMENTS (weekdays); i++)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", _(weekdays[i]), "xalign", xalign, NULL);

      gtk_widget_add_css_class (label, "gx-caption");
      gtk_widget_add_css_class (label, "gx-month-weekday");
      gtk_grid_attach (grid, label, i, 0, 1, 1);
    }
}
