/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole life cycle on one short line: stages as bands with glyph and word, life events as flags above, years below. A
 * glance, not the timeline: nothing in it can be chosen, and what does not fit is left out. Its label tells the stages. */

#include "gxc-customer-strip.h"

#include <glib/gi18n.h>

#include "gx-clock.h"
#include "gxc-look.h"
#include "gxc-marks.h"
#include "gxc-stage-glyph.h"

#define FLAGS 20            /* px at 100 %: the height of each part */
#define BAND  22
#define YEARS 18

typedef struct
{
  gint32 date;              /* since, or when */
  char  *code;              /* (owned) (nullable): of a stage */
  char  *label;             /* (owned) */
} Item;

struct _GxcCustomerStrip
{
  GtkWidget parent_instance;

  gint32    from, to;
  GArray   *stages;         /* (owned) of Item, oldest first */
  GArray   *flags;          /* (owned) of Item, oldest first */
};

G_DEFINE_FINAL_TYPE (GxcCustomerStrip, gxc_customer_strip, GTK_TYPE_WIDGET)

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->code);
  g_free (item->label);
}

static Item *
item_at (GArray *items, guint i)
{
  return &g_array_index (items, Item, i);
}

static float
place (GxcCustomerStrip *self, gint32 date)
{
  float width = gtk_widget_get_width (GTK_WIDGET (self));

  return CLAMP (width * (date - self->from) / MAX (self->to - self->from, 1), 0, width);
}

/* Without flags the bands move up. */
static double
band_top (GxcCustomerStrip *self)
{
  return self->flags->len ? FLAGS : 2;
}

static GxcToken
stage_token (const char *code, const char *part)
{
  g_autofree char *lower = g_ascii_strdown (code, -1), *name = g_strdup_printf ("stage_%s_%s", lower, part);

  return gxc_token_by_name (name, GXC_TOKEN_NEUTRAL);
}

/* --- drawing ------------------------------------------------------------------------------------------------------- */

static void
draw_stage (GxcCustomerStrip *self, GtkSnapshot *snapshot, guint i, double scale)
{
  const Item *stage = item_at (self->stages, i);
  float left = place (self, stage->date), right = i + 1 < self->stages->len ? place (self, item_at (self->stages, i + 1)->date) : place (self, self->to);
  float top = band_top (self) * scale, wide = right - left - 1, text = gxc_marks_width (GTK_WIDGET (self), stage->label, FALSE);
  float glyph = 14 * scale;

  if (wide < 1)
    return;
  gxc_marks_bar (snapshot, gxc_token_rgba (stage_token (stage->code, "band")), &GRAPHENE_RECT_INIT (left, top, wide, BAND * scale), MIN (5, wide / 2));
  if (wide < glyph + 4)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left + (wide > text + glyph + 10 ? (wide - text - glyph) / 2 : (wide - 10 * scale) / 2), top));
  gxc_stage_glyph_draw (snapshot, stage->code, scale, BAND * scale);
  gtk_snapshot_restore (snapshot);
  if (wide > text + glyph + 10)
    gxc_marks_caption (snapshot, GTK_WIDGET (self), stage->label, FALSE, stage_token (stage->code, "ink"),
                       left + (wide - text - glyph) / 2 + glyph, top + BAND * scale / 2, 0);
}

/* A word that would touch the next pole is left out, its flag stays. */
static void
draw_flags (GxcCustomerStrip *self, GtkSnapshot *snapshot, double scale)
{
  float width = gtk_widget_get_width (GTK_WIDGET (self));

  for (guint i = 0; i < self->flags->len; i++)
    {
      const Item *flag = item_at (self->flags, i);
      float x = MIN (place (self, flag->date), width - 5), text = gxc_marks_width (GTK_WIDGET (self), flag->label, FALSE);
      float next = i + 1 < self->flags->len ? place (self, item_at (self->flags, i + 1)->date) : width;

      gtk_snapshot_append_color (snapshot, gxc_token_rgba (GXC_TOKEN_FG), &GRAPHENE_RECT_INIT (x, 4 * scale, 1, (FLAGS - 4) * scale));
      gtk_snapshot_append_color (snapshot, gxc_token_rgba (GXC_TOKEN_FG), &GRAPHENE_RECT_INIT (x, 4 * scale, 5, 5 * scale));
      if (x + 9 + text + 4 <= next)
        gxc_marks_caption (snapshot, GTK_WIDGET (self), flag->label, FALSE, GXC_TOKEN_DIM, x + 9, 8 * scale, 0);
    }
}

