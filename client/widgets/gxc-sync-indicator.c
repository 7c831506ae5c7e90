/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chip in the header: whether what was typed has reached the bank, in words. What needs a person comes first: refused,
 * then conflicts, then what waits; "synced" only when nothing does. A click opens the sync page. */

#include "gxc-sync-indicator.h"

#include <glib/gi18n.h>

#include "gxc-format.h"
#include "gxc-state-chip.h"

struct _GxcSyncIndicator
{
  GtkButton  parent_instance;

  GtkWidget *icon;          /* (borrowed) */
  GtkWidget *label;         /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcSyncIndicator, gxc_sync_indicator, GTK_TYPE_BUTTON)

static GxcState
state_of (const GxcSyncSummary *summary)
{
  if (summary->refused || summary->lease.state != GXC_LEASE_OPEN)
    return GXC_STATE_REFUSED;
  if (summary->conflicts || !summary->online || summary->signed_out)
    return GXC_STATE_WAITING;
  if (summary->busy || summary->waiting || summary->coming)
    return GXC_STATE_DRAFT;
  return GXC_STATE_OK;
}

static const char *
icon_of (const GxcSyncSummary *summary)
{
  if (summary->refused)
    return "dialog-error-symbolic";
  if (summary->conflicts)
    return "dialog-warning-symbolic";
  if (summary->signed_out || summary->lease.state != GXC_LEASE_OPEN)
    return "system-lock-screen-symbolic";
  if (!summary->online)
    return summary->problem ? "dialog-warning-symbolic" : "network-offline-symbolic";
  if (summary->busy || summary->waiting || summary->coming)
    return "emblem-synchronizing-symbolic";
  return "emblem-ok-symbolic";
}

static void
add_part (GPtrArray *parts, const char *format, guint n)
{
  if (n)
    g_ptr_array_add (parts, g_strdup_printf (format, n));
}

static char *
join_parts (GPtrArray *parts)
{
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static char *
first_sync_words (const GxcSyncSummary *summary)
{
  g_autofree char *done = gxc_format_number (summary->done), *total = gxc_format_number (summary->total);

  return summary->total > 0 ? g_strdup_printf (_("First sync %s / %s"), done, total) : g_strdup (_("First sync…"));
}

/**
 * gxc_sync_summary_words:
 *
 * Returns: (transfer full): what the chip says
 */
char *
gxc_sync_summary_words (const GxcSyncSummary *summary,
                        gint64                now)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *ago = NULL, *lease = NULL;

  if (summary->coming && summary->online && !summary->signed_out)
    return first_sync_words (summary);
  add_part (parts, ngettext ("%u refused", "%u refused", summary->refused), summary->refused);
  add_part (parts, ngettext ("%u conflict", "%u conflicts", summary->conflicts), summary->conflicts);
  if (summary->signed_out)
    g_ptr_array_add (parts, g_strdup (_("Sign in again")));
  else if (!summary->online)
    g_ptr_array_add (parts, g_strdup (summary->problem ? _("Not syncing") : _("Offline")));
  if ((lease = gxc_lease_title (&summary->lease)))
    g_ptr_array_add (parts, g_steal_pointer (&lease));
  add_part (parts, ngettext ("%u waiting", "%u waiting", summary->waiting), summary->waiting);
  if (parts->len)
    return join_parts (parts);
  if (summary->busy)
    return g_strdup (_("Syncing…"));
  if (!summary->synced_at)
    return g_strdup (_("Not synced yet"));

  ago = gxc_format_ago (summary->synced_at, now);
  return g_strdup_printf (_("Synced · %s"), ago);
}

static void
gxc_sync_indicator_class_init (GxcSyncIndicatorClass *klass)
{
}

static void
gxc_sync_indicator_init (GxcSyncIndicator *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-chip");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
gxc_sync_indicator_new (void)
{
  return g_object_new (GXC_TYPE_SYNC_INDICATOR, NULL);
}

void
gxc_sync_indicator_update (GxcSyncIndicator     *self,
                           const GxcSyncSummary *summary,
                           gint64                now)
{
  g_autofree char *words = NULL;

  g_return_if_fail (GXC_IS_SYNC_INDICATOR (self));

  words = gxc_sync_summary_words (summary, now);
  for (GxcState state = 0; state < GXC_N_STATES; state++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), gxc_state_css_class (state));
  gtk_widget_add_css_class (GTK_WIDGET (self), gxc_state_css_class (state_of (summary)));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_of (summary));
  gtk_label_set_text (GTK_LABEL (self->label), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
