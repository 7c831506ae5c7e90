/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can begin on a customer's page: each action opens the form beside it with a draft that is filled in as far
 * as the desk knows. Saving is the form's; nothing here writes. */

#include "gxc-customer-actions.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "gx-address.h"
#include "gx-catalog.h"
#include "gx-contact-point.h"
#include "gx-identifier.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-need.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"
#include "gx-review-rule.h"
#include "gx-task.h"
#include "gxc-calendar.h"
#include "gxc-customer-page.h"
#include "gxc-format.h"
#include "gxc-page-pin.h"
#include "gxc-plan-edits.h"

static GxcDesk *
desk_of (GtkWidget *widget)
{
  return gxc_page_get_desk (GXC_PAGE (widget));
}

static const GxId *
id_of (GtkWidget *widget)
{
  return gxc_customer_file_get_id (gxc_customer_page_get_file (GXC_CUSTOMER_PAGE (widget)));
}

static char *
dup_name (GtkWidget *widget)
{
  return gxc_desk_dup_customer (desk_of (widget), id_of (widget));
}

static GxcForm *
form_of (GtkWidget *widget)
{
  return gxc_customer_page_get_form (GXC_CUSTOMER_PAGE (widget));
}

static void
new_interaction_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char * const fields[] = { "channel", "direction", "purpose", "subject", "notes", "next_steps", "started_at", "minutes", NULL };
  const GxcPerson *person = gxc_desk_get_person (desk_of (widget));
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_interaction_entity, NULL);
  GxInteraction *row = gxc_draft_get_row (draft);
  g_autofree char *who = dup_name (widget);

  row->customer_id = *id_of (widget);
  row->owner_id = person->employee_id;
  row->channel = gx_choice_find (gx_channels, "PHONE");
  row->direction = GX_DIRECTION_OUT;
  row->purpose = 4;
  row->started_at = gxc_desk_now (desk_of (widget));
  gxc_form_open (form_of (widget), GXC_FORM_CREATE, N_("Log an interaction"), who, draft, fields,
                 N_("Interaction saved on this desk; it is sent with the next sync"));
}

static void
open_new_task (GtkWidget *widget, const char *title, int kind)
{
  static const char * const fields[] = { "title", "kind", "due_at", "priority", NULL };
  const GxcPerson *person = gxc_desk_get_person (desk_of (widget));
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_task_entity, NULL);
  GxTask *row = gxc_draft_get_row (draft);
  g_autofree char *who = dup_name (widget);

  row->title = g_strdup (title);
  row->customer_id = *id_of (widget);
  row->assignee_id = person->employee_id;
  row->kind = kind;
  row->status = GX_TASK_OPEN;
  row->priority = 2;
  row->due_at = gxc_local_moment (gxc_next_working_day (desk_of (widget)), 0);
  gxc_form_open (form_of (widget), GXC_FORM_CREATE, N_("New task"), who, draft, fields, N_("Task added"));
}

static void
new_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_new_task (widget, NULL, GX_TASK_CALL);
}

/* The assessment itself is taken at the counter; what a manager can do is to arrange it. */
static void
arrange_risk_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_new_task (widget, _("Risk assessment"), GX_TASK_REFRESH);
}

/* --- one click, with a way back ------------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *page;          /* (owned) */
  char      *words;         /* (owned) */
} Saving;

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);

  if (undo && gtk_widget_get_root (saving->page))
    gxc_page_toast_undo (saving->page, saving->words, undo);
  else if (gtk_widget_get_root (saving->page))
    {
      g_autofree char *words = gxc_error_words (error);

      gxc_page_toast (saving->page, words);
    }
  g_object_unref (saving->page);
  g_free (saving->words);
  g_free (saving);
}

/* @item (transfer full) */
static void
save_item (GtkWidget *widget, GxcChangeItem *item, const char *words)
{
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving) { g_object_ref (widget), g_strdup (words) };
  g_ptr_array_add (changes, item);
  gxc_plan_add_progress (desk_of (widget), changes);
  gxc_desk_save (desk_of (widget), changes, on_saved_cb, saving);
}

static void
save_one (GtkWidget *widget, GxRecord *original, gpointer row, const char *words)
{
  save_item (widget, gxc_change_item_patch (original, row, 0), words);
}

/* (nullable): the row behind the id that an action was given, to be changed and handed to save_one(). */
static GxRecord *
find_row (GtkWidget *widget, const GxEntity *entity, const char *id_text, gpointer *out_copy)
{
  GxRecord *record;
  GxId id;

  if (!gx_id_parse (id_text, &id) || !(record = gxc_desk_read_one (desk_of (widget), entity, &id, NULL)))
    return NULL;
  *out_copy = gx_entity_copy (entity, gx_record_get_data (record));
  return record;
}

