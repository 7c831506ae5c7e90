/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The six fields of a visit, large enough for a finger: whom one met, what for, what was said, what is wanted, what comes
 * next, how it felt. It holds a GxcTalk; every change is told ("changed"), so that what is typed can be kept before it is saved. */

#include "gxc-visits-form.h"

#include <glib/gi18n.h>

#include "gx-interaction.h"
#include "gx-need.h"
#include "gxc-calendar.h"
#include "gxc-day-picker.h"
#include "gxc-format.h"

struct _GxcVisitsForm
{
  GtkWidget   parent_instance;

  GtkWidget  *box;          /* (owned): the only child; all others are borrowed */
  GtkWidget  *met, *met_aside;
  GtkWidget  *purposes;     /* a GtkFlowBox of toggle buttons, in the order of the choices */
  GtkWidget  *notes;
  GtkWidget  *need_part, *need, *need_detail;
  GtkWidget  *next, *next_day;
  GtkWidget  *moods;
  GxcDesk    *desk;         /* (owned) */
  gint32      day;          /* of the next step */
  gboolean    filling;
};

G_DEFINE_FINAL_TYPE (GxcVisitsForm, gxc_visits_form, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const GxChoice *
purposes_of (void)
{
  return gx_entity_find (&gx_interaction_entity, "purpose")->choices;
}

static const GxChoice *
needs_of (void)
{
  return gx_entity_find (&gx_need_entity, "category")->choices;
}

static void
tell (GxcVisitsForm *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* --- what is in it ------------------------------------------------------------------------------------------------ */

static GtkToggleButton *
purpose_button (GxcVisitsForm *self, int purpose)
{
  GtkFlowBoxChild *child = purpose > 0 ? gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->purposes), purpose - 1) : NULL;

  return child ? GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (child)) : NULL;
}

static int
get_purpose (GxcVisitsForm *self)
{
  GtkToggleButton *button;

  for (int i = 1; (button = purpose_button (self, i)); i++)
    if (gtk_toggle_button_get_active (button))
      return i;
  return GX_PURPOSE_VISIT;
}

static char *
dup_notes (GxcVisitsForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->notes));
  GtkTextIter first, last;

  gtk_text_buffer_get_bounds (buffer, &first, &last);
  return gtk_text_buffer_get_text (buffer, &first, &last, FALSE);
}

static gint64
get_mood (GxcVisitsForm *self)
{
  gint64 mood = -2;

  for (GtkWidget *button = gtk_widget_get_first_child (self->moods); button; button = gtk_widget_get_next_sibling (button), mood++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      return mood;
  return GX_INT_NONE;
}

static char *
dup_entry (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/** gxc_visits_form_dup: (transfer full): as it stands there */
GxcTalk *
gxc_visits_form_dup (GxcVisitsForm *self)
{
  GxcTalk *talk = g_new0 (GxcTalk, 1);

  *talk = (GxcTalk) { .met = dup_entry (self->met), .purpose = get_purpose (self), .notes = dup_notes (self),
                      .need = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->need)), .need_detail = dup_entry (self->need_detail),
                      .next = dup_entry (self->next), .next_day = self->day, .mood = get_mood (self) };
  return talk;
}

static void
show_day (GxcVisitsForm *self)
{
  g_autofree char *date = self->day == GX_INT32_NONE ? NULL : gxc_format_date (self->day, gxc_local_today (self->desk));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->next_day), date ? date : _("Today"));
}

static void
set_notes (GxcVisitsForm *self, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->notes)), text, -1);
}

/** gxc_visits_form_set: empty notes begin with the template of the purpose */
void
gxc_visits_form_set (GxcVisitsForm *self,
                     const GxcTalk *talk)
{
  GtkToggleButton *purpose = purpose_button (self, talk->purpose);
  gint64 mood = -2;

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->met), talk->met);
  if (purpose)
    gtk_toggle_button_set_active (purpose, TRUE);
  set_notes (self, *talk->notes ? talk->notes : gxc_talk_template (talk->purpose));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->need), talk->need);
  gtk_editable_set_text (GTK_EDITABLE (self->need_detail), talk->need_detail);
  gtk_editable_set_text (GTK_EDITABLE (self->next), talk->next);
  for (GtkWidget *button = gtk_widget_get_first_child (self->moods); button; button = gtk_widget_get_next_sibling (button), mood++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), mood == talk->mood);
  self->day = talk->next_day;
  show_day (self);
  gtk_widget_set_visible (self->need_part, gxc_desk_can (self->desk, GX_CAN_EDIT_CUSTOMER));
  self->filling = FALSE;
}

