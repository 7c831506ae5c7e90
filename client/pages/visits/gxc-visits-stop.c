/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One visit, in the three states it has: before it begins the place and the button that begins it, while it lasts the form,
 * after it what came of it. It shows and is typed in; the page saves (visits.*). */

#include "gxc-visits-stop.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gx-interaction.h"
#include "gxc-calendar.h"
#include "gxc-cards.h"
#include "gxc-day-picker.h"
#include "gxc-field-column.h"
#include "gxc-room-layout.h"
#include "gxc-paper-offer.h"
#include "gxc-visit-day.h"
#include "gxc-visits-photos.h"
#include "gxc-widgets.h"

struct _GxcVisitsStop
{
  GtkWidget      parent_instance;

  GtkWidget     *box;       /* (owned): the only child; all others are borrowed */
  GtkWidget     *name, *tier, *caption, *chip;
  GtkStack      *stack;     /* "before", "during", "after" */
  GtkWidget     *place, *hint;
  GxcVisitsForm *form;
  GtkWidget     *rows;      /* of "after" */
  GxcVisitsPhotos *photos;
  GtkWidget     *foot;
  GtkWidget     *words;     /* at the foot */
  GtkWidget     *days, *cancel, *edit, *begin, *keep, *end;
  GxcDesk       *desk;      /* (owned) */
  GxRecord      *visit;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (GxcVisitsStop, gxc_visits_stop, GTK_TYPE_WIDGET)

enum { TYPED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const GxVisit *
data_of (GxcVisitsStop *self)
{
  return gx_record_get_data (self->visit);
}

/* --- the head ----------------------------------------------------------------------------------------------------- */

static void
show_customer (GxcVisitsStop *self)
{
  g_autoptr(GxRecord) customer = gxc_desk_read_one (self->desk, &gx_customer_entity, &data_of (self)->customer_id, NULL);
  const GxCustomer *row = customer ? gx_record_get_data (customer) : NULL;
  g_autofree char *name = customer ? gxc_field_to_words (self->desk, customer, gx_entity_find (&gx_customer_entity, "name")) : NULL;

  gtk_label_set_text (GTK_LABEL (self->name), name ? name : "\u2014");
  gtk_widget_set_visible (self->tier, row && row->tier);
  if (row && row->tier)
    gxc_tier_badge_set_tier (GXC_TIER_BADGE (self->tier), gx_choice_code (gx_tiers, row->tier), _(gx_choice_label (gx_tiers, row->tier)));
}

static void
show_caption (GxcVisitsStop *self)
{
  g_autoptr(GxRecord) customer = gxc_desk_read_one (self->desk, &gx_customer_entity, &data_of (self)->customer_id, NULL);
  const char *cif = customer ? ((const GxCustomer *) gx_record_get_data (customer))->cif_no : NULL;
  g_autofree char *until = NULL, *from = gxc_visit_dup_hours (data_of (self), &until), *line = gxc_visit_dup_line (data_of (self));
  g_autofree char *words = g_strdup_printf ("%s%s%s%s\u2013%s%s%s", cif ? "CIF " : "", cif ? cif : "", cif ? " · " : "", from, until,
                                            *line ? " · " : "", line);

  gtk_label_set_text (GTK_LABEL (self->caption), words);
}

static void
show_chip (GxcVisitsStop *self)
{
  g_autofree char *state = gxc_visit_dup_when (self->desk, data_of (self));

  gxc_state_chip_set (GXC_STATE_CHIP (self->chip), gxc_visit_state (self->desk, data_of (self)), state);
}

/* --- its states --------------------------------------------------------------------------------------------------- */

static void
show_before (GxcVisitsStop *self, gboolean same)
{
  gboolean today = gxc_local_day (data_of (self)->plan_at) == gxc_local_today (self->desk);

  if (!same)
    gtk_editable_set_text (GTK_EDITABLE (self->place), data_of (self)->place ? data_of (self)->place : "");
  gtk_widget_set_sensitive (self->place, today);
  gtk_widget_set_visible (self->begin, today);
  gtk_label_set_text (GTK_LABEL (self->hint), today ? _("Your location is not recorded: only the words above.")
                                                    : _("A visit begins on its own day. Move it to today to check in."));
}

/* What a sync brings in does not take the words from under one's fingers. */
static void
show_during (GxcVisitsStop *self, const GxcTalk *typed, gboolean same)
{
  g_autoptr(GxcTalk) saved = gxc_talk_read (self->desk, data_of (self)), shown = gxc_visits_form_dup (self->form);
  const GxcTalk *talk = typed ? typed : saved;

  if (!same || !gxc_talk_equal (shown, talk))
    gxc_visits_form_set (self->form, talk);
}

static void
add_fact (GxcVisitsStop *self, GxRecord *record, const char *field)
{
  const GxField *row = gx_entity_find (gx_record_get_entity (record), field);
  g_autofree char *words = gx_field_is_none (row, gx_record_get_data (record)) ? NULL : gxc_field_to_words (self->desk, record, row);
  GtkWidget *lines;

  if (!words || !*words)
    return;
  lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_add_css_class (lines, "gx-visit-fact");
  gtk_box_append (GTK_BOX (lines), g_object_new (GTK_TYPE_LABEL, "label", _(row->label), "xalign", 0.0, "css-classes", (const char *[]) { "gx-caption", NULL }, NULL));
  gtk_box_append (GTK_BOX (lines), g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "selectable", TRUE,
                                                 "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL));
  gtk_box_append (GTK_BOX (self->rows), lines);
}

static void
show_after (GxcVisitsStop *self)
{
  static const char * const said[] = { "purpose", "notes", "next_steps", "minutes", "sentiment", NULL };
  g_autoptr(GxRecord) interaction = gxc_desk_read_one (self->desk, &gx_interaction_entity, &data_of (self)->meta.id, NULL);

  gxc_box_empty (self->rows);
  for (guint i = 0; interaction && said[i]; i++)
    add_fact (self, interaction, said[i]);
  add_fact (self, self->visit, "result");
  add_fact (self, self->visit, "place");
}

static void
show_foot (GxcVisitsStop *self)
{
  gboolean planned = gxc_visit_is_planned (data_of (self)), begun = gxc_visit_has_begun (data_of (self));
  GtkWidget *before[] = { self->days, self->cancel, self->edit }, *during[] = { self->keep, self->end };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    gtk_widget_set_visible (before[i], planned);
  for (guint i = 0; i < G_N_ELEMENTS (during); i++)
    gtk_widget_set_visible (during[i], begun);
  if (!planned)
    gtk_widget_set_visible (self->begin, FALSE);
  gtk_widget_set_visible (self->foot, planned || begun);
  gtk_label_set_text (GTK_LABEL (self->words), begun ? _("kept here, also offline") : "");
}

/**
 * gxc_visits_stop_show:
 * @typed: (nullable): what a person has typed and not saved
 */
void
gxc_visits_stop_show (GxcVisitsStop *self,
                      GxRecord      *visit,
                      const GxcTalk *typed)
{
  gboolean same = self->visit && gx_id_equal (gx_record_get_id (self->visit), gx_record_get_id (visit))
                  && data_of (self)->status == ((const GxVisit *) gx_record_get_data (visit))->status;
  gboolean planned, begun;

  g_set_object (&self->visit, visit);
  planned = gxc_visit_is_planned (data_of (self));
  begun = gxc_visit_has_begun (data_of (self));
  show_customer (self);
  show_caption (self);
  show_chip (self);
  if (planned)
    show_before (self, same);
  else if (begun)
    show_during (self, typed, same);
  else
    show_after (self);
  gtk_stack_set_visible_child_name (self->stack, planned ? "before" : begun ? "during" : "after");
  gxc_visits_photos_show (self->photos, visit);
  show_foot (self);
}

/** gxc_visits_stop_set_primary: whether what goes on with it is the page's one primary action, or that of a form beside it */
void
gxc_visits_stop_set_primary (GxcVisitsStop *self,
                             gboolean       primary)
{
  GtkWidget *buttons[] = { self->begin, self->end };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (primary)
      gtk_widget_add_css_class (buttons[i], "suggested-action");
    else
      gtk_widget_remove_css_class (buttons[i], "suggested-action");
}

/** gxc_visits_stop_tick: a minute has passed */
void
gxc_visits_stop_tick (GxcVisitsStop *self)
{
  if (self->visit)
    show_chip (self);
}

GxcVisitsForm *
gxc_visits_stop_get_form (GxcVisitsStop *self)
{
  return self->form;
}

/** gxc_visits_stop_get_place: (transfer none): where one is, as typed */
const char *
gxc_visits_stop_get_place (GxcVisitsStop *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->place));
}

/** gxc_visits_stop_ask_day: opens the choice of another day, if it can be moved */
void
gxc_visits_stop_ask_day (GxcVisitsStop *self)
{
  if (gtk_widget_get_mapped (self->days))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->days));
}

