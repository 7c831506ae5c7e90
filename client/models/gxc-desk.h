/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gx-clock.h"
#include "gx-record.h"
#include "gx-role.h"
#include "gxc-book.h"
#include "gxc-carried.h"
#include "gxc-condition.h"
#include "gxc-digest-entity.h"
#include "gxc-lease.h"
#include "gxc-undo.h"

G_BEGIN_DECLS

/**
 * GxcQuery: which rows of an entity, in which order. All pointers are borrowed for the call.
 */
typedef struct
{
  const char         *search;       /* (nullable): what a person typed */
  const GxcCondition *conditions;   /* (nullable): all of them hold; of a customer also fields of its digest */
  guint               n_conditions;
  const char         *sort_field;   /* (nullable): the entity's own order; of a customer also a field of its digest */
  gboolean            descending;
  guint               limit;        /* 0 = all */
} GxcQuery;

/**
 * GxcSyncSummary: what the sync chip tells. Counts of this desk, not of the bank.
 */
typedef struct
{
  gboolean online;
  gboolean busy;
  gboolean signed_out;      /* the session ended: the password again */
  guint    waiting;         /* changes not yet on the server */
  guint    conflicts;       /* two new values: a person must choose */
  guint    refused;         /* kept, with the rule that refused them */
  gboolean coming;          /* what belongs to this desk is not all here yet, or its figures are not made: sums would be wrong ones */
  gint64   done, total;     /* records of what is coming; total 0: not known */
  gint64   synced_at;       /* ms UTC, 0: never */
  gint64   store_bytes;     /* of this desk's files */
  gint64   clock_off;       /* ms that the bank's clock is ahead of this machine's, as far as it was heard */
  guint    papers;          /* documents on their way to the bank */
  guint    papers_refused;  /* documents that the bank does not take */
  gint64   papers_done, papers_total;     /* bytes of those on their way */
  gboolean revoked;         /* the bank has what waited; the desk is to be closed and its profile wiped */
  GxcLease lease;           /* how long this desk may go on without the bank */
  const char *problem;      /* (nullable) (borrowed until the next call): why it is offline, signed out or stopped */
} GxcSyncSummary;

/**
 * GxcPerson: who is signed in, and where.
 */
typedef struct
{
  char       *login;
  char       *name;
  char       *unit;         /* name of the unit */
  char       *bank;
  char       *ccy;          /* (nullable): the bank's own currency, ISO 4217 */
  GxId        employee_id;
  GxRoleMask  roles;
  gboolean    must_change_password;   /* it was given by somebody else */
} GxcPerson;

typedef enum
{
  GXC_QUEUE_WAITING,
  GXC_QUEUE_SENT,           /* on its way */
  GXC_QUEUE_CONFLICT,
  GXC_QUEUE_REFUSED,
} GxcQueueState;

/**
 * GxcQueueField: one field of a change that waits or was refused. Values are the machine's words (gx_field_from_text()).
 */
typedef struct
{
  const GxField *field;     /* (nullable): unknown to this program */
  char          *name;
  char          *base;      /* (nullable): what the person saw */
  char          *mine;      /* (nullable) */
  char          *theirs;    /* (nullable): of a conflict: what the server has */
  gboolean       conflict;  /* or it only travelled with one that is */
} GxcQueueField;

/**
 * GxcQueueItem: one thing typed on this desk that is not, or not quite, on the server.
 */
typedef struct
{
  gint64         mid;
  GxcQueueState  state;
  const GxEntity *entity;   /* (nullable) */
  GxId           id;
  GxId           customer_id;       /* none where the row hangs on none */
  char          *customer;  /* (nullable): in words: name and tail of the number */
  char          *op;        /* "create", "patch", "cr.submit" … */
  char          *field;     /* (nullable): the first in conflict */
  char          *detail;    /* (nullable): why it was refused */
  char          *rule;      /* (nullable): the code of the rule or error that refused it, "NEEDS_REVIEW" */
  char          *mine, *theirs;     /* (nullable): of @field */
  GPtrArray     *fields;    /* of GxcQueueField, may be empty */
  char          *theirs_by; /* (nullable): who wrote the other value */
  gint64         theirs_at; /* ms UTC, 0 = not known */
  gint64         at;        /* ms UTC */
} GxcQueueItem;

/**
 * GxcHistoryItem: one change of a record, from the bank's audit log. What changed is told by the fields' names alone.
 */
