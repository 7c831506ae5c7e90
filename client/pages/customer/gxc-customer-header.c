/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the customer is and what is open: name with badges, the people of the bank, how complete the record is, the two
 * buttons, and the banner of a change that waits for another person. Never a figure: those are the tiles'. */

#include "gxc-customer-header.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-address.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"
#include "gxc-customer-ring.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-pin-edits.h"
#include "gxc-room-layout.h"
#include "gxc-widgets.h"

#define POOR 60             /* a score below it is told in amber */

struct _GxcCustomerHeader
{
  AdwBin         parent_instance;

  /* Template widgets */
  GtkWidget     *avatar;
  GtkWidget     *name;
  GxcTierBadge  *tier;
  GxcStateChip  *value;
  GxcStageGlyph *stage;
  GtkWidget     *marks;
  GxcStateChip  *risk;
  GxcStateChip  *risk_short;    /* an alarm's, which stays when something of the marks has no room */
  GxcStateChip  *status;
  GtkWidget     *facts;
  GtkWidget     *quality;
  GxcCustomerRing *ring;
  GtkWidget     *missing;
  GtkWidget     *pin;
  GtkWidget     *buttons;
  GxcBanner     *banner;

  gboolean       has_value, has_risk, risk_is_near;
};

G_DEFINE_FINAL_TYPE (GxcCustomerHeader, gxc_customer_header, ADW_TYPE_BIN)

/* --- who it is ---------------------------------------------------------------------------------------------------- */

static int
age_on (gint32 birth, gint32 today)
{
  int y1, m1, d1, y2, m2, d2;

  gx_date_to_ymd (birth, &y1, &m1, &d1);
  gx_date_to_ymd (today, &y2, &m2, &d2);
  return y2 - y1 - (m2 < m1 || (m2 == m1 && d2 < d1));
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"    /* translated patterns of one %s */
/* A line ends between two facts, not within one. */
static void
append_fact (GString *words, const char *format, const char *fact)
{
  g_autofree char *whole = NULL, *unbroken = NULL;
  g_auto(GStrv) parts = NULL;

  if (!fact || !*fact || g_str_equal (fact, "\u2014"))
    return;
  if (words->len)
    g_string_append (words, " · ");
  whole = g_strdup_printf (format, fact);
  parts = g_strsplit (whole, " ", -1);
  unbroken = g_strjoinv ("\u00a0", parts);
  g_string_append (words, unbroken);
}

static char *
dup_age (GxcCustomerFile *file)
{
  GPtrArray *profiles = gxc_customer_file_rows (file, &gx_person_profile_entity);
  const GxPersonProfile *row = profiles->len ? gx_record_get_data (g_ptr_array_index (profiles, 0)) : NULL;
  int age;

  if (!row || row->birth_date == GX_INT32_NONE || gxc_desk_get_curtain (gxc_customer_file_get_desk (file)))
    return NULL;
  age = age_on (row->birth_date, gxc_desk_get_today (gxc_customer_file_get_desk (file)));
  return g_strdup_printf (_("aged %d"), age);
}

static void
show_facts (GxcCustomerHeader *self, GxcCustomerFile *file)
{
  const GxCustomer *row = gxc_customer_file_get_row (file);
  g_autofree char *type = gxc_customer_file_words (file, "type"), *manager = gxc_customer_file_words (file, "primary_rm_id");
  g_autofree char *wealth = gxc_customer_file_words (file, "wealth_mgr_id"), *since = gxc_customer_file_words (file, "onboarded_on");
  g_autofree char *age = dup_age (file);
  g_autoptr(GString) words = g_string_new (NULL);

  append_fact (words, "CIF %s", row->cif_no ? row->cif_no : _("no number yet"));
  append_fact (words, "%s", age ? age : type);       /* who has an age is a person */
  append_fact (words, _("RM %s"), manager);
  append_fact (words, _("WM %s"), wealth);
  append_fact (words, _("since %s"), since);
  gtk_label_set_text (GTK_LABEL (self->facts), words->str);
  gtk_widget_set_tooltip_text (self->facts, words->str);
}
#pragma GCC diagnostic pop

static void
show_badges (GxcCustomerHeader *self, GxcCustomerFile *file)
{
  const GxCustomer *row = gxc_customer_file_get_row (file);
  const char *status = gx_choice_code (gx_customer_statuses, row->status);
  g_autofree char *value = gxc_customer_file_words (file, "value_class"), *words = gxc_customer_file_words (file, "status");

  gxc_tier_badge_set_tier (self->tier, gx_choice_code (gx_tiers, row->tier), row->tier ? _(gx_choice_label (gx_tiers, row->tier)) : NULL);
  gxc_stage_glyph_set_stage (self->stage, gx_choice_code (gx_stages, row->lifecycle_stage),
                             row->lifecycle_stage ? _(gx_choice_label (gx_stages, row->lifecycle_stage)) : NULL);
  self->has_value = row->value_class != 0;
  gxc_state_chip_set (self->value, GXC_STATE_PLAIN, value);
  if (row->value_class == 1)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "strong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value), "strong");
  gxc_state_chip_set (self->status, GXC_STATE_INFO, words);
  gtk_widget_set_visible (GTK_WIDGET (self->status), g_strcmp0 (status, "ACTIVE") != 0 && g_strcmp0 (status, "PROSPECT") != 0);
}

/* Short, but never without what is alarming. */
static char *
dup_risk_short (const GxRiskAssessment *row, gint32 today)
{
  const char *code = gx_choice_code (gx_risk_grades, row->grade);
  g_autofree char *day = gxc_format_days_ago (row->expires_on, today);

  /* Translators: a risk grade's code, and "in 14 d" */
  return row->expires_on < today ? g_strdup_printf (_("%s · expired"), code) : g_strdup_printf (_("%s expires %s"), code, day);
}

/* The code and the day it ends; amber when that is near or over. */
static void
show_risk (GxcCustomerHeader *self, GxcCustomerFile *file)
{
  const GxRiskAssessment *row = gxc_customer_file_get_risk (file);
  gint32 today = gxc_desk_get_today (gxc_customer_file_get_desk (file));
  g_autofree char *date = NULL, *words = NULL, *short_words = NULL;

  self->has_risk = row != NULL;
  self->risk_is_near = row && row->expires_on - today <= GXC_RISK_SOON;
  if (!row)
    return;
  date = gxc_format_date (row->expires_on, today);
  words = row->expires_on < today ? g_strdup_printf (_("%s · expired"), _(gx_choice_label (gx_risk_grades, row->grade)))
          : g_strdup_printf (_("%s · until %s"), _(gx_choice_label (gx_risk_grades, row->grade)), date);
  short_words = dup_risk_short (row, today);
  gxc_state_chip_set (self->risk, self->risk_is_near ? GXC_STATE_SOON : GXC_STATE_PLAIN, words);
  gxc_state_chip_set (self->risk_short, GXC_STATE_SOON, short_words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->risk_short), words);
}

