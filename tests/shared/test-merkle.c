/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Merkle tree: known roots, then every proof of every small tree, and every way to falsify one. */
#include "gx-error.h"
#include "gx-merkle.h"

#include <string.h>

#define LEAVES 40

static GxHash leaves[LEAVES];
static GxHash roots[LEAVES + 1];

static gboolean
read_leaf (guint64   index,
           GxHash   *out_leaf,
           gpointer  data,
           GError  **error)
{
  guint64 *limit = data;

  if (limit != NULL && index >= *limit)
    return gx_fail (error, GX_ERROR_IO, "leaf %" G_GUINT64_FORMAT, index);
  *out_leaf = leaves[index];

  return TRUE;
}

/* MTH as RFC 9162 2.1.1 writes it down, slow and plain. */
static GxHash
plain_root (guint first,
            guint size)
{
  GxHash left, right, root;
  guint k = 1;

  if (size == 0)
    {
      gx_hash_bytes ("", 0, &root);
      return root;
    }
  if (size == 1)
    return leaves[first];
  while (k * 2 < size)
    k *= 2;
  left = plain_root (first, k);
  right = plain_root (first + k, size - k);
  gx_merkle_node (&left, &right, &root);

  return root;
}

static void
make_leaves (void)
{
  GxFrontier frontier;

  gx_frontier_init (&frontier);
  gx_frontier_get_root (&frontier, &roots[0]);
  for (guint i = 0; i < LEAVES; i++)
    {
      g_autofree char *entry = g_strdup_printf ("{\"seq\":%u}", i);

      gx_merkle_leaf (entry, strlen (entry), &leaves[i]);
      gx_frontier_append (&frontier, &leaves[i]);
      gx_frontier_get_root (&frontier, &roots[i + 1]);
    }
}

