/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client may change itself, and what only a request may: pure decisions over a role, a row and its customers.
 *
 * The allow-list is a table: an entity or operation without a line is refused to everybody (mass assignment, ASVS
 * 15.3.3). Which fields the server gives itself is the field's own flag.
 */
#include "gxs-rights.h"

#include "gx-customer.h"
#include "gx-review-rule.h"

#include <string.h>

#define ANYBODY 0

/* One line an entity and operation. */
static const struct
{
  const char   *entity;
  GxsOp         op;
  GxCapability  needs;
} allowed[] = {
  { "customer",       GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "customer",       GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "person_profile", GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "person_profile", GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "org_profile",    GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "org_profile",    GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "identifier",     GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "identifier",     GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "identifier",     GXS_OP_DELETE, GX_CAN_EDIT_CUSTOMER },
  { "contact_point",  GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "contact_point",  GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "contact_point",  GXS_OP_DELETE, GX_CAN_EDIT_CUSTOMER },
  { "address",        GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "address",        GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "address",        GXS_OP_DELETE, GX_CAN_EDIT_CUSTOMER },
  { "relationship",   GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "relationship",   GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "relationship",   GXS_OP_DELETE, GX_CAN_EDIT_CUSTOMER },
  { "life_event",     GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "life_event",     GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "life_event",     GXS_OP_DELETE, GX_CAN_EDIT_CUSTOMER },
  { "need",           GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "need",           GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "need",           GXS_OP_DELETE, GX_CAN_EDIT_CUSTOMER },
  { "interaction",    GXS_OP_CREATE, GX_CAN_WRITE_TASK },
  { "interaction",    GXS_OP_PATCH,  GX_CAN_WRITE_TASK },
  { "interaction",    GXS_OP_DELETE, GX_CAN_WRITE_TASK },
  { "task",           GXS_OP_CREATE, GX_CAN_WRITE_TASK },
  { "task",           GXS_OP_PATCH,  GX_CAN_WRITE_TASK },
  { "task",           GXS_OP_DELETE, GX_CAN_WRITE_TASK },
  { "visit",          GXS_OP_CREATE, GX_CAN_WRITE_TASK },
  { "visit",          GXS_OP_PATCH,  GX_CAN_WRITE_TASK },
  { "visit",          GXS_OP_DELETE, GX_CAN_WRITE_TASK },
  { "plan",           GXS_OP_CREATE, GX_CAN_EDIT_CUSTOMER },
  { "plan",           GXS_OP_PATCH,  GX_CAN_EDIT_CUSTOMER },
  { "attachment",     GXS_OP_CREATE, GX_CAN_MAKE_CR },
  { "attachment",     GXS_OP_DELETE, GX_CAN_MAKE_CR },       /* of a visit that goes on: gxs-paper */
  { "notification",   GXS_OP_PATCH,  ANYBODY },
  { "saved_view",     GXS_OP_CREATE, ANYBODY },
  { "saved_view",     GXS_OP_PATCH,  ANYBODY },
  { "saved_view",     GXS_OP_DELETE, ANYBODY },
  { "pin",            GXS_OP_CREATE, ANYBODY },
  { "pin",            GXS_OP_DELETE, ANYBODY },
};

static const char *const op_names[] = { "create", "patch", "delete" };

/**
 * gxs_rights_may:
 *
 * Errors: %GX_ERROR_NEEDS_REVIEW for removing a customer, %GX_ERROR_FORBIDDEN
 */
gboolean
gxs_rights_may (const GxsAuthz  *authz,
                const GxEntity  *entity,
                GxsOp            op,
                GError         **error)
{
  if (entity == &gx_customer_entity && op == GXS_OP_DELETE)
    return gx_fail (error, GX_ERROR_NEEDS_REVIEW, "a customer is removed by request only");

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (allowed[i].op == op && strcmp (allowed[i].entity, entity->name) == 0)
      return gx_role_can (authz->roles, allowed[i].needs)
             || gx_fail (error, GX_ERROR_FORBIDDEN, "your role may not %s a %s", op_names[op], entity->name);

  return gx_fail (error, GX_ERROR_FORBIDDEN, "no client may %s a %s", op_names[op], entity->name);
}

