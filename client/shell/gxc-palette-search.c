/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the palette finds for what was typed: pages and commands whose name begins so, customers and tasks by the desk's own
 * search (name, pinyin, initials, a telephone's end, customer number), then what only holds the words. Values without
 * widgets; it asks for a dozen rows and no more, so it answers within a keystroke whatever the desk holds. */

#include "gxc-palette-search.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-customer.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-commands.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-places.h"

#define MOST_CUSTOMERS 6
#define MOST_COMPARED  48       /* of those that may begin with what was typed */
#define MOST_TASKS     4
#define MOST_RECENT    6

typedef struct
{
  GxcDesk   *desk;
  char      *typed;         /* (owned): folded */
  GPtrArray *items;         /* of GxcPaletteItem */
} Search;

void
gxc_palette_item_free (GxcPaletteItem *item)
{
  g_free (item->action);
  g_free (item->title);
  g_free (item->detail);
  g_free (item->keys);
  g_free (item);
}

static gboolean
has (Search *search, const char *action)
{
  for (guint i = 0; i < search->items->len; i++)
    if (g_str_equal (((GxcPaletteItem *) search->items->pdata[i])->action, action))
      return TRUE;
  return search->items->len >= GXC_PALETTE_MOST;
}

static GxcPaletteItem *
add (Search *search, const char *action, const char *title, const char *icon_name, const char *kind)
{
  GxcPaletteItem *item = g_new0 (GxcPaletteItem, 1);

  item->action = g_strdup (action);
  item->title = g_strdup (title);
  item->icon_name = icon_name;
  item->kind = kind;
  g_ptr_array_add (search->items, item);
  return item;
}

/* --- pages and commands ------------------------------------------------------------------------------------------- */

typedef enum { NOT, HOLDS, BEGINS } Match;

/* BEGINS: the first word does; HOLDS: a later one. Both languages count: nobody minds which is shown. */
static Match
match (const char *typed, const char *words)
{
  g_autofree char *folded = words ? gx_text_fold (words) : NULL;
  const char *found = folded ? strstr (folded, typed) : NULL;

  for (; found; found = strstr (found + 1, typed))
    if (found == folded)
      return BEGINS;
    else if (found[-1] == ' ' || (guchar) *found >= 0x80)
      return HOLDS;
  return NOT;
}

static Match
match_any (const char *typed, const char *label, const char *source, const char *words)
{
  Match best = MAX (match (typed, label), match (typed, source));

  return best == NOT && words && match (typed, g_dpgettext2 (NULL, "palette", words)) != NOT ? HOLDS : best;
}

static void
add_page (Search *search, const GxcPlace *place)
{
  g_autofree char *action = g_strconcat ("win.show-page::", place->name, NULL);

  if (!has (search, action))
    add (search, action, gxc_place_label (place), place->icon_name, _("Page"))->detail = g_strdup (gxc_section_title (place->section));
}

static void
add_command (Search *search, const GxcCommand *command)
{
  if (!has (search, command->action))
    add (search, command->action, gxc_command_label (command), command->icon_name, _("Command"))->keys =
      command->keys ? gxc_keys_to_words (command->keys) : NULL;
}

static gboolean
is_offered (Search *search, const GxcCommand *command)
{
  return (command->flags & GXC_COMMAND_PALETTE) && gxc_command_is_for (command, search->desk);
}

/* Whoever types its name finds it all the same, and reads that there is nothing. */
static gboolean
has_something_to_do (Search *search, const GxcCommand *command)
{
  g_autofree char *what = command->dup_what ? command->dup_what (search->desk) : NULL;

  return !command->dup_what || what;
}

/* All that match no worse than @wanted. */
static void
add_pages_and_commands (Search *search, Match wanted)
{
  for (const GxcPlace *place = gxc_place_next (search->desk, NULL); place; place = gxc_place_next (search->desk, place))
    if (match_any (search->typed, gxc_place_label (place), place->label, place->words) >= wanted)
      add_page (search, place);
  for (guint i = 0; i < gxc_n_commands; i++)
    if (is_offered (search, &gxc_commands[i])
        && match_any (search->typed, gxc_command_label (&gxc_commands[i]), gxc_commands[i].label, gxc_commands[i].words) >= wanted)
      add_command (search, &gxc_commands[i]);
}

/* --- customers and tasks ------------------------------------------------------------------------------------------ */

/** gxc_palette_customer: (transfer full): the action that opens a customer */
char *
gxc_palette_customer (const GxId *id)
{
  return g_strconcat ("win.open-customer::", GX_ID_STR (id), NULL);
}

/* As the page shows them: under the curtain a name is its mask. */
static void
add_customer (Search *search, GxRecord *record)
{
  const GxCustomer *customer = gx_record_get_data (record);
  g_autofree char *action = gxc_palette_customer (gx_record_get_id (record));
  g_autofree char *name = gxc_field_to_words (search->desk, record, gx_entity_find (&gx_customer_entity, "name"));
  const char *tier = gx_choice_label (gx_tiers, customer->tier);
  GxcPaletteItem *item;

  if (has (search, action))
    return;
  item = add (search, action, name ? name : "", customer->type == GX_CUSTOMER_ORG ? "gx-company-symbolic" : "avatar-default-symbolic", _("Customer"));
  item->detail = g_strjoin (" · ", customer->cif_no ? customer->cif_no : _("no number yet"), tier ? _(tier) : NULL, NULL);
}

typedef enum { IS_IT, BEGINS_SO, HOLDS_IT } Rank;

/* How well a name, its reading or its initials answer to what was typed; "zhang san" and "zhangsan" are one. */
static Rank
rank_customer (Search *search, GxRecord *record)
{
  const GxCustomer *customer = gx_record_get_data (record);
  const char *words[] = { customer->name, customer->name_pinyin, customer->name_initials };
  g_auto(GStrv) typed_parts = g_strsplit (search->typed, " ", -1);
  g_autofree char *typed = g_strjoinv (NULL, typed_parts);
  Rank best = HOLDS_IT;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *folded = words[i] ? gx_text_fold (words[i]) : g_strdup ("");
      g_auto(GStrv) parts = g_strsplit (folded, " ", -1);
      g_autofree char *word = g_strjoinv (NULL, parts);

      if (g_str_has_prefix (word, typed))
        best = MIN (best, word[strlen (typed)] ? BEGINS_SO : IS_IT);
    }
  return best;
}

