/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files on their way into a customer's documents: what they are called, what they prove and until when, asked once for all
 * that were chosen, dropped or pasted together. It is gone when they are taken in; what a bank does not take stays, and says
 * why. The bytes are the store's matter. */

#include "gxc-paper-intake.h"

#include <glib/gi18n.h>

#include "gx-attachment.h"
#include "gxc-cards.h"
#include "gxc-field-row.h"
#include "gxc-page.h"

typedef struct
{
  char   *path;             /* (nullable) */
  GBytes *bytes;            /* (nullable) */
  char   *name;
} Offered;

struct _GxcPaperIntake
{
  GtkWidget  parent_instance;

  GxcDesk   *desk;          /* (owned) (nullable) */
  GxId       customer_id;
  GPtrArray *offered;       /* (owned) of Offered */
  GtkWidget *names;         /* (borrowed) */
  GtkWidget *kind;          /* (borrowed) */
  GtkWidget *valid;         /* (borrowed): where the date's row stands */
  GtkWidget *trouble;       /* (borrowed) */
  GxcDraft  *draft;         /* (owned) (nullable): of the date */
  guint      on_the_way;    /* being taken in */
};

G_DEFINE_FINAL_TYPE (GxcPaperIntake, gxc_paper_intake, GTK_TYPE_WIDGET)

static void
offered_free (gpointer data)
{
  Offered *offered = data;

  g_free (offered->path);
  g_free (offered->name);
  g_clear_pointer (&offered->bytes, g_bytes_unref);
  g_free (offered);
}

static void
update (GxcPaperIntake *self)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->offered->len; i++)
    g_string_append_printf (names, "%s%s", i ? "\n" : "", ((Offered *) self->offered->pdata[i])->name);
  gtk_label_set_text (GTK_LABEL (self->names), names->str);
  gtk_widget_set_visible (GTK_WIDGET (self), self->offered->len > 0);
}

/* A date that is not asked for twice: each opening begins without one. */
static void
renew_date (GxcPaperIntake *self)
{
  GtkWidget *child = gtk_widget_get_first_child (self->valid);

  if (child)
    gtk_box_remove (GTK_BOX (self->valid), child);
  g_clear_object (&self->draft);
  self->draft = gxc_draft_new (&gx_attachment_entity, NULL);
  gtk_box_append (GTK_BOX (self->valid), gxc_field_row_new (self->desk, self->draft, gx_entity_find (&gx_attachment_entity, "valid_to")));
}

static void
say (GxcPaperIntake *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->trouble), words ? words : "");
  gtk_widget_set_visible (self->trouble, words != NULL);
}

static void
offer (GxcPaperIntake *self, Offered *offered)
{
  if (self->offered->len == 0)
    renew_date (self);
  g_ptr_array_add (self->offered, offered);
  say (self, NULL);
  update (self);
  gtk_widget_grab_focus (self->kind);
}

void
gxc_paper_intake_offer_file (GxcPaperIntake *self,
                             GFile          *file)
{
  Offered *offered;
  char *path = g_file_get_path (file);

  g_return_if_fail (GXC_IS_PAPER_INTAKE (self));

  if (!path)
    return;
  offered = g_new (Offered, 1);
  *offered = (Offered) { path, NULL, g_file_get_basename (file) };
  offer (self, offered);
}

void
gxc_paper_intake_offer_bytes (GxcPaperIntake *self,
                              GBytes         *bytes,
                              const char     *name)
{
  Offered *offered = g_new (Offered, 1);

  g_return_if_fail (GXC_IS_PAPER_INTAKE (self));

  *offered = (Offered) { NULL, g_bytes_ref (bytes), g_strdup (name) };
  offer (self, offered);
}

gboolean
gxc_paper_intake_is_open (GxcPaperIntake *self)
{
  return self->offered->len > 0;
}

void
gxc_paper_intake_close (GxcPaperIntake *self)
{
  g_ptr_array_set_size (self->offered, 0);
  update (self);
}

/* --- taking in ---------------------------------------------------------------------------------------------------- */

typedef struct { GxcPaperIntake *self; Offered *offered; } Taking;

