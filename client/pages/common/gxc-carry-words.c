/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that are taken along, in words: why, how much of it is here and since when, and what stands in the way with what would
 * make it possible. */

#include "gxc-carry-words.h"

#include <glib/gi18n.h>

#include "gxc-format.h"

/** gxc_carry_why_words: translated; of %GXC_CARRY_NOT what it is that is here */
const char *
gxc_carry_why_words (GxcCarryWhy why)
{
  static const char * const words[GXC_N_CARRY] = {
    [GXC_CARRY_NOT] = NC_("carry", "Looked at before"),   [GXC_CARRY_TAKEN] = NC_("carry", "Taken along"),
    [GXC_CARRY_TODAY] = NC_("carry", "Visit today"),      [GXC_CARRY_TOMORROW] = NC_("carry", "Visit tomorrow"),
    [GXC_CARRY_PINNED] = NC_("carry", "Pinned"),          [GXC_CARRY_CORE] = NC_("carry", "Core customer"),
    [GXC_CARRY_TASK] = NC_("carry", "Task falls due"),
  };

  return g_dpgettext2 (NULL, "carry", words[why]);
}

/* "3 of 4 documents" */
static char *
dup_number (const GxcCarrySum *sum)
{
  if (sum->n_here == sum->n)
    return g_strdup_printf (ngettext ("%u document", "%u documents", sum->n), sum->n);
  return g_strdup_printf (ngettext ("%u of %u document", "%u of %u documents", sum->n), sum->n_here, sum->n);
}

static char *
dup_size (const GxcCarrySum *sum)
{
  g_autofree char *here = gxc_format_size (sum->bytes_here), *all = gxc_format_size (sum->bytes);

  return sum->bytes_here == sum->bytes ? g_strdup (all) : g_strdup_printf (C_("carry", "%s of %s"), here, all);
}

/** gxc_carry_dup_here: what of one customer is here; his records always are */
char *
gxc_carry_dup_here (GxcDesk           *desk,
                    const GxcCarrySum *sum)
{
  g_autofree char *number = dup_number (sum), *size = dup_size (sum);
  g_autofree char *ago = sum->since ? gxc_format_ago (sum->since, gxc_desk_now (desk)) : NULL;

  if (sum->n == 0)
    return g_strdup (_("Record here · no documents"));
  if (sum->n_closed == sum->n)
    return g_strdup (_("Record here · documents open only to who manages the customer"));
  return ago ? g_strdup_printf (_("%s here · %s · came %s"), number, size, ago) : g_strdup_printf (_("%s here · %s"), number, size);
}

/** gxc_carry_dup_total: of all that lies on this desk: "42 documents · 31 MB of 256 MB · the oldest came 12 d ago" */
char *
gxc_carry_dup_total (GxcDesk           *desk,
                     const GxcCarrySum *sum)
{
  GxcCarryRoom room;
  g_autofree char *ago = sum->since ? gxc_format_ago (sum->since, gxc_desk_now (desk)) : NULL, *here = gxc_format_size (sum->bytes_here);
  g_autofree char *number = g_strdup_printf (ngettext ("%u document", "%u documents", sum->n_here), sum->n_here), *all = NULL;

  gxc_desk_get_carry_room (desk, &room);
  all = gxc_format_size (room.budget);
  if (!ago)
    return g_strdup_printf (_("No documents on this desk · room for %s"), all);
  return g_strdup_printf (_("%s · %s, room for %s · the oldest came %s"), number, here, all, ago);
}

/* --- what stands in the way ----------------------------------------------------------------------------------------- */

static guint
n_to_come (const GxcCarrySum *sum)
{
  return sum->n - sum->n_here - sum->n_left_out - sum->n_refused;
}

static char *
dup_waiting (GxcDesk *desk, const GxcCarrySum *sum, const char **out_label, const char **out_action)
{
  GxcSyncSummary summary;
  guint n = n_to_come (sum);

  gxc_desk_get_summary (desk, &summary);
  if (n == 0 || (summary.online && !summary.signed_out))
    return NULL;
  *out_label = summary.signed_out ? _("Sign in") : _("Try now");
  *out_action = summary.signed_out ? "win.sign-in" : "win.sync";
  return summary.signed_out ? g_strdup_printf (ngettext ("%u document waits: sign in again and it comes", "%u documents wait: sign in again and they come", n), n)
                            : g_strdup_printf (ngettext ("%u document waits for the network", "%u documents wait for the network", n), n);
}

static char *
dup_no_room (GxcDesk *desk, const GxcCarrySum *sum, const char **out_label, const char **out_action)
{
  GxcCarryRoom room;
  g_autofree char *size = gxc_format_size (sum->bytes_left_out), *all = NULL;

  gxc_desk_get_carry_room (desk, &room);
  all = gxc_format_size (room.budget);
  if (room.no_disk)
    return g_strdup (_("The disk is nearly full: free some of it and the documents come"));
  if (sum->n_left_out == 0)
    return NULL;
  *out_label = _("More room");
  *out_action = "win.preferences";
  if (room.budget == 0)
    return g_strdup (_("Nothing is fetched ahead: give documents some room in the preferences"));
  if (sum->n_missed == 0)
    return g_strdup_printf (ngettext ("%u document of core customers and due tasks has no room in %s",
                                      "%u documents of core customers and due tasks have no room in %s", sum->n_left_out), sum->n_left_out, all);
  return g_strdup_printf (ngettext ("%u document (%s) has no room beside the others in %s: give them more, or leave somebody behind",
                                    "%u documents (%s) have no room beside the others in %s: give them more, or leave somebody behind", sum->n_left_out),
                          sum->n_left_out, size, all);
}

/**
 * gxc_carry_dup_problem:
 * @sum: of what is wanted
 * @out_label, @out_action: (out): the button that makes it possible; %NULL where there is none
 * @out_mild: (out): only what nobody chose has no room
 *
 * Returns: (transfer full) (nullable): what stands in the way and what would make it possible; %NULL where nothing does
 */
char *
gxc_carry_dup_problem (GxcDesk            *desk,
                       const GxcCarrySum  *sum,
                       const char        **out_label,
                       const char        **out_action,
                       gboolean           *out_mild)
{
  char *words;

  *out_label = *out_action = NULL;
  words = dup_waiting (desk, sum, out_label, out_action);
  *out_mild = !words && *out_label == NULL && sum->n_missed == 0 && sum->n_refused == 0;
  if (!words)
    words = dup_no_room (desk, sum, out_label, out_action);
  *out_mild = *out_mild && *out_label != NULL;      /* else the disk is full */
  if (!words && sum->n_refused > 0)
    words = g_strdup_printf (ngettext ("The bank does not give %u document: the customer may be somebody else's now",
                                       "The bank does not give %u documents: their customers may be somebody else's now", sum->n_refused),
                             sum->n_refused);
  return words;
}