typedef struct
{
  gint64          at;       /* ms UTC */
  char           *actor;    /* (nullable): in words */
  char           *action;   /* "create", "patch", "cr.apply" … */
  const GxEntity *entity;   /* (nullable): unknown to this program */
  GxId            id;       /* of the row, which may be a part of the record that was asked for */
  char          **fields;   /* names, may be empty */
  gint64          v;        /* the row's version after it */
  GxId            cr_id;    /* of the request, none if it was a plain change */
  char           *state;    /* (nullable): of a request, what became of it */
} GxcHistoryItem;

/**
 * GxcAct: what a maker may do with a request of his own.
 * @GXC_ACT_WITHDRAW: it is taken back
 * @GXC_ACT_REBASE: a stale one is asked for again, upon the record as it is now
 * @GXC_ACT_REVISE: a returned one with other values, or another reason
 * @GXC_ACT_RESUBMIT: a returned one as it was, with another reason or none
 */
typedef enum
{
  GXC_ACT_WITHDRAW,
  GXC_ACT_REBASE,
  GXC_ACT_REVISE,
  GXC_ACT_RESUBMIT,
} GxcAct;

/**
 * GxcDocument: one file that goes with a request as evidence.
 */
typedef struct
{
  char *path;
  char *kind;               /* gx_attachment_kinds code */
} GxcDocument;

/**
 * GxcNewPaper: a file that becomes a document of a customer. All borrowed.
 */
typedef struct
{
  const char *path;         /* (nullable): of the file, or */
  GBytes     *bytes;        /* (nullable): what was pasted */
  const char *name;         /* (nullable): else the file's */
  const char *kind;         /* gx_attachment_kinds code */
  gint32      valid_to;     /* GX_INT32_NONE = for ever */
  GxId        visit_id;     /* none: of no visit */
} GxcNewPaper;

typedef enum
{
  GXC_SENDING_NOT,          /* nothing of it is to be sent from here */
  GXC_SENDING_WAITS,
  GXC_SENDING_REFUSED,
} GxcSendingState;

/**
 * GxcSending: how far a document is on its way from this desk to the bank.
 */
typedef struct
{
  GxcSendingState state;
  gint64          done, total;      /* bytes */
} GxcSending;

typedef struct
{
  const char *url;
  const char *ca_file;      /* (nullable) */
  const char *user;
  const char *password;
} GxcCredentials;

/**
 * GxcAuditReport: what an auditor's desk found of the bank's log.
 */
typedef struct
{
  gint64 size;              /* entries, all hashed on this desk */
  gint64 seen;              /* entries of the checkpoint it saw before, 0 = none */
  char  *root;              /* hex */
} GxcAuditReport;

#define GXC_TYPE_DESK (gxc_desk_get_type ())
G_DECLARE_INTERFACE (GxcDesk, gxc_desk, GXC, DESK, GObject)

/**
 * GxcDeskInterface:
 *
 * What a page may ask of the client core. Reading answers at once, from the desk's own store; everything else ends in a
 * callback. "changed" is emitted on the main loop after rows came or went, "status-changed" when the summary did, "day-changed"
 * when it is another day.
 */
struct _GxcDeskInterface
{
  GTypeInterface parent_iface;

  GxClock         *(*get_clock)    (GxcDesk *self);
  gint32           (*get_today)    (GxcDesk *self);
  char            *(*dup_setting)  (GxcDesk *self, const char *name);
  GxId             (*new_id)       (GxcDesk *self);
  const GxcPerson *(*get_person)   (GxcDesk *self);
  void             (*get_summary)  (GxcDesk *self, GxcSyncSummary *out_summary);

  GArray    *(*list)         (GxcDesk *self, const GxEntity *entity, const GxcQuery *query, GError **error);
  gint64     (*count)        (GxcDesk *self, const GxEntity *entity, const GxcQuery *query, GError **error);
  GPtrArray *(*read)         (GxcDesk *self, const GxEntity *entity, const GxId *ids, guint n_ids, GError **error);
  GPtrArray *(*facts)        (GxcDesk *self, const GxEntity *entity, const GxId *parent, GError **error);
  GPtrArray *(*queue)        (GxcDesk *self, GError **error);
  GxcBook   *(*book)         (GxcDesk *self, GError **error);

