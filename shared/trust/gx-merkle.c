/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Merkle tree of RFC 9162 section 2.1: appending by a frontier, roots, proofs and their verification.
 *
 * It stores nothing. Who writes the log keeps the frontier in the writing transaction; who proves something hands in a
 * reader of leaf hashes; who verifies needs a proof and two roots and trusts neither. Proofs read leaves, so they cost
 * time in proportion to the log: they are for auditors, not for every write.
 */
#include "gx-merkle.h"

#include "gx-error.h"

#include <string.h>

/**
 * gx_merkle_leaf:
 * @entry: the bytes of an entry, verbatim
 */
void
gx_merkle_leaf (gconstpointer  entry,
                gsize          length,
                GxHash        *out_leaf)
{
  static const guint8 prefix = 0x00;

  gx_hash_pair (&prefix, 1, entry, length, out_leaf);
}

/**
 * gx_merkle_node:
 * @out_node: may be one of the children
 */
void
gx_merkle_node (const GxHash *left,
                const GxHash *right,
                GxHash       *out_node)
{
  guint8 buffer[1 + 2 * GX_HASH_SIZE] = { 0x01 };

  memcpy (buffer + 1, left->b, GX_HASH_SIZE);
  memcpy (buffer + 1 + GX_HASH_SIZE, right->b, GX_HASH_SIZE);
  gx_hash_bytes (buffer, sizeof buffer, out_node);
}

void
gx_frontier_init (GxFrontier *frontier)
{
  frontier->size = 0;
  frontier->n = 0;
}

/**
 * gx_frontier_append:
 *
 * Adds a leaf: like adding one to a binary number, each carry joins two equal subtrees.
 */
void
gx_frontier_append (GxFrontier   *frontier,
                    const GxHash *leaf)
{
  GxHash node = *leaf;

  for (guint64 carry = frontier->size; carry & 1; carry >>= 1)
    gx_merkle_node (&frontier->roots[--frontier->n], &node, &node);
  frontier->roots[frontier->n++] = node;
  frontier->size++;
}

/**
 * gx_frontier_get_root:
 * @out_root: (out): the root of the whole tree; the SHA-256 of nothing if it is empty
 */
void
gx_frontier_get_root (const GxFrontier *frontier,
                      GxHash           *out_root)
{
  if (frontier->n == 0)
    {
      gx_hash_bytes ("", 0, out_root);
      return;
    }
  *out_root = frontier->roots[frontier->n - 1];
  for (guint i = frontier->n - 1; i-- > 0;)
    gx_merkle_node (&frontier->roots[i], out_root, out_root);
}

/**
 * gx_frontier_to_bytes:
 *
 * Returns: (transfer full): the roots one after another; the size is kept beside them
 */
GBytes *
gx_frontier_to_bytes (const GxFrontier *frontier)
{
  return g_bytes_new (frontier->roots, frontier->n * sizeof (GxHash));
}

/**
 * gx_frontier_parse:
 * @size: the leaves of the tree
 * @error: %GX_ERROR_TAMPERED if the bytes cannot be the frontier of that many leaves
 */
gboolean
gx_frontier_parse (guint64         size,
                   gconstpointer   data,
                   gsize           length,
                   GxFrontier     *out_frontier,
                   GError        **error)
{
  guint n = (guint) __builtin_popcountll (size);

  if (length != n * sizeof (GxHash))
    return gx_fail (error, GX_ERROR_TAMPERED, "a tree of %" G_GUINT64_FORMAT " leaves has %u roots, not %" G_GSIZE_FORMAT
                    " bytes", size, n, length);
  out_frontier->size = size;
  out_frontier->n = n;
  if (length > 0)
    memcpy (out_frontier->roots, data, length);

  return TRUE;
}

typedef struct
{
  GxLeafReader  read;
  gpointer      data;
  GArray       *proof;      /* of GxHash */
  GError      **error;
} Prover;

/* The root over the leaves first … first + size - 1. */
static gboolean
read_root (const Prover *prover,
           guint64       first,
           guint64       size,
           GxHash       *out_root)
{
  GxFrontier frontier;

  gx_frontier_init (&frontier);
  for (guint64 i = 0; i < size; i++)
    {
      GxHash leaf;

      if (!prover->read (first + i, &leaf, prover->data, prover->error))
        return FALSE;
      gx_frontier_append (&frontier, &leaf);
    }
  gx_frontier_get_root (&frontier, out_root);

  return TRUE;
}