static gboolean
is_owner (const GxsAuthz *authz,
          const GxEntity *entity,
          gconstpointer   data)
{
  return entity->owner != NULL && gx_id_equal (gx_entity_member (entity, data, entity->owner), &authz->employee_id);
}

static gboolean
over_new_customer (const GxsAuthz   *authz,
                   const GxCustomer *customer,
                   GError          **error)
{
  if (!gx_id_equal (&customer->primary_rm_id, &authz->employee_id))
    return gx_fail_field (error, GX_ERROR_FORBIDDEN, "primary_rm_id", "own", "a new customer is one's own");
  if (!gx_id_equal (&customer->org_id, &authz->org_id))
    return gx_fail_field (error, GX_ERROR_FORBIDDEN, "org_id", "own", "a new customer is of one's own unit");

  return TRUE;
}

/* Whoever cannot see the customer learns no more than that. */
static gboolean
over_parent (const GxsAuthz    *authz,
             const GxEntity    *entity,
             gconstpointer      data,
             guint              slot,
             const GxsHolders  *holders,
             GError           **error)
{
  const GxsHolder *holder = &holders->of[slot];

  if (gx_id_is_none (gx_entity_member (entity, data, entity->parents[slot])))
    return TRUE;
  if (!holder->live)
    return gx_fail_field (error, GX_ERROR_INVALID, entity->parents[slot], "reference", "there is no such customer");
  if (slot > 0 || gxs_holder_is_managed_by (holder, &authz->employee_id))
    return TRUE;

  return gx_fail_field (error, GX_ERROR_FORBIDDEN, entity->parents[slot], "own", "the customer is not yours");
}

/**
 * gxs_rights_over_new:
 * @data: the row that shall be created
 *
 * Errors: %GX_ERROR_FORBIDDEN, %GX_ERROR_INVALID naming the field
 */
gboolean
gxs_rights_over_new (const GxsAuthz    *authz,
                     const GxEntity    *entity,
                     gconstpointer      data,
                     const GxsHolders  *holders,
                     GError           **error)
{
  const GxField *owner = entity->owner != NULL ? gx_entity_find (entity, entity->owner) : NULL;

  if (entity == &gx_customer_entity)
    return over_new_customer (authz, data, error);
  for (guint slot = 0; slot < G_N_ELEMENTS (entity->parents) && entity->parents[slot] != NULL; slot++)
    if (!over_parent (authz, entity, data, slot, holders, error))
      return FALSE;
  /* Who wrote something is not to be chosen; who shall do something is. */
  if (owner != NULL && (owner->flags & GX_FIXED) && !is_owner (authz, entity, data))
    return gx_fail_field (error, GX_ERROR_FORBIDDEN, owner->name, "own", "only in one's own name");

  return TRUE;
}

/**
 * gxs_rights_over_row:
 * @data: the row as it is
 *
 * Errors: %GX_ERROR_NOT_FOUND if the session may not even know of the row, %GX_ERROR_FORBIDDEN
 */
gboolean
gxs_rights_over_row (const GxsAuthz    *authz,
                     const GxEntity    *entity,
                     gconstpointer      data,
                     const GxsHolders  *holders,
                     GError           **error)
{
  if (!gxs_authz_may_read (authz, entity, data, holders))
    return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such %s", entity->name);
  if (gxs_authz_manages (authz, holders) || is_owner (authz, entity, data))
    return TRUE;

  return gx_fail (error, GX_ERROR_FORBIDDEN, "the %s is not yours", entity->name);
}

