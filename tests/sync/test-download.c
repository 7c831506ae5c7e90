/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document's way to another desk over a real socket to the whole server: whoever waits is told how much of it is here. */
#include "gxc-attach.h"
#include "gxc-partial.h"
#include "gxc-transfer.h"
#include "gxt-context.h"
#include "gxt-live.h"

#define SIZE (GXC_PARTIAL_SIZE + GXC_PARTIAL_SIZE / 2)

typedef struct
{
  GxtLive    *live;
  GxcContext *context;      /* a desk that has not seen the document */
  GBytes     *paper;
  char       *sha256;
  GxId        id;
} Fixture;

static GxcContext *
sign_in (GxtLive    *live,
         const char *name)
{
  g_autofree char *server = g_strdup_printf ("https://127.0.0.1:%u", live->port), *folder = g_build_filename (live->dir, name, NULL);
  const GxcContextOptions options = { .directory = folder, .keyring = gxc_keyring_new_memory () };
  g_autoptr(GError) error = NULL;
  GxcContext *context = gxc_context_new (&options, &error);

  g_assert_no_error (error);
  gxc_context_sign_in (context, server, live->ca_file, "rm1", GXT_PASSWORD, NULL, &error);
  g_assert_no_error (error);
  return context;
}

static GBytes *
make_paper (void)
{
  GString *text = g_string_sized_new (SIZE + 64);

  while (text->len < SIZE)
    g_string_append_printf (text, "line %" G_GSIZE_FORMAT "\n", text->len);
  g_string_truncate (text, SIZE);
  return g_string_free_to_bytes (text);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GxcContext) other = NULL;
  g_autoptr(GError) error = NULL;
  GxcAttach attach = { .name = "合同.txt", .kind = "CONTRACT", .valid_to = 20900 };

  f->live = gxt_live_new ();
  other = sign_in (f->live, "other");
  gxt_context_sync (other);
  attach.customer_id = f->live->bank->customer;
  attach.bytes = f->paper = make_paper ();
  gxc_attach (gxc_context_get_store (other), &attach, &f->id, &f->sha256, &error);
  g_assert_no_error (error);
  gxt_context_sync (other);
  f->context = sign_in (f->live, "desk");
  gxt_context_sync (f->context);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gxc_context_free (f->context);
  g_bytes_unref (f->paper);
  g_free (f->sha256);
  gxt_live_free (f->live);
}

typedef struct
{
  guint         n;          /* times it was told */
  goffset       first, last;
  goffset       enough;     /* 0 = go on to the end; else it is interrupted there */
  GCancellable *cancellable;
} Told;

static void
on_progress (goffset  done,
             goffset  total,
             gpointer data)
{
  Told *told = data;

  g_assert_cmpint (total, ==, SIZE);
  g_assert_cmpint (done, >, told->last);
  if (told->n++ == 0)
    told->first = done;
  told->last = done;
  if (told->enough != 0 && done >= told->enough)
    g_cancellable_cancel (told->cancellable);
}

static void
test_progress (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Told told = { .enough = GXC_PARTIAL_SIZE + 1, .cancellable = cancellable }, rest = { 0 }, again = { 0 };
  g_autoptr(GBytes) fetched = NULL, kept = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (gxc_transfer_fetch (f->context, f->sha256, &f->id, on_progress, &told, cancellable, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (told.n, >, 8);
  g_assert_cmpint (told.first, <=, 65536);
  g_assert_cmpint (told.last, >, GXC_PARTIAL_SIZE);

  /* On from the piece that is kept. */
  fetched = gxc_transfer_fetch (f->context, f->sha256, &f->id, on_progress, &rest, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (fetched, f->paper));
  g_assert_cmpint (rest.first, >, GXC_PARTIAL_SIZE);
  g_assert_cmpint (rest.last, ==, SIZE);

  /* What is here does not come. */
  kept = gxc_transfer_fetch (f->context, f->sha256, &f->id, on_progress, &again, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again.n, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/download/tells_how_far_it_is", Fixture, NULL, set_up, test_progress, tear_down);
  return g_test_run ();
}
