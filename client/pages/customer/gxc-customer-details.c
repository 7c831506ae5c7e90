/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record itself: groups of fields that are edited in place. Typing changes a draft; Ctrl+S writes all of it in one
 * transaction and asks for what another person must approve; Esc puts the draft aside, and a toast brings it back until the
 * page is closed. While somebody types, what arrives from the bank waits, so that nothing moves under the fingers. */

#include "gxc-customer-details.h"

#include <glib/gi18n.h>

#include "gx-address.h"
#include "gx-contact-point.h"
#include "gx-identifier.h"
#include "gx-life-event.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"
#include "gxc-cards.h"
#include "gxc-customer-group.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-reason-box.h"

struct _GxcCustomerDetails
{
  GxcCustomerTab     parent_instance;

  GxcCustomerDrafts *drafts;        /* (owned) (nullable) until the first fill */
  GtkWidget         *columns;       /* (borrowed) */
  GtkWidget         *column[2];     /* (borrowed) */
  GPtrArray         *cards;         /* (owned) of borrowed cards */
  GtkWidget         *bar;           /* (borrowed): revealer */
  GtkWidget         *words;         /* (borrowed) */
  GtkWidget         *problem;       /* (borrowed) */
  GxcReasonBox      *reason;        /* (borrowed) */
  gboolean           aside;         /* the draft is put aside */
  gboolean           busy;
};

G_DEFINE_FINAL_TYPE (GxcCustomerDetails, gxc_customer_details, GXC_TYPE_CUSTOMER_TAB)

/* --- the groups --------------------------------------------------------------------------------------------------- */

static void
add_card (GxcCustomerDetails *self, guint column, GtkWidget *card)
{
  gtk_box_append (GTK_BOX (self->column[column]), card);
  g_ptr_array_add (self->cards, card);
}

static void
add_profile (GxcCustomerDetails *self, GxcCustomerFile *file, const GxEntity *entity)
{
  GPtrArray *records = gxc_customer_file_rows (file, entity);

  for (guint i = 0; i < records->len; i++)
    add_card (self, 1, gxc_customer_group_new (file, self->drafts, g_ptr_array_index (records, i)));
}

static void
make_groups (GxcCustomerDetails *self)
{
  static const GxEntity * const parts[] = { &gx_contact_point_entity, &gx_address_entity, &gx_identifier_entity, &gx_life_event_entity };
  GxcCustomerFile *file = gxc_customer_tab_get_file (GXC_CUSTOMER_TAB (self));

  g_ptr_array_set_size (self->cards, 0);
  gxc_box_empty (self->column[0]);
  gxc_box_empty (self->column[1]);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_card (self, 0, gxc_customer_parts_new (file, self->drafts, parts[i]));
  add_profile (self, file, &gx_person_profile_entity);
  add_profile (self, file, &gx_org_profile_entity);
  add_card (self, 1, gxc_customer_group_new (file, self->drafts, gxc_customer_file_get_customer (file)));
}

/* Where the keys were: groups are made anew after a save, and go on where the person was. */
typedef struct
{
  GxId           record;
  const GxField *field;     /* (nullable) */
} Place;

static void
remember_place (GxcCustomerField *field, gpointer data)
{
  Place *place = data;

  if (!place->field && (gxc_customer_field_is_editing (field) || gtk_widget_has_focus (GTK_WIDGET (field))))
    place->field = gxc_customer_field_get_place (field, &place->record);
}

