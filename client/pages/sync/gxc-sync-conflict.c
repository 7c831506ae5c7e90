/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change that met another: what was there before both, what was typed here, what the bank has by now, for every field
 * of it, and a way to write something else. Choosing changes nothing; the button, which repeats the choice, does. It never
 * chooses by itself and never forgets what was typed: "something else" is written as a new change first, and only then is
 * the old one dropped. */

#include "gxc-sync-conflict.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"
#include "gxc-draft.h"
#include "gxc-field-row.h"
#include "gxc-format.h"
#include "gxc-page.h"
#include "gxc-sync-words.h"
#include "gxc-widgets.h"

struct _GxcSyncConflict
{
  AdwBin     parent_instance;

  GxcDesk   *desk;          /* (owned) */
  GxcDraft  *draft;         /* (owned) (nullable): what is written instead */
  gint64     mid;
  GxcChoice  choice;

  /* Borrowed References */
  GtkWidget *choices[GXC_N_CHOICES];        /* (nullable) */
  GtkWidget *keys[GXC_N_CHOICES];           /* (nullable) */
  GtkWidget *editors;
  GtkWidget *problem;
  GtkWidget *foot;
  GtkWidget *confirm;
  GtkWidget *confirm_label;
};

G_DEFINE_FINAL_TYPE (GxcSyncConflict, gxc_sync_conflict, ADW_TYPE_BIN)

static const struct { const char *title, *confirm; } words[GXC_N_CHOICES] = {
  [GXC_CHOICE_MINE]   = { N_("Mine"), N_("Use mine") },
  [GXC_CHOICE_THEIRS] = { N_("The bank's"), N_("Keep the bank's") },
  [GXC_CHOICE_EDIT]   = { N_("Something else"), N_("Use this value") },
};

static void
gxc_sync_conflict_dispose (GObject *object)
{
  GxcSyncConflict *self = GXC_SYNC_CONFLICT (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (gxc_sync_conflict_parent_class)->dispose (object);
}

static void
gxc_sync_conflict_class_init (GxcSyncConflictClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_sync_conflict_dispose;
}

static void
gxc_sync_conflict_init (GxcSyncConflict *self)
{
}

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* --- confirming --------------------------------------------------------------------------------------------------- */

static void
say (GxcSyncConflict *self, const GError *error)
{
  g_autofree char *text = error ? gxc_error_words (error) : NULL;

  gtk_label_set_text (GTK_LABEL (self->problem), text ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}

/* When it went well the page takes the card away by itself. */
static void
on_resolved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcSyncConflict) self = data;
  g_autoptr(GError) error = NULL;

  gxc_desk_finish (GXC_DESK (source), result, &error);
  if (!self->desk)
    return;
  gxc_page_set_busy (self->foot, FALSE);
  say (self, error);
  gxc_desk_emit_status (self->desk);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcSyncConflict) self = data;
  g_autoptr(GError) error = NULL;

  if (gxc_desk_finish (GXC_DESK (source), result, &error))
    gxc_desk_resolve (GXC_DESK (source), self->mid, FALSE, on_resolved_cb, g_object_ref (self));
  else if (self->desk)
    {
      gxc_page_set_busy (self->foot, FALSE);
      say (self, error);
    }
}

static void
write_instead (GxcSyncConflict *self)
{
  g_autoptr(GError) error = NULL;
  GxFieldSet changed = gxc_draft_get_changed (self->draft);

  if (!gxc_draft_validate (self->draft, changed, &error))
    {
      say (self, error);
      return;
    }
  gxc_page_set_busy (self->foot, TRUE);
  if (changed)
    gxc_desk_patch (self->desk, gxc_draft_get_original (self->draft), gxc_draft_get_row (self->draft), changed, on_written_cb, g_object_ref (self));
  else      /* what was written is what the bank has */
    gxc_desk_resolve (self->desk, self->mid, FALSE, on_resolved_cb, g_object_ref (self));
}

/** gxc_sync_conflict_confirm: does what is chosen */
void
gxc_sync_conflict_confirm (GxcSyncConflict *self)
{
  if (!self->desk || !gtk_widget_get_sensitive (self->foot))
    return;
  if (self->choice == GXC_CHOICE_EDIT)
    {
      write_instead (self);
      return;
    }
  gxc_page_set_busy (self->foot, TRUE);
  gxc_desk_resolve (self->desk, self->mid, self->choice == GXC_CHOICE_MINE, on_resolved_cb, g_object_ref (self));
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

static void
on_chosen_cb (GxcSyncConflict *self)
{
  for (guint i = 0; i < GXC_N_CHOICES; i++)
    if (self->choices[i] && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->choices[i])))
      self->choice = i;
  gtk_label_set_text (GTK_LABEL (self->confirm_label), _(words[self->choice].confirm));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->confirm), GTK_ACCESSIBLE_PROPERTY_LABEL, _(words[self->choice].confirm), -1);
  gtk_widget_set_visible (self->editors, self->choice == GXC_CHOICE_EDIT);
}

