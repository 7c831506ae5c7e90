/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window on a desk of invented rows, page by page, saved as pictures: for looking, not a test. Usage:
 * gallery-window [--dark] [--language CODE] [--size WxH] [--role CODE] [--rows N] [--relations N] [--tick N] [--scale PERCENT] [--broken ENTITY] [--act ACTION]... --page NAME FILE.png
 * where NAME is customers, customer, customer:timeline, form, request, reviews, reviews-several, reviews-paper,
 * reviews-evidence, sync, sign-in, status, guide, nothing. */

#include <stdio.h>
#include <string.h>

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-employee.h"
#include "gx-interaction.h"
#include "gx-relationship.h"
#include "gxc-customer-page.h"
#include "gxc-customers-list.h"
#include "gxc-language.h"
#include "gxc-review-seen.h"
#include "gxc-shell.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

static gboolean dark;
static char *language, *size, *role, *page, *broken, **files, **acts;
static int rows = 60, relations = 0, ticks = 0, scale = 100;

static const GOptionEntry entries[] = {
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark", NULL },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language, "Language", "CODE" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Size", "WxH" },
  { "role", 0, 0, G_OPTION_ARG_STRING, &role, "Role", "CODE" },
  { "rows", 0, 0, G_OPTION_ARG_INT, &rows, "Customers", "N" },
  { "relations", 0, 0, G_OPTION_ARG_INT, &relations, "Relations of the first customer", "N" },
  { "tick", 0, 0, G_OPTION_ARG_INT, &ticks, "Customers that are ticked in the list", "N" },
  { "scale", 0, 0, G_OPTION_ARG_INT, &scale, "Text scale", "PERCENT" },
  { "broken", 0, 0, G_OPTION_ARG_STRING, &broken, "Rows that cannot be read", "ENTITY" },
  { "act", 0, 0, G_OPTION_ARG_STRING_ARRAY, &acts, "An action of the page, once it is open", "ACTION" },
  { "page", 0, 0, G_OPTION_ARG_STRING, &page, "Page", "NAME" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE" },
  { NULL }
};

/* One that makes another number the primary one, with the rows it touches. */
static void
add_primary (GxtFakeDesk *desk)
{
  GPtrArray *customers = gxt_fake_desk_rows (desk, &gx_customer_entity), *requests = gxt_fake_desk_rows (desk, &gx_change_request_entity);
  GPtrArray *contacts = gxt_fake_desk_rows (desk, &gx_contact_point_entity);
  const GxChangeRequest *first = gx_record_get_data (requests->pdata[0]);
  GxChangeRequest *row;
  GxcReviewSeen *seen = gxc_review_seen_new (TRUE);

  for (guint i = 0; i < 2; i++)
    {
      GxContactPoint *contact = gxt_fake_desk_add (desk, &gx_contact_point_entity);

      contact->customer_id = *gx_record_get_id (customers->pdata[0]);
      contact->kind = 1;
      contact->value = g_strdup (i ? "13911112222" : "13800138000");
      contact->is_primary = !i;
      g_ptr_array_add (seen->context, g_object_ref (g_ptr_array_index (contacts, contacts->len - 1)));
    }
  row = gxt_fake_desk_add (desk, &gx_change_request_entity);
  row->kind = g_strdup ("customer.contact");
  row->op = g_strdup ("patch");
  row->tbl = g_strdup ("contact_point");
  row->entity_id = *gx_record_get_id (contacts->pdata[contacts->len - 1]);
  row->rev = row->required_n = 1;
  row->state = g_strdup ("PENDING");
  row->maker_id = first->maker_id;
  row->digest = g_strdup (first->digest);
  row->submitted_at = first->submitted_at;
  row->due_at = first->submitted_at + 3 * 3600000;
  row->reason = g_strdup ("客户更换常用手机，已按新号码回拨核实。");
  row->before = g_strdup ("{\"is_primary\":false}");
  row->after = g_strdup ("{\"is_primary\":true}");
  row->evidence = g_strdup ("[]");
  for (guint i = 0; i < 2; i++)
    g_array_append_vals (seen->reviewers, gx_record_get_id (gxt_fake_desk_rows (desk, &gx_employee_entity)->pdata[i]), 1);
  gxc_review_seen_give (requests->pdata[requests->len - 1], seen);
}