static void
return_to_place (GxcCustomerField *field, gpointer data)
{
  const Place *place = data;
  GxId record;

  if (gxc_customer_field_get_place (field, &record) == place->field && gx_id_equal (&record, &place->record))
    gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
make_groups_anew (GxcCustomerDetails *self)
{
  Place place = { GX_ID_NONE, NULL };

  for (guint i = 0; i < self->cards->len; i++)
    gxc_customer_group_each (g_ptr_array_index (self->cards, i), remember_place, &place);
  make_groups (self);
  for (guint i = 0; i < self->cards->len && place.field; i++)
    {
      gxc_customer_group_open (g_ptr_array_index (self->cards, i), &place.record);
      gxc_customer_group_each (g_ptr_array_index (self->cards, i), return_to_place, &place);
    }
}

static void
find_editing (GxcCustomerField *field, gpointer data)
{
  if (gxc_customer_field_is_editing (field))
    *(gboolean *) data = TRUE;
}

static gboolean
is_editing (GxcCustomerDetails *self)
{
  gboolean editing = FALSE;

  for (guint i = 0; i < self->cards->len; i++)
    gxc_customer_group_each (g_ptr_array_index (self->cards, i), find_editing, &editing);
  return editing;
}

static void
close_field (GxcCustomerField *field, gpointer data)
{
  gxc_customer_field_close (field);
}

/* --- the bar ------------------------------------------------------------------------------------------------------ */

static void
show_problem (GxcCustomerDetails *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

static void
update_bar (GxcCustomerDetails *self)
{
  guint plain, reviewed;
  g_autofree char *changes = NULL, *asked = NULL;

  gxc_customer_drafts_count (self->drafts, &plain, &reviewed);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->bar), plain + reviewed > 0 && !self->aside);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reviewed > 0);
  changes = g_strdup_printf (ngettext ("%u field changed", "%u fields changed", plain + reviewed), plain + reviewed);
  asked = reviewed ? g_strdup_printf (ngettext ("%s · %u of them needs a second person", "%s · %u of them need a second person", reviewed), changes, reviewed)
                   : g_strdup (changes);
  gtk_label_set_text (GTK_LABEL (self->words), asked);
}

/* --- saving: what is free in one transaction, then what must be asked for, one request after the other -------------- */

typedef struct
{
  GxcCustomerDetails *self;         /* (owned) */
  GPtrArray          *asks;         /* (owned) of GxcChangeItem, those to come */
  GxcUndo            *undo;         /* (owned) (nullable) */
  guint               n_asked;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->self);
  g_ptr_array_unref (saving->asks);
  g_clear_object (&saving->undo);
  g_free (saving);
}

static void
finish_saving (Saving *saving, const GError *error)
{
  GxcCustomerDetails *self = saving->self;
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  self->busy = FALSE;
  gxc_page_set_busy (gtk_revealer_get_child (GTK_REVEALER (self->bar)), FALSE);
  if (error)
    show_problem (self, words);
  else
    {
      gxc_customer_drafts_clear (self->drafts);
      gxc_reason_box_clear (self->reason);
      make_groups_anew (self);
      if (gtk_widget_get_root (GTK_WIDGET (self)) && saving->undo && !saving->n_asked)
        gxc_page_toast_undo (GTK_WIDGET (self), _("Saved"), saving->undo);
      else if (gtk_widget_get_root (GTK_WIDGET (self)))
        gxc_page_toast (GTK_WIDGET (self), saving->n_asked ? _("Request kept; it is submitted with the next sync") : _("Saved"));
    }
  saving_free (saving);
}

static void ask_next (Saving *saving);

static void
on_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr(GError) error = NULL;

  if (!gxc_desk_finish (GXC_DESK (source), result, &error))
    {
      finish_saving (saving, error);
      return;
    }
  saving->n_asked++;
  ask_next (saving);
}

static void
ask_next (Saving *saving)
{
  GxcCustomerDetails *self = saving->self;

  if (saving->asks->len == 0)
    {
      finish_saving (saving, NULL);
      return;
    }
  gxc_desk_request_item (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), g_ptr_array_steal_index (saving->asks, 0),
                         gxc_reason_box_get_reason (self->reason), gxc_reason_box_get_evidence (self->reason), on_asked_cb, saving);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr(GError) error = NULL;

  if (!(saving->undo = gxc_desk_finish_save (GXC_DESK (source), result, &error)))
    finish_saving (saving, error);
  else
    ask_next (saving);
}

static gboolean
check (GxcCustomerDetails *self, guint n_reviewed, GError **error)
{
  return gxc_customer_drafts_validate (self->drafts, error) && (!n_reviewed || gxc_reason_box_check (self->reason, error));
}

static gboolean
save (GxcCustomerTab *tab)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (tab);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) plain = NULL;
  guint n_plain = 0, n_reviewed = 0;
  Saving *saving;

  if (self->drafts)
    gxc_customer_drafts_count (self->drafts, &n_plain, &n_reviewed);
  if (self->busy || self->aside || n_plain + n_reviewed == 0)
    return FALSE;
  if (!check (self, n_reviewed, &error))
    {
      g_autofree char *words = gxc_error_words (error);

      show_problem (self, words);
      return TRUE;
    }
  show_problem (self, NULL);
  self->busy = TRUE;
  gxc_page_set_busy (gtk_revealer_get_child (GTK_REVEALER (self->bar)), TRUE);
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->asks = gxc_customer_drafts_reviewed (self->drafts);
  plain = gxc_customer_drafts_plain (self->drafts);
  if (plain->len)
    gxc_desk_save (gxc_customer_tab_get_desk (tab), plain, on_saved_cb, saving);
  else
    ask_next (saving);
  return TRUE;
}

