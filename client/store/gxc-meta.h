/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

/* What the profile remembers about itself: table meta. */
#define GXC_META_SERVER      "server"         /* https://host:port */
#define GXC_META_LOGIN       "login"          /* the word typed at sign-in */
#define GXC_META_LOGIN_ID    "login_id"
#define GXC_META_EMPLOYEE_ID "employee_id"
#define GXC_META_NAME        "name"
#define GXC_META_ROLES       "roles"          /* codes, separated by commas */
#define GXC_META_ORG_PATH    "org_path"
#define GXC_META_DEVICE_ID   "device_id"
#define GXC_META_DEVICE_KEY  "device_key"     /* public half of the key that the server knows, base64 */
#define GXC_META_LOG_KEY     "log_key"        /* what the bank's audit log is signed with; as it was first told, for ever */
#define GXC_META_EXPORT_KEY  "export_key"     /* what is left to the bank in a file is sealed to it, base64; as it was first told, for ever */
#define GXC_META_CLIENT_ID   "client_id"
#define GXC_META_EPOCH       "epoch"
#define GXC_META_PERM_VER    "perm_ver"
#define GXC_META_CURSOR      "cursor"
#define GXC_META_LAST_MID    "last_mid"       /* the last number given to a mutation */
#define GXC_META_ACK_MID     "ack_mid"        /* the last number whose result is here */
#define GXC_META_FROM_MID    "from_mid"       /* the first number of this client in this epoch, if its queue was renumbered */
#define GXC_META_CLOCK_OFFSET "clock_off"     /* ms that the server's clock is ahead of this machine's, when last heard */
#define GXC_META_LAST_SYNC   "last_sync"      /* ms UTC: when pull last reached the end */
#define GXC_META_CONTACT     "contact"        /* ms UTC: when the server last let this desk in (gxc-store-lease.h) */
#define GXC_META_SEEN        "seen"           /* ms UTC: the greatest time that this desk has seen */
#define GXC_META_DIGEST      "digest"         /* 1: each customer has a digest */
#define GXC_META_DIGEST_DAY  "digest_day"     /* the business date of the present making */
#define GXC_META_DIGEST_MAKING "digest_making"
#define GXC_META_BOOK        "book"           /* a large portfolio as it was last summed (gxc-book-kept) */
#define GXC_META_PAPERS      "papers"         /* %GXC_PAPERS_VAULT once documents lie under a key of the vault's, not one of the keyring's */
#define GXC_META_SHAPE       "shape"          /* what places there are for the bank's rows (gxc-shape) */
#define GXC_META_SETTINGS    "setting."       /* + name: the person's choices in this profile */

#define GXC_PAPERS_VAULT     "vault"

gboolean gxc_meta_set     (GxcStore *store, const char *key, const char *value, GError **error);
gboolean gxc_meta_set_int (GxcStore *store, const char *key, gint64 value, GError **error);

/* Readers, see gxc-list.h. */
char    *gxc_meta_dup     (GxDb *db, const char *key);
gint64   gxc_meta_get_int (GxDb *db, const char *key);
GxId     gxc_meta_get_id  (GxDb *db, const char *key);

/* From any thread, through the store's own connection. */
char    *gxc_store_dup_meta (GxcStore *store, const char *key);

/**
 * GxcCounts: what the sync chip says.
 */
typedef struct
{
  gint64 pending;           /* mutations without a result */
  gint64 issues;            /* refused or in conflict, not yet resolved */
  gint64 last_sync;         /* ms UTC, 0 = never */
  gint64 scopes;            /* that this session may hold */
  gint64 scopes_complete;   /* of these, those wholly here */
  gint64 rows_expected;     /* in all scopes, as far as the server said */
  gint64 rows_loaded;
  gint64 clock_off;         /* ms that the server's clock is ahead of this machine's; 0 = as good as equal */
  gboolean has_figures;     /* each customer that is here has its figures */
} GxcCounts;

gboolean gxc_counts_read  (GxDb *db, GxcCounts *out, GError **error);

G_END_DECLS
