/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A typed document. The bytes are a blob named by its hash; this row says what they prove. */
#include "gx-attachment.h"

#include <glib/gi18n.h>

const GxChoice gx_attachment_kinds[] = {
  { "ASSET_PROOF", N_("Proof of assets") }, { "NEED_CONFIRMATION", N_("Confirmation of need") },
  { "ID_IMAGE", N_("Image of a document") }, { "CONTRACT", N_("Contract") }, { "POLICY", N_("Policy document") },
  { "PHOTO", N_("Photo") }, { "RECORDING", N_("Recording") }, { "MINUTES", N_("Meeting minutes") },
  { "NDA", N_("Non-disclosure agreement") }, { "CONSENT", N_("Consent") }, { "OTHER", N_("Other") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_TEXT (GxAttachment, sha256,     N_("Fingerprint"),    .flags = GX_REQUIRED | GX_FIXED, .min = 64, .max = 64),
  GX_FIELD_TEXT (GxAttachment, name,       N_("Name"),           .flags = GX_FIXED | GX_LISTED, .max = 200),
  GX_FIELD_TEXT (GxAttachment, mime,       N_("Media type"),     .flags = GX_FIXED, .max = 100),
  GX_FIELD_INT  (GxAttachment, size,       N_("Size"),           .flags = GX_FIXED | GX_LISTED, .max = 52428800),
  GX_FIELD_ENUM (GxAttachment, kind,       N_("Kind"),           .flags = GX_FIXED | GX_LISTED,
                .choices = gx_attachment_kinds),
  GX_FIELD_DATE (GxAttachment, valid_to,   N_("Valid until")),
  GX_FIELD_TEXT (GxAttachment, enc_key_id, N_("Key"),            .flags = GX_SERVER | GX_LOCAL, .max = 64),
  GX_FIELD_INT  (GxAttachment, ref_count,  N_("References"),     .flags = GX_SERVER | GX_LOCAL),
  GX_FIELD_REF  (GxAttachment, cr_id,      N_("Change request"), .flags = GX_FIXED, .entity = "change_request"),
  GX_FIELD_REF  (GxAttachment, customer_id, N_("Customer"),      .flags = GX_FIXED, .entity = "customer"),
  GX_FIELD_REF  (GxAttachment, added_by,   N_("Handed in by"),   .flags = GX_FIXED | GX_LISTED, .entity = "employee"),
  GX_FIELD_REF  (GxAttachment, visit_id,   N_("Visit"),          .flags = GX_FIXED, .entity = "visit"),
};

GX_DEFINE_ENTITY (gx_attachment_entity, GxAttachment, 23, "attachment", N_("Attachment"), fields,
                  .parents = { "customer_id" }, .owner = "added_by");
