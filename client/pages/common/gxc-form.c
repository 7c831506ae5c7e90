/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form beside the page, never over it: the customer's name stays in sight. Its rows are made from the field table, what
 * is typed goes into a draft, and saving hands the draft to the desk. A change under dual review gets two more things, the
 * reason and the evidence, and says that the old value stays in force; whether a new row is one follows from what is typed. */

#include "gxc-form.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gx-review-rule.h"
#include "gxc-field-row.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-reason-box.h"

struct _GxcForm
{
  GtkWidget    parent_instance;

  /* Template widgets */
  GtkWidget   *revealer;
  GtkWidget   *panel;
  GtkWidget   *title;
  GtkWidget   *note;
  GtkWidget   *rows;
  GxcReasonBox *request;
  GtkWidget   *problem;
  GtkWidget   *foot;

  /* Owned References */
  GxcDesk     *desk;
  GxcDraft    *draft;       /* (nullable): NULL while closed */
  GxcDraft    *kept;        /* (nullable): what was typed when the form was closed without saving */
  char        *done_words;

  GxcFormMode  mode;
  gboolean     typed;       /* since it was opened */
  gboolean     prospect;    /* the customer is one: nothing about him needs a second person yet */
  GxFieldSet   fields;      /* those that have a row */
  gboolean     busy;
  GtkWidget   *first;       /* (borrowed) (nullable): where typing begins */
  gboolean     first_is_needed;
};

G_DEFINE_FINAL_TYPE (GxcForm, gxc_form, GTK_TYPE_WIDGET)

enum { SHOWN, COLLECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_problem (GxcForm *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

static void
set_busy (GxcForm *self, gboolean busy)
{
  self->busy = busy;
  gxc_page_set_busy (self->panel, busy);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

/* A new row may need a second person, as may taking one away: what is typed decides it. */
static gboolean
is_request (GxcForm *self)
{
  const GxEntity *entity = gxc_draft_get_entity (self->draft);

  if (self->mode == GXC_FORM_CREATE)
    return gx_review_of_create (entity, gxc_draft_get_row (self->draft), self->prospect) != NULL;
  if (self->mode == GXC_FORM_REMOVE)
    return gx_review_of_delete (entity, gxc_draft_get_row (self->draft), self->prospect) != NULL;
  return self->mode == GXC_FORM_REQUEST;
}

static void
update_request (GxcForm *self)
{
  if (self->draft)
    gtk_widget_set_visible (GTK_WIDGET (self->request), is_request (self));
}

static void
on_draft_changed_cb (GxcForm *self)
{
  self->typed = TRUE;
  update_request (self);
}

static void
finish (GxcForm *self, GError *error, GxcUndo *undo)
{
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  set_busy (self, FALSE);
  if (error)
    {
      show_problem (self, words);
      return;
    }
  self->typed = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) && undo)
    gxc_page_toast_undo (GTK_WIDGET (self), self->done_words, undo);
  else if (gtk_widget_get_root (GTK_WIDGET (self)))
    gxc_page_toast (GTK_WIDGET (self), self->done_words);
  gxc_form_close (self);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcForm) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);

  finish (self, error, undo);
}

static void
on_requested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcForm) self = data;
  g_autoptr(GError) error = NULL;

  gxc_desk_finish (GXC_DESK (source), result, &error);
  finish (self, error, NULL);
}

static gboolean
check (GxcForm *self, GError **error)
{
  if (self->mode != GXC_FORM_REMOVE && !gxc_draft_validate (self->draft, self->fields, error))
    return FALSE;
  if ((self->mode == GXC_FORM_PATCH || self->mode == GXC_FORM_REQUEST) && !gxc_draft_get_changed (self->draft))
    return gx_fail (error, GX_ERROR_INVALID, _("nothing was changed"));
  return !is_request (self) || gxc_reason_box_check (self->request, error);
}

static GxcChangeItem *
make_item (GxcForm *self)
{
  const GxEntity *entity = gxc_draft_get_entity (self->draft);
  GxRecord *original = gxc_draft_get_original (self->draft);
  gpointer row = gxc_draft_get_row (self->draft);

  if (self->mode == GXC_FORM_REMOVE)
    return gxc_change_item_remove (original);
  if (!original)
    return gxc_change_item_create (entity, gx_entity_copy (entity, row));
  return gxc_change_item_patch (original, gx_entity_copy (entity, row), gxc_draft_get_changed (self->draft));
}

static void
save (GxcForm *self)
{
  g_autoptr(GPtrArray) items = NULL;

  set_busy (self, TRUE);
  if (self->mode == GXC_FORM_COLLECT)
    {
      g_signal_emit (self, signals[COLLECTED], 0, gxc_draft_get_row (self->draft));
      return;
    }
  if (is_request (self))
    {
      gxc_desk_request_item (self->desk, make_item (self), gxc_reason_box_get_reason (self->request), gxc_reason_box_get_evidence (self->request),
                             on_requested_cb, g_object_ref (self));
      return;
    }
  items = gxc_change_items_new ();
  g_ptr_array_add (items, make_item (self));
  gxc_desk_save (self->desk, items, on_saved_cb, g_object_ref (self));
}

/** gxc_form_submit: what Ctrl+S does */
void
gxc_form_submit (GxcForm *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (GXC_IS_FORM (self));

  if (!self->draft || self->busy)
    return;
  show_problem (self, NULL);
  if (check (self, &error))
    {
      save (self);
      return;
    }
  words = gxc_error_words (error);
  show_problem (self, words);
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

static void
gxc_form_dispose (GObject *object)
{
  GxcForm *self = GXC_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_FORM);
  g_clear_object (&self->desk);
  g_clear_object (&self->draft);
  g_clear_object (&self->kept);
  g_clear_pointer (&self->done_words, g_free);
  G_OBJECT_CLASS (gxc_form_parent_class)->dispose (object);
}

static void
gxc_form_class_init (GxcFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_form_dispose;
  /** GxcForm::shown: it was opened or closed; gxc_form_is_open() says which */
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
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/**
 * gxc_form_open:
 * @note: (nullable): one line under the title
 * @draft: what is edited; the form keeps a reference
 * @fields: names, NULL-terminated, in the order of the rows
 * @done_words: what is said when it was saved
 */
void
gxc_form_open (GxcForm            *self,
               GxcFormMode         mode,
               const char         *title,
               const char         *note,
               GxcDraft           *draft,
               const char * const *fields,
               const char         *done_words)
{
  g_return_if_fail (GXC_IS_FORM (self));

  g_set_object (&self->draft, draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed_cb), self, G_CONNECT_SWAPPED);
  g_clear_object (&self->kept);
  self->typed = FALSE;
  g_free (self->done_words);
  self->done_words = g_strdup (done_words);
  self->mode = mode;
  gxc_reason_box_clear (self->request);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->note), note ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  update_request (self);
  show_problem (self, NULL);
  make_rows (self, fields);
  unfold (self);
}

static void
on_folded_cb (GxcForm *self)
{
  if (!gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)) && !self->draft)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
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

/** gxc_form_answer: what became of a collected row: the form closes, or says why not (@error) and stays */
void
gxc_form_answer (GxcForm      *self,
                 const GError *error)
{
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  g_return_if_fail (GXC_IS_FORM (self));

  set_busy (self, FALSE);
  if (words)
    {
      show_problem (self, words);
      return;
    }
  self->typed = FALSE;
  gxc_form_close (self);
}

gboolean
gxc_form_is_open (GxcForm *self)
{
  return self->draft != NULL;
}
