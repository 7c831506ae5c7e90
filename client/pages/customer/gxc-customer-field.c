/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of a record in its group: its name and its value in words, and what is about to become of it: a lock where
 * another person must approve, what is asked for beside what is in force, a conflict, a draft. Enter turns it into an
 * editor in place, which writes into the draft and nowhere else. */

#include "gxc-customer-field.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gxc-cards.h"
#include "gxc-field-column.h"
#include "gxc-field-row.h"
#include "gxc-review-words.h"
#include "gxc-state-chip.h"

#define NAME_CHARS 20       /* so that values stand under each other; the tooltip has all of a longer name */

struct _GxcCustomerField
{
  GtkListBoxRow      parent_instance;

  GtkWidget         *stack;     /* (borrowed): "value", "editor" */
  GtkWidget         *editor;    /* (borrowed) (nullable): GxcFieldRow, made when first wanted */
  GxcCustomerFile   *file;      /* (owned) */
  GxcCustomerDrafts *drafts;    /* (owned) */
  GxRecord          *record;    /* (owned) */
  const GxField     *field;
};

G_DEFINE_FINAL_TYPE (GxcCustomerField, gxc_customer_field, GTK_TYPE_LIST_BOX_ROW)

/* --- what may be done --------------------------------------------------------------------------------------------- */

static gboolean
can_edit (GxcCustomerFile *file, GxcCustomerDrafts *drafts, GxRecord *record, const GxField *field)
{
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  const char *review = gxc_customer_drafts_review (drafts, gx_record_get_entity (record), field);

  if ((field->flags & GX_FIXED) || (!review && (field->flags & GX_SERVER)) || !gxc_field_can_edit (field)
      || gx_record_is_masked (record, field->name, NULL) || gxc_field_is_curtained (desk, record, field))
    return FALSE;
  return gxc_desk_can (desk, review ? GX_CAN_MAKE_CR : GX_CAN_EDIT_CUSTOMER);
}

/** gxc_customer_field_is_wanted: whether there is something to see in it or to put into it */
gboolean
gxc_customer_field_is_wanted (GxcCustomerFile   *file,
                              GxcCustomerDrafts *drafts,
                              GxRecord          *record,
                              const GxField     *field)
{
  if (field->kind == GX_KIND_JSON || field->kind == GX_KIND_BYTES || g_str_equal (field->name, "customer_id"))
    return FALSE;
  if ((field->flags & GX_HIDDEN) && gx_field_is_none (field, gx_record_get_data (record)) && !gx_record_is_masked (record, field->name, NULL))
    return FALSE;       /* a position is not typed by hand */
  return !gx_field_is_none (field, gx_record_get_data (record)) || gx_record_is_masked (record, field->name, NULL)
         || can_edit (file, drafts, record, field);
}

gboolean
gxc_customer_field_can_edit (GxcCustomerField *self)
{
  return can_edit (self->file, self->drafts, self->record, self->field);
}

/** gxc_customer_field_has_draft: whether something else was typed into it */
gboolean
gxc_customer_field_has_draft (GxcCustomerField *self)
{
  GxcDraft *draft = gxc_customer_drafts_find (self->drafts, gx_record_get_id (self->record));

  return draft && !gx_field_equal (self->field, gxc_draft_get_row (draft), gx_record_get_data (gxc_draft_get_original (draft)));
}

/* --- what is said of it ------------------------------------------------------------------------------------------- */

/* (nullable): the request that would change this field, and what it asks. */
static GxRecord *
find_request (GxcCustomerField *self, char **out_after)
{
  GPtrArray *requests = gxc_customer_file_requests (self->file);

  for (guint i = 0; i < requests->len; i++)
    {
      const GxChangeRequest *row = gx_record_get_data (g_ptr_array_index (requests, i));
      g_autoptr(GPtrArray) changes = NULL;

      if (!gx_id_equal (&row->entity_id, gx_record_get_id (self->record)))
        continue;
      changes = gxc_review_changes (gxc_customer_file_get_desk (self->file), row);
      for (guint j = 0; j < changes->len; j++)
        {
          const GxcReviewChange *change = g_ptr_array_index (changes, j);

          if (g_strcmp0 (change->name, self->field->name) == 0)
            {
              *out_after = g_strdup (change->after);
              return g_ptr_array_index (requests, i);
            }
        }
    }
  return NULL;
}

