/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form beside the page, never over it: the customer's name stays in sight. Its rows are made from the field table, and what
 * is typed goes into a draft, which outlives the widgets when they are made again in another language. A change under dual
 * review gets two more things, the reason and the evidence, and says that the old value stays in force. It saves nothing
 * itself: that is gxc-form-save.c. */

#include "gxc-form-private.h"

#include <glib/gi18n.h>

#include "gxc-field-row.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-toast.h"

G_DEFINE_FINAL_TYPE (GxcForm, gxc_form, GTK_TYPE_WIDGET)

enum { SHOWN, COLLECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
gxc_form_show_problem (GxcForm    *self,
                       const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

void
gxc_form_set_busy (GxcForm  *self,
                   gboolean  busy)
{
  self->busy = busy;
  gxc_page_set_busy (self->panel, busy);
}

void
gxc_form_emit_collected (GxcForm *self)
{
  g_signal_emit (self, signals[COLLECTED], 0, gxc_draft_get_row (self->draft));
}

static void
update_request (GxcForm *self)
{
  if (self->draft)
    gtk_widget_set_visible (GTK_WIDGET (self->request), gxc_form_is_request (self));
}

static void
on_draft_changed_cb (GxcForm *self)
{
  self->typed = TRUE;
  update_request (self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_form_submit (GXC_FORM (widget));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_form_close (GXC_FORM (widget));
}

/* An editor that goes away may still write, and what is asked then is gone before it. */
static void
forget_draft (GxcForm *self, GxcDraft *draft)
{
  if (draft)
    g_signal_handlers_disconnect_by_func (draft, on_draft_changed_cb, self);
}

static void
gxc_form_dispose (GObject *object)
{
  GxcForm *self = GXC_FORM (object);

  forget_draft (self, self->draft);
  forget_draft (self, self->kept);
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_FORM);
  g_clear_object (&self->desk);
  g_clear_object (&self->draft);
  g_clear_object (&self->kept);
  g_clear_pointer (&self->title_id, g_free);
  g_clear_pointer (&self->note_id, g_free);
  g_clear_pointer (&self->done_id, g_free);
  g_clear_pointer (&self->names, g_strfreev);
  G_OBJECT_CLASS (gxc_form_parent_class)->dispose (object);
}

static void
gxc_form_class_init (GxcFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_form_dispose;
  /** GxcForm::shown: it was opened or closed; gxc_form_is_open() says which. Once more when it has folded away: until then
   * it takes its room beside the page (gtk_widget_get_visible()) */
  signals[SHOWN] = g_signal_new ("shown", GXC_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** GxcForm::collected: of %GXC_FORM_COLLECT: the row (borrowed) is whole; gxc_form_answer() must follow */
  signals[COLLECTED] = g_signal_new ("collected", GXC_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (GXC_TYPE_REASON_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-form.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcForm, revealer);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, panel);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, title);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, note);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, rows);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, request);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, problem);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, foot);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "form.close", NULL);
}

static void on_folded_cb (GxcForm *self);

static void
gxc_form_init (GxcForm *self)
{
  GtkWidget *save_button;

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (on_folded_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->foot), gxc_button_new (_("Cancel"), NULL, "form.close"));
  save_button = gxc_button_new (_("Save"), "Ctrl S", "form.save");
  gtk_widget_add_css_class (save_button, "suggested-action");
  gtk_box_append (GTK_BOX (self->foot), save_button);
}

void
gxc_form_set_desk (GxcForm *self,
                   GxcDesk *desk)
{
  g_set_object (&self->desk, desk);
}

/** gxc_form_set_prospect: whether the customer whom the form is about is a prospect, before it is opened */
void
gxc_form_set_prospect (GxcForm  *self,
                       gboolean  prospect)
{
  g_return_if_fail (GXC_IS_FORM (self));
  self->prospect = prospect;
}

static void
make_rows (GxcForm *self, const char * const *names)
{
  const GxEntity *entity = gxc_draft_get_entity (self->draft);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)))
    gtk_box_remove (GTK_BOX (self->rows), child);
  self->fields = 0;
  self->first = NULL;
  self->first_is_needed = FALSE;
  for (guint i = 0; names[i]; i++)
    {
      const GxField *field = gx_entity_find (entity, names[i]);
      GtkWidget *row;

      if (!field || !gxc_field_can_edit (field))
        continue;
      row = gxc_field_row_new (self->desk, self->draft, field);
      gtk_box_append (GTK_BOX (self->rows), row);
      self->fields |= GX_FIELD_BIT (gx_entity_index_of (entity, names[i]));
      if (!self->first || (!self->first_is_needed && (field->flags & GX_REQUIRED) && gx_field_is_none (field, gxc_draft_get_row (self->draft))))
        {
          self->first_is_needed = self->first != NULL || gx_field_is_none (field, gxc_draft_get_row (self->draft));
          self->first = gxc_field_row_get_editor (GXC_FIELD_ROW (row));
        }
    }
}

/* To the first field that is needed and still empty, once it can be seen. */
static gboolean
on_focus_idle_cb (gpointer data)
{
  GxcForm *self = data;

  GtkWidget *first = self->first ? self->first : GTK_WIDGET (self->request);

  if (self->draft && !gtk_widget_grab_focus (first))
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

static void
unfold (GxcForm *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_focus_idle_cb, g_object_ref (self), g_object_unref);
  g_signal_emit (self, signals[SHOWN], 0);
}

