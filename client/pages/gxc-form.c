/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form beside the page, never over it: the customer's name stays in sight. Its rows are made from the field table, what
 * is typed goes into a draft, and saving hands the draft to the desk. A change under dual review gets two more things, the
 * reason and the evidence, and says that the old value stays in force. */

#include "gxc-form.h"

#include <glib/gi18n.h>

#include "gx-attachment.h"
#include "gx-error.h"
#include "gxc-compat.h"
#include "gxc-field-row.h"
#include "gxc-keycap.h"
#include "gxc-page.h"

struct _GxcForm
{
  GtkWidget    parent_instance;

  /* Template widgets */
  GtkWidget   *revealer;
  GtkWidget   *panel;
  GtkWidget   *title;
  GtkWidget   *note;
  GtkWidget   *rows;
  GtkWidget   *request;
  GtkWidget   *reason;
  GtkWidget   *kind;
  GtkWidget   *files;
  GtkWidget   *problem;
  GtkWidget   *foot;

  /* Owned References */
  GxcDesk     *desk;
  GxcDraft    *draft;       /* (nullable): NULL while closed */
  GPtrArray   *evidence;    /* of GxcDocument */
  char        *done_words;

  GxcFormMode  mode;
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

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcForm) self = data;
  g_autoptr(GError) error = NULL;
  gboolean saved = gxc_desk_finish (GXC_DESK (source), result, &error);

  set_busy (self, FALSE);
  if (!saved)
    {
      g_autofree char *words = gxc_error_words (error);

      show_problem (self, words);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)))
    gxc_page_toast (GTK_WIDGET (self), self->done_words);
  gxc_form_close (self);
}

static gboolean
check (GxcForm *self, GError **error)
{
  if (!gxc_draft_validate (self->draft, self->fields, error))
    return FALSE;
  if (self->mode != GXC_FORM_CREATE && self->mode != GXC_FORM_COLLECT && !gxc_draft_get_changed (self->draft))
    return gx_fail (error, GX_ERROR_INVALID, _("nothing was changed"));
  if (self->mode == GXC_FORM_REQUEST && !*gtk_editable_get_text (GTK_EDITABLE (self->reason)))
    return gx_fail_field (error, GX_ERROR_INVALID, "reason", "required", _("R-DUAL: another person decides, so the reason is needed"));
  return TRUE;
}

static void
save (GxcForm *self)
{
  GxRecord *original = gxc_draft_get_original (self->draft);
  gpointer row = gxc_draft_get_row (self->draft);
  GxFieldSet changed = gxc_draft_get_changed (self->draft);

  set_busy (self, TRUE);
  if (self->mode == GXC_FORM_COLLECT)
    g_signal_emit (self, signals[COLLECTED], 0, row);
  else if (self->mode == GXC_FORM_CREATE)
    gxc_desk_create (self->desk, gxc_draft_get_entity (self->draft), gx_entity_copy (gxc_draft_get_entity (self->draft), row),
                     on_saved_cb, g_object_ref (self));
  else if (self->mode == GXC_FORM_PATCH)
    gxc_desk_patch (self->desk, original, row, changed, on_saved_cb, g_object_ref (self));
  else
    gxc_desk_request (self->desk, original, row, changed, gtk_editable_get_text (GTK_EDITABLE (self->reason)), self->evidence,
                      on_saved_cb, g_object_ref (self));
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

/* --- evidence ----------------------------------------------------------------------------------------------------- */

static void
update_files (GxcForm *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->evidence->len; i++)
    {
      GxcDocument *document = g_ptr_array_index (self->evidence, i);
      g_autofree char *name = g_path_get_basename (document->path);

      g_string_append_printf (text, "%s%s", i ? "\n" : "", name);
    }
  gtk_label_set_text (GTK_LABEL (self->files), text->str);
}

static void
on_file_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcForm) self = data;
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
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
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
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-form.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcForm, revealer);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, panel);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, title);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, note);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, rows);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, request);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, reason);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, kind);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, files);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, problem);
  gtk_widget_class_bind_template_child (widget_class, GxcForm, foot);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "form.add-file", NULL, add_file_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "form.close", NULL);
}

static void on_folded_cb (GxcForm *self);

static GListModel *
kind_labels (void)
{
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (const GxChoice *choice = gx_attachment_kinds; choice->code; choice++)
    gtk_string_list_append (labels, _(choice->label));
  return G_LIST_MODEL (labels);
}

static void
gxc_form_init (GxcForm *self)
{
  g_autoptr(GListModel) labels = kind_labels ();
  GtkWidget *save_button;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_document_free);
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (on_folded_cb), self, G_CONNECT_SWAPPED);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->kind), labels);
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

  if (self->draft && self->first && !gtk_widget_grab_focus (self->first))
    gtk_widget_child_focus (self->first, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
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
  g_free (self->done_words);
  self->done_words = g_strdup (done_words);
  self->mode = mode;
  g_ptr_array_set_size (self->evidence, 0);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->note), note ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  gtk_widget_set_visible (self->request, mode == GXC_FORM_REQUEST);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  update_files (self);
  show_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  make_rows (self, fields);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_focus_idle_cb, g_object_ref (self), g_object_unref);
  g_signal_emit (self, signals[SHOWN], 0);
}

static void
on_folded_cb (GxcForm *self)
{
  if (!gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)) && !self->draft)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** gxc_form_close: whether there was one to close */
gboolean
gxc_form_close (GxcForm *self)
{
  g_return_val_if_fail (GXC_IS_FORM (self), FALSE);

  if (!self->draft)
    return FALSE;
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
    show_problem (self, words);
  else
    gxc_form_close (self);
}

gboolean
gxc_form_is_open (GxcForm *self)
{
  return self->draft != NULL;
}
