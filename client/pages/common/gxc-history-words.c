/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log's actions in words, for whoever shows a record's history. */

#include "gxc-history-words.h"

#include <glib/gi18n.h>

static const struct { const char *action, *words; } actions[] = {
  { "create", N_("entered") }, { "patch", N_("changed") }, { "delete", N_("removed") },
  { "cr.submit", N_("asked for a change") }, { "cr.apply", N_("change came into force") }, { "cr.approve", N_("approved") },
  { "cr.reject", N_("rejected") }, { "cr.return", N_("returned") }, { "cr.withdraw", N_("withdrew") }, { "cr.revise", N_("revised") },
  { "cr.rebase", N_("asked again") }, { "cr.expire", N_("request expired") }, { "cr.escalate", N_("request escalated") },
  { "import", N_("imported") }, { "visit.missed", N_("visit was missed") },
  { "entry", N_("key data looked at") }, { "entry.late", N_("key data late") },
};

/** gxc_history_action_words: what was done, by the audit log's code; a code that this program does not know as it is */
const char *
gxc_history_action_words (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].action, action) == 0)
      return _(actions[i].words);
  return action ? action : "\u2014";
}