static void
on_attached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Taking *taking = data;
  g_autoptr(GxcPaperIntake) self = taking->self;
  g_autoptr(GError) error = NULL;

  self->on_the_way--;
  if (gxc_desk_finish (GXC_DESK (source), result, &error))
    offered_free (taking->offered);
  else
    {
      g_autofree char *why = gxc_error_words (error), *words = g_strdup_printf ("%s: %s", taking->offered->name, why);

      g_ptr_array_add (self->offered, taking->offered);
      say (self, words);
    }
  g_free (taking);
  update (self);
  if (self->on_the_way == 0 && self->offered->len == 0 && gtk_widget_get_root (GTK_WIDGET (self)))
    gxc_page_toast (GTK_WIDGET (self), _("Saved; it goes to the bank by itself"));
}

static void
take_one (GxcPaperIntake *self, Offered *offered, const char *kind, gint32 valid_to)
{
  const GxcNewPaper paper = { .path = offered->path, .bytes = offered->bytes, .name = offered->name, .kind = kind, .valid_to = valid_to };
  Taking *taking = g_new (Taking, 1);

  *taking = (Taking) { g_object_ref (self), offered };
  self->on_the_way++;
  gxc_desk_attach (self->desk, &self->customer_id, &paper, on_attached_cb, taking);
}

static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcPaperIntake *self = GXC_PAPER_INTAKE (widget);
  const char *kind = gx_choice_code (gx_attachment_kinds, (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind)) + 1);
  gint32 valid_to = ((const GxAttachment *) gxc_draft_get_row (self->draft))->valid_to;

  while (self->offered->len > 0)
    take_one (self, g_ptr_array_steal_index (self->offered, 0), kind, valid_to);
  update (self);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_paper_intake_close (GXC_PAPER_INTAKE (widget));
}

/* --- life --------------------------------------------------------------------------------------------------------- */

static void
gxc_paper_intake_dispose (GObject *object)
{
  GxcPaperIntake *self = GXC_PAPER_INTAKE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_object (&self->desk);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_paper_intake_parent_class)->dispose (object);
}

static void
gxc_paper_intake_class_init (GxcPaperIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_paper_intake_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "intake.take", NULL, take_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "intake.cancel", NULL, cancel_action);
}

static GtkWidget *
make_kinds (void)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *kinds;

  for (const GxChoice *choice = gx_attachment_kinds; choice->code; choice++)
    gtk_string_list_append (labels, _(choice->label));
  kinds = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_widget_set_valign (kinds, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (kinds), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind of document"), -1);
  return kinds;
}

static GtkWidget *
make_line (GxcPaperIntake *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *take = gxc_small_button (_("Add to the documents"), "intake.take", NULL);

  self->names = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
  self->kind = make_kinds ();
  self->valid = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_size_request (self->valid, 220, -1);
  gtk_widget_add_css_class (take, "suggested-action");
  gtk_box_append (GTK_BOX (line), self->names);
  gtk_box_append (GTK_BOX (line), self->kind);
  gtk_box_append (GTK_BOX (line), self->valid);
  gtk_box_append (GTK_BOX (line), gxc_small_button (_("Cancel"), "intake.cancel", NULL));
  gtk_box_append (GTK_BOX (line), take);
  return line;
}

static void
gxc_paper_intake_init (GxcPaperIntake *self)
{
  GtkWidget *inside, *card = gxc_card_new (_("New document"), _("PDF, PNG, JPEG or plain text, 50 MB at most"), NULL, &inside);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->offered = g_ptr_array_new_with_free_func (offered_free);
  gtk_box_append (GTK_BOX (box), make_line (self));
  self->trouble = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->trouble, "error");
  gtk_box_append (GTK_BOX (box), self->trouble);
  gtk_widget_add_css_class (box, "gx-card-body");
  gtk_box_append (GTK_BOX (inside), box);
  gtk_widget_set_parent (card, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** gxc_paper_intake_new: empty, and so not seen */
GtkWidget *
gxc_paper_intake_new (void)
{
  return g_object_new (GXC_TYPE_PAPER_INTAKE, NULL);
}

/** gxc_paper_intake_set_target: whose documents they become */
void
gxc_paper_intake_set_target (GxcPaperIntake *self,
                             GxcDesk        *desk,
                             const GxId     *customer_id)
{
  g_return_if_fail (GXC_IS_PAPER_INTAKE (self));

  g_set_object (&self->desk, desk);
  self->customer_id = *customer_id;
}