static gboolean
add_root (const Prover *prover,
          guint64       first,
          guint64       size)
{
  GxHash root;

  if (!read_root (prover, first, size, &root))
    return FALSE;
  g_array_append_val (prover->proof, root);

  return TRUE;
}

/* The largest power of two below size, which is 2 or more. */
static guint64
split_of (guint64 size)
{
  return G_GUINT64_CONSTANT (1) << (63 - __builtin_clzll (size - 1));
}

/* PATH of RFC 9162 2.1.3.1. */
static gboolean
add_path (const Prover *prover,
          guint64       index,
          guint64       first,
          guint64       size)
{
  guint64 k;

  if (size == 1)
    return TRUE;
  k = split_of (size);
  if (index < k)
    return add_path (prover, index, first, k) && add_root (prover, first + k, size - k);
  return add_path (prover, index - k, first + k, size - k) && add_root (prover, first, k);
}

/* SUBPROOF of RFC 9162 2.1.4.1; whole: the verifier knows the root of the first @m leaves here. */
static gboolean
add_subproof (const Prover *prover,
              guint64       m,
              guint64       first,
              guint64       size,
              gboolean      whole)
{
  guint64 k;

  if (m == size)
    return whole || add_root (prover, first, size);
  k = split_of (size);
  if (m <= k)
    return add_subproof (prover, m, first, k, whole) && add_root (prover, first + k, size - k);
  return add_subproof (prover, m - k, first + k, size - k, FALSE) && add_root (prover, first, k);
}

/**
 * gx_merkle_root:
 *
 * Recomputes the root over the first @size leaves.
 */
gboolean
gx_merkle_root (guint64        size,
                GxLeafReader   reader,
                gpointer       data,
                GxHash        *out_root,
                GError       **error)
{
  Prover prover = { reader, data, NULL, error };

  return read_root (&prover, 0, size, out_root);
}

/**
 * gx_merkle_prove_inclusion:
 * @index: the leaf, from 0
 * @size: the leaves of the tree
 * @error: %GX_ERROR_NOT_FOUND if there is no such leaf, or the reader's
 *
 * Returns: (transfer full) (element-type GxHash): the proof, from the leaf up
 */
GArray *
gx_merkle_prove_inclusion (guint64        index,
                           guint64        size,
                           GxLeafReader   reader,
                           gpointer       data,
                           GError       **error)
{
  g_autoptr(GArray) proof = g_array_new (FALSE, FALSE, sizeof (GxHash));
  Prover prover = { reader, data, proof, error };

  if (index >= size)
    {
      gx_fail (error, GX_ERROR_NOT_FOUND, "a tree of %" G_GUINT64_FORMAT " leaves has no leaf %" G_GUINT64_FORMAT, size, index);
      return NULL;
    }

  return add_path (&prover, index, 0, size) ? g_steal_pointer (&proof) : NULL;
}

/**
 * gx_merkle_prove_consistency:
 * @first: the leaves of the older tree
 * @second: the leaves of the newer tree, not fewer
 *
 * Returns: (transfer full) (element-type GxHash): the proof that the newer tree begins with the older one; empty if
 *   @first is 0 or equals @second
 */
GArray *
gx_merkle_prove_consistency (guint64        first,
                             guint64        second,
                             GxLeafReader   reader,
                             gpointer       data,
                             GError       **error)
{
  g_autoptr(GArray) proof = g_array_new (FALSE, FALSE, sizeof (GxHash));
  Prover prover = { reader, data, proof, error };

  if (first > second)
    {
      gx_fail (error, GX_ERROR_NOT_FOUND, "a tree of %" G_GUINT64_FORMAT " leaves has no %" G_GUINT64_FORMAT, second, first);
      return NULL;
    }

  return first == 0 || add_subproof (&prover, first, 0, second, TRUE) ? g_steal_pointer (&proof) : NULL;
}

static gboolean
fail_proof (GError     **error,
            const char  *what)
{
  return gx_fail (error, GX_ERROR_TAMPERED, "the proof %s", what);
}

