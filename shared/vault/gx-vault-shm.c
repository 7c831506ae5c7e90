/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a database's log, in this process's memory instead of a file "-shm": SQLite writes the running checksum of the
 * clear text into it, which would lie on the disk beside the pages that are encrypted.
 *
 * So a database in a vault belongs to one process at a time, which bank and desk see to by a lock of their own. After a crash
 * there is no index, and SQLite makes it again from the log. The rules of the locks are those of SQLite's own unix layer.
 */
#include "gx-vault-shm.h"

/* What all connections to one database share. */
typedef struct
{
  char        *name;
  sqlite3_vfs *below;                       /* (borrowed): the same name is another file on another layer */
  guint        n_links;
  GPtrArray   *regions;                     /* of memory, in order */
  int          locks[SQLITE_SHM_NLOCK];     /* -1 = exclusive, else how many share it */
} Node;

struct _GxVaultShm
{
  Node   *node;
  guint16 shared, exclusive;                /* bits: which locks this connection has */
};

static GMutex mutex;
static GPtrArray *nodes;                    /* (nullable): of Node; guarded by the mutex, as is what stands in them */

static Node *
find_node (sqlite3_vfs *below,
           const char  *name)
{
  Node *node;

  if (nodes == NULL)
    nodes = g_ptr_array_new ();
  for (guint i = 0; i < nodes->len; i++)
    {
      node = g_ptr_array_index (nodes, i);
      if (node->below == below && g_str_equal (node->name, name))
        return node;
    }

  node = g_new0 (Node, 1);
  node->name = g_strdup (name);
  node->below = below;
  node->regions = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (nodes, node);
  return node;
}

/** gx_vault_shm_join: (transfer full): @name is the database's */
GxVaultShm *
gx_vault_shm_join (sqlite3_vfs *below,
                   const char  *name)
{
  GxVaultShm *shm = g_new0 (GxVaultShm, 1);

  g_mutex_lock (&mutex);
  shm->node = find_node (below, name);
  shm->node->n_links++;
  g_mutex_unlock (&mutex);

  return shm;
}

static void
drop_locks (GxVaultShm *shm)
{
  for (int i = 0; i < SQLITE_SHM_NLOCK; i++)
    if (shm->exclusive & 1u << i)
      shm->node->locks[i] = 0;
    else if (shm->shared & 1u << i)
      shm->node->locks[i]--;
}

/** gx_vault_shm_leave: with the last connection the index goes */
void
gx_vault_shm_leave (GxVaultShm *shm)
{
  Node *node = shm->node;

  g_mutex_lock (&mutex);
  drop_locks (shm);
  if (--node->n_links == 0)
    {
      g_ptr_array_remove (nodes, node);
      g_ptr_array_unref (node->regions);
      g_free (node->name);
      g_free (node);
    }
  if (nodes->len == 0)
    g_clear_pointer (&nodes, g_ptr_array_unref);
  g_mutex_unlock (&mutex);
  g_free (shm);
}

/**
 * gx_vault_shm_map:
 * @out: (out): the region's memory; %NULL if it is not there and not to be made
 */
int
gx_vault_shm_map (GxVaultShm      *shm,
                  int              region,
                  int              size,
                  gboolean         extend,
                  void volatile  **out)
{
  GPtrArray *regions = shm->node->regions;

  g_mutex_lock (&mutex);
  while (extend && regions->len <= (guint) region)
    g_ptr_array_add (regions, g_malloc0 ((gsize) size));
  *out = (guint) region < regions->len ? g_ptr_array_index (regions, region) : NULL;
  g_mutex_unlock (&mutex);

  return SQLITE_OK;
}

static int
take_shared (GxVaultShm *shm,
             int         at)
{
  guint16 bit = (guint16) (1u << at);

  if (shm->shared & bit)
    return SQLITE_OK;
  if (shm->node->locks[at] < 0)
    return SQLITE_BUSY;

  shm->node->locks[at]++;
  shm->shared |= bit;
  return SQLITE_OK;
}

static int
take_exclusive (GxVaultShm *shm,
                int         first,
                int         n)
{
  for (int i = first; i < first + n; i++)
    if (!(shm->exclusive & 1u << i) && shm->node->locks[i] != 0)
      return SQLITE_BUSY;

  for (int i = first; i < first + n; i++)
    {
      shm->node->locks[i] = -1;
      shm->exclusive |= (guint16) (1u << i);
    }
  return SQLITE_OK;
}

static int
release (GxVaultShm *shm,
         int         first,
         int         n)
{
  for (int i = first; i < first + n; i++)
    {
      guint16 bit = (guint16) (1u << i);

      if (shm->exclusive & bit)
        shm->node->locks[i] = 0;
      else if (shm->shared & bit)
        shm->node->locks[i]--;
      shm->exclusive &= (guint16) ~bit;
      shm->shared &= (guint16) ~bit;
    }
  return SQLITE_OK;
}

/**
 * gx_vault_shm_lock:
 * @flags: SQLITE_SHM_LOCK or SQLITE_SHM_UNLOCK, with SQLITE_SHM_SHARED (of one) or SQLITE_SHM_EXCLUSIVE
 *
 * Returns: an SQLite result; SQLITE_BUSY if another connection stands in the way
 */
int
gx_vault_shm_lock (GxVaultShm *shm,
                   int         offset,
                   int         n,
                   int         flags)
{
  int rc;

  g_mutex_lock (&mutex);
  if (flags & SQLITE_SHM_UNLOCK)
    rc = release (shm, offset, n);
  else if (flags & SQLITE_SHM_SHARED)
    rc = take_shared (shm, offset);
  else
    rc = take_exclusive (shm, offset, n);
  g_mutex_unlock (&mutex);

  return rc;
}
