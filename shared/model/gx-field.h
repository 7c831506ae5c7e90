/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-kind.h"

#include <stddef.h>

G_BEGIN_DECLS

/**
 * GxFieldFlags: what is special about one field.
 * @GX_REQUIRED: may not be "nothing there"
 * @GX_REVIEWED: changes only through dual review once its customer is not PROSPECT; `.review` names the request's kind
 * @GX_LISTED: a column of the entity's list
 * @GX_SEARCHED: found by the search line
 * @GX_MASKED: in clear only for the owner (gx_sight())
 * @GX_HIDDEN: masked for everybody until revealed; implies %GX_MASKED
 * @GX_SEALED: encrypted in the server's column, with a blind index beside it
 * @GX_SERVER: computed or given by the server: refused from a client
 * @GX_FIXED: set at creation, never changed after
 * @GX_LOCAL: a column of the server only, never on the wire
 * @GX_COMPOSED: no column on the server, which composes the value for the wire; a column of the client
 * @GX_COUNTRY: of a text: the code of a country (ISO 3166); a person reads its name
 * @GX_TAILED: of a sealed text, found by its last four characters too: the server has a second blind index `<f>_tail`
 */
typedef enum
{
  GX_REQUIRED = 1 << 0,
  GX_REVIEWED = 1 << 1,
  GX_LISTED   = 1 << 2,
  GX_SEARCHED = 1 << 3,
  GX_MASKED   = 1 << 4,
  GX_HIDDEN   = 1 << 5,
  GX_SEALED   = 1 << 6,
  GX_SERVER   = 1 << 7,
  GX_FIXED    = 1 << 8,
  GX_LOCAL    = 1 << 9,
  GX_COMPOSED = 1 << 10,
  GX_TAILED   = 1 << 11,
  GX_COUNTRY  = 1 << 12,
} GxFieldFlags;

/**
 * GxMergePolicy: what happens when two people changed one field (sync.md 1.5).
 * @GX_MERGE_SURFACE: the second is shown both values and chooses
 * @GX_MERGE_SET: a list of words separated by commas; additions and removals are combined
 * @GX_MERGE_APPEND: lines of text; new lines are kept from both
 * @GX_MERGE_MAX: the greater value stays
 */
typedef enum
{
  GX_MERGE_SURFACE,
  GX_MERGE_SET,
  GX_MERGE_APPEND,
  GX_MERGE_MAX,
} GxMergePolicy;

/**
 * GxChoice: one value of an enumeration. In SQL an ENUM is its 1-based position, on the wire its code word; a TEXT
 * field with choices holds the code itself. Append only, never renumber.
 */
typedef struct
{
  const char *code;
  const char *label;        /* untranslated English */
} GxChoice;

/* A table of choices ends with a row without a code. */
#define GX_CHOICES_END { NULL, NULL }

typedef char *(*GxMaskFunc) (const char *clear);

struct _GxField
{
  const char     *name;     /* the one snake_case word in C, SQL and JSON */
  const char     *label;    /* untranslated English */
  GxKind          kind;
  guint           offset;   /* of the member in the entity's struct, bytes */
  guint           size;     /* of the member, bytes */
  GxFieldFlags    flags;
  GxMergePolicy   merge;
  const GxChoice *choices;  /* (nullable) */
  const char     *entity;   /* (nullable): of an ID, whose */
  const char     *group;    /* (nullable): what is changed together: a patch of its own, so that a conflict elsewhere in the row does not hold
                               it up. What a rule joins is in one group; all without a word are one */
  const char     *review;   /* (nullable): the kind of request that changes it, e.g. "customer.identity" */
  GxMaskFunc      mask;     /* (nullable): how a masked text looks; a masked number is sent as null with its band */
  gint64          min, max; /* TEXT: characters (max 0 = 2000); numbers: range if min < max */
};

/* A row that names a member of another type than its kind's does not compile. */
#define GX_OFFSET(type, Struct, member) \
  (_Generic (((Struct *) 0)->member, type: offsetof (Struct, member)))

#define GX_FIELD(kind_, type, Struct, member, label_, ...) \
  { .name = #member, .label = label_, .kind = kind_, .offset = GX_OFFSET (type, Struct, member), \
    .size = sizeof (((Struct *) 0)->member), __VA_ARGS__ }

#define GX_FIELD_TEXT(Struct, member, label, ...)  GX_FIELD (GX_KIND_TEXT, char *, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_INT(Struct, member, label, ...)   GX_FIELD (GX_KIND_INT, gint64, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_BOOL(Struct, member, label, ...)  GX_FIELD (GX_KIND_BOOL, gboolean, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_ENUM(Struct, member, label, ...)  GX_FIELD (GX_KIND_ENUM, int, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_MONEY(Struct, member, label, ...) GX_FIELD (GX_KIND_MONEY, gint64, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_PPM(Struct, member, label, ...)   GX_FIELD (GX_KIND_PPM, gint32, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_DATE(Struct, member, label, ...)  GX_FIELD (GX_KIND_DATE, gint32, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_TIME(Struct, member, label, ...)  GX_FIELD (GX_KIND_TIME, gint64, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_REF(Struct, member, label, ...)   GX_FIELD (GX_KIND_ID, GxId, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_JSON(Struct, member, label, ...)  GX_FIELD (GX_KIND_JSON, char *, Struct, member, label, __VA_ARGS__)
#define GX_FIELD_BYTES(Struct, member, label, ...) GX_FIELD (GX_KIND_BYTES, GBytes *, Struct, member, label, __VA_ARGS__)

static inline gpointer
gx_field_member (const GxField *field,
                 gconstpointer  data)
{
  return (guint8 *) data + field->offset;
}

static inline const GxKindOps *
gx_field_ops (const GxField *field)
{
  return &gx_kind_ops[field->kind];
}

gboolean    gx_field_is_none      (const GxField *field, gconstpointer data);
gboolean    gx_field_equal        (const GxField *field, gconstpointer a, gconstpointer b);
void        gx_field_copy         (const GxField *field, gpointer dest, gconstpointer src);
void        gx_field_clear        (const GxField *field, gpointer data);
char       *gx_field_to_text      (const GxField *field, gconstpointer data);
gboolean    gx_field_from_text    (const GxField *field, gpointer data, const char *text, GError **error);
gboolean    gx_field_validate     (const GxField *field, gconstpointer data, GError **error);

int         gx_choice_find        (const GxChoice *choices, const char *code);
const char *gx_choice_code        (const GxChoice *choices, int value);
const char *gx_choice_label       (const GxChoice *choices, int value);

G_END_DECLS