/**
 * gxc_sync_conflict_choose:
 *
 * Returns: whether there is such a choice: of a row that is gone nothing else can be written
 */
gboolean
gxc_sync_conflict_choose (GxcSyncConflict *self,
                          GxcChoice        choice)
{
  if (!self->choices[choice])
    return FALSE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->choices[choice]), TRUE);
  gtk_widget_grab_focus (self->choices[choice]);
  return TRUE;
}

/** gxc_sync_conflict_set_primary: whether its button is the one that is blue, and the keys that it shows are its */
void
gxc_sync_conflict_set_primary (GxcSyncConflict *self,
                               gboolean         primary)
{
  for (guint i = 0; i < GXC_N_CHOICES; i++)
    if (self->keys[i])
      gtk_widget_set_opacity (self->keys[i], primary ? 1.0 : 0.0);      /* its room stays: the card would jump */
  gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (self->confirm))), primary);
  if (primary)
    gtk_widget_add_css_class (self->confirm, "suggested-action");
  else
    gtk_widget_remove_css_class (self->confirm, "suggested-action");
}

GxcChoice
gxc_sync_conflict_get (GxcSyncConflict *self)
{
  return self->choice;
}

gint64
gxc_sync_conflict_get_mid (GxcSyncConflict *self)
{
  return self->mid;
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

/* All fields that travelled; those in conflict differ between mine and theirs. */
static void
add_values (GxcSyncConflict *self, GtkWidget *box, const GxcQueueItem *item, int choice)
{
  for (guint i = 0; i < item->fields->len; i++)
    {
      const GxcQueueField *field = g_ptr_array_index (item->fields, i);
      g_autofree char *base = gxc_sync_dup_value (self->desk, item, field, field->base), *mine = gxc_sync_dup_value (self->desk, item, field, field->mine);
      g_autofree char *theirs = gxc_sync_dup_value (self->desk, item, field, field->conflict ? field->theirs : field->base);

      g_autofree char *label = gxc_sync_dup_field_label (self->desk, item, field);

      if (item->fields->len > 1)
        gtk_box_append (GTK_BOX (box), label_new (label, "gx-caption"));
      if (choice < 0 && !field->base)
        gtk_box_append (GTK_BOX (box), label_new (base, "gx-dim"));       /* nothing stood there that could be struck out */
      else if (choice < 0)
        gtk_box_append (GTK_BOX (box), gxc_diff_label_new (base, mine, GXC_DIFF_REMOVED));
      else
        gtk_box_append (GTK_BOX (box), gxc_diff_label_new (base, choice == GXC_CHOICE_MINE ? mine : theirs, GXC_DIFF_ADDED));
    }
}

static GtkWidget *
make_base (GxcSyncConflict *self, const GxcQueueItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (box), label_new (_("Before"), "gx-strong"));
  add_values (self, box, item, -1);
  gtk_box_append (GTK_BOX (box), label_new (_("before both changes"), "gx-caption"));
  gtk_widget_add_css_class (box, "gx-choice-base");
  return box;
}

static char *
dup_source (GxcSyncConflict *self, const GxcQueueItem *item, GxcChoice choice)
{
  gint64 now = gxc_desk_now (self->desk);
  g_autofree char *at = NULL;

  if (choice == GXC_CHOICE_EDIT)
    return g_strdup (_("when neither is right"));
  if (choice == GXC_CHOICE_MINE)
    {
      at = gxc_format_moment (item->at, now);
      return g_strdup_printf (_("typed here · refused %s"), at);
    }
  at = item->theirs_at ? gxc_format_moment (item->theirs_at, now) : NULL;
  return item->theirs_by ? g_strdup_printf ("%s%s%s", item->theirs_by, at ? " · " : "", at ? at : "") : g_strdup (_("in force at the bank"));
}

static GtkWidget *
make_choice (GxcSyncConflict *self, const GxcQueueItem *item, GxcChoice choice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *button, *title, *radio;
  g_autofree char *key = g_strdup_printf ("%d", choice + 1), *source = dup_source (self, item, choice);

  title = label_new (_(words[choice].title), "gx-strong");
  gtk_widget_set_hexpand (title, TRUE);
  radio = g_object_new (GTK_TYPE_BOX, "valign", GTK_ALIGN_CENTER, NULL);      /* drawn alone: the choice is the whole card */
  gtk_widget_add_css_class (radio, "gx-radio");
  gtk_box_append (GTK_BOX (head), radio);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->keys[choice] = gxc_keycap_new (key));
  gtk_box_append (GTK_BOX (box), head);
  if (choice != GXC_CHOICE_EDIT)
    add_values (self, box, item, choice);
  gtk_box_append (GTK_BOX (box), label_new (source, "gx-caption"));
  button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "child", box, NULL);
  gtk_widget_add_css_class (button, "gx-choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(words[choice].title), -1);
  if (choice)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->choices[0]));
  return self->choices[choice] = button;
}

