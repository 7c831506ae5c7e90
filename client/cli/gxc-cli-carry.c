/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking documents along by commands: without a word what is missing is fetched, now and all of it; then it is told what is here, by
 * the reason for which it is. The desktop does the same by itself (gxc-transfer).
 */
#include "gxc-cli.h"

#include "gx-error.h"
#include "gxc-carry.h"
#include "gxc-cli-print.h"
#include "gxc-sync.h"
#include "gxc-transfer.h"

#include <glib/gi18n.h>

/* The machine's words, which are the wire's own style. */
static const char *const reasons[GXC_N_CARRY] = {
  [GXC_CARRY_NOT] = "LOOKED_AT", [GXC_CARRY_TAKEN] = "TAKEN", [GXC_CARRY_TODAY] = "TODAY", [GXC_CARRY_TOMORROW] = "TOMORROW",
  [GXC_CARRY_PINNED] = "PINNED", [GXC_CARRY_CORE] = "CORE",   [GXC_CARRY_TASK] = "TASK",
};

static gboolean
fetch_all (GxcCli  *cli,
           GError **error)
{
  GxcTransfer *transfer = gxc_sync_get_transfer (gxc_context_get_sync (cli->context));
  gboolean more = TRUE;

  while (more)
    if (!gxc_transfer_fetch_ahead (transfer, &more, NULL, error))
      return FALSE;

  return TRUE;
}

static void
tell_json (GxcCarryWhy        why,
           const GxcCarrySum *sum)
{
  gxc_print_line ("{\"why\":\"%s\",\"documents\":%u,\"here\":%u,\"left_out\":%u,\"bytes\":%" G_GINT64_FORMAT ",\"bytes_here\":%" G_GINT64_FORMAT
                  ",\"since\":%" G_GINT64_FORMAT "}", reasons[why], sum->n, sum->n_here, sum->n_left_out, sum->bytes, sum->bytes_here, sum->since);
}

static void
tell_row (GxcTable          *table,
          GxcCarryWhy        why,
          const GxcCarrySum *sum)
{
  g_autofree char *number = g_strdup_printf ("%u/%u", sum->n_here, sum->n), *size = g_format_size (sum->bytes_here);

  gxc_table_add (table, reasons[why], number, size, NULL);
  gxc_table_take (table, sum->since != 0 ? gxc_print_time (sum->since) : g_strdup (""));
}

static gboolean
tell (GxcCli  *cli,
      GError **error)
{
  g_autoptr(GPtrArray) list = gxc_carry_list (gxc_cli_db (cli), gxc_store_get_clock (gxc_context_get_store (cli->context)), NULL, 0, error);
  g_autoptr(GxcTable) table = gxc_table_new (4);
  GxcCarrySum sums[GXC_N_CARRY] = { { 0 } };

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    gxc_carry_sum_add (&sums[((const GxcCarried *) list->pdata[i])->why], list->pdata[i]);
  gxc_table_add (table, _("Reason"), _("Documents"), _("Size"), _("Oldest came"), NULL);
  for (guint why = 0; why < GXC_N_CARRY; why++)
    if (sums[why].n > 0 && cli->json)
      tell_json (why, &sums[why]);
    else if (sums[why].n > 0)
      tell_row (table, why, &sums[why]);
  if (!cli->json)
    gxc_table_print (table, TRUE);

  return TRUE;
}

static gboolean
take (GxcCli    *cli,
      gboolean   along,
      GError   **error)
{
  g_autoptr(GArray) customers = g_array_new (FALSE, FALSE, sizeof (GxId));

  for (guint i = 1; i < cli->n_args; i++)
    {
      GxId id;

      if (!gxc_cli_id (cli->args[i], &id, error))
        return FALSE;
      g_array_append_val (customers, id);
    }

  return gxc_carry_take (gxc_context_get_store (cli->context), (const GxId *) (gpointer) customers->data, customers->len, along, error);
}

static gboolean
set_room (GxcCli  *cli,
          GError **error)
{
  gint64 mb;

  return (g_ascii_string_to_signed (cli->args[1], 10, 0, GXC_CARRY_MB_MAX, &mb, NULL)
          || gx_fail (error, GX_ERROR_INVALID, _("The room is a number of MB from 0 to %d."), GXC_CARRY_MB_MAX))
         && gxc_carry_set_budget (gxc_context_get_store (cli->context), mb, error);
}

gboolean
gxc_cli_carry (GxcCli  *cli,
               GError **error)
{
  const char *word = cli->n_args > 0 ? cli->args[0] : "";

  if (cli->n_args == 0)
    return gxc_cli_online (cli, fetch_all, error) && tell (cli, error);
  if (g_str_equal (word, "list") && cli->n_args == 1)
    return tell (cli, error);
  if (cli->n_args > 1 && (g_str_equal (word, "take") || g_str_equal (word, "leave")))
    return take (cli, g_str_equal (word, "take"), error);
  if (cli->n_args == 2 && g_str_equal (word, "room"))
    return set_room (cli, error);

  return gx_fail (error, GX_ERROR_USAGE, "carry [list | take CUSTOMER… | leave CUSTOMER… | room MB]");
}
