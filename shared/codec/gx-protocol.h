/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What client and server must spell alike: paths, header names, media types, sizes. Nothing here is configurable;
 * limits that a bank may change are rows of the server's options. */

#define GX_SCHEMA                   2                             /* of the wire; the X-Schema header; older ones: gx-upcast */

/* Paths. One ending in "/" is followed by an id or name. */
#define GX_PATH_HEALTH              "/healthz"
#define GX_PATH_PUSH                "/v1/sync/push"
#define GX_PATH_PULL                "/v1/sync/pull"
#define GX_PATH_BOOTSTRAP           "/v1/sync/bootstrap"
#define GX_PATH_WAIT                "/v1/sync/wait"
#define GX_PATH_STREAM              "/v1/sync/stream"
#define GX_PATH_BLOBS               "/v1/blobs"
#define GX_PATH_UPLOADS             "/v1/blobs/u/"                /* {upload}, {upload}/done */
#define GX_PATH_RECORDS             "/v1/records/"                /* {entity}, {entity}/{id} */
#define GX_PATH_SEARCH              "/v1/search"
#define GX_PATH_SIGN_IN             "/v1/auth/sign-in"
#define GX_PATH_STEP_UP             "/v1/auth/step-up"
#define GX_PATH_PASSWORD            "/v1/auth/password"
#define GX_PATH_SIGN_OUT            "/v1/auth/sign-out"
#define GX_PATH_SESSION             "/v1/auth/session"
#define GX_PATH_ENROL               "/v1/devices/enrol"
#define GX_PATH_DEVICES             "/v1/devices"                 /* /{id}/revoke */
#define GX_PATH_FAREWELL            "/v1/farewell"                /* /{ticket}, /{ticket}/end */
#define GX_PATH_REQUESTS            "/v1/cr"                      /* /{id}, /{id}/decide … */
#define GX_PATH_AUDIT_ENTRIES       "/v1/audit/entries"
#define GX_PATH_AUDIT_PROOF         "/v1/audit/proof"
#define GX_PATH_AUDIT_CONSISTENCY   "/v1/audit/consistency"
#define GX_PATH_AUDIT_CHECKPOINT    "/v1/audit/checkpoint"

/* Headers of our own, and those of others that we read by name. */
#define GX_HEADER_CLIENT            "X-Client"
#define GX_HEADER_SCHEMA            "X-Schema"
#define GX_HEADER_REQUEST_ID        "X-Request-Id"
#define GX_HEADER_IDEMPOTENCY_KEY   "Idempotency-Key"
#define GX_HEADER_UPLOAD_OFFSET     "Upload-Offset"
#define GX_HEADER_CHUNK_SHA256      "Chunk-Sha256"                /* lower-case hex */
#define GX_BEARER                   "Bearer "

#define GX_TYPE_JSON                "application/json"
#define GX_TYPE_NDJSON              "application/x-ndjson"
#define GX_TYPE_PROBLEM             "application/problem+json"
#define GX_TYPE_BYTES               "application/octet-stream"

/* TLS 1.2 and 1.3 with AEAD ciphers and forward secrecy only, in GnuTLS's words. */
#define GX_TLS_PRIORITY             "SECURE128:%SAFE_RENEGOTIATION:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:" \
                                    "+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305:-RSA"

#define GX_KIB                      1024u
#define GX_MIB                      (1024u * 1024u)
#define GX_PUSH_BODY_MAX            (1 * GX_MIB)                  /* bytes */
#define GX_PUSH_MUTATIONS_MAX       200
#define GX_CHUNK_SIZE               (1 * GX_MIB)                  /* bytes of a blob sent at once */
#define GX_FAREWELL_PART            (256 * GX_KIB)                /* of a revoked device's parcel, at once */
#define GX_CHUNK_BODY_MAX           (GX_CHUNK_SIZE + 4 * GX_KIB)
#define GX_BLOB_MAX                 (50u * GX_MIB)
#define GX_INFLATED_MAX             (8 * GX_MIB)                  /* bytes of a body after gunzip */
#define GX_INFLATE_RATIO_MAX        100
#define GX_PULL_LIMIT               2000                          /* rows of a page */
#define GX_BOOTSTRAP_LIMIT          5000
#define GX_RECORDS_LIMIT            500
#define GX_SEARCH_LIMIT             50
#define GX_HISTORY_LIMIT            200
#define GX_WAIT_SECONDS             50
#define GX_CLOCK_TOLERANCE          (5 * 60 * 1000)               /* ms that a desk's clock may be wrong without a word */