/** gxc_visits_form_set_day: when the next step is due */
void
gxc_visits_form_set_day (GxcVisitsForm *self,
                         gint32         day)
{
  self->day = day;
  show_day (self);
  tell (self);
}

gboolean
gxc_visits_form_focus_next (GxcVisitsForm *self)
{
  return gtk_widget_grab_focus (self->next);
}

static gboolean
gxc_visits_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GXC_VISITS_FORM (widget)->met);
}

/* --- what a person does ------------------------------------------------------------------------------------------- */

static void
on_met_changed_cb (GxcVisitsForm *self)
{
  guint n = gxc_talk_n_met (gtk_editable_get_text (GTK_EDITABLE (self->met)));
  g_autofree char *words = n > 0 ? g_strdup_printf (ngettext ("%u met", "%u met", n), n) : NULL;

  gtk_label_set_text (GTK_LABEL (self->met_aside), words ? words : "");
  tell (self);
}

/* A template that nobody has written in goes with the purpose. */
static void
on_purpose_cb (GxcVisitsForm *self, GtkToggleButton *button)
{
  g_autofree char *notes = NULL;

  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  notes = dup_notes (self);
  if (!*notes || gxc_talk_is_template (notes))
    set_notes (self, gxc_talk_template (get_purpose (self)));
  tell (self);
}

/* One or none: pressed again it is taken back. */
static void
on_mood_cb (GxcVisitsForm *self, GtkToggleButton *pressed)
{
  if (self->filling)
    return;
  self->filling = TRUE;
  for (GtkWidget *button = gtk_widget_get_first_child (self->moods); button; button = gtk_widget_get_next_sibling (button))
    if (gtk_toggle_button_get_active (pressed) && button != GTK_WIDGET (pressed))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  self->filling = FALSE;
  tell (self);
}

/* --- its parts ---------------------------------------------------------------------------------------------------- */

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* @number: 0: none; @control gets @title as its name */
static GtkWidget *
make_part (int number, const char *title, GtkWidget *aside, GtkWidget *content, GtkWidget *control)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *digit = g_strdup_printf ("%d", number);

  if (number > 0)
    {
      gtk_box_append (GTK_BOX (head), label_new (digit, "gx-count"));
      gtk_label_set_xalign (GTK_LABEL (gtk_widget_get_last_child (head)), 0.5);
    }
  gtk_box_append (GTK_BOX (head), label_new (title, "gx-strong"));
  gtk_widget_set_hexpand (gtk_widget_get_last_child (head), TRUE);
  if (aside)
    gtk_box_append (GTK_BOX (head), aside);
  gtk_box_append (GTK_BOX (part), head);
  gtk_box_append (GTK_BOX (part), content);
  gtk_widget_set_hexpand (part, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return part;
}

static GtkWidget *
make_met (GxcVisitsForm *self)
{
  self->met = g_object_new (GTK_TYPE_ENTRY, "placeholder-text", _("Names, with commas between them"), "max-length", 400, NULL);
  self->met_aside = label_new ("", "gx-caption");
  gtk_widget_add_css_class (self->met, "gx-touch");
  g_signal_connect_object (self->met, "changed", G_CALLBACK (on_met_changed_cb), self, G_CONNECT_SWAPPED);
  return make_part (1, _("Whom I met"), self->met_aside, self->met, self->met);
}

static GtkWidget *
make_purposes (GxcVisitsForm *self)
{
  GtkToggleButton *first = NULL;

  self->purposes = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "column-spacing", 6, "row-spacing", 6,
                                 "min-children-per-line", 3, "max-children-per-line", 8, NULL);
  gtk_widget_add_css_class (self->purposes, "gx-purposes");
  for (const GxChoice *choice = purposes_of (); choice->code; choice++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(choice->label));

      gtk_widget_add_css_class (button, "gx-pick");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      first = first ? first : GTK_TOGGLE_BUTTON (button);
      gtk_flow_box_append (GTK_FLOW_BOX (self->purposes), button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_purpose_cb), self, G_CONNECT_SWAPPED);
    }
  return make_part (2, _("Purpose"), NULL, self->purposes, self->purposes);
}

static GtkWidget *
make_notes (GxcVisitsForm *self)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->notes = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab", FALSE, NULL);
  gtk_widget_set_size_request (self->notes, -1, 84);
  gtk_widget_add_css_class (frame, "gx-text");
  gtk_box_append (GTK_BOX (frame), self->notes);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->notes)), "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  return make_part (3, _("What was said"), NULL, frame, self->notes);
}

