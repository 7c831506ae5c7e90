/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all parts of the demo bank's generator draw from: chance, words, moments, and the one way a row is put in.
 */
#include "gxs-demo.h"

/**
 * gxs_demo_put:
 * @data: (transfer full): a struct of @entity; an id it lacks is made
 */
gboolean
gxs_demo_put (GxsDemo         *demo,
              const GxEntity  *entity,
              gpointer         data,
              GError         **error)
{
  GxMeta *meta = data;
  gboolean put;

  if (gx_id_is_none (&meta->id))
    meta->id = gxs_batch_new_id (demo->batch);
  put = gx_entity_validate (entity, data, ~GX_FIELD_BIT (0), error)
        && gxs_write_create (demo->batch, demo->actor, entity, data, error);
  if (!put)
    g_prefix_error (error, "%s: ", entity->name);
  gx_entity_free (entity, data);

  return put;
}

/**
 * gxs_demo_chance:
 *
 * Returns: %TRUE @permille times in a thousand
 */
gboolean
gxs_demo_chance (GxsDemo *demo,
                 guint    permille)
{
  return gx_random_below (demo->random, 1000) < permille;
}

/**
 * gxs_demo_between:
 *
 * Returns: an even draw from @low to @high, both included; @high - @low under 2^32
 */
gint64
gxs_demo_between (GxsDemo *demo,
                  gint64   low,
                  gint64   high)
{
  return low + gx_random_below (demo->random, (guint32) (high - low + 1));
}

const char *
gxs_demo_word (GxsDemo           *demo,
               const char *const *words)
{
  return words[gx_random_below (demo->random, g_strv_length ((char **) words))];
}

/**
 * gxs_demo_moment:
 *
 * Returns: ms UTC of a quarter of an hour in the working hours of @day
 */
gint64
gxs_demo_moment (GxsDemo *demo,
                 gint32   day)
{
  return gx_time_from_date (day, demo->zone) + gxs_demo_between (demo, 9 * 4, 17 * 4) * 15 * 60 * 1000;
}