/* A conflict, a refusal, and what waits. */
static void
add_queue (GxtFakeDesk *desk)
{
  GPtrArray *customers = gxt_fake_desk_rows (desk, &gx_customer_entity), *contacts = gxt_fake_desk_rows (desk, &gx_interaction_entity);
  GxcQueueItem *item = gxt_fake_desk_queue (desk, GXC_QUEUE_CONFLICT, &gx_customer_entity, gx_record_get_id (customers->pdata[0]), "patch", NULL);

  *gxt_fake_desk_summary (desk) = (GxcSyncSummary) { .online = FALSE, .waiting = 3, .conflicts = 1, .refused = 1, .synced_at = 1795480000000,
                                                     .store_bytes = 31457280 };
  gxt_fake_desk_queue_field (item, "name", "杭州江虹路 459 号 3 幢", "杭州江虹路 459 号 5 幢 1201 室", "杭州江虹路 459 号 5 幢");
  item->theirs_by = g_strdup ("何静");
  item->theirs_at = 1795484000000;
  item = gxt_fake_desk_queue (desk, GXC_QUEUE_REFUSED, &gx_customer_entity, gx_record_get_id (customers->pdata[2]), "patch", "R-VALID: 统一社会信用代码校验位不符");
  item->rule = g_strdup ("INVALID");
  gxt_fake_desk_queue_field (item, "tier", "GOLD", "DIAMOND", NULL);
  item = gxt_fake_desk_queue (desk, GXC_QUEUE_WAITING, &gx_customer_entity, gx_record_get_id (customers->pdata[0]), "cr.submit", NULL);
  gxt_fake_desk_queue_field (item, "tier", "PLATINUM", "DIAMOND", NULL);
  for (guint i = 0; i < 2 && i < contacts->len; i++)
    {
      item = gxt_fake_desk_queue (desk, GXC_QUEUE_WAITING, &gx_interaction_entity, gx_record_get_id (contacts->pdata[i]), "create", NULL);
      item->customer_id = *gx_record_get_id (customers->pdata[0]);
      item->customer = gxc_desk_dup_customer (GXC_DESK (desk), &item->customer_id);
      gxt_fake_desk_queue_field (item, "channel", NULL, "PHONE", NULL);
      gxt_fake_desk_queue_field (item, "subject", NULL, "理财到期提醒", NULL);
    }
}

/* Family, firms and suppliers of the first customer, some with the longest names that firms have. */
static void
add_relations (GxtFakeDesk *desk)
{
  GPtrArray *customers = gxt_fake_desk_rows (desk, &gx_customer_entity);

  for (int i = 1; i <= relations && (guint) i < customers->len; i++)
    {
      GxRelationship *row = gxt_fake_desk_add (desk, &gx_relationship_entity);
      GxCustomer *other = (GxCustomer *) gx_record_get_data (customers->pdata[i]);

      if (i % 3 == 0)
        {
          g_free (other->name);
          other->name = g_strdup (i % 2 ? "浙江云岭新材料科技发展集团股份有限公司" : "Hangzhou Zhongsen Import & Export Trading Holdings Ltd");
        }
      row->from_id = *gx_record_get_id (customers->pdata[i % 4 == 1 ? 0 : i]);
      row->to_id = *gx_record_get_id (customers->pdata[i % 4 == 1 ? i : 0]);
      row->kind = i % 15 + 1;
    }
}