static void
draw_years (GxcCustomerStrip *self, GtkSnapshot *snapshot, double scale)
{
  int first, last, month, day, step;
  float room = gxc_marks_width (GTK_WIDGET (self), "2026", FALSE) + 14, width = gtk_widget_get_width (GTK_WIDGET (self));

  gx_date_to_ymd (self->from, &first, &month, &day);
  gx_date_to_ymd (self->to, &last, &month, &day);
  step = MAX ((int) ((last - first + 1) * room / MAX (width, 1)) + 1, 1);
  for (int year = first + 1; year <= last; year += step)
    {
      float x = place (self, gx_date_from_ymd (year, 1, 1));
      g_autofree char *words = g_strdup_printf ("%d", year);

      if (x > room / 2 && x < width - room / 2)
        gxc_marks_caption (snapshot, GTK_WIDGET (self), words, FALSE, GXC_TOKEN_DIM, x, (band_top (self) + BAND + YEARS / 2.0) * scale, 0.5);
    }
}

static void
gxc_customer_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcCustomerStrip *self = GXC_CUSTOMER_STRIP (widget);
  double scale = gxc_look_scale (widget);

  draw_flags (self, snapshot, scale);
  for (guint i = 0; i < self->stages->len; i++)
    draw_stage (self, snapshot, i, scale);
  draw_years (self, snapshot, scale);
}

static void
gxc_customer_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  double scale = gxc_look_scale (widget), height = band_top (GXC_CUSTOMER_STRIP (widget)) + BAND + YEARS;

  *minimum = (orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : height) * scale;
  *natural = (orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : height) * scale;
}

/* --- the widget ----------------------------------------------------------------------------------------------------- */

static void
gxc_customer_strip_finalize (GObject *object)
{
  g_array_unref (GXC_CUSTOMER_STRIP (object)->stages);
  g_array_unref (GXC_CUSTOMER_STRIP (object)->flags);
  G_OBJECT_CLASS (gxc_customer_strip_parent_class)->finalize (object);
}

static void
gxc_customer_strip_class_init (GxcCustomerStripClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customer_strip_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = gxc_customer_strip_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = gxc_customer_strip_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gxc_customer_strip_init (GxcCustomerStrip *self)
{
  self->stages = g_array_new (FALSE, TRUE, sizeof (Item));
  self->flags = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->stages, clear_item);
  g_array_set_clear_func (self->flags, clear_item);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/** gxc_customer_strip_new: from one day to another, days since 1970-01-01 */
GtkWidget *
gxc_customer_strip_new (gint32 from,
                        gint32 to)
{
  GxcCustomerStrip *self = g_object_new (GXC_TYPE_CUSTOMER_STRIP, NULL);

  self->from = from;
  self->to = MAX (to, from + 1);
  return GTK_WIDGET (self);
}

/** gxc_customer_strip_add_stage: in the order of time; it lasts until the next one */
void
gxc_customer_strip_add_stage (GxcCustomerStrip *self,
                              gint32            since,
                              const char       *code,
                              const char       *label)
{
  const Item item = { since, g_strdup (code), g_strdup (label) };
  g_autofree char *words = NULL;

  g_array_append_val (self->stages, item);
  words = gxc_customer_strip_dup_words (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/** gxc_customer_strip_add_flag: in the order of time */
void
gxc_customer_strip_add_flag (GxcCustomerStrip *self,
                             gint32            date,
                             const char       *label)
{
  const Item item = { date, NULL, g_strdup (label) };

  g_array_append_val (self->flags, item);
}

/** gxc_customer_strip_dup_words: (transfer full): "New since 2019-03-24, Mature since 2020-01-10" */
char *
gxc_customer_strip_dup_words (GxcCustomerStrip *self)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < self->stages->len; i++)
    {
      g_autofree char *date = gx_date_format (item_at (self->stages, i)->date), *one = NULL;

      one = g_strdup_printf (_("%s since %s"), item_at (self->stages, i)->label, date);
      g_string_append_printf (words, "%s%s", i ? ", " : "", one);
    }
  return g_string_free (words, FALSE);
}