/* --- putting aside ------------------------------------------------------------------------------------------------- */

static void
bring_back (GxcCustomerDetails *self)
{
  self->aside = FALSE;
  for (guint i = 0; i < self->cards->len; i++)
    gxc_customer_group_open_drafts (g_ptr_array_index (self->cards, i));
  update_bar (self);
}

static void
offer_back (GxcCustomerDetails *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = adw_toast_new (_("The draft is kept until this page is closed"));

  adw_toast_set_button_label (toast, _("Bring back"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (bring_back), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static gboolean
leave (GxcCustomerTab *tab)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (tab);
  guint plain = 0, reviewed = 0;

  if (!self->drafts || !is_editing (self))
    return FALSE;
  gxc_customer_drafts_count (self->drafts, &plain, &reviewed);
  for (guint i = 0; i < self->cards->len; i++)
    gxc_customer_group_each (g_ptr_array_index (self->cards, i), close_field, NULL);
  self->aside = plain + reviewed > 0;
  if (self->aside && gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY))
    offer_back (self);
  show_problem (self, NULL);
  update_bar (self);
  return TRUE;
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (widget);

  gxc_customer_drafts_clear (self->drafts);
  gxc_reason_box_clear (self->reason);
  show_problem (self, NULL);
  make_groups (self);
  update_bar (self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save (GXC_CUSTOMER_TAB (widget));
}

/* --- the tab ------------------------------------------------------------------------------------------------------ */

/* Typing again takes a draft that was put aside up again. */
static void
on_drafts_changed_cb (GxcCustomerDetails *self)
{
  self->aside = FALSE;
  update_bar (self);
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (tab);

  if (!self->drafts)
    {
      self->drafts = gxc_customer_drafts_new (gxc_customer_tab_get_file (tab));
      g_signal_connect_object (self->drafts, "changed", G_CALLBACK (on_drafts_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (is_editing (self))
    return;
  make_groups_anew (self);
}

static void
set_room (GxcCustomerTab *tab, gboolean one_column)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (tab);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), one_column ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), !one_column);
}

static void
gxc_customer_details_dispose (GObject *object)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (object);

  g_clear_object (&self->drafts);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_customer_details_parent_class)->dispose (object);
}

static void
gxc_customer_details_class_init (GxcCustomerDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customer_details_dispose;
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
  GXC_CUSTOMER_TAB_CLASS (klass)->set_room = set_room;
  GXC_CUSTOMER_TAB_CLASS (klass)->save = save;
  GXC_CUSTOMER_TAB_CLASS (klass)->leave = leave;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "details.save", NULL, save_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "details.discard", NULL, discard_action);
}

static GtkWidget *
make_bar (GxcCustomerDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *button;

  gtk_widget_add_css_class (box, "gx-action-bar");
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->words, "gx-strong");
  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->problem, "gx-caption");
  gtk_widget_add_css_class (self->problem, "gx-red");
  self->reason = g_object_new (GXC_TYPE_REASON_BOX, NULL);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (left), self->words);
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->reason));
  gtk_box_append (GTK_BOX (left), self->problem);
  gtk_box_append (GTK_BOX (box), left);
  button = gxc_button_new (_("Discard"), NULL, "details.discard");
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), button);
  button = gxc_button_new (_("Save"), "Ctrl S", "details.save");
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* The bar stays at the foot while the groups scroll. */
static void
gxc_customer_details_init (GxcCustomerDetails *self)
{
  GtkWidget *scrolled = g_object_ref (adw_bin_get_child (ADW_BIN (self))), *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cards = g_ptr_array_new ();
  self->columns = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->column); i++)
    {
      self->column[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
      gtk_box_append (GTK_BOX (self->columns), self->column[i]);
    }
  gtk_box_append (GTK_BOX (gxc_customer_tab_get_body (GXC_CUSTOMER_TAB (self))), self->columns);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (outer), scrolled);
  self->bar = g_object_new (GTK_TYPE_REVEALER, "transition-type", GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP, "child", make_bar (self), NULL);
  gtk_box_append (GTK_BOX (outer), self->bar);
  adw_bin_set_child (ADW_BIN (self), outer);
  g_object_unref (scrolled);
}

GtkWidget *
gxc_customer_details_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_DETAILS, file);
}
