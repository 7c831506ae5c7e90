/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pull leaves behind besides rows: the roles that a person has now, and, of a page that could not be written, nothing,
 * not even the belief that it was pulled. */
#include "gxt-context.h"

#include <string.h>

#include "gx-hash.h"
#include "gx-protocol.h"
#include "gx-role-grant.h"
#include "gx-sql.h"
#include "gxc-meta.h"
#include "gxc-sync.h"
#include "gxs-write.h"

typedef struct
{
  GxtBank    *bank;
  GxtLine     line;
  GxtWatch    watch;
  GxcContext *context;
  guint       n_pulls;
  gboolean    spoil;            /* the next page is whole, and one of its lines is none that can be written */
  GxcChanged  told;
} Desk;

/* A result without the word for what became of the mutation. */
static void
spoil (GBytes **body)
{
  g_autoptr(GString) page = g_string_new ("{\"t\":\"hdr\",\"epoch\":\"");
  g_autofree char *text = g_strndup (g_bytes_get_data (*body, NULL), g_bytes_get_size (*body)), *sha = NULL;
  const char *epoch = strstr (text, "\"epoch\":\"") + strlen ("\"epoch\":\"");

  g_string_append_len (page, epoch, strchr (epoch, '"') - epoch);
  g_string_append (page, "\",\"perm_ver\":1}\n{\"t\":\"res\",\"mid\":1}\n");
  sha = gx_sha256_hex (page->str, (gssize) page->len);
  g_string_append_printf (page, "{\"t\":\"end\",\"cursor\":\"999999\",\"more\":false,\"n\":2,\"sha\":\"%s\"}\n", sha);
  g_bytes_unref (*body);
  *body = g_bytes_new (page->str, page->len);
}

static void
after (gpointer          data,
       GxtLine          *line,
       const GxcRequest *request,
       GxcResponse      *response)
{
  Desk *desk = data;

  if (!g_str_equal (request->path, GX_PATH_PULL))
    return;
  desk->n_pulls++;
  if (desk->spoil)
    spoil (&response->body);
  desk->spoil = FALSE;
}

static void
on_store_changed (const GxcChange *change,
                  gpointer         data)
{
  ((Desk *) data)->told |= change->what;
}

static void
desk_open (Desk *desk)
{
  g_autoptr(GError) error = NULL;

  *desk = (Desk) { .bank = gxt_bank_new (":memory:") };
  desk->watch = (GxtWatch) { .after = after, .data = desk };
  desk->line = (GxtLine) { .bank = desk->bank, .person = GXT_RM1, .watch = &desk->watch };
  desk->context = gxt_context_sign_in (&desk->line, NULL);
  gxc_store_listen (gxc_context_get_store (desk->context), on_store_changed, desk);
  /* Who is given a grant is decided by two persons; that is not what is asked here. */
  gx_db_run (desk->bank->db, &error, "DROP TRIGGER guard_role_grant_del", NULL);
  g_assert_no_error (error);
}

static void
desk_close (Desk *desk)
{
  gxc_context_free (desk->context);
  gxt_line_clear (&desk->line);
  gxt_bank_free (desk->bank);
}

static void
sync_desk (Desk *desk)
{
  g_autoptr(GError) error = NULL;

  desk->told = 0;
  gxc_sync_run (gxc_context_get_sync (desk->context), NULL, &error);
  g_assert_no_error (error);
}

static GxId
give_grant (Desk *desk)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (desk->bank);
  g_autoptr(GError) error = NULL;
  GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);
  GxId id;

  grant->login_id = desk->bank->people[GXT_RM1].login;
  grant->role = GX_ROLE_SUPERVISOR;
  grant->org_id = desk->bank->branch2;
  id = gxt_bank_create (batch, &gx_role_grant_entity, grant);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);

  return id;
}

static void
take_grant (Desk       *desk,
            const GxId *id)
{
  const GxsActor actor = { .action = "grant", .unaudited = TRUE };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (desk->bank);
  g_autoptr(GError) error = NULL;
  GxRoleGrant *grant = gx_sql_load (desk->bank->db, &gx_role_grant_entity, id, &error);

  g_assert_no_error (error);
  gxs_write_delete (batch, &actor, &gx_role_grant_entity, grant, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_role_grant_entity, grant);
}

static void
test_roles_follow (void)
{
  Desk desk;
  GxId grant;

  desk_open (&desk);
  sync_desk (&desk);
  g_assert_cmpuint (gxc_context_get_roles (desk.context), ==, GX_ROLE_BIT (GX_ROLE_RM));
  grant = give_grant (&desk);
  sync_desk (&desk);
  g_assert_cmpuint (gxc_context_get_roles (desk.context), ==, GX_ROLE_BIT (GX_ROLE_RM) | GX_ROLE_BIT (GX_ROLE_SUPERVISOR));
  g_assert_true (desk.told & GXC_CHANGED_PERSON);

  sync_desk (&desk);
  g_assert_false (desk.told & GXC_CHANGED_PERSON);
  take_grant (&desk, &grant);
  sync_desk (&desk);
  g_assert_cmpuint (gxc_context_get_roles (desk.context), ==, GX_ROLE_BIT (GX_ROLE_RM));
  g_assert_true (desk.told & GXC_CHANGED_PERSON);
  desk_close (&desk);
}

/* A page whose rows did not go in is asked for again: by the very next step, not by the next poll. */
static void
test_page_that_did_not_go_in (void)
{
  Desk desk;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  guint n_pulls;
  gboolean more;

  desk_open (&desk);
  sync_desk (&desk);
  before = gxc_store_dup_meta (gxc_context_get_store (desk.context), GXC_META_CURSOR);
  {
    GxcSync *sync = gxc_sync_new (desk.context);

    desk.spoil = TRUE;
    g_assert_false (gxc_sync_step (sync, &more, NULL, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    after = gxc_store_dup_meta (gxc_context_get_store (desk.context), GXC_META_CURSOR);
    g_assert_cmpstr (after, ==, before);

    n_pulls = desk.n_pulls;
    gxc_sync_step (sync, &more, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (desk.n_pulls, ==, n_pulls + 1);
    gxc_sync_free (sync);
  }
  desk_close (&desk);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/pull/roles_follow_a_grant_that_comes_or_goes", test_roles_follow);
  g_test_add_func ("/sync/pull/a_page_that_did_not_go_in_is_pulled_again", test_page_that_did_not_go_in);

  return g_test_run ();
}