/* (nullable): what of this field has not reached the server. */
static const GxcQueueItem *
find_queued (GxcCustomerField *self)
{
  GPtrArray *queue = gxc_customer_file_queue (self->file);

  for (guint i = 0; i < queue->len; i++)
    {
      const GxcQueueItem *item = g_ptr_array_index (queue, i);

      if (!gx_id_equal (&item->id, gx_record_get_id (self->record)))
        continue;
      for (guint j = 0; item->fields && j < item->fields->len; j++)
        {
          const GxcQueueField *field = g_ptr_array_index (item->fields, j);

          if (field->field == self->field && (item->state != GXC_QUEUE_CONFLICT || field->conflict))
            return item;
        }
    }
  return NULL;
}

static void
append_queued (GxcCustomerField *self, GtkWidget *box)
{
  const GxcQueueItem *item = find_queued (self);
  GtkWidget *chip;

  if (!item)
    return;
  if (item->state == GXC_QUEUE_CONFLICT)
    chip = gxc_state_chip_new (GXC_STATE_REFUSED, _("Two new values: choose"));
  else if (item->state == GXC_QUEUE_REFUSED)
    chip = gxc_state_chip_new (GXC_STATE_REFUSED, _("Refused"));
  else
    chip = gxc_state_chip_new (GXC_STATE_QUEUED, _("To be sent"));
  gtk_widget_set_tooltip_text (chip, item->detail);
  gtk_box_append (GTK_BOX (box), chip);
}

static GtkWidget *
value_label (const char *words, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gxc_label_tip_when_cut (label);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* In force, and under each other with it what is asked for, so that a long one can be read too. */
static char *
append_value (GxcCustomerField *self, GtkWidget *box)
{
  g_autofree char *words = gxc_field_to_words (gxc_customer_file_get_desk (self->file), self->record, self->field), *after = NULL;
  GxRecord *request = find_request (self, &after);
  const GxChangeRequest *row = request ? gx_record_get_data (request) : NULL;
  GtkWidget *both;

  if (!request)
    {
      gtk_box_append (GTK_BOX (box), value_label (words, NULL));
      return g_steal_pointer (&words);
    }
  if (gxc_field_is_curtained (gxc_customer_file_get_desk (self->file), self->record, self->field))
    {
      g_free (after);
      after = g_strdup ("\u2217\u2217\u2217");
    }
  both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_add_css_class (both, "gx-asked");
  gtk_box_append (GTK_BOX (both), value_label (words, "gx-removed"));
  gtk_box_append (GTK_BOX (both), value_label (after ? after : "\u2014", "gx-added"));
  gtk_box_append (GTK_BOX (both), gxc_state_chip_new (gxc_review_state_look (row->state), _(gx_choice_label (gx_review_states, gx_choice_find (gx_review_states, row->state)))));
  for (GtkWidget *part = gtk_widget_get_first_child (both); part; part = gtk_widget_get_next_sibling (part))
    gtk_widget_set_halign (part, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), both);
  return g_strdup_printf (_("%s in force, %s asked for"), words, after ? after : "\u2014");
}

static void
append_marks (GxcCustomerField *self, GtkWidget *box)
{
  gboolean edit = gxc_customer_field_can_edit (self);
  GtkWidget *mark;

  append_queued (self, box);
  if (gxc_customer_field_has_draft (self))
    gtk_box_append (GTK_BOX (box), gxc_state_chip_new (GXC_STATE_DRAFT, _("Draft")));
  if (!gxc_customer_drafts_review (self->drafts, gx_record_get_entity (self->record), self->field) && !edit)
    return;
  mark = g_object_new (GTK_TYPE_IMAGE, "pixel-size", 12, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (mark, "gx-dim");
  if (gxc_customer_drafts_review (self->drafts, gx_record_get_entity (self->record), self->field))
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (mark), "changes-prevent-symbolic");
      gtk_widget_set_tooltip_text (mark, _("A change needs a second person"));
    }
  else
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (mark), "document-edit-symbolic");
      gtk_widget_add_css_class (mark, "gx-hint");
    }
  gtk_box_append (GTK_BOX (box), mark);
}