static void
finish_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gpointer copy;
  g_autoptr(GxRecord) task = find_row (widget, &gx_task_entity, g_variant_get_string (parameter, NULL), &copy);

  if (!task)
    return;
  ((GxTask *) copy)->status = GX_TASK_DONE;
  save_one (widget, task, copy, _("Task finished"));
}

/* The target is "id/days": so many working days on from today, or from its day if that is later, at the same hour. */
static void
snooze_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_auto(GStrv) target = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);
  g_autoptr(GxcCalendar) calendar = gxc_calendar_new (desk_of (widget));
  gpointer copy;
  g_autoptr(GxRecord) task = find_row (widget, &gx_task_entity, target[0], &copy);
  g_autofree char *until = NULL, *words = NULL;
  gint32 due, from, to;
  GxTask *row = task ? copy : NULL;

  if (!task || !target[1])
    return;
  due = gxc_local_day (row->due_at);
  from = MAX (due, gxc_local_today (desk_of (widget)));
  to = gx_workdays_add (gxc_calendar_get_workdays (calendar), from, atoi (target[1]));
  row->due_at = gxc_local_moment (to, row->due_at);
  row->snooze_cnt = (row->snooze_cnt == GX_INT_NONE ? 0 : row->snooze_cnt) + 1;
  until = gxc_format_moment (row->due_at, gxc_desk_now (desk_of (widget)));
  words = g_strdup_printf (_("Put off to %s"), until);
  save_one (widget, task, copy, words);
}

static void
meet_need_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gpointer copy;
  g_autoptr(GxRecord) need = find_row (widget, &gx_need_entity, g_variant_get_string (parameter, NULL), &copy);

  if (!need)
    return;
  ((GxNeed *) copy)->status = GX_NEED_MET;
  save_one (widget, need, copy, _("Need met"));
}

/* --- edit, ask, add ----------------------------------------------------------------------------------------------- */

static void
collect_fields (const GxEntity *entity, gboolean reviewed, GPtrArray *names)
{
  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (((field->flags & GX_REVIEWED) != 0) == reviewed && !(field->flags & GX_FIXED) && (reviewed || !(field->flags & GX_SERVER)))
        g_ptr_array_add (names, (gpointer) field->name);
    }
  g_ptr_array_add (names, NULL);
}

static const GxEntity * const editable[] = {
  &gx_customer_entity, &gx_person_profile_entity, &gx_org_profile_entity, &gx_contact_point_entity, &gx_identifier_entity,
  &gx_address_entity, &gx_need_entity, &gx_task_entity,
};

static const GxEntity *
find_entity (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (editable); i++)
    if (g_strcmp0 (editable[i]->name, name) == 0)
      return editable[i];
  return NULL;
}

/* The target is "entity/id". */
static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean request = g_str_equal (name, "customer.request");
  g_auto(GStrv) target = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);
  const GxEntity *entity = find_entity (target[0]);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GxcDraft) draft = NULL;
  GxId id;

  if (!entity || !gx_id_parse (target[1], &id) || !(record = gxc_desk_read_one (desk_of (widget), entity, &id, NULL)))
    return;
  draft = gxc_draft_new (entity, record);
  collect_fields (entity, request, names);
  gxc_form_open (form_of (widget), request ? GXC_FORM_REQUEST : GXC_FORM_PATCH, request ? N_("Ask for a change") : entity->label,
                 request ? N_("Another person decides. Until then the old value stays in force.") : NULL,
                 draft, (const char * const *) names->pdata, request ? N_("Request saved; it is submitted with the next sync") : N_("Saved"));
}

typedef struct
{
  const GxEntity *entity;
  const char     *title, *done;
  const char     *fields[6];
} Addable;

static const Addable addables[] = {
  { &gx_need_entity, N_("New need"), N_("Need noted"), { "category", "detail", "due_on" } },
  { &gx_contact_point_entity, N_("New contact"), N_("Contact added"), { "kind", "value", "label", "is_primary" } },
  { &gx_address_entity, N_("New address"), N_("Address added"), { "kind", "line", "region_code", "postcode" } },
  { &gx_identifier_entity, N_("New identity document"), N_("Request saved; it is submitted with the next sync"),
    { "kind", "number", "issue_org", "valid_from", "valid_to" } },
  { &gx_life_event_entity, N_("New life event"), N_("Life event noted"), { "type", "happened_on", "source", "note" } },
};

static const Addable *
find_addable (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (addables); i++)
    if (g_str_equal (addables[i].entity->name, name))
      return &addables[i];
  return NULL;
}

