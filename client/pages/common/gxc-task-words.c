/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a task wherever one is shown: its icon, its priority as a mark and a word, and the line under the title. */

#include "gxc-task-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gxc-format.h"
#include "gxc-unbroken.h"

const char *
gxc_task_icon (int kind)
{
  static const char * const icons[] = {
    [GX_TASK_CALL] = "call-start-symbolic",            [GX_TASK_VISIT] = "mark-location-symbolic",
    [GX_TASK_DOC] = "text-x-generic-symbolic",         [GX_TASK_REVIEW] = "emblem-documents-symbolic",
    [GX_TASK_CALLBACK] = "call-incoming-symbolic",     [GX_TASK_CARE] = "emblem-favorite-symbolic",
    [GX_TASK_RETENTION] = "dialog-warning-symbolic",   [GX_TASK_ONBOARD] = "contact-new-symbolic",
    [GX_TASK_REFRESH] = "checkbox-checked-symbolic",   [GX_TASK_OTHER] = "view-list-symbolic",
  };

  return kind > 0 && kind < (int) G_N_ELEMENTS (icons) ? icons[kind] : "view-list-symbolic";
}

const char *
gxc_task_kind_words (int kind)
{
  const char *label = gx_choice_label (gx_task_kinds, kind);

  return label ? _(label) : "";
}

/* Shapes, not colours: red is for what is late. */
const char *
gxc_task_priority_mark (int priority)
{
  static const char * const marks[] = { "", "▲", "△", "", "▽" };

  return priority >= 1 && priority <= 4 ? marks[priority] : "";
}

const char *
gxc_task_priority_words (int priority)
{
  const char *label = priority > 0 ? gx_choice_label (gx_task_priorities, priority) : NULL;

  return label ? _(label) : "";
}

gboolean
gxc_task_is_open (const GxTask *task)
{
  return task->status != GX_TASK_DONE && task->status != GX_TASK_CANCELLED;
}

/** gxc_task_dup_why: (transfer full): "Visit · 11-24 14:30 · reminder 14:00 · of a plan · put off twice" */
char *
gxc_task_dup_why (GxcDesk      *desk,
                  const GxTask *task)
{
  GString *words = g_string_new (gxc_task_kind_words (task->kind));
  g_autofree char *due = gxc_format_moment (task->due_at, gxc_desk_now (desk));

  g_string_append_printf (words, " · %s", due);
  if (gxc_task_is_open (task) && task->remind_at)
    {
      g_autofree char *moment = gxc_format_moment (task->remind_at, gxc_desk_now (desk));
      g_autofree char *reminder = g_strdup_printf (_("reminder %s"), moment), *whole = gxc_unbroken (reminder);

      g_string_append_printf (words, " ·\u00a0%s", whole);     /* a line may end before the dot, not in it */
    }
  if (!gx_id_is_none (&task->plan_item_id))
    g_string_append_printf (words, " · %s", _("of a plan"));
  if (task->snooze_cnt != GX_INT_NONE && task->snooze_cnt > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, ngettext ("put off once", "put off %d times", (gulong) task->snooze_cnt), (int) task->snooze_cnt);
    }
  return g_string_free (words, FALSE);
}