  /* Its result is a GPtrArray of GxcChangeItem: what was really written, each row with what stood there before. */
  void       (*save)         (GxcDesk *self, GPtrArray *changes, gboolean strict, GTask *task);
  void       (*sign_in)      (GxcDesk *self, const GxcCredentials *credentials, GTask *task);
  void       (*change_password) (GxcDesk *self, const char *old_password, const char *new_password, GTask *task);
  void       (*sync)         (GxcDesk *self, GTask *task);
  void       (*create)       (GxcDesk *self, const GxEntity *entity, gpointer data, GTask *task);
  void       (*patch)        (GxcDesk *self, GxRecord *original, gconstpointer current, GxFieldSet fields, GTask *task);
  void       (*request)      (GxcDesk *self, GxcChangeItem *item, const char *reason, GPtrArray *evidence, GTask *task);
  void       (*list_reviews) (GxcDesk *self, const char *box, GTask *task);
  void       (*fetch_review) (GxcDesk *self, const GxId *id, GTask *task);
  void       (*decide)       (GxcDesk *self, GxRecord *request, const char *verdict, const char *note,
                              const char *password, GTask *task);
  void       (*resolve)      (GxcDesk *self, gint64 mid, gboolean take_mine, GTask *task);
  void       (*act)          (GxcDesk *self, GxRecord *request, GxcAct act, gconstpointer row, GxFieldSet fields,
                              const char *reason, GTask *task);
  void       (*fetch_history) (GxcDesk *self, const GxEntity *entity, const GxId *id, GTask *task);
  void       (*verify_audit) (GxcDesk *self, GTask *task);
  /* @progress gets the task's own data. */
  void       (*fetch_blob)   (GxcDesk *self, const char *sha256, const GxId *ref, GFileProgressCallback progress, GTask *task);
  void       (*attach)       (GxcDesk *self, const GxId *customer_id, const GxcNewPaper *paper, GTask *task);
  void       (*get_sending)  (GxcDesk *self, const char *sha256, GxcSending *out_sending);
  GPtrArray *(*list_carried) (GxcDesk *self, const GxId *customers, guint n_customers, GError **error);
  void       (*get_carry_room) (GxcDesk *self, GxcCarryRoom *out_room);
  void       (*carry)        (GxcDesk *self, GArray *customers, gboolean take, GTask *task);
  void       (*set_carry_room) (GxcDesk *self, gint64 mb, GTask *task);
};

GxClock         *gxc_desk_get_clock    (GxcDesk *self);
gint64           gxc_desk_now          (GxcDesk *self);
gint32           gxc_desk_get_today    (GxcDesk *self);
char            *gxc_desk_dup_setting  (GxcDesk *self, const char *name);
GxId             gxc_desk_new_id       (GxcDesk *self);
const GxcPerson *gxc_desk_get_person   (GxcDesk *self);
gboolean         gxc_desk_can          (GxcDesk *self, GxCapability capability);
void             gxc_desk_get_summary  (GxcDesk *self, GxcSyncSummary *out_summary);

GArray          *gxc_desk_list         (GxcDesk *self, const GxEntity *entity, const GxcQuery *query, GError **error);
gint64           gxc_desk_count        (GxcDesk *self, const GxEntity *entity, const GxcQuery *query, GError **error);
GPtrArray       *gxc_desk_read         (GxcDesk *self, const GxEntity *entity, const GxId *ids, guint n_ids, GError **error);
GxRecord        *gxc_desk_read_one     (GxcDesk *self, const GxEntity *entity, const GxId *id, GError **error);
GPtrArray       *gxc_desk_read_where   (GxcDesk *self, const GxEntity *entity, const char *field, const GxId *value,
                                        const char *sort_field, gboolean descending, GError **error);
GPtrArray       *gxc_desk_facts        (GxcDesk *self, const GxEntity *entity, const GxId *parent, GError **error);
GPtrArray       *gxc_desk_queue        (GxcDesk *self, GError **error);
GxcBook         *gxc_desk_book         (GxcDesk *self, GError **error);
char            *gxc_desk_dup_field_label (GxcDesk *self, const GxEntity *entity, const GxId *id, const GxField *field);
char            *gxc_desk_dup_label    (GxcDesk *self, const char *entity, const GxId *id);
char            *gxc_desk_dup_customer (GxcDesk *self, const GxId *id);
char            *gxc_desk_dup_who      (GxcDesk *self, GxRecord *customer);
char            *gxc_desk_dup_customer_name (GxcDesk *self, const GxId *id, char **out_tail);

