/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the people whose own pages come later, administrators and auditors: an auditor checks the bank's log here, from its
 * first entry to the last, an administrator sees whether the server can be reached; what else the role may do is told with the command that does it. It promises nothing. */

#include "gxc-status-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-error.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-widgets.h"

struct _GxcStatusPage
{
  GxcPage    parent_instance;

  /* Borrowed References */
  GtkWidget *cards;
  GtkWidget *state;         /* (nullable): of the log */
  GtkWidget *words;         /* (nullable) */
  GtkWidget *check;         /* (nullable) */
  GtkWidget *server;        /* (nullable): how the line to it is */
  GtkWidget *since;         /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GxcStatusPage, gxc_status_page, GXC_TYPE_PAGE)

/* %1$s stands for the folder of the bank's data, %2$s for one with the files that are brought in. */
static const struct { GxCapability needs; const char *what, *where; } lines[] = {
  { GX_CAN_READ_AUDIT, N_("Check the log with the server's key, on the server itself"), "guanxi-server audit verify --data %1$s" },
  { GX_CAN_ADMIN, N_("See how the server is doing"), "guanxi-server status --data %1$s" },
  { GX_CAN_ADMIN, N_("Start the bank's server; Ctrl+C stops it"), "guanxi-server serve --data %1$s" },
  { GX_CAN_ADMIN, N_("Try bringing in a Berka bank's files; nothing is written"), "guanxi-server import berka %2$s --data %1$s --dry-run" },
};

/* Transfer full: the command with the folders in words. */
static char *
dup_command (const char *format)
{
  g_auto(GStrv) data = g_strsplit (format, "%1$s", -1);
  g_autofree char *with_data = g_strjoinv (_("DATA-FOLDER"), data);
  g_auto(GStrv) files = g_strsplit (with_data, "%2$s", -1);

  return g_strjoinv (_("FILES-FOLDER"), files);
}

static void
add_line (GtkWidget *rows, const char *what, const char *where)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *command = dup_command (where);
  GtkWidget *left = g_object_new (GTK_TYPE_LABEL, "label", what, "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE, NULL);
  GtkWidget *right = g_object_new (GTK_TYPE_LABEL, "label", command, "xalign", 1.0, "selectable", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "max-width-chars", 68, NULL);

  gtk_widget_add_css_class (right, "gx-code");
  gtk_widget_add_css_class (box, "gx-queue-row");
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
  gtk_list_box_append (GTK_LIST_BOX (rows), g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE, NULL));
}

/* --- the audit log ------------------------------------------------------------------------------------------------ */

static char *
dup_report (const GxcAuditReport *report)
{
  g_autofree char *size = gxc_format_number (report->size), *seen = gxc_format_number (report->seen);
  g_autofree char *first = g_strdup_printf (_("All %s entries were hashed on this desk and make the bank's latest checkpoint %.8s…%s, signed with the log's key."), size, report->root,
                                            report->root + strlen (report->root) - 8);

  return report->seen ? g_strdup_printf (_("%s Its first %s are those that this desk saw before."), first, seen) : g_steal_pointer (&first);
}

static void
on_verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcStatusPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcAuditReport) report = gxc_desk_finish_audit (GXC_DESK (source), result, &error);
  g_autofree char *words = report ? dup_report (report) : gxc_error_words (error);
  gboolean tampered = g_error_matches (error, GX_ERROR, GX_ERROR_TAMPERED);

  if (!gxc_page_get_desk (GXC_PAGE (self)))
    return;
  gtk_widget_set_sensitive (self->check, TRUE);
  gxc_state_chip_set (GXC_STATE_CHIP (self->state), report ? GXC_STATE_OK : tampered ? GXC_STATE_REFUSED : GXC_STATE_PLAIN,
                      report ? _("agrees") : tampered ? _("was changed") : _("not checked"));
  gtk_label_set_text (GTK_LABEL (self->words), words);
}

static void
verify_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcStatusPage *self = GXC_STATUS_PAGE (widget);

  if (!self->check)
    return;
  gtk_widget_set_sensitive (self->check, FALSE);
  gtk_label_set_text (GTK_LABEL (self->words), _("Fetching and hashing every entry; this page may be left meanwhile."));
  gxc_desk_verify_audit (gxc_page_get_desk (GXC_PAGE (self)), on_verified_cb, g_object_ref (self));
}