/* --- how complete it is ------------------------------------------------------------------------------------------- */

static gboolean
has_field (GPtrArray *rows, const char *name)
{
  for (guint i = 0; i < rows->len; i++)
    {
      GxRecord *record = g_ptr_array_index (rows, i);
      const GxField *field = gx_entity_find (gx_record_get_entity (record), name);

      if (!gx_field_is_none (field, gx_record_get_data (record)) || gx_record_is_masked (record, name, NULL))
        return TRUE;
    }
  return FALSE;
}

/* Which of the facts that a manager collects first are not there. The score is the server's; this says where to begin. */
static GPtrArray *
list_missing (GxcCustomerFile *file)
{
  static const struct { const GxEntity *entity; const char *field; } wanted[] = {
    { &gx_contact_point_entity, "value" }, { &gx_address_entity, "line" }, { &gx_person_profile_entity, "birth_date" },
    { &gx_person_profile_entity, "occupation" }, { &gx_person_profile_entity, "annual_income" },
    { &gx_org_profile_entity, "legal_rep" }, { &gx_org_profile_entity, "industry" }, { &gx_org_profile_entity, "annual_revenue" },
  };
  GPtrArray *missing = g_ptr_array_new ();
  gboolean person = gxc_customer_file_get_row (file)->type == GX_CUSTOMER_PERSON;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const GxEntity *entity = wanted[i].entity;

      if ((entity == &gx_person_profile_entity && !person) || (entity == &gx_org_profile_entity && person))
        continue;
      if (!has_field (gxc_customer_file_rows (file, entity), wanted[i].field))
        g_ptr_array_add (missing, (gpointer) (entity == &gx_contact_point_entity ? entity->label : gx_entity_find (entity, wanted[i].field)->label));
    }
  return missing;
}