static GPtrArray *
read_found (Search *search, const GxEntity *entity, const GxcQuery *query)
{
  g_autoptr(GArray) ids = gxc_desk_list (search->desk, entity, query, NULL);
  GPtrArray *rows = ids ? gxc_desk_read (search->desk, entity, (const GxId *) (gpointer) ids->data, MIN (ids->len, query->limit), NULL) : NULL;

  return rows ? rows : g_ptr_array_new ();
}

/* Those whose name, or its reading, has the first letter that was typed: among them are all that begin so. */
static GPtrArray *
read_beginners (Search *search)
{
  gunichar first = g_utf8_get_char (search->typed);
  char low[8] = "", high[8] = "";
  const char *field = first < 0x80 ? "name_pinyin" : "name";
  const GxcCondition conditions[] = { { field, GXC_GREATER, low }, { field, GXC_LESS, high } };
  const GxcQuery query = { .search = search->typed, .conditions = conditions, .n_conditions = 2, .sort_field = "name", .limit = MOST_COMPARED };

  g_unichar_to_utf8 (first, low);
  g_unichar_to_utf8 (first + 1, high);
  return g_unichar_isalpha (first) ? read_found (search, &gx_customer_entity, &query) : g_ptr_array_new ();
}

/* Who is or begins with what was typed; then who only holds it, in the order of the list. */
static void
add_customers (Search *search)
{
  const GxcQuery any = { .search = search->typed, .limit = MOST_CUSTOMERS };
  g_autoptr(GPtrArray) beginners = read_beginners (search), rest = NULL;
  guint most = search->items->len + MOST_CUSTOMERS;

  for (Rank rank = IS_IT; rank <= BEGINS_SO; rank++)
    for (guint i = 0; i < beginners->len && search->items->len < most; i++)
      if (rank_customer (search, beginners->pdata[i]) == rank)
        add_customer (search, beginners->pdata[i]);
  if (search->items->len >= most)
    return;
  rest = read_found (search, &gx_customer_entity, &any);
  for (guint i = 0; i < rest->len && search->items->len < most; i++)
    add_customer (search, rest->pdata[i]);
}