static void
append_log (GxcStatusPage *self)
{
  GtkWidget *body, *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->check = gxc_button_new (_("Check the log"), NULL, "status.verify");
  gtk_widget_add_css_class (self->check, "suggested-action");
  self->state = gxc_state_chip_new (GXC_STATE_PLAIN, _("not checked"));
  self->words = g_object_new (GTK_TYPE_LABEL, "label", _("Not checked yet since this window opened."), "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (line), self->state);
  gtk_box_append (GTK_BOX (line), self->words);
  gtk_box_append (GTK_BOX (line), self->check);
  gtk_widget_add_css_class (line, "gx-card-body");
  gtk_box_append (GTK_BOX (self->cards), gxc_card_new (_("The bank's audit log"), _("who did what, each entry bound to all before it"), NULL, &body));
  gtk_box_append (GTK_BOX (body), line);
}

/* --- the server ------------------------------------------------------------------------------------------------------ */

/* As this desk sees it: what the server is like inside is told by its own command. */
static void
update_server (GxcStatusPage *self)
{
  GxcDesk *desk = gxc_page_get_desk (GXC_PAGE (self));
  GxcSyncSummary summary;
  g_autofree char *ago = NULL, *words = NULL;

  if (!desk || !self->server)
    return;
  gxc_desk_get_summary (desk, &summary);
  ago = summary.synced_at ? gxc_format_ago (summary.synced_at, gxc_desk_now (desk)) : NULL;
  words = ago ? g_strdup_printf (_("It last answered this desk %s."), ago) : g_strdup (_("It has not answered this desk yet."));
  gxc_state_chip_set (GXC_STATE_CHIP (self->server), summary.online ? GXC_STATE_OK : GXC_STATE_WAITING, summary.online ? _("reachable") : _("not reachable"));
  gtk_label_set_text (GTK_LABEL (self->since), !summary.online && summary.problem ? summary.problem : words);
}

static void
append_server (GxcStatusPage *self)
{
  GtkWidget *body, *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *ask = gxc_button_new (_("Check now"), "F5", "win.sync");

  self->server = gxc_state_chip_new (GXC_STATE_PLAIN, "");
  self->since = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL);
  gtk_widget_set_valign (self->server, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), self->server);
  gtk_box_append (GTK_BOX (line), self->since);
  gtk_box_append (GTK_BOX (line), ask);
  gtk_widget_add_css_class (line, "gx-card-body");
  gtk_box_append (GTK_BOX (self->cards), gxc_card_new (_("The bank's server"), _("as this desk reaches it"), NULL, &body));
  gtk_box_append (GTK_BOX (body), line);
  g_signal_connect_object (gxc_page_get_desk (GXC_PAGE (self)), "status-changed", G_CALLBACK (update_server), self, G_CONNECT_SWAPPED);
  update_server (self);
}

static void
gxc_status_page_class_init (GxcStatusPageClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "status.verify", NULL, verify_action);
}

static void
gxc_status_page_init (GxcStatusPage *self)
{
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->cards, "gx-page-body");
  gxc_page_set_content (GXC_PAGE (self), self->cards);
}

GtkWidget *
gxc_status_page_new (GxcDesk *desk)
{
  GxcStatusPage *self = g_object_new (GXC_TYPE_STATUS_PAGE, NULL);
  GtkWidget *body, *rows = gxc_rows_new ();

  gxc_page_set_desk (GXC_PAGE (self), desk);
  if (gx_role_capabilities (gxc_desk_get_person (desk)->roles) & GX_CAN_READ_AUDIT)
    append_log (self);
  if (gx_role_capabilities (gxc_desk_get_person (desk)->roles) & GX_CAN_ADMIN)
    append_server (self);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (gx_role_capabilities (gxc_desk_get_person (desk)->roles) & lines[i].needs)
      add_line (rows, _(lines[i].what), lines[i].where);
  gtk_box_append (GTK_BOX (self->cards), gxc_card_new (_("On the server's own machine"), _("commands; customers are not shown to this role"), NULL, &body));
  gtk_box_append (GTK_BOX (body), rows);
  gxc_page_set_title (GXC_PAGE (self), _("My work here"), NULL);
  return GTK_WIDGET (self);
}