/** gxc_visits_stop_focus: to where something is typed; FALSE if there is nothing to type */
gboolean
gxc_visits_stop_focus (GxcVisitsStop *self)
{
  if (!self->visit)
    return FALSE;
  if (gxc_visit_has_begun (data_of (self)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->form));
  return gxc_visit_is_planned (data_of (self)) && gtk_widget_grab_focus (self->place);
}

/* --- photos ------------------------------------------------------------------------------------------------------- */

static void
take_offer (GtkWidget *widget, GFile *file, GBytes *bytes, const char *name)
{
  gxc_visits_photos_offer (GXC_VISITS_STOP (widget)->photos, file, bytes, name);
}

/* Before an entry takes it for words. */
static gboolean
on_paste_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  if (!gxc_visits_photos_may_add (GXC_VISITS_STOP (widget)->photos) || !gxc_paper_offer_is_there (widget))
    return FALSE;
  gxc_paper_offer_paste (widget, take_offer);
  return TRUE;
}

static void
take_photos (GxcVisitsStop *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (on_paste_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gxc_paper_offer_take_drops (GTK_WIDGET (self), take_offer);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_visits_stop_dispose (GObject *object)
{
  GxcVisitsStop *self = GXC_VISITS_STOP (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->visit);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_visits_stop_parent_class)->dispose (object);
}

static void
gxc_visits_stop_class_init (GxcVisitsStopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_visits_stop_dispose;
  /** GxcVisitsStop::typed: the form says something else */
  signals[TYPED] = g_signal_new ("typed", GXC_TYPE_VISITS_STOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
on_typed_cb (GxcVisitsStop *self)
{
  g_signal_emit (self, signals[TYPED], 0);
}

static GtkWidget *
make_head (GxcVisitsStop *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->tier = gxc_tier_badge_new ();
  self->caption = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->chip = gxc_state_chip_new (GXC_STATE_PLAIN, "");
  gtk_widget_add_css_class (self->name, "gx-figure");
  gtk_widget_add_css_class (self->caption, "gx-caption");
  gtk_widget_set_valign (self->tier, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->chip, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gxc_label_tip_when_cut (self->caption);
  gtk_box_append (GTK_BOX (upper), self->name);
  gtk_box_append (GTK_BOX (upper), self->tier);
  gtk_box_append (GTK_BOX (lines), upper);
  gtk_box_append (GTK_BOX (lines), self->caption);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_box_append (GTK_BOX (head), self->chip);
  gtk_widget_add_css_class (head, "gx-card-head");
  return head;
}

static GtkWidget *
make_before (GxcVisitsStop *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", _("Where I am"), "xalign", 0.0, NULL);

  self->place = g_object_new (GTK_TYPE_ENTRY, "max-length", 200, "placeholder-text", _("At home, at the works, in the branch …"), NULL);
  self->hint = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Where I am"), -1);
  gtk_widget_add_css_class (label, "gx-strong");
  gtk_widget_add_css_class (self->place, "gx-touch");
  gtk_widget_add_css_class (self->hint, "gx-caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->place);
  gtk_box_append (GTK_BOX (box), self->hint);
  return box;
}

static GtkWidget *
make_stack (GxcVisitsStop *self, GxcDesk *desk)
{
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, NULL);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  self->stack = g_object_new (GTK_TYPE_STACK, "vhomogeneous", FALSE, "hhomogeneous", FALSE, NULL);
  self->form = GXC_VISITS_FORM (gxc_visits_form_new (desk));
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_stack_add_named (self->stack, make_before (self), "before");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->form), "during");
  gtk_stack_add_named (self->stack, self->rows, "after");
  self->photos = GXC_VISITS_PHOTOS (gxc_visits_photos_new (desk));
  gtk_widget_add_css_class (body, "gx-visit-body");
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->photos));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), body);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (on_typed_cb), self, G_CONNECT_SWAPPED);
  return scroller;
}

