/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcReviewAnswer: what the bank said about a request that is shown
 * @GXC_REVIEW_ASKED: nothing yet: it is the list's
 * @GXC_REVIEW_AWAY: it did not answer: it stays the list's
 * @GXC_REVIEW_THERE: it is as the bank has it
 */
typedef enum { GXC_REVIEW_ASKED, GXC_REVIEW_AWAY, GXC_REVIEW_THERE } GxcReviewAnswer;

GtkWidget *gxc_review_changes_card    (GxcDesk *desk, GxRecord *request);
GtkWidget *gxc_review_context_card    (GxcDesk *desk, GxRecord *request);
GtkWidget *gxc_review_why_card        (GxcDesk *desk, GxRecord *request, GxcReviewAnswer answer, GtkSizeGroup *names);
GtkWidget *gxc_review_bone_new        (int width);
GtkWidget *gxc_review_signatures_card (GxcDesk *desk, GxRecord *request, GtkSizeGroup *names);
char      *gxc_review_short_digest    (const char *digest);
JsonArray *gxc_review_parse_array     (const char *json);

G_END_DECLS