/**
 * gx_merkle_verify_inclusion:
 * @proof: (element-type GxHash): from outside
 * @error: %GX_ERROR_TAMPERED
 *
 * RFC 9162 2.1.3.2.
 *
 * Returns: whether @leaf is at @index in the tree of @size leaves with @root
 */
gboolean
gx_merkle_verify_inclusion (const GxHash  *leaf,
                            guint64        index,
                            guint64        size,
                            const GArray  *proof,
                            const GxHash  *root,
                            GError       **error)
{
  guint64 fn = index, sn = size - 1;
  GxHash r = *leaf;

  if (index >= size)
    return fail_proof (error, "is for a leaf beyond the tree");
  for (guint i = 0; i < proof->len; i++)
    {
      const GxHash *p = &g_array_index (proof, GxHash, i);

      if (sn == 0)
        return fail_proof (error, "is too long");
      if ((fn & 1) || fn == sn)
        {
          gx_merkle_node (p, &r, &r);
          while (!(fn & 1) && fn != 0)
            {
              fn >>= 1;
              sn >>= 1;
            }
        }
      else
        gx_merkle_node (&r, p, &r);
      fn >>= 1;
      sn >>= 1;
    }
  if (sn != 0)
    return fail_proof (error, "is too short");

  return gx_hash_equal (&r, root) || fail_proof (error, "does not lead to the root");
}

/* One step up from @p; fr follows the older tree, sr the newer one. */
static void
climb (const GxHash *p,
       guint64      *fn,
       guint64      *sn,
       GxHash       *fr,
       GxHash       *sr)
{
  if ((*fn & 1) || *fn == *sn)
    {
      gx_merkle_node (p, fr, fr);
      gx_merkle_node (p, sr, sr);
      while (!(*fn & 1) && *fn != 0)
        {
          *fn >>= 1;
          *sn >>= 1;
        }
    }
  else
    gx_merkle_node (sr, p, sr);
  *fn >>= 1;
  *sn >>= 1;
}

/* The trees of sizes 0 and equal sizes need no hashes. */
static gboolean
verify_trivial (guint64        first,
                const GxHash  *first_root,
                const GxHash  *second_root,
                const GArray  *proof,
                GError       **error)
{
  GxHash empty;

  if (proof->len > 0)
    return fail_proof (error, "is too long");
  gx_hash_bytes ("", 0, &empty);

  return gx_hash_equal (first_root, first == 0 ? &empty : second_root) || fail_proof (error, "does not lead to the older root");
}

/**
 * gx_merkle_verify_consistency:
 * @proof: (element-type GxHash): from outside
 * @error: %GX_ERROR_TAMPERED
 *
 * RFC 9162 2.1.4.2.
 *
 * Returns: whether the tree of @second leaves begins with the tree of @first leaves
 */
gboolean
gx_merkle_verify_consistency (guint64        first,
                              guint64        second,
                              const GxHash  *first_root,
                              const GxHash  *second_root,
                              const GArray  *proof,
                              GError       **error)
{
  guint64 fn = first - 1, sn = second - 1;
  GxHash fr, sr;
  guint i = 0;

  if (first > second)
    return fail_proof (error, "is for a tree that shrank");
  if (first == 0 || first == second)
    return verify_trivial (first, first_root, second_root, proof, error);
  if (proof->len == 0)
    return fail_proof (error, "is too short");

  /* A full older tree is a node of the newer one and is left out of the proof. */
  fr = (first & (first - 1)) == 0 ? *first_root : g_array_index (proof, GxHash, i++);
  sr = fr;
  for (; fn & 1; fn >>= 1)
    sn >>= 1;
  for (; i < proof->len; i++)
    {
      if (sn == 0)
        return fail_proof (error, "is too long");
      climb (&g_array_index (proof, GxHash, i), &fn, &sn, &fr, &sr);
    }
  if (sn != 0)
    return fail_proof (error, "is too short");
  if (!gx_hash_equal (&fr, first_root))
    return fail_proof (error, "does not lead to the older root");

  return gx_hash_equal (&sr, second_root) || fail_proof (error, "does not lead to the newer root");
}