static GtkWidget *
make_more (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("Change plan"), "visits.edit");
  g_menu_append (menu, _("Cancel visit"), "visits.cancel");
  return gxc_room_more_new (menu, GTK_ARROW_UP);
}

static GtkWidget *
make_foot (GxcVisitsStop *self, GxcDesk *desk)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->days = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Another day"), "direction", GTK_ARROW_UP, NULL);
  self->cancel = gxc_button_new (_("Cancel visit"), "X", "visits.cancel");
  self->edit = gxc_button_new (_("Change plan"), "E", "visits.edit");
  self->begin = gxc_button_new (_("Check in"), "Ctrl Enter", "visits.forward");
  self->keep = gxc_button_new (_("Save for now"), "Ctrl S", "visits.keep");
  self->end = gxc_button_new (_("Check out and save"), "Ctrl Enter", "visits.forward");
  gxc_day_picker_attach (GTK_MENU_BUTTON (self->days), desk, "visits.move", "visits.return");
  gtk_widget_add_css_class (self->words, "gx-caption");
  gtk_widget_add_css_class (self->begin, "suggested-action");
  gtk_widget_add_css_class (self->end, "suggested-action");
  gtk_widget_add_css_class (self->foot, "gx-filter-foot");
  gtk_box_append (GTK_BOX (self->foot), self->words);
  gtk_box_append (GTK_BOX (self->foot), buttons);
  gtk_widget_set_layout_manager (buttons, gxc_room_layout_new ());
  gtk_widget_add_css_class (self->edit, GXC_IF_ROOM);
  gtk_widget_add_css_class (self->cancel, GXC_IF_ROOM);
  gtk_box_append (GTK_BOX (buttons), self->days);
  gtk_box_append (GTK_BOX (buttons), self->edit);
  gtk_box_append (GTK_BOX (buttons), self->cancel);
  gtk_box_append (GTK_BOX (buttons), make_more ());
  gtk_box_append (GTK_BOX (buttons), self->begin);
  gtk_box_append (GTK_BOX (buttons), self->keep);
  gtk_box_append (GTK_BOX (buttons), self->end);
  return self->foot;
}

static void
gxc_visits_stop_init (GxcVisitsStop *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_css_classes (self->box, (const char *[]) { "gx-card", "flush", NULL });
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gxc_visits_stop_new (GxcDesk *desk)
{
  GxcVisitsStop *self = g_object_new (GXC_TYPE_VISITS_STOP, NULL);

  self->desk = g_object_ref (desk);
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), make_stack (self, desk));
  gtk_box_append (GTK_BOX (self->box), make_foot (self, desk));
  take_photos (self);
  return GTK_WIDGET (self);
}