/* A row as the bank has it, with what was typed written over it. */
static void
begin_draft (GxcSyncConflict *self, const GxcQueueItem *item)
{
  g_autoptr(GxRecord) record = item->entity && g_strcmp0 (item->op, "patch") == 0 ? gxc_desk_read_one (self->desk, item->entity, &item->id, NULL) : NULL;

  if (!record)
    return;
  self->draft = gxc_draft_new (item->entity, record);
  for (guint i = 0; i < item->fields->len; i++)
    {
      const GxcQueueField *field = g_ptr_array_index (item->fields, i);

      if (!field->field || !gxc_field_can_edit (field->field))
        continue;
      gx_field_clear (field->field, gxc_draft_get_row (self->draft));
      if (field->mine && *field->mine)
        gx_field_from_text (field->field, gxc_draft_get_row (self->draft), field->mine, NULL);
      gtk_box_append (GTK_BOX (self->editors), gxc_field_row_new (self->desk, self->draft, field->field));
    }
}

static gboolean
on_return_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gxc_sync_conflict_confirm (data);
  return TRUE;
}

/* Enter on a choice is the button; the toggle itself would only choose what is chosen. */
static void
add_return (GxcSyncConflict *self, GtkWidget *cards)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0),
                                          gtk_callback_action_new (on_return_cb, self, NULL)));
  gtk_widget_add_controller (cards, controller);
}

static GtkWidget *
make_foot (GxcSyncConflict *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *child, *note;

  note = label_new (_("Until you confirm, the bank's value counts; what you typed stays here."), "gx-caption");
  gtk_widget_set_hexpand (note, TRUE);
  gtk_box_append (GTK_BOX (box), note);
  self->confirm = gxc_button_new (_(words[0].confirm), "Enter", NULL);
  child = gtk_button_get_child (GTK_BUTTON (self->confirm));
  self->confirm_label = gtk_widget_get_first_child (child);
  g_signal_connect_object (self->confirm, "clicked", G_CALLBACK (gxc_sync_conflict_confirm), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->confirm);
  return self->foot = box;
}

static char *
dup_head (GxcDesk *desk, const GxcQueueItem *item)
{
  const GxcQueueField *only = NULL;
  g_autofree char *label = NULL;
  guint n = 0;

  for (guint i = 0; i < item->fields->len; i++)
    if (((GxcQueueField *) g_ptr_array_index (item->fields, i))->conflict)
      {
        only = g_ptr_array_index (item->fields, i);
        n++;
      }
  if (n == 1)
    {
      label = gxc_sync_dup_field_label (desk, item, only);
      return g_strdup_printf (_("%s has two new values"), label);
    }
  return n ? g_strdup_printf (ngettext ("%u field has two new values", "%u fields have two new values", n), n)
           : g_strdup (_("It was changed while you removed it"));
}

static void
fill (GxcSyncConflict *self, const GxcQueueItem *item)
{
  g_autofree char *head = dup_head (self->desk, item), *what = gxc_sync_dup_title (self->desk, item);
  GtkWidget *body, *card = gxc_card_new (head, what, NULL, &body), *cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_set_homogeneous (GTK_BOX (cards), TRUE);
  gtk_box_set_spacing (GTK_BOX (body), 10);
  gtk_widget_add_css_class (body, "gx-card-body");
  self->editors = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 8, "visible", FALSE, NULL);
  self->problem = label_new ("", "gx-caption");
  gtk_widget_add_css_class (self->problem, "gx-red");
  gtk_widget_set_visible (self->problem, FALSE);
  begin_draft (self, item);
  gtk_box_append (GTK_BOX (cards), make_base (self, item));
  gtk_box_append (GTK_BOX (cards), make_choice (self, item, GXC_CHOICE_MINE));
  gtk_box_append (GTK_BOX (cards), make_choice (self, item, GXC_CHOICE_THEIRS));
  if (gtk_widget_get_first_child (self->editors))
    gtk_box_append (GTK_BOX (cards), make_choice (self, item, GXC_CHOICE_EDIT));
  add_return (self, cards);
  gtk_box_append (GTK_BOX (body), cards);
  gtk_box_append (GTK_BOX (body), self->editors);
  gtk_box_append (GTK_BOX (body), self->problem);
  gtk_box_append (GTK_BOX (body), make_foot (self));
  adw_bin_set_child (ADW_BIN (self), card);
}

/**
 * gxc_sync_conflict_new:
 * @item: in %GXC_QUEUE_CONFLICT; not kept
 */
GtkWidget *
gxc_sync_conflict_new (GxcDesk            *desk,
                       const GxcQueueItem *item)
{
  GxcSyncConflict *self = g_object_new (GXC_TYPE_SYNC_CONFLICT, NULL);

  self->desk = g_object_ref (desk);
  self->mid = item->mid;
  fill (self, item);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->choices[GXC_CHOICE_MINE]), TRUE);
  for (guint i = 0; i < GXC_N_CHOICES; i++)
    if (self->choices[i])
      g_signal_connect_object (self->choices[i], "toggled", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