/* The vectors of the Certificate Transparency implementations for RFC 6962, whose tree RFC 9162 keeps. */
static void
test_known_roots (void)
{
  static const struct { const char *entry; gsize length; const char *root; } rows[] = {
    { "", 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
    { "\x00", 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
    { "\x10", 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
    { "\x20\x21", 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
    { "\x30\x31", 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
    { "\x40\x41\x42\x43", 4, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
    { "\x50\x51\x52\x53\x54\x55\x56\x57", 8, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
    { "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16,
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
  };
  GxFrontier frontier;
  GxHash leaf, root;

  gx_frontier_init (&frontier);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *hex = NULL;

      gx_merkle_leaf (rows[i].entry, rows[i].length, &leaf);
      gx_frontier_append (&frontier, &leaf);
      gx_frontier_get_root (&frontier, &root);
      hex = gx_hash_to_hex (&root);
      g_assert_cmpstr (hex, ==, rows[i].root);
    }
}

static void
test_frontier_agrees_with_the_definition (void)
{
  for (guint size = 0; size <= LEAVES; size++)
    {
      GxHash plain = plain_root (0, size), read;

      g_assert_true (gx_hash_equal (&plain, &roots[size]));
      g_assert_true (gx_merkle_root (size, read_leaf, NULL, &read, NULL));
      g_assert_true (gx_hash_equal (&plain, &read));
    }
}

static void
test_frontier_round_trips (void)
{
  GxFrontier frontier, back;

  gx_frontier_init (&frontier);
  for (guint i = 0; i < LEAVES; i++)
    {
      g_autoptr(GBytes) bytes = gx_frontier_to_bytes (&frontier);
      g_autoptr(GError) error = NULL;
      gsize length;
      gconstpointer data = g_bytes_get_data (bytes, &length);

      g_assert_true (gx_frontier_parse (i, data, length, &back, NULL));
      gx_frontier_append (&back, &leaves[i]);
      gx_frontier_append (&frontier, &leaves[i]);
      g_assert_cmpmem (&frontier, G_STRUCT_OFFSET (GxFrontier, roots), &back, G_STRUCT_OFFSET (GxFrontier, roots));
      g_assert_cmpmem (frontier.roots, frontier.n * sizeof (GxHash), back.roots, back.n * sizeof (GxHash));
      g_assert_false (gx_frontier_parse (i, data, length + 1, &back, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
    }
  g_assert_false (gx_frontier_parse (G_MAXUINT64, "", 0, &back, NULL));
}

/* Flips each hash, drops one, adds one: none may pass. */
static void
check_inclusion_tampered (guint64 index,
                          guint64 size,
                          GArray *proof)
{
  for (guint i = 0; i < proof->len; i++)
    {
      g_array_index (proof, GxHash, i).b[i % GX_HASH_SIZE] ^= 1;
      g_assert_false (gx_merkle_verify_inclusion (&leaves[index], index, size, proof, &roots[size], NULL));
      g_array_index (proof, GxHash, i).b[i % GX_HASH_SIZE] ^= 1;
    }
  g_array_append_val (proof, roots[1]);
  g_assert_false (gx_merkle_verify_inclusion (&leaves[index], index, size, proof, &roots[size], NULL));
  g_array_set_size (proof, proof->len - 1);
  if (proof->len > 0)
    {
      g_array_set_size (proof, proof->len - 1);
      g_assert_false (gx_merkle_verify_inclusion (&leaves[index], index, size, proof, &roots[size], NULL));
    }
}

static void
test_every_inclusion_proof (void)
{
  for (guint64 size = 1; size <= LEAVES; size++)
    for (guint64 index = 0; index < size; index++)
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) proof = gx_merkle_prove_inclusion (index, size, read_leaf, &size, &error);

        g_assert_no_error (error);
        g_assert_true (gx_merkle_verify_inclusion (&leaves[index], index, size, proof, &roots[size], &error));
        g_assert_false (gx_merkle_verify_inclusion (&leaves[index], size, size, proof, &roots[size], NULL));
        for (guint64 other = 0; other < size; other++)
          g_assert_cmpint (gx_merkle_verify_inclusion (&leaves[other], index, size, proof, &roots[size], NULL), ==, other == index);
        for (guint64 other = 0; other < size; other++)
          if (other != index)
            g_assert_false (gx_merkle_verify_inclusion (&leaves[index], other, size, proof, &roots[size], NULL));
        check_inclusion_tampered (index, size, proof);
      }
}

static void
check_consistency_tampered (guint64 first,
                            guint64 second,
                            GArray *proof)
{
  for (guint i = 0; i < proof->len; i++)
    {
      g_array_index (proof, GxHash, i).b[31] ^= 0x80;
      g_assert_false (gx_merkle_verify_consistency (first, second, &roots[first], &roots[second], proof, NULL));
      g_array_index (proof, GxHash, i).b[31] ^= 0x80;
    }
  g_array_append_val (proof, roots[0]);
  g_assert_false (gx_merkle_verify_consistency (first, second, &roots[first], &roots[second], proof, NULL));
  g_array_set_size (proof, proof->len - 1);
  if (proof->len > 0)
    {
      g_array_set_size (proof, proof->len - 1);
      g_assert_false (gx_merkle_verify_consistency (first, second, &roots[first], &roots[second], proof, NULL));
    }
}

static void
test_every_consistency_proof (void)
{
  for (guint64 second = 0; second <= LEAVES; second++)
    for (guint64 first = 0; first <= second; first++)
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) proof = gx_merkle_prove_consistency (first, second, read_leaf, &second, &error);
        GxHash wrong = roots[first];

        g_assert_no_error (error);
        g_assert_true (gx_merkle_verify_consistency (first, second, &roots[first], &roots[second], proof, &error));
        wrong.b[0] ^= 1;
        g_assert_false (gx_merkle_verify_consistency (first, second, &wrong, &roots[second], proof, &error));
        g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
        /* From nothing anything may have grown. */
        if (first > 0)
          {
            wrong = roots[second];
            wrong.b[0] ^= 1;
            g_assert_false (gx_merkle_verify_consistency (first, second, &roots[first], &wrong, proof, NULL));
          }
        check_consistency_tampered (first, second, proof);
      }
}

static void
test_rewritten_history_has_no_proof (void)
{
  g_autoptr(GArray) proof = NULL;
  GxHash kept = leaves[3], root;
  guint64 size = 20;

  leaves[3].b[5] ^= 4;
  proof = gx_merkle_prove_consistency (8, size, read_leaf, &size, NULL);
  g_assert_true (gx_merkle_root (size, read_leaf, NULL, &root, NULL));
  g_assert_false (gx_merkle_verify_consistency (8, size, &roots[8], &root, proof, NULL));
  leaves[3] = kept;
}

static void
test_errors_are_handed_on (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) empty = g_array_new (FALSE, FALSE, sizeof (GxHash));
  guint64 limit = 3;

  g_assert_null (gx_merkle_prove_inclusion (5, 5, read_leaf, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (gx_merkle_prove_inclusion (0, 5, read_leaf, &limit, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (gx_merkle_prove_consistency (6, 5, read_leaf, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gx_merkle_verify_consistency (6, 5, &roots[6], &roots[5], empty, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
  g_assert_false (gx_merkle_verify_inclusion (&leaves[0], 0, 0, empty, &leaves[0], NULL));
}

static void
test_hash_text (void)
{
  g_autofree char *hex = gx_sha256_hex ("abc", -1);
  GxHash hash;

  g_assert_cmpstr (hex, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (gx_hash_parse (hex, &hash));
  hex[10] = 'A';
  g_assert_false (gx_hash_parse (hex, &hash));
  hex[63] = '\0';
  g_assert_false (gx_hash_parse (hex, &hash));
  g_assert_false (gx_hash_parse (NULL, &hash));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  make_leaves ();
  g_test_add_func ("/trust/hash/text", test_hash_text);
  g_test_add_func ("/trust/merkle/known_roots", test_known_roots);
  g_test_add_func ("/trust/merkle/frontier_agrees_with_the_definition", test_frontier_agrees_with_the_definition);
  g_test_add_func ("/trust/merkle/frontier_round_trips", test_frontier_round_trips);
  g_test_add_func ("/trust/merkle/every_inclusion_proof", test_every_inclusion_proof);
  g_test_add_func ("/trust/merkle/every_consistency_proof", test_every_consistency_proof);
  g_test_add_func ("/trust/merkle/rewritten_history_has_no_proof", test_rewritten_history_has_no_proof);
  g_test_add_func ("/trust/merkle/errors_are_handed_on", test_errors_are_handed_on);
  return g_test_run ();
}
