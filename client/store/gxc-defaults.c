/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this desk knows about a new row without asking: one line a field. Only fields left empty are filled. */
#include "gxc-defaults.h"

#include "gxc-meta.h"

static void
fill_me (GxcStore      *store,
         const GxField *field,
         gpointer       data)
{
  *(GxId *) gx_field_member (field, data) = gxc_meta_get_id (gxc_store_get_db (store), GXC_META_EMPLOYEE_ID);
}

static void
fill_my_unit (GxcStore      *store,
              const GxField *field,
              gpointer       data)
{
  GxDb *db = gxc_store_get_db (store);
  g_autofree char *path = gxc_meta_dup (db, GXC_META_ORG_PATH);
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, "SELECT id FROM org_unit WHERE path=?", "t", path);

  if (statement != NULL && gx_statement_next (statement, NULL))
    *(GxId *) gx_field_member (field, data) = gx_statement_get_id (statement, 0);
}

static void
fill_now (GxcStore      *store,
          const GxField *field,
          gpointer       data)
{
  *(gint64 *) gx_field_member (field, data) = gx_clock_now (gxc_store_get_clock (store));
}

static void
fill_first_choice (GxcStore      *store,
                   const GxField *field,
                   gpointer       data)
{
  *(int *) gx_field_member (field, data) = 1;
}

static const struct
{
  const char *entity;
  const char *field;
  void      (*fill) (GxcStore *store, const GxField *field, gpointer data);
} defaults[] = {
  { "customer",    "status",           fill_first_choice },     /* PROSPECT */
  { "customer",    "primary_rm_id",    fill_me },
  { "customer",    "org_id",           fill_my_unit },
  { "customer",    "first_contact_at", fill_now },
  { "interaction", "owner_id",         fill_me },
  { "interaction", "started_at",       fill_now },
  { "interaction", "at",               fill_now },
  { "task",        "assignee_id",      fill_me },
  { "task",        "status",           fill_first_choice },     /* OPEN */
  { "need",        "status",           fill_first_choice },
  { "plan",        "status",           fill_first_choice },     /* RUNNING */
  { "saved_view",  "employee_id",      fill_me },
  { "pin",         "employee_id",      fill_me },
  { "pin",         "at",               fill_now },
  { "attachment",  "added_by",         fill_me },
  { "visit",       "owner_id",         fill_me },
  { "visit",       "status",           fill_first_choice },     /* PLANNED */
  { "visit",       "at",               fill_now },
};

/**
 * gxc_defaults_fill:
 *
 * Fills in what is empty and known here. Inside a GxcStoreFunc.
 */
void
gxc_defaults_fill (GxcStore       *store,
                   const GxEntity *entity,
                   gpointer        data)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      const GxField *field;

      if (!g_str_equal (defaults[i].entity, entity->name))
        continue;
      field = gx_entity_find (entity, defaults[i].field);
      if (gx_field_is_none (field, data))
        defaults[i].fill (store, field, data);
    }
}