void             gxc_desk_sign_in      (GxcDesk *self, const GxcCredentials *credentials, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_change_password (GxcDesk *self, const char *old_password, const char *new_password,
                                        GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_sync         (GxcDesk *self, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_create       (GxcDesk *self, const GxEntity *entity, gpointer row, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_patch        (GxcDesk *self, GxRecord *original, gconstpointer current, GxFieldSet fields,
                                        GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_request      (GxcDesk *self, GxRecord *original, gconstpointer current, GxFieldSet fields,
                                        const char *reason, GPtrArray *evidence, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_request_item (GxcDesk *self, GxcChangeItem *item, const char *reason, GPtrArray *evidence,
                                        GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_list_reviews (GxcDesk *self, const char *box, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_fetch_review (GxcDesk *self, const GxId *id, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_decide       (GxcDesk *self, GxRecord *request, const char *verdict, const char *note,
                                        const char *password, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_resolve      (GxcDesk *self, gint64 mid, gboolean take_mine, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_act          (GxcDesk *self, GxRecord *request, GxcAct act, gconstpointer row, GxFieldSet fields,
                                        const char *reason, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_fetch_history (GxcDesk *self, const GxEntity *entity, const GxId *id,
                                        GAsyncReadyCallback callback, gpointer data);
GPtrArray       *gxc_desk_finish_history (GxcDesk *self, GAsyncResult *result, GError **error);
void             gxc_desk_verify_audit (GxcDesk *self, GAsyncReadyCallback callback, gpointer data);
GxcAuditReport  *gxc_desk_finish_audit (GxcDesk *self, GAsyncResult *result, GError **error);
void             gxc_desk_fetch_blob   (GxcDesk *self, const char *sha256, const GxId *ref, GFileProgressCallback progress,
                                        GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_attach       (GxcDesk *self, const GxId *customer_id, const GxcNewPaper *paper,
                                        GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_get_sending  (GxcDesk *self, const char *sha256, GxcSending *out_sending);
GPtrArray       *gxc_desk_list_carried (GxcDesk *self, const GxId *customers, guint n_customers, GError **error);
void             gxc_desk_get_carry_room (GxcDesk *self, GxcCarryRoom *out_room);
void             gxc_desk_carry        (GxcDesk *self, GArray *customers, gboolean take, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_set_carry_room (GxcDesk *self, gint64 mb, GAsyncReadyCallback callback, gpointer data);
GBytes          *gxc_desk_finish_blob  (GxcDesk *self, GAsyncResult *result, GError **error);

/* Saving, and taking it back: all of it or nothing. */
void             gxc_desk_save         (GxcDesk *self, GPtrArray *changes, GAsyncReadyCallback callback, gpointer data);
GxcUndo         *gxc_desk_finish_save  (GxcDesk *self, GAsyncResult *result, GError **error);
void             gxc_desk_undo         (GxcDesk *self, GxcUndo *undo, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_redo         (GxcDesk *self, GxcUndo *undo, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_undo_last    (GxcDesk *self, GAsyncReadyCallback callback, gpointer data);
void             gxc_desk_redo_last    (GxcDesk *self, GAsyncReadyCallback callback, gpointer data);
char            *gxc_desk_dup_undo_words (GxcDesk *self);
char            *gxc_desk_dup_redo_words (GxcDesk *self);

/* The curtain: one's own customers are shown as strangers' are, for others can see the screen. */
gboolean         gxc_desk_get_curtain  (GxcDesk *self);
void             gxc_desk_set_curtain  (GxcDesk *self, gboolean curtain);

gboolean         gxc_desk_finish       (GxcDesk *self, GAsyncResult *result, GError **error);
GxRecord        *gxc_desk_finish_record (GxcDesk *self, GAsyncResult *result, GError **error);
GPtrArray       *gxc_desk_finish_records (GxcDesk *self, GAsyncResult *result, GError **error);

void             gxc_desk_emit_changed (GxcDesk *self, const char *entity);
void             gxc_desk_emit_status  (GxcDesk *self);
void             gxc_desk_emit_day     (GxcDesk *self);

void             gxc_queue_item_free   (GxcQueueItem *item);
void             gxc_queue_field_free  (GxcQueueField *field);
void             gxc_history_item_free (GxcHistoryItem *item);
GxcDocument     *gxc_document_new      (const char *path, const char *kind);
void             gxc_document_free     (GxcDocument *evidence);
void             gxc_person_clear      (GxcPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcQueueItem, gxc_queue_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcDocument, gxc_document_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcHistoryItem, gxc_history_item_free)

void             gxc_audit_report_free (GxcAuditReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcAuditReport, gxc_audit_report_free)

G_END_DECLS