static void
add_task (Search *search, GxRecord *record)
{
  const GxTask *task = gx_record_get_data (record);
  g_autofree char *customer = NULL, *due = NULL, *action = NULL;
  GxcPaletteItem *item;

  if (task->status == GX_TASK_DONE || task->status == GX_TASK_CANCELLED)
    return;
  action = gx_id_is_none (&task->customer_id) ? g_strdup ("win.show-page::tasks")
                                              : g_strdup_printf ("win.open-customer-tab(('%s', 'tasks'))", GX_ID_STR (&task->customer_id));
  if (has (search, action))
    return;
  customer = gxc_desk_dup_customer (search->desk, &task->customer_id);
  due = gxc_format_moment (task->due_at, gxc_desk_now (search->desk));
  item = add (search, action, task->title ? task->title : "", "checkbox-checked-symbolic", _("Task"));
  item->detail = g_strjoin (" · ", customer, due, NULL);
}

static void
add_tasks (Search *search)
{
  const GxcQuery query = { .search = search->typed, .limit = MOST_TASKS };
  g_autoptr(GPtrArray) rows = read_found (search, &gx_task_entity, &query);

  for (guint i = 0; i < rows->len; i++)
    add_task (search, rows->pdata[i]);
}

/* --- without a word ----------------------------------------------------------------------------------------------- */

static void
add_recent (Search *search, const char *action)
{
  const GxcCommand *command = gxc_command_find (action);
  const GxcPlace *place = g_str_has_prefix (action, "win.show-page::") ? gxc_place_find (search->desk, strchr (action, ':') + 2) : NULL;
  g_autoptr(GxRecord) customer = NULL;
  GxId id;

  if (g_str_has_prefix (action, "win.open-customer::") && gx_id_parse (strchr (action, ':') + 2, &id))
    customer = gxc_desk_read_one (search->desk, &gx_customer_entity, &id, NULL);
  if (customer)
    add_customer (search, customer);
  else if (place)
    add_page (search, place);
  else if (command && is_offered (search, command) && has_something_to_do (search, command))
    add_command (search, command);
}

static void
add_everything (Search *search, const char * const *recent)
{
  for (guint i = 0; recent && recent[i] && i < MOST_RECENT; i++)
    add_recent (search, recent[i]);
  for (const GxcPlace *place = gxc_place_next (search->desk, NULL); place; place = gxc_place_next (search->desk, place))
    add_page (search, place);
  for (guint i = 0; i < gxc_n_commands; i++)
    if (is_offered (search, &gxc_commands[i]) && has_something_to_do (search, &gxc_commands[i]))
      add_command (search, &gxc_commands[i]);
}

/**
 * gxc_palette_search:
 * @typed: "" for what was chosen last, then the pages and commands
 * @recent: (nullable): actions, latest first
 *
 * Returns: (transfer full) (element-type GxcPaletteItem): at most GXC_PALETTE_MOST, best first
 */
GPtrArray *
gxc_palette_search (GxcDesk            *desk,
                    const char         *typed,
                    const char * const *recent)
{
  g_autofree char *folded = gx_text_fold (typed);
  Search search = { desk, folded, g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_palette_item_free) };

  g_strstrip (folded);
  if (!*folded)
    {
      add_everything (&search, recent);
      return search.items;
    }
  add_pages_and_commands (&search, BEGINS);
  if (gxc_place_find (desk, "customers"))
    {
      add_customers (&search);
      add_tasks (&search);
    }
  add_pages_and_commands (&search, HOLDS);
  return search.items;
}
