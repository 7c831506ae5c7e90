/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with a change that another person decides: the reason and the evidence. A part of a form or of a bar; it asks,
 * and sends nothing. */

#include "gxc-reason-box.h"

#include <glib/gi18n.h>

#include "gx-attachment.h"
#include "gx-error.h"
#include "gxc-compat.h"
#include "gxc-desk.h"

struct _GxcReasonBox
{
  GtkWidget  parent_instance;

  GtkWidget *reason;        /* (borrowed) */
  GtkWidget *kind;          /* (borrowed) */
  GtkWidget *files;         /* (borrowed) */
  GPtrArray *evidence;      /* (owned) of GxcDocument */
};

G_DEFINE_FINAL_TYPE (GxcReasonBox, gxc_reason_box, GTK_TYPE_WIDGET)

static void
update_files (GxcReasonBox *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->evidence->len; i++)
    {
      GxcDocument *document = g_ptr_array_index (self->evidence, i);
      g_autofree char *name = g_path_get_basename (document->path);

      g_string_append_printf (text, "%s%s", i ? "\n" : "", name);
    }
  gtk_label_set_text (GTK_LABEL (self->files), text->str);
  gtk_widget_set_visible (self->files, text->len > 0);
}

static void
on_file_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcReasonBox) self = data;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (!path)
    return;
  g_ptr_array_add (self->evidence,
                   gxc_document_new (path, gx_choice_code (gx_attachment_kinds, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind)) + 1)));
  update_files (self);
}

static void
add_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_compat_open_file (widget, _("Choose the evidence"), on_file_chosen_cb, g_object_ref (widget));
}

static void
gxc_reason_box_dispose (GObject *object)
{
  GxcReasonBox *self = GXC_REASON_BOX (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_reason_box_parent_class)->dispose (object);
}

static void
gxc_reason_box_class_init (GxcReasonBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_reason_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "reason.add-file", NULL, add_file_action);
}

static GtkWidget *
caption_new (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (label, "gx-caption");
  return label;
}

static GtkWidget *
make_kinds (void)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *kinds;

  for (const GxChoice *choice = gx_attachment_kinds; choice->code; choice++)
    gtk_string_list_append (labels, _(choice->label));
  kinds = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (kinds), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind of evidence"), -1);
  return kinds;
}

static void
gxc_reason_box_init (GxcReasonBox *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *add = gtk_button_new_with_label (_("Add file…"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 4);
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_document_free);
  self->reason = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  self->kind = make_kinds ();
  self->files = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (add, "gx-small");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "reason.add-file");
  gtk_box_append (GTK_BOX (line), caption_new (_("Evidence")));
  gtk_box_append (GTK_BOX (line), self->kind);
  gtk_box_append (GTK_BOX (line), add);
  gtk_widget_set_parent (caption_new (_("Reason *")), GTK_WIDGET (self));
  gtk_widget_set_parent (self->reason, GTK_WIDGET (self));
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  gtk_widget_set_parent (self->files, GTK_WIDGET (self));
}

const char *
gxc_reason_box_get_reason (GxcReasonBox *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->reason));
}

/** gxc_reason_box_get_evidence: (transfer none) (element-type GxcDocument) */
GPtrArray *
gxc_reason_box_get_evidence (GxcReasonBox *self)
{
  return self->evidence;
}

void
gxc_reason_box_clear (GxcReasonBox *self)
{
  g_return_if_fail (GXC_IS_REASON_BOX (self));

  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  g_ptr_array_set_size (self->evidence, 0);
  update_files (self);
}

/** gxc_reason_box_keep: (transfer full): what is in it, for gxc_reason_box_take() of the box that replaces it */
GxcReason *
gxc_reason_box_keep (GxcReasonBox *self)
{
  GxcReason *reason = g_new (GxcReason, 1);

  *reason = (GxcReason) { g_strdup (gxc_reason_box_get_reason (self)), g_ptr_array_ref (self->evidence) };
  return reason;
}

void
gxc_reason_box_take (GxcReasonBox *self,
                     GxcReason    *reason)
{
  g_return_if_fail (GXC_IS_REASON_BOX (self));

  gtk_editable_set_text (GTK_EDITABLE (self->reason), reason->reason);
  g_ptr_array_unref (self->evidence);
  self->evidence = g_ptr_array_ref (reason->evidence);
  update_files (self);
}

void
gxc_reason_free (GxcReason *reason)
{
  g_free (reason->reason);
  g_ptr_array_unref (reason->evidence);
  g_free (reason);
}

/** gxc_reason_box_check: whether there is a reason; how long it must be is the store's to say */
gboolean
gxc_reason_box_check (GxcReasonBox  *self,
                      GError       **error)
{
  if (*gxc_reason_box_get_reason (self))
    return TRUE;
  gtk_widget_grab_focus (self->reason);
  return gx_fail_field (error, GX_ERROR_INVALID, "reason", "required", _("R-DUAL: another person decides, so the reason is needed"));
}