static GtkWidget *
make_need (GxcVisitsForm *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_string_list_append (labels, C_("need", "None"));
  for (const GxChoice *choice = needs_of (); choice->code; choice++)
    gtk_string_list_append (labels, _(choice->label));
  self->need = g_object_new (GTK_TYPE_DROP_DOWN, "model", labels, NULL);
  self->need_detail = g_object_new (GTK_TYPE_ENTRY, "hexpand", TRUE, "width-chars", 8, "max-width-chars", 8, "placeholder-text", _("What exactly, how much, by when"),
                                    "max-length", 400, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->need_detail), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What exactly, how much, by when"), -1);
  gtk_widget_add_css_class (self->need, "gx-touch");
  gtk_widget_add_css_class (self->need_detail, "gx-touch");
  gtk_box_append (GTK_BOX (line), self->need);
  gtk_box_append (GTK_BOX (line), self->need_detail);
  g_signal_connect_object (self->need, "notify::selected", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->need_detail, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  return self->need_part = make_part (4, _("Need"), label_new (_("becomes a need"), "gx-caption"), line, self->need);
}

static GtkWidget *
make_next (GxcVisitsForm *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->next = g_object_new (GTK_TYPE_ENTRY, "hexpand", TRUE, "width-chars", 8, "max-width-chars", 8, "placeholder-text", _("What is to be done next"), "max-length", 200, NULL);
  self->next_day = g_object_new (GTK_TYPE_MENU_BUTTON, "tooltip-text", _("When the next step is due"), NULL);
  gtk_widget_add_css_class (self->next, "gx-touch");
  gtk_widget_add_css_class (self->next_day, "gx-touch");
  gtk_box_append (GTK_BOX (line), self->next);
  gtk_box_append (GTK_BOX (line), self->next_day);
  g_signal_connect_object (self->next, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  return make_part (5, _("Next step"), label_new (_("becomes a task"), "gx-caption"), line, self->next);
}

static GtkWidget *
make_mood (GxcVisitsForm *self)
{
  static const char * const labels[] = { "\u22122", "\u22121", "0", "+1", "+2" };
  static const char * const words[] = { N_("Very unhappy"), N_("Unhappy"), N_("Neither"), N_("Content"), N_("Very content") };

  self->moods = g_object_new (GTK_TYPE_BOX, "spacing", 6, "homogeneous", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (labels[i]);

      gtk_widget_add_css_class (button, "gx-touch");
      gtk_widget_set_tooltip_text (button, _(words[i]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(words[i]), -1);
      gtk_box_append (GTK_BOX (self->moods), button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_mood_cb), self, G_CONNECT_SWAPPED);
    }
  return make_part (6, _("How it felt"), label_new (_("if you like"), "gx-caption"), self->moods, self->moods);
}

/* Two side by side where there is room, one under the other where there is not. */
static GtkWidget *
make_pair (GtkWidget *left, GtkWidget *right)
{
  GtkWidget *pair = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "column-spacing", 20, "row-spacing", 14,
                                  "homogeneous", TRUE, "max-children-per-line", 2, NULL);

  gtk_widget_add_css_class (pair, "gx-pair");
  gtk_flow_box_append (GTK_FLOW_BOX (pair), left);
  gtk_flow_box_append (GTK_FLOW_BOX (pair), right);
  gtk_widget_set_focusable (gtk_widget_get_parent (left), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_parent (right), FALSE);
  return pair;
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_visits_form_dispose (GObject *object)
{
  GxcVisitsForm *self = GXC_VISITS_FORM (object);

  self->filling = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_visits_form_parent_class)->dispose (object);
}

static void
gxc_visits_form_class_init (GxcVisitsFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_visits_form_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = gxc_visits_form_grab_focus;
  /** GxcVisitsForm::changed: something else stands in it, by a person's hand */
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_VISITS_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_visits_form_init (GxcVisitsForm *self)
{
  self->day = GX_INT32_NONE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_box_append (GTK_BOX (self->box), make_met (self));
  gtk_box_append (GTK_BOX (self->box), make_purposes (self));
  gtk_box_append (GTK_BOX (self->box), make_notes (self));
  gtk_box_append (GTK_BOX (self->box), make_pair (make_need (self), make_next (self)));
  gtk_box_append (GTK_BOX (self->box), make_mood (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/** gxc_visits_form_new: the day of the next step is chosen by the page's actions visits.next-day and visits.next-focus */
GtkWidget *
gxc_visits_form_new (GxcDesk *desk)
{
  GxcVisitsForm *self = g_object_new (GXC_TYPE_VISITS_FORM, NULL);

  self->desk = g_object_ref (desk);
  gxc_day_picker_attach (GTK_MENU_BUTTON (self->next_day), desk, "visits.next-day", "visits.next-focus");
  return GTK_WIDGET (self);
}
