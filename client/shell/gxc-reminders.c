/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the desktop when a clock has run down: a task to be remembered, a task or a review that is due. Looked at once a
 * minute, for what happened since the last look; what fell due while the program was away is told once, as a number.
 *
 * A notification may stand on a locked screen or before a customer's eyes: it says the kind and the end of the customer
 * number, never a name. It emits "remind"; sending is the application's. */

#include "gxc-reminders.h"

#include <glib/gi18n.h>

#include "gxc-due.h"
#include "gxc-format.h"

#define KEY       "reminded-until"
#define EVERY     60        /* s */
#define EACH_MOST 3         /* more are one number */

struct _GxcReminders
{
  GObject         parent_instance;

  GxcDesk        *desk;             /* (owned) */
  GxcPreferences *preferences;      /* (owned) */
  guint           tick;
};

G_DEFINE_FINAL_TYPE (GxcReminders, gxc_reminders, G_TYPE_OBJECT)

enum { REMIND, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_reminders_dispose (GObject *object)
{
  GxcReminders *self = GXC_REMINDERS (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (gxc_reminders_parent_class)->dispose (object);
}

static void
gxc_reminders_class_init (GxcRemindersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_reminders_dispose;
  /**
   * GxcReminders::remind:
   * @id: of the notification: the same id replaces the one before
   * @title: what is due
   * @body: (nullable): of whom, and since when
   * @place: where it is dealt with, a link (gxc_link_to_action())
   */
  signals[REMIND] = g_signal_new ("remind", GXC_TYPE_REMINDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
gxc_reminders_init (GxcReminders *self)
{
}

static void
remind_of_one (GxcReminders *self, const GxcDue *due)
{
  g_autofree char *moment = gxc_format_moment (due->at, gxc_desk_now (self->desk));
  g_autofree char *title = g_strdup_printf (_("Due: %s"), due->what);
  g_autofree char *body = due->tail ? g_strdup_printf (_("Customer %s · %s"), due->tail, moment) : g_steal_pointer (&moment);

  g_signal_emit (self, signals[REMIND], 0, due->place, title, body, due->place);
}

static void
remind_of_many (GxcReminders *self, guint n)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u deadline has passed", "%u deadlines have passed", n), n);

  g_signal_emit (self, signals[REMIND], 0, "many", title, NULL, "page/today");
}

/** gxc_reminders_check: looks now, for what happened since the last look */
void
gxc_reminders_check (GxcReminders *self)
{
  gint64 now = gxc_desk_now (self->desk);
  g_autofree char *last = gxc_preferences_get (self->preferences, KEY, ""), *until = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  g_autoptr(GPtrArray) due = NULL;
  gint64 since = *last ? g_ascii_strtoll (last, NULL, 10) : now;

  if (!gxc_desk_get_person (self->desk))
    return;
  gxc_preferences_set (self->preferences, KEY, until);
  if (!gxc_preferences_is_on (self->preferences, "notifications", TRUE))
    return;
  due = gxc_due_between (self->desk, since, now);
  for (guint i = 0; i < due->len && due->len <= EACH_MOST; i++)
    remind_of_one (self, due->pdata[i]);
  if (due->len > EACH_MOST)
    remind_of_many (self, due->len);
}

static gboolean
on_tick_cb (gpointer data)
{
  gxc_reminders_check (data);
  return G_SOURCE_CONTINUE;
}

/** gxc_reminders_new: looks every minute as long as it lives */
GxcReminders *
gxc_reminders_new (GxcDesk        *desk,
                   GxcPreferences *preferences)
{
  GxcReminders *self = g_object_new (GXC_TYPE_REMINDERS, NULL);

  self->desk = g_object_ref (desk);
  self->preferences = g_object_ref (preferences);
  self->tick = g_timeout_add_seconds (EVERY, on_tick_cb, self);
  return self;
}

/** gxc_reminders_leave: the program ends; what still waits here is told, and nobody is asked */
void
gxc_reminders_leave (GxcReminders *self)
{
  GxcSyncSummary summary;
  g_autofree char *title = NULL;

  gxc_desk_get_summary (self->desk, &summary);
  if (!summary.waiting)
    return;
  title = g_strdup_printf (ngettext ("%u change waits on this computer", "%u changes wait on this computer", summary.waiting), summary.waiting);
  g_signal_emit (self, signals[REMIND], 0, GXC_REMINDER_QUEUE, title, _("Safely kept; sent when Guanxi is open again and the bank can be reached."), "page/sync");
}