/**
 * gxs_rights_over_field:
 *
 * Whose a prospect is, is its own manager's to say, not its wealth manager's.
 *
 * Errors: %GX_ERROR_FORBIDDEN naming the field
 */
gboolean
gxs_rights_over_field (const GxsAuthz    *authz,
                       const GxEntity    *entity,
                       const GxField     *field,
                       const GxsHolders  *holders,
                       GError           **error)
{
  static const char *const of_its_manager[] = { "customer.transfer", "customer.wealth_mgr", NULL };

  return entity != &gx_customer_entity || field->review == NULL || !g_strv_contains (of_its_manager, field->review)
         || gx_id_equal (&holders->of[0].primary_rm_id, &authz->employee_id)
         || gx_fail_field (error, GX_ERROR_FORBIDDEN, field->name, "own", "only the customer's own manager changes it");
}

/**
 * gxs_rights_is_guarded:
 *
 * Returns: whether the row belongs to a customer that is no prospect any more
 */
gboolean
gxs_rights_is_guarded (const GxsHolders *holders)
{
  for (guint i = 0; i < G_N_ELEMENTS (holders->of); i++)
    if (!gx_id_is_none (&holders->of[i].id) && holders->of[i].status != GX_CUSTOMER_PROSPECT)
      return TRUE;

  return FALSE;
}

/**
 * gxs_rights_review_row:
 *
 * Whether a row may come or go without a request: of a customer that is no prospect, no identifier, no primary contact
 * (domain.md 1) and no profile with reviewed values comes, and nothing goes that has reviewed fields.
 *
 * Errors: %GX_ERROR_NEEDS_REVIEW
 */
gboolean
gxs_rights_review_row (const GxEntity    *entity,
                       GxsOp              op,
                       gconstpointer      data,
                       const GxsHolders  *holders,
                       GError           **error)
{
  gboolean prospect = !gxs_rights_is_guarded (holders);
  const char *kind = op == GXS_OP_DELETE ? gx_review_of_delete (entity, data, prospect) : gx_review_of_create (entity, data, prospect);

  return kind == NULL || gx_fail (error, GX_ERROR_NEEDS_REVIEW, "a %s like this comes and goes by request", entity->name);
}

/**
 * gxs_rights_review_field:
 *
 * Errors: %GX_ERROR_NEEDS_REVIEW, %GX_ERROR_FIELD for what no client may set
 */
gboolean
gxs_rights_review_field (const GxEntity    *entity,
                         const GxField     *field,
                         const GxsHolders  *holders,
                         GError           **error)
{
  if ((field->flags & GX_REVIEWED) && gxs_rights_is_guarded (holders))
    return gx_fail_field (error, GX_ERROR_NEEDS_REVIEW, field->name, "R-DUAL", "changes by request only");
  if (field->flags & (GX_SERVER | GX_FIXED))
    return gx_fail_field (error, GX_ERROR_FIELD, field->name, field->flags & GX_SERVER ? "server" : "fixed",
                          "no client may change it");

  return TRUE;
}

/* The currency that the row's amounts are in; its own, or the bank's home currency. */
static const char *
currency_of (const GxEntity *entity,
             gconstpointer   data)
{
  const GxField *field = gx_entity_find (entity, "ccy");
  const char *ccy = field != NULL ? *(char *const *) gx_field_member (field, data) : NULL;

  return ccy != NULL ? ccy : "CNY";
}

/**
 * gxs_rights_viewer:
 *
 * Tells gx_sight what the session is to the row.
 */
void
gxs_rights_viewer (const GxsAuthz   *authz,
                   const GxEntity   *entity,
                   gconstpointer     data,
                   const GxsHolders *holders,
                   GxViewer         *out_viewer)
{
  out_viewer->roles = authz->roles;
  out_viewer->relation = gxs_authz_manages (authz, holders) ? GX_SEES_AS_OWNER : GX_SEES_AS_STRANGER;
  out_viewer->requested = 0;
  out_viewer->ccy = currency_of (entity, data);
}
