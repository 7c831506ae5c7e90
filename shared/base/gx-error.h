/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxError:
 *
 * Everything that can go wrong between a person and the bank's database. The table in gx-error.c gives each code its
 * slug (stable, on the wire), its HTTP status and its English title; gx_error_info() reads it.
 */
typedef enum
{
  GX_ERROR_INTERNAL,        /* our fault: a bug or an impossible state */
  GX_ERROR_USAGE,           /* a command line that cannot be meant */
  GX_ERROR_MALFORMED,       /* bytes that are not what they claim to be */
  GX_ERROR_INVALID,         /* well formed, but a field breaks a rule; carries violations */
  GX_ERROR_FIELD,           /* a field that the caller may not write */
  GX_ERROR_SCHEMA,          /* an entity, field or operation that this schema does not have */
  GX_ERROR_NOT_FOUND,
  GX_ERROR_EXISTS,
  GX_ERROR_UNAUTHENTICATED,
  GX_ERROR_STEP_UP,         /* the password again, please */
  GX_ERROR_FORBIDDEN,
  GX_ERROR_FOUR_EYES,       /* the same person twice */
  GX_ERROR_NEEDS_REVIEW,    /* a reviewed field: ask by cr.submit */
  GX_ERROR_FIELD_LOCKED,    /* another open request holds the field */
  GX_ERROR_EVIDENCE,        /* the policy wants evidence */
  GX_ERROR_STALE,           /* the base of a request moved */
  GX_ERROR_CHANGED,         /* the digest decided on is not the digest there is */
  GX_ERROR_STATE,           /* not possible in the object's present state */
  GX_ERROR_CONFLICT,        /* somebody else changed the same field */
  GX_ERROR_BUNDLE,          /* another mutation of the same bundle was refused */
  GX_ERROR_GAP,             /* mutation numbers must be consecutive */
  GX_ERROR_CLIENT_FORKED,   /* the same mutation number with another body */
  GX_ERROR_EPOCH,           /* the database was restored: start again from its state */
  GX_ERROR_CURSOR_EXPIRED,
  GX_ERROR_SIGNATURE,
  GX_ERROR_DEVICE,          /* the device is unknown, suspended or somebody else's */
  GX_ERROR_METHOD,
  GX_ERROR_LENGTH_REQUIRED,
  GX_ERROR_TOO_LARGE,
  GX_ERROR_MEDIA_TYPE,
  GX_ERROR_UPGRADE,         /* the client's schema is too old */
  GX_ERROR_RATE,
  GX_ERROR_BUSY,            /* try again: a queue is full or a lock is held */
  GX_ERROR_OFFLINE,         /* the server cannot be reached */
  GX_ERROR_TLS,             /* the server is not who it should be */
  GX_ERROR_KEYRING_ABSENT,  /* no Secret Service */
  GX_ERROR_KEYRING_LOCKED,  /* there is one, but it stayed locked */
  GX_ERROR_KEYRING_ITEM,    /* it is open, but has no such item */
  GX_ERROR_STORE_LOCKED,    /* the profile's store is encrypted: the password, please */
  GX_ERROR_STORE_LOST,      /* what opens it is gone for good */
  GX_ERROR_LEASE,           /* too long without the server */
  GX_ERROR_REVOKED,         /* the bank has revoked this device: it hands in what waits and wipes what it has */
  GX_ERROR_IN_USE,          /* another process holds the data or profile */
  GX_ERROR_FUTURE,          /* a database written by a newer program */
  GX_ERROR_IO,
  GX_ERROR_DATABASE,
  GX_ERROR_CONSTRAINT,      /* the database refused a write by a key, check or trigger */
  GX_ERROR_TAMPERED,
  GX_ERROR_CANCELLED,
  GX_N_ERRORS
} GxError;

typedef struct
{
  GxError     code;
  const char *slug;         /* "NEEDS_REVIEW" */
  guint       status;       /* HTTP */
  const char *title;        /* untranslated English, marked for translation */
} GxErrorInfo;

/**
 * GxViolation: one rule broken by one field (or row) of an input.
 */
typedef struct
{
  char *field;
  char *rule;               /* "required", "max-length", "R-VALID" … */
  char *detail;
} GxViolation;

#define GX_ERROR (gx_error_quark ())
GQuark             gx_error_quark            (void);

gboolean           gx_fail                   (GError **error, GxError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean           gx_fail_field             (GError **error, GxError code, const char *field, const char *rule,
                                              const char *format, ...) G_GNUC_PRINTF (5, 6);
gboolean           gx_fail_busy              (GError **error, guint retry_after, const char *format, ...) G_GNUC_PRINTF (3, 4);

const GxErrorInfo *gx_error_info             (GxError code);
const GxErrorInfo *gx_error_info_by_slug     (const char *slug);
const char        *gx_error_slug             (const GError *error);

void               gx_error_add_violation    (GError *error, const char *field, const char *rule, const char *detail);
const GPtrArray   *gx_error_get_violations   (const GError *error);
guint              gx_error_get_retry_after  (const GError *error);
void               gx_error_set_retry_after  (GError *error, guint seconds);
const char        *gx_error_get_params       (const GError *error);
void               gx_error_set_params       (GError *error, const char *json);

gboolean           gx_error_adopt            (GError **error);

G_END_DECLS