/* Within a sentence: a label begins as a sentence does, unless it is an abbreviation. */
static char *
dup_inner (const char *label)
{
  const char *rest = g_utf8_next_char (label);
  char first[7] = { 0 };

  if (!g_unichar_islower (g_utf8_get_char (rest)))
    return g_strdup (label);
  g_unichar_to_utf8 (g_unichar_tolower (g_utf8_get_char (label)), first);
  return g_strconcat (first, rest, NULL);
}

static char *
join_missing (GPtrArray *missing)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < missing->len; i++)
    {
      g_autofree char *label = dup_inner (_((const char *) g_ptr_array_index (missing, i)));

      g_string_append_printf (words, "%s%s", i ? C_("between words of a list", ", ") : "", label);
    }
  return g_string_free (words, FALSE);
}

/* Their number first: there is room for one or two of them; the tooltip has all. */
static char *
dup_lacks (GPtrArray *missing, const char *all)
{
  if (!missing->len)
    return g_strdup (_("key facts: all"));
  return missing->len == 1 ? g_strdup_printf (_("lacks %s"), all)
                           : g_strdup_printf (ngettext ("lacks %u: %s", "lacks %u: %s", missing->len), missing->len, all);
}

static void
show_quality (GxcCustomerHeader *self, GxcCustomerFile *file)
{
  const GxCustomer *row = gxc_customer_file_get_row (file);
  g_autoptr(GPtrArray) missing = list_missing (file);
  g_autofree char *all = join_missing (missing), *lacks = dup_lacks (missing, all);
  g_autofree char *tooltip = missing->len ? g_strdup_printf (_("Data quality; missing: %s"), all) : g_strdup (_("Data quality: all key facts are there"));
  gboolean scored = row->dq_score != GX_INT_NONE;

  gtk_widget_set_visible (GTK_WIDGET (self->ring), scored);
  if (scored)
    gxc_customer_ring_set (self->ring, row->dq_score, row->dq_score < POOR ? GXC_TOKEN_AMBER_MARK : GXC_TOKEN_CHART_3);
  gtk_label_set_text (GTK_LABEL (self->missing), lacks);
  gtk_widget_set_tooltip_text (self->quality, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->ring), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

/* --- the banner: what is open ------------------------------------------------------------------------------------- */

static void
show_request (GxcCustomerHeader *self, GxcDesk *desk, GxRecord *record, guint others)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  g_autofree char *kind = gxc_field_to_words (desk, record, gx_entity_find (&gx_change_request_entity, "kind"));
  g_autofree char *maker = gxc_field_to_words (desk, record, gx_entity_find (&gx_change_request_entity, "maker_id"));
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk));
  g_autofree char *due = row->due_at ? gxc_format_moment (row->due_at, gxc_desk_now (desk)) : NULL;
  g_autofree char *title = NULL, *more = NULL, *until = due ? g_strdup_printf (_(" · due %s"), due) : g_strdup ("");
  g_autofree char *detail = NULL;

  if (g_strcmp0 (row->state, "DRAFT") == 0)
    {
      title = g_strdup_printf (_("%s: change waits to be submitted"), kind);
      detail = g_strdup (_("It is submitted with the next sync; until another person approves it, the old value stays in force"));
    }
  else if (g_strcmp0 (row->state, "RETURNED") == 0)
    {
      title = g_strdup_printf (_("%s: change was returned"), kind);
      detail = g_strdup_printf (_("asked by %s, %s · the maker revises or withdraws it"), maker, at);
    }
  else
    {
      title = g_strdup_printf (_("%s: change awaits review"), kind);
      detail = g_strdup_printf (_("asked by %s, %s · the old value stays in force%s"), maker, at, until);
    }
  more = others ? g_strdup_printf (ngettext ("%s · and %u more", "%s · and %u more", others), detail, others) : g_strdup (detail);
  gxc_banner_show (self->banner, GXC_BANNER_INFORMATION, "changes-prevent-symbolic", title, more);
  gxc_banner_set_action (self->banner, _("See comparison"), "customer.compare");
}

