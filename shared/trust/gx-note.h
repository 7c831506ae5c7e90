/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-hash.h"
#include "gx-sign.h"

G_BEGIN_DECLS

#define GX_NOTE_SIZE_MAX       (64 * 1024)    /* bytes */
#define GX_NOTE_SIGNATURES_MAX 100

/**
 * GxNoteSignature: one line under a note, of whatever algorithm.
 */
typedef struct
{
  char   *name;
  guint32 key_hash;
  GBytes *signature;
} GxNoteSignature;

/**
 * GxNote: a C2SP signed note, taken apart. Nothing in it is verified yet.
 */
typedef struct
{
  char      *text;          /* with its last newline */
  GPtrArray *signatures;    /* of GxNoteSignature, one at least */
} GxNote;

/**
 * GxCheckpoint: the body of a C2SP tlog-checkpoint.
 */
typedef struct
{
  char   *origin;
  guint64 size;
  GxHash  root;
  char   *extensions;       /* (nullable) further lines, each with its newline */
} GxCheckpoint;

GxNote   *gx_note_parse         (const char *data, gssize length, GError **error);
void      gx_note_free          (GxNote *note);
gboolean  gx_note_verify        (const GxNote *note, const char *name, const GxPublicKey *key, GError **error);
char     *gx_note_sign          (const char *text, const char *name, const GxSecretKey *key);
char     *gx_note_cosign        (const char *note, const char *name, const GxSecretKey *key, GError **error);

guint32   gx_note_key_hash      (const char *name, const GxPublicKey *key);
char     *gx_note_verifier_text (const char *name, const GxPublicKey *key);
gboolean  gx_note_verifier_parse (const char *text, char **out_name, GxPublicKey *out_key, GError **error);

char     *gx_checkpoint_format  (const GxCheckpoint *checkpoint);
gboolean  gx_checkpoint_parse   (const char *text, GxCheckpoint *out_checkpoint, GError **error);
gboolean  gx_checkpoint_open    (const char *data, gssize length, const char *name, const GxPublicKey *key,
                                 GxCheckpoint *out_checkpoint, GError **error);
void      gx_checkpoint_clear   (GxCheckpoint *checkpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxNote, gx_note_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxCheckpoint, gx_checkpoint_clear)

G_END_DECLS