/* The rows are still those of the draft, with what is wrong in them, unless another form was opened since. */
static void
bring_back (GxcForm *self)
{
  if (self->draft || !self->kept)
    return;
  self->draft = g_steal_pointer (&self->kept);
  unfold (self);
}

static void
keep_draft (GxcForm *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (!self->typed || !overlay)
    return;
  g_set_object (&self->kept, self->draft);
  toast = adw_toast_new (_("The draft is kept until this page is closed"));
  adw_toast_set_button_label (toast, _("Bring back"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (bring_back), self, G_CONNECT_SWAPPED);
  gxc_toast_show (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
set_words (GxcForm *self, const char *title, const char *note, const char *done)
{
  g_free (self->title_id);
  g_free (self->note_id);
  g_free (self->done_id);
  self->title_id = g_strdup (title);
  self->note_id = g_strdup (note);
  self->done_id = g_strdup (done);
  gtk_label_set_text (GTK_LABEL (self->title), _(title));
  gtk_label_set_text (GTK_LABEL (self->note), note && *note ? _(note) : "");
  gtk_widget_set_visible (self->note, note != NULL);
}

/**
 * gxc_form_open:
 * @title, @done: untranslated (N_()): the head, and what is said when it was saved
 * @note: (nullable): untranslated, or a name: one line under the title
 * @draft: what is edited; the form keeps a reference
 * @fields: names, NULL-terminated, in the order of the rows
 */
void
gxc_form_open (GxcForm            *self,
               GxcFormMode         mode,
               const char         *title,
               const char         *note,
               GxcDraft           *draft,
               const char * const *fields,
               const char         *done)
{
  g_auto(GStrv) old = NULL;

  g_return_if_fail (GXC_IS_FORM (self));

  old = self->names;
  self->names = g_strdupv ((char **) fields);
  g_set_object (&self->draft, draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed_cb), self, G_CONNECT_SWAPPED);
  g_clear_object (&self->kept);
  self->typed = FALSE;
  self->mode = mode;
  gxc_reason_box_clear (self->request);
  set_words (self, title, note, done);
  update_request (self);
  gxc_form_show_problem (self, NULL);
  make_rows (self, fields);
  unfold (self);
}

/* --- across another language ---------------------------------------------------------------------------------------- */

struct _GxcFormKept
{
  GxcFormMode  mode;
  char        *title, *note, *done;
  GxcDraft    *draft;
  char       **names;
  GxcReason   *reason;
  gboolean     typed, prospect;
};

void
gxc_form_kept_free (GxcFormKept *kept)
{
  g_free (kept->title);
  g_free (kept->note);
  g_free (kept->done);
  g_object_unref (kept->draft);
  g_strfreev (kept->names);
  gxc_reason_free (kept->reason);
  g_free (kept);
}

/** gxc_form_keep: (transfer full) (nullable): what is open in it, for gxc_form_take() of the form that replaces it */
GxcFormKept *
gxc_form_keep (GxcForm *self)
{
  GxcFormKept *kept;

  g_return_val_if_fail (GXC_IS_FORM (self), NULL);

  if (!self->draft || self->busy)
    return NULL;
  kept = g_new (GxcFormKept, 1);
  *kept = (GxcFormKept) {
    self->mode, g_strdup (self->title_id), g_strdup (self->note_id), g_strdup (self->done_id), g_object_ref (self->draft),
    g_strdupv (self->names), gxc_reason_box_keep (self->request), self->typed, self->prospect,
  };
  return kept;
}

/** gxc_form_take: opens it with what was @kept, which stays the caller's */
void
gxc_form_take (GxcForm     *self,
               GxcFormKept *kept)
{
  g_return_if_fail (GXC_IS_FORM (self));

  self->prospect = kept->prospect;
  gxc_form_open (self, kept->mode, kept->title, kept->note, kept->draft, (const char * const *) kept->names, kept->done);
  gxc_reason_box_take (self->request, kept->reason);
  self->typed = kept->typed;
}

/** gxc_form_set_note: @note: what stands under the title, in the reader's language */
void
gxc_form_set_note (GxcForm    *self,
                   const char *note)
{
  g_return_if_fail (GXC_IS_FORM (self));

  g_free (self->note_id);
  self->note_id = g_strdup (note);
  gtk_label_set_text (GTK_LABEL (self->note), note);
  gtk_widget_set_visible (self->note, TRUE);
}

/* --- closing -------------------------------------------------------------------------------------------------------- */

static void
on_folded_cb (GxcForm *self)
{
  if (gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)) || self->draft || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[SHOWN], 0);
}

/** gxc_form_close: whether there was one to close; what was typed and not saved can be brought back by a toast */
gboolean
gxc_form_close (GxcForm *self)
{
  g_return_val_if_fail (GXC_IS_FORM (self), FALSE);

  if (!self->draft)
    return FALSE;
  keep_draft (self);
  g_clear_object (&self->draft);
  gxc_page_set_busy (self->panel, TRUE);      /* takes the focus out of what folds away */
  gxc_page_set_busy (self->panel, FALSE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  on_folded_cb (self);
  g_signal_emit (self, signals[SHOWN], 0);
  return TRUE;
}

gboolean
gxc_form_is_open (GxcForm *self)
{
  return self->draft != NULL;
}