static void
prepare (GxtFakeDesk *desk)
{
  add_relations (desk);
  if (g_str_equal (page, "reviews") || g_str_equal (page, "reviews-several"))
    add_primary (desk);
  if (g_str_equal (page, "reviews-evidence"))
    gxc_review_seen_give (gxt_fake_desk_rows (desk, &gx_change_request_entity)->pdata[0], gxc_review_seen_new (TRUE));
  if (strcmp (page, "sign-in") == 0)
    gxt_fake_desk_sign_out (desk);
  if (strcmp (page, "first-sync") == 0)
    *gxt_fake_desk_summary (desk) = (GxcSyncSummary) { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 11800, .total = 20000 };
  if (strcmp (page, "sync") == 0)
    add_queue (desk);
}

static void
go (GxcWindow *window, GxtFakeDesk *desk)
{
  GPtrArray *customers = gxt_fake_desk_rows (desk, &gx_customer_entity);
  const char *tab = strchr (page, ':');
  g_autofree char *target = NULL;

  if (g_str_has_prefix (page, "customer:") || g_str_equal (page, "customer") || g_str_equal (page, "form") || g_str_equal (page, "request"))
    gxc_window_open_customer (window, gx_record_get_id (customers->pdata[0]));
  else
    gxc_window_show_page (window, g_str_has_prefix (page, "reviews") ? "reviews" : page);
  if (g_str_equal (page, "reviews-several"))
    {
      gxt_wait_ms (200);
      gtk_widget_activate_action (gxc_window_get_page (window), "reviews.choose-all", NULL);
    }
  if (g_str_equal (page, "reviews-paper"))
    {
      gxt_wait_ms (200);
      gtk_widget_activate_action (gxc_window_get_page (window), "reviews.evidence", NULL);
    }
  for (int i = 0; i < ticks; i++)
    gxc_customers_marks_toggle (gxc_customers_list_get_marks (GXC_CUSTOMERS_LIST (gxt_find (GTK_WIDGET (window), GXC_TYPE_CUSTOMERS_LIST))), i, FALSE);
  if (tab)
    gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (gxc_window_get_page (window)), tab + 1);
  for (guint i = 0; acts && acts[i]; i++)
    {
      gxt_wait_ms (300);
      gtk_widget_activate_action (gxc_window_get_page (window), acts[i], NULL);
    }
  if (g_str_equal (page, "form"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.new-interaction", "s", "");
  if (g_str_equal (page, "request"))
    {
      target = g_strdup_printf ("customer/%s", GX_ID_STR (gx_record_get_id (customers->pdata[0])));
      gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (gxc_window_get_page (window)), "details");
      gtk_widget_activate_action (gxc_window_get_page (window), "customer.request", "s", target);
    }
}

/* Among many rows, the first drawing and the counts of the views take their time. */
static void
wait_settled (void)
{
  gxt_wait_ms (600 + rows / 20);
}

static void
on_activate_cb (GtkApplication *application, gpointer data)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new (role ? role : "RM");
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());
  int width = 1280, height = 800;
  GtkWidget *window;

  gxc_shell_init ();
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * scale / 100, "gtk-enable-animations", FALSE, NULL);
  gxc_preferences_set (preferences, "theme", dark ? "dark" : "light");
  if (rows)
    gxt_fake_desk_fill (desk, rows);
  prepare (desk);
  if (broken)
    gxt_fake_desk_break (desk, gx_entity_by_name (broken));
  if (size)
    sscanf (size, "%dx%d", &width, &height);
  window = gxc_window_new (application, GXC_DESK (desk), preferences);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  go (GXC_WINDOW (window), desk);
  wait_settled ();
  if (g_str_equal (page, "guide"))
    {
      gtk_widget_activate_action (window, "win.guide", NULL);
      wait_settled ();
    }
  for (guint i = 0; i < 20 && !gxt_screenshot (gtk_application_get_active_window (application), files[0]); i++)
    gxt_wait_ms (500);
  if (!g_file_test (files[0], G_FILE_TEST_EXISTS))
    g_printerr ("cannot write %s\n", files[0]);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(AdwApplication) application = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || !files || !page)
    return 2;
  gxc_language_apply (language);
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