static void
show_banner (GxcCustomerHeader *self, GxcCustomerFile *file)
{
  GPtrArray *requests = gxc_customer_file_requests (file);

  if (requests->len)
    show_request (self, gxc_customer_file_get_desk (file), g_ptr_array_index (requests, 0), requests->len - 1);
  else
    gxc_banner_hide (self->banner);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
append_buttons (GxcCustomerHeader *self, GxcDesk *desk)
{
  GtkWidget *interaction;

  if (gtk_widget_get_first_child (self->buttons) || !gxc_desk_can (desk, GX_CAN_WRITE_TASK))
    return;
  gtk_box_append (GTK_BOX (self->buttons), gxc_button_new (_("Add task"), "Ctrl T", "customer.new-task"));
  interaction = gxc_button_new (_("Log interaction"), "Ctrl I", "customer.new-interaction");
  gtk_widget_add_css_class (interaction, "suggested-action");
  gtk_box_append (GTK_BOX (self->buttons), interaction);
}

static void
show_pin (GxcCustomerHeader *self, GxcCustomerFile *file)
{
  gboolean on = gxc_pin_is_on (gxc_customer_file_get_desk (file), gxc_customer_file_get_id (file));
  const char *words = on ? _("Pinned: take the pin off (Ctrl+D)") : _("Pin this customer (Ctrl+D)");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pin), on);
  gtk_widget_set_tooltip_text (self->pin, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pin), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* It is pressed when the pin is there, not when somebody asked for it. */
static void
on_pin_clicked_cb (GxcCustomerHeader *self, GtkToggleButton *pin)
{
  gtk_toggle_button_set_active (pin, !gtk_toggle_button_get_active (pin));
  gtk_widget_activate_action (GTK_WIDGET (self), "customer.pin", NULL);
}

/** gxc_customer_header_show: everything anew; the file has its customer */
void
gxc_customer_header_show (GxcCustomerHeader *self,
                          GxcCustomerFile   *file)
{
  g_autofree char *name = NULL;

  g_return_if_fail (GXC_IS_CUSTOMER_HEADER (self) && gxc_customer_file_get_row (file));

  name = gxc_customer_file_words (file, "name");
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_widget_set_tooltip_text (self->name, name);
  adw_avatar_set_text (ADW_AVATAR (self->avatar), name);
  show_badges (self, file);
  show_risk (self, file);
  show_facts (self, file);
  show_quality (self, file);
  show_banner (self, file);
  show_pin (self, file);
  append_buttons (self, gxc_customer_file_get_desk (file));
}

/** gxc_customer_header_set_room: the name comes before everything else */
void
gxc_customer_header_set_room (GxcCustomerHeader *self,
                              gboolean           narrow,
                              gboolean           beside_form)
{
  g_return_if_fail (GXC_IS_CUSTOMER_HEADER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->value), self->has_value);
  gtk_widget_set_visible (GTK_WIDGET (self->risk), self->has_risk);
  gtk_widget_set_visible (GTK_WIDGET (self->risk_short), self->risk_is_near);
  gtk_widget_set_visible (self->buttons, !beside_form && gtk_widget_get_first_child (self->buttons));       /* what they open is open, and has the primary action */
  gtk_widget_set_visible (self->quality, !beside_form && !(narrow && gxc_look_scale (GTK_WIDGET (self)) > 1.2));
  for (GtkWidget *button = gtk_widget_get_first_child (self->buttons); button; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button))), !narrow);
}

static void
gxc_customer_header_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_CUSTOMER_HEADER);
  G_OBJECT_CLASS (gxc_customer_header_parent_class)->dispose (object);
}

static void
gxc_customer_header_class_init (GxcCustomerHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customer_header_dispose;
  g_type_ensure (GXC_TYPE_BANNER);
  g_type_ensure (GXC_TYPE_CUSTOMER_RING);
  g_type_ensure (GXC_TYPE_STAGE_GLYPH);
  g_type_ensure (GXC_TYPE_STATE_CHIP);
  g_type_ensure (GXC_TYPE_TIER_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-customer-header.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, avatar);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, name);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, tier);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, value);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, stage);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, marks);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, risk);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, risk_short);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, status);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, facts);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, quality);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, ring);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, missing);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, pin);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, buttons);
  gtk_widget_class_bind_template_callback (widget_class, on_pin_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerHeader, banner);
}

static void
gxc_customer_header_init (GxcCustomerHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->risk), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->risk_short), FALSE);
  gtk_widget_set_layout_manager (self->marks, gxc_room_layout_new_of_rest (GTK_PACK_START));      /* the name comes first, then an alarm */
}