/* What follows from the type is not asked. */
static void
on_event_changed_cb (GxcDraft *draft)
{
  GxLifeEvent *row = gxc_draft_get_row (draft);

  row->domain = row->type ? 1 + gx_life_event_is_business (row->type) : 0;
  row->sensitivity = row->type ? 1 + gx_life_event_is_sensitive (row->type) : 0;
}

static void
fill_new (GtkWidget *widget, GxcDraft *draft)
{
  const GxEntity *entity = gxc_draft_get_entity (draft);
  gpointer row = gxc_draft_get_row (draft);

  *(GxId *) gx_field_member (gx_entity_find (entity, "customer_id"), row) = *id_of (widget);
  if (entity == &gx_need_entity)
    ((GxNeed *) row)->status = GX_NEED_OPEN;
  if (entity != &gx_life_event_entity)
    return;
  ((GxLifeEvent *) row)->source = 1;
  ((GxLifeEvent *) row)->happened_on = gxc_desk_get_today (desk_of (widget));
  g_signal_connect (draft, "changed", G_CALLBACK (on_event_changed_cb), NULL);
}

static GxcForm *
open_form (GtkWidget *widget)
{
  const GxCustomer *row = gxc_customer_file_get_row (gxc_customer_page_get_file (GXC_CUSTOMER_PAGE (widget)));

  gxc_form_set_prospect (form_of (widget), row && row->status == GX_CUSTOMER_PROSPECT);
  return form_of (widget);
}

/* The target is the entity's name. */
static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const Addable *addable = find_addable (g_variant_get_string (parameter, NULL));
  g_autoptr(GxcDraft) draft = NULL;
  g_autofree char *who = NULL;

  if (!addable)
    return;
  draft = gxc_draft_new (addable->entity, NULL);
  fill_new (widget, draft);
  who = dup_name (widget);
  gxc_form_open (open_form (widget), GXC_FORM_CREATE, addable->title, who, draft, addable->fields, addable->done);
}

/* The target is "entity/id". What needs no second person goes at once and can be taken back; the rest asks for a reason. */
static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char * const none[] = { NULL };
  g_auto(GStrv) target = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);
  const GxEntity *entity = gx_entity_by_name (target[0]);
  const GxCustomer *customer = gxc_customer_file_get_row (gxc_customer_page_get_file (GXC_CUSTOMER_PAGE (widget)));
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GxcDraft) draft = NULL;
  GxId id;

  if (!entity || !customer || !gx_id_parse (target[1], &id) || !(record = gxc_desk_read_one (desk_of (widget), entity, &id, NULL)))
    return;
  if (!gx_review_of_delete (entity, gx_record_get_data (record), customer->status == GX_CUSTOMER_PROSPECT))
    {
      save_item (widget, gxc_change_item_remove (record), _("Removed"));
      return;
    }
  draft = gxc_draft_new (entity, record);
  gxc_form_open (open_form (widget), GXC_FORM_REMOVE, N_("Ask for removal"), N_("Another person decides. Until then it stays in force."),
                 draft, none, N_("Request saved; it is submitted with the next sync"));
}

static void
show_request (GtkWidget *widget, const char *id)
{
  g_autofree char *target = g_strdup_printf ("reviews#%s", id);

  gtk_widget_activate_action (widget, "win.show-page", "s", target);
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GPtrArray *requests = gxc_customer_file_requests (gxc_customer_page_get_file (GXC_CUSTOMER_PAGE (widget)));

  if (requests->len)
    show_request (widget, GX_ID_STR (gx_record_get_id (g_ptr_array_index (requests, 0))));
}

static void
show_request_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_request (widget, g_variant_get_string (parameter, NULL));
}

static void
pin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gxc_customer_file_get_row (gxc_customer_page_get_file (GXC_CUSTOMER_PAGE (widget))))
    gxc_page_pin (widget, desk_of (widget), id_of (widget), 1);
}

void
gxc_customer_actions_install (GtkWidgetClass *widget_class)
{
  static const struct { const char *name, *type; GtkWidgetActionActivateFunc run; } actions[] = {
    { "customer.new-interaction", NULL, new_interaction_action }, { "customer.new-task", NULL, new_task_action },
    { "customer.arrange-risk", NULL, arrange_risk_action }, { "customer.finish-task", "s", finish_task_action },
    { "customer.edit", "s", edit_action }, { "customer.request", "s", edit_action }, { "customer.add", "s", add_action }, { "customer.remove", "s", remove_action },
    { "customer.compare", NULL, compare_action }, { "customer.show-request", "s", show_request_action },
    { "customer.snooze-task", "s", snooze_task_action }, { "customer.meet-need", "s", meet_need_action },
    { "customer.pin", NULL, pin_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].run);
}
