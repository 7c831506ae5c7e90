/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record itself: groups of fields that are edited in place. Typing changes a draft; Ctrl+S writes all of it in one
 * transaction and asks for what another person must approve; Esc puts the draft aside, and a toast brings it back until the
 * page is closed. While somebody types, what arrives from the bank waits, so that nothing moves under the fingers. */

#include "gxc-customer-details-private.h"

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
#include "gxc-toast.h"

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

/** gxc_customer_details_settle: what was typed is written, and the groups show it */
void
gxc_customer_details_settle (GxcCustomerDetails *self)
{
  gxc_customer_drafts_clear (self->drafts);
  gxc_reason_box_clear (self->reason);
  make_groups_anew (self);
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

void
gxc_customer_details_show_problem (GxcCustomerDetails *self,
                                   const char         *words)
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
  if (plain + reviewed > 0 && !self->aside)
    gtk_widget_set_visible (self->bar, TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->bar), plain + reviewed > 0 && !self->aside);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reviewed > 0);
  changes = g_strdup_printf (ngettext ("%u field changed", "%u fields changed", plain + reviewed), plain + reviewed);
  asked = reviewed ? g_strdup_printf (ngettext ("%s · %u of them needs a second person", "%s · %u of them need a second person", reviewed), changes, reviewed)
                   : g_strdup (changes);
  gtk_label_set_text (GTK_LABEL (self->words), asked);
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
  gxc_toast_show (ADW_TOAST_OVERLAY (overlay), toast);
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
  gxc_customer_details_show_problem (self, NULL);
  update_bar (self);
  return TRUE;
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (widget);

  gxc_customer_drafts_clear (self->drafts);
  gxc_reason_box_clear (self->reason);
  gxc_customer_details_show_problem (self, NULL);
  make_groups (self);
  update_bar (self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customer_details_save (GXC_CUSTOMER_TAB (widget));
}

/* --- the tab ------------------------------------------------------------------------------------------------------ */

/* Typing again takes a draft that was put aside up again. */
static void
on_drafts_changed_cb (GxcCustomerDetails *self)
{
  self->aside = FALSE;
  update_bar (self);
}

/* @drafts (transfer full) */
static void
set_drafts (GxcCustomerDetails *self, GxcCustomerDrafts *drafts)
{
  if (self->drafts)
    g_signal_handlers_disconnect_by_func (self->drafts, on_drafts_changed_cb, self);
  g_clear_object (&self->drafts);
  self->drafts = drafts;
  g_signal_connect_object (drafts, "changed", G_CALLBACK (on_drafts_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (tab);

  if (!self->drafts)
    set_drafts (self, gxc_customer_drafts_new (gxc_customer_tab_get_file (tab)));
  if (is_editing (self))
    return;
  make_groups_anew (self);
  if (self->returning)
    bring_back (self);
  self->returning = FALSE;
}

/** gxc_customer_details_keep: adds to @begun what was typed here and is not saved */
void
gxc_customer_details_keep (GxcCustomerDetails *self,
                           GxcBegun           *begun)
{
  guint plain = 0, reviewed = 0;

  g_return_if_fail (GXC_IS_CUSTOMER_DETAILS (self));

  if (self->drafts)
    gxc_customer_drafts_count (self->drafts, &plain, &reviewed);
  if (plain + reviewed == 0 || self->busy)
    return;
  begun->edits = G_OBJECT (g_object_ref (self->drafts));
  begun->reason = gxc_reason_box_keep (self->reason);
}

/** gxc_customer_details_take: goes on with the edits of @begun */
void
gxc_customer_details_take (GxcCustomerDetails *self,
                           GxcBegun           *begun)
{
  g_return_if_fail (GXC_IS_CUSTOMER_DETAILS (self));

  set_drafts (self, g_object_ref (GXC_CUSTOMER_DRAFTS (begun->edits)));
  gxc_customer_drafts_set_file (self->drafts, gxc_customer_tab_get_file (GXC_CUSTOMER_TAB (self)));
  gxc_reason_box_take (self->reason, begun->reason);
  self->returning = TRUE;
  gxc_customer_tab_refresh (GXC_CUSTOMER_TAB (self));
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
  GXC_CUSTOMER_TAB_CLASS (klass)->save = gxc_customer_details_save;
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

/* Folded away it would still ask for its width. */
static void
on_bar_moved_cb (GtkRevealer *bar)
{
  gtk_widget_set_visible (GTK_WIDGET (bar), gtk_revealer_get_reveal_child (bar) || gtk_revealer_get_child_revealed (bar));
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
  gtk_widget_set_visible (self->bar, FALSE);
  g_signal_connect (self->bar, "notify::child-revealed", G_CALLBACK (on_bar_moved_cb), NULL);
  gtk_box_append (GTK_BOX (outer), self->bar);
  adw_bin_set_child (ADW_BIN (self), outer);
  g_object_unref (scrolled);
}

GtkWidget *
gxc_customer_details_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_DETAILS, file);
}
