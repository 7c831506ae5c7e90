/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editors of a form's row that are typed into: texts, numbers, amounts, moments, dates. What is typed is parsed into
 * the draft on each change; what cannot be is the draft's problem, and the row shows it. */

#include "gxc-field-row-private.h"

#include <glib/gi18n.h>

#include "gx-money.h"

#define LONG_TEXT 300       /* characters from which on a text gets several lines */

static void
take_parsed (GxcFieldRow *self, const char *text, gboolean (*parse) (GxcFieldRow *, const char *, GError **))
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr(GError) error = NULL;

  gx_field_clear (self->field, gxc_draft_get_row (self->draft));
  if (*trimmed)
    parse (self, trimmed, &error);
  gxc_draft_touch (self->draft, self->field, error ? error->message : NULL);
}

static gboolean
parse_any (GxcFieldRow *self, const char *text, GError **error)
{
  return gx_field_from_text (self->field, gxc_draft_get_row (self->draft), text, error);
}

/** gxc_field_row_take_text: as a machine writes it; what is no value of the field is a problem of the draft */
void
gxc_field_row_take_text (GxcFieldRow *self,
                         const char  *text)
{
  take_parsed (self, text, parse_any);
}

static gboolean
parse_money (GxcFieldRow *self, const char *text, GError **error)
{
  return gx_money_parse (text, NULL, self->field->name, gxc_field_row_member (self), error);
}

static gboolean
parse_time (GxcFieldRow *self, const char *text, GError **error)
{
  g_autofree char *iso = g_strdup_printf ("%s:00", text);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (g_strdelimit (iso, " ", 'T'), zone);

  if (!time)
    return gx_fail_field (error, GX_ERROR_INVALID, self->field->name, "time", _("write it as 2026-11-24 09:30"));
  *(gint64 *) gxc_field_row_member (self) = g_date_time_to_unix (time) * 1000;
  return TRUE;
}

static void
on_entry_changed_cb (GxcFieldRow *self, GtkEditable *editable)
{
  gxc_field_row_take_text (self, gtk_editable_get_text (editable));
}

static void
on_money_changed_cb (GxcFieldRow *self, GtkEditable *editable)
{
  take_parsed (self, gtk_editable_get_text (editable), parse_money);
}

static void
on_time_changed_cb (GxcFieldRow *self, GtkEditable *editable)
{
  take_parsed (self, gtk_editable_get_text (editable), parse_time);
}

static void
on_buffer_changed_cb (GxcFieldRow *self, GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gxc_field_row_take_text (self, text);
}

static GtkWidget *
make_entry_with (GxcFieldRow *self, const char *text, GCallback on_changed)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text ? text : "");
  g_signal_connect_object (entry, "changed", on_changed, self, G_CONNECT_SWAPPED);
  return entry;
}

static char *
machine_text (GxcFieldRow *self)
{
  gconstpointer row = gxc_draft_get_row (self->draft);

  return gx_field_is_none (self->field, row) ? g_strdup ("") : gx_field_to_text (self->field, row);
}

GtkWidget *
gxc_field_editor_entry (GxcFieldRow *self)
{
  g_autofree char *text = machine_text (self);

  return make_entry_with (self, text, G_CALLBACK (on_entry_changed_cb));
}

static GtkWidget *
make_text_view (GxcFieldRow *self)
{
  g_autofree char *text = machine_text (self);
  GtkWidget *view = gtk_text_view_new (), *scrolled = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->field->label), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 72);
  gtk_widget_add_css_class (scrolled, "gx-text");
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_buffer_changed_cb), self, G_CONNECT_SWAPPED);
  return scrolled;
}

GtkWidget *
gxc_field_editor_text (GxcFieldRow *self)
{
  if (self->field->choices)
    return gxc_field_editor_text_choice (self);
  return self->field->max == 0 || self->field->max > LONG_TEXT ? make_text_view (self) : gxc_field_editor_entry (self);
}

GtkWidget *
gxc_field_editor_money (GxcFieldRow *self)
{
  gconstpointer row = gxc_draft_get_row (self->draft);
  g_autofree char *text = gx_field_is_none (self->field, row) ? g_strdup ("") : gx_money_format (*(gint64 *) gxc_field_row_member (self), NULL);

  return make_entry_with (self, text, G_CALLBACK (on_money_changed_cb));
}

GtkWidget *
gxc_field_editor_time (GxcFieldRow *self)
{
  gint64 ms = *(gint64 *) gxc_field_row_member (self);
  g_autoptr(GDateTime) time = ms ? g_date_time_new_from_unix_local (ms / 1000) : NULL;
  g_autofree char *text = time ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");

  return make_entry_with (self, text, G_CALLBACK (on_time_changed_cb));
}

/* --- dates: typed, or moved with + − w m y = ---------------------------------------------------------------------- */

static gboolean
move_date (GxcFieldRow *self, guint key, gint32 *date)
{
  gint32 from = *date == GX_INT32_NONE ? gxc_desk_get_today (self->desk) : *date;

  switch (key)
    {
    case GDK_KEY_plus: case GDK_KEY_KP_Add: *date = from + 1; return TRUE;
    case GDK_KEY_minus: case GDK_KEY_KP_Subtract: *date = from - 1; return TRUE;
    case GDK_KEY_w: *date = from + 7; return TRUE;
    case GDK_KEY_m: *date = gx_date_add_months (from, 1); return TRUE;
    case GDK_KEY_y: *date = gx_date_add_months (from, 12); return TRUE;
    case GDK_KEY_equal: *date = gxc_desk_get_today (self->desk); return TRUE;
    default: return FALSE;
    }
}

static gboolean
on_date_key_cb (GxcFieldRow *self, guint key, guint code, GdkModifierType modifiers)
{
  gint32 date = *(gint32 *) gxc_field_row_member (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->editor));
  g_autofree char *text = NULL;

  /* a minus inside a date that is being typed is a minus */
  if (key == GDK_KEY_minus && *typed && date == GX_INT32_NONE)
    return FALSE;
  if (!move_date (self, key, &date))
    return FALSE;
  text = gx_date_format (date);
  gtk_editable_set_text (GTK_EDITABLE (self->editor), text);
  gtk_editable_set_position (GTK_EDITABLE (self->editor), -1);
  return TRUE;
}

GtkWidget *
gxc_field_editor_date (GxcFieldRow *self)
{
  GtkWidget *entry = gxc_field_editor_entry (self);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_date_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, keys);
  gtk_widget_set_tooltip_text (entry, _("+ and − a day, w a week, m a month, y a year on, = today"));
  return entry;
}
