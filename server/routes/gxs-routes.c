/* SPDX-License-Identifier: GPL-3.0-or-later */
/* THE table of routes. A new one is a row here and a handler in the folder; the gate does all else, and test-routes walks
 * the table. Roles are a first sieve; whose rows is decided by the services.
 */
#include "gxs-routes.h"

#include "gx-protocol.h"
#include "gx-role.h"
#include "gxs-audit-routes.h"
#include "gxs-auth-routes.h"
#include "gxs-blob-routes.h"
#include "gxs-data-routes.h"
#include "gxs-farewell-routes.h"
#include "gxs-review-routes.h"

const GxsRoute gxs_routes[] = {
  { "GET",   GX_PATH_HEALTH,                0, GXS_ROUTE_PUBLIC | GXS_ROUTE_ANY_SCHEMA, GXS_BODY_NONE, 0, 0, GXS_POOL_WORKER, gxs_route_health },

  { "POST",  GX_PATH_SIGN_IN,               0, GXS_ROUTE_PUBLIC | GXS_ROUTE_OLD_SCHEMA, GXS_BODY_JSON, 4 * GX_KIB, GXS_RATE_LOGIN, GXS_POOL_HASH, gxs_route_sign_in },
  { "POST",  GX_PATH_STEP_UP,               0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_JSON, 4 * GX_KIB, GXS_RATE_LOGIN, GXS_POOL_HASH, gxs_route_step_up },
  { "POST",  GX_PATH_PASSWORD,              0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_JSON, 4 * GX_KIB, GXS_RATE_LOGIN, GXS_POOL_HASH, gxs_route_password },
  { "POST",  GX_PATH_SIGN_OUT,              0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_OPTIONAL_JSON, 4 * GX_KIB, 0, GXS_POOL_HASH, gxs_route_sign_out },
  { "GET",   GX_PATH_SESSION,               0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_session },
  { "POST",  GX_PATH_ENROL,                 0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_JSON, 4 * GX_KIB, 0, GXS_POOL_HASH, gxs_route_enrol },

  { "GET",   GX_PATH_DEVICES,               0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_devices },
  { "POST",  GX_PATH_DEVICES "/{id}/revoke", 0, 0, GXS_BODY_OPTIONAL_JSON, 4 * GX_KIB, 0, GXS_POOL_HASH, gxs_route_revoke },
  { "POST",  GX_PATH_FAREWELL,              0, GXS_ROUTE_PUBLIC | GXS_ROUTE_ANY_SCHEMA, GXS_BODY_JSON, 4 * GX_KIB, GXS_RATE_LOGIN, GXS_POOL_READ, gxs_route_farewell },
  { "PATCH", GX_PATH_FAREWELL "/{ticket}",  0, GXS_ROUTE_PUBLIC | GXS_ROUTE_ANY_SCHEMA, GXS_BODY_RAW, GX_FAREWELL_PART, 0, GXS_POOL_BLOB, gxs_route_farewell_write },
  { "POST",  GX_PATH_FAREWELL "/{ticket}/end", 0, GXS_ROUTE_PUBLIC | GXS_ROUTE_ANY_SCHEMA, GXS_BODY_JSON, 4 * GX_KIB, 0, GXS_POOL_BLOB, gxs_route_farewell_end },

  { "POST",  GX_PATH_PUSH,                  0, GXS_ROUTE_ASYNC | GXS_ROUTE_OLD_SCHEMA, GXS_BODY_JSON, 0, 0, GXS_POOL_WORKER, gxs_route_push },
  { "POST",  GX_PATH_PULL,                  0, 0, GXS_BODY_JSON, 64 * GX_KIB, 0, GXS_POOL_READ, gxs_route_pull },
  { "GET",   GX_PATH_BOOTSTRAP,             0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_bootstrap },
  { "GET",   GX_PATH_STREAM,                0, GXS_ROUTE_STREAM, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_stream },
  { "GET",   GX_PATH_WAIT,                  0, GXS_ROUTE_ASYNC, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_wait },

  { "GET",   GX_PATH_RECORDS "{entity}/{id}", 0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_record },
  { "GET",   GX_PATH_RECORDS "{entity}/{id}/history", 0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_history },
  { "GET",   GX_PATH_RECORDS "{entity}",    0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_records },
  { "GET",   GX_PATH_SEARCH,                0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_search },

  { "POST",  GX_PATH_BLOBS,                 0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_JSON, 4 * GX_KIB, 0, GXS_POOL_BLOB, gxs_route_blob_begin },
  { "HEAD",  GX_PATH_UPLOADS "{upload}",    0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_NONE, 0, 0, GXS_POOL_BLOB, gxs_route_blob_offset },
  { "PATCH", GX_PATH_UPLOADS "{upload}",    0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_RAW, GX_CHUNK_BODY_MAX, 0, GXS_POOL_BLOB, gxs_route_blob_write },
  { "POST",  GX_PATH_UPLOADS "{upload}/done", 0, GXS_ROUTE_OLD_SCHEMA, GXS_BODY_OPTIONAL_JSON, 4 * GX_KIB, 0, GXS_POOL_BLOB, gxs_route_blob_finish },
  { "GET",   GX_PATH_BLOBS "/{sha256}",     0, GXS_ROUTE_PLAIN | GXS_ROUTE_RANGE, GXS_BODY_NONE, 0, 0, GXS_POOL_BLOB, gxs_route_blob_read },

  { "POST",  GX_PATH_REQUESTS,              0, GXS_ROUTE_ASYNC, GXS_BODY_JSON, 256 * GX_KIB, 0, GXS_POOL_WORKER, gxs_route_cr_submit },
  { "GET",   GX_PATH_REQUESTS,              0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_cr_list },
  { "GET",   GX_PATH_REQUESTS "/{id}",      0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_cr_show },
  { "POST",  GX_PATH_REQUESTS "/{id}/decide",   0, GXS_ROUTE_ASYNC, GXS_BODY_JSON, 16 * GX_KIB, 0, GXS_POOL_WORKER, gxs_route_cr_decide },
  { "POST",  GX_PATH_REQUESTS "/{id}/withdraw", 0, GXS_ROUTE_ASYNC, GXS_BODY_OPTIONAL_JSON, 16 * GX_KIB, 0, GXS_POOL_WORKER, gxs_route_cr_withdraw },
  { "POST",  GX_PATH_REQUESTS "/{id}/rebase",   0, GXS_ROUTE_ASYNC, GXS_BODY_JSON, 256 * GX_KIB, 0, GXS_POOL_WORKER, gxs_route_cr_rebase },
  { "POST",  GX_PATH_REQUESTS "/{id}/revise",   0, GXS_ROUTE_ASYNC, GXS_BODY_JSON, 256 * GX_KIB, 0, GXS_POOL_WORKER, gxs_route_cr_revise },

  { "GET",   GX_PATH_AUDIT_CHECKPOINT,      0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_audit_checkpoint },
  { "GET",   GX_PATH_AUDIT_PROOF,           0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_audit_proof },
  { "GET",   GX_PATH_AUDIT_CONSISTENCY,     0, 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_audit_consistency },
  { "GET",   GX_PATH_AUDIT_ENTRIES,         GX_ROLE_BIT (GX_ROLE_AUDITOR), 0, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, gxs_route_audit_entries },
};
const guint gxs_n_routes = G_N_ELEMENTS (gxs_routes);