static void
show_value (GxcCustomerField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *name = value_label (_(self->field->label), "gx-dim"), *spacer;
  GtkWidget *old = gtk_stack_get_child_by_name (GTK_STACK (self->stack), "value");
  g_autofree char *words = NULL, *sentence = NULL;

  gtk_label_set_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_widget_add_css_class (box, "gx-field");
  gtk_box_append (GTK_BOX (box), name);
  words = append_value (self, box);
  spacer = g_object_new (GTK_TYPE_BOX, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (box), spacer);
  append_marks (self, box);
  if (old)
    gtk_stack_remove (GTK_STACK (self->stack), old);
  gtk_stack_add_named (GTK_STACK (self->stack), box, "value");
  sentence = g_strdup_printf ("%s: %s", _(self->field->label), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

/* --- editing ------------------------------------------------------------------------------------------------------ */

static GtkWidget *
make_editor (GxcCustomerField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (box, "gx-field-editor");
  self->editor = gxc_field_row_new (gxc_customer_file_get_desk (self->file), gxc_customer_drafts_get (self->drafts, self->record), self->field);
  gtk_box_append (GTK_BOX (box), self->editor);
  if (gxc_customer_drafts_review (self->drafts, gx_record_get_entity (self->record), self->field))
    {
      GtkWidget *hint = g_object_new (GTK_TYPE_LABEL, "label", _("Another person decides. Until then the old value stays in force."),
                                      "xalign", 0.0, "wrap", TRUE, NULL);

      gtk_widget_add_css_class (hint, "gx-caption");
      gtk_box_append (GTK_BOX (box), hint);
    }
  return box;
}

/** gxc_customer_field_edit: opens the editor, if this person may change the field */
void
gxc_customer_field_edit (GxcCustomerField *self,
                         gboolean          focus)
{
  g_return_if_fail (GXC_IS_CUSTOMER_FIELD (self));

  if (!gxc_customer_field_can_edit (self))
    return;
  if (!self->editor)
    gtk_stack_add_named (GTK_STACK (self->stack), make_editor (self), "editor");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "editor");
  if (focus && !gtk_widget_grab_focus (gxc_field_row_get_editor (GXC_FIELD_ROW (self->editor))))
    gtk_widget_child_focus (gxc_field_row_get_editor (GXC_FIELD_ROW (self->editor)), GTK_DIR_TAB_FORWARD);
}

gboolean
gxc_customer_field_is_editing (GxcCustomerField *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "editor") == 0;
}

/** gxc_customer_field_close: what is in force is shown again; what was typed stays in the draft */
void
gxc_customer_field_close (GxcCustomerField *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  g_return_if_fail (GXC_IS_CUSTOMER_FIELD (self));

  if (focus && focus != GTK_WIDGET (self) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  show_value (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "value");
}

/** gxc_customer_field_get_place: (transfer none): which field of which record it is */
const GxField *
gxc_customer_field_get_place (GxcCustomerField *self,
                              GxId             *out_record)
{
  *out_record = *gx_record_get_id (self->record);
  return self->field;
}

static void
gxc_customer_field_dispose (GObject *object)
{
  GxcCustomerField *self = GXC_CUSTOMER_FIELD (object);

  g_clear_object (&self->record);
  g_clear_object (&self->drafts);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (gxc_customer_field_parent_class)->dispose (object);
}

static void
gxc_customer_field_class_init (GxcCustomerFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customer_field_dispose;
}

static void
gxc_customer_field_init (GxcCustomerField *self)
{
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->stack);
}

GtkWidget *
gxc_customer_field_new (GxcCustomerFile   *file,
                        GxcCustomerDrafts *drafts,
                        GxRecord          *record,
                        const GxField     *field)
{
  GxcCustomerField *self = g_object_new (GXC_TYPE_CUSTOMER_FIELD, NULL);

  self->file = g_object_ref (file);
  self->drafts = g_object_ref (drafts);
  self->record = g_object_ref (record);
  self->field = field;
  show_value (self);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), gxc_customer_field_can_edit (self));
  return GTK_WIDGET (self);
}
