/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The exit status of every subcommand. */
#define GXS_EXIT_DONE    0
#define GXS_EXIT_FAILED  1
#define GXS_EXIT_USAGE   2      /* also: the data is in use by another process, or could not be looked at */

/**
 * GxsSubcommand: one word of `guanxi-server`'s command line. @argv[0] is the subcommand.
 */
typedef struct
{
  const char *name;
  const char *summary;          /* untranslated English */
  int       (*run) (int argc, char *argv[]);
} GxsSubcommand;

int gxs_admin_audit  (int argc, char *argv[]);
int gxs_admin_init   (int argc, char *argv[]);
int gxs_admin_import (int argc, char *argv[]);
int gxs_admin_queue  (int argc, char *argv[]);
int gxs_admin_restored (int argc, char *argv[]);
int gxs_admin_set    (int argc, char *argv[]);
int gxs_admin_serve  (int argc, char *argv[]);
int gxs_admin_status (int argc, char *argv[]);

G_END_DECLS
