/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

/* The exit status of every command. */
#define GXC_EXIT_DONE    0
#define GXC_EXIT_REFUSED 1
#define GXC_EXIT_USAGE   2
#define GXC_EXIT_OFFLINE 3

/**
 * GxcCli: one run of guanxi-cli: the profile, what was asked, and how to answer. All options of all commands stand here;
 * a command looks at its own.
 */
typedef struct
{
  GxcContext  *context;
  GxDb        *db;              /* a reader */
  const char *const *args;      /* the words after the command */
  guint        n_args;
  gboolean     json;
  char        *profile;
  char        *ca;
  char        *user;
  char        *password_file;
  char       **where;
  char        *search;
  int          limit;
  char        *reason;
  char       **evidence;
  char        *note;
} GxcCli;

/**
 * GxcCommand: one row of the command table.
 */
typedef struct
{
  const char *name;
  const char *usage;            /* the words after the name, for --help */
  const char *summary;          /* untranslated English */
  guint       min_args;
  gboolean    needs_profile;
  gboolean  (*run) (GxcCli *cli, GError **error);
} GxcCommand;

gboolean        gxc_cli_sign_in      (GxcCli *cli, GError **error);
gboolean        gxc_cli_sync         (GxcCli *cli, GError **error);
gboolean        gxc_cli_status       (GxcCli *cli, GError **error);
gboolean        gxc_cli_queue        (GxcCli *cli, GError **error);
gboolean        gxc_cli_issues       (GxcCli *cli, GError **error);
gboolean        gxc_cli_list         (GxcCli *cli, GError **error);
gboolean        gxc_cli_show         (GxcCli *cli, GError **error);
gboolean        gxc_cli_new          (GxcCli *cli, GError **error);
gboolean        gxc_cli_set          (GxcCli *cli, GError **error);
gboolean        gxc_cli_review       (GxcCli *cli, GError **error);

/* What commands share. */
gboolean        gxc_cli_go_online    (GxcCli *cli, GError **error);
char           *gxc_cli_read_password (GxcCli *cli, GError **error);
const GxEntity *gxc_cli_entity       (const char *name, GError **error);
gboolean        gxc_cli_id           (const char *text, GxId *out_id, GError **error);
gboolean        gxc_cli_split        (const char *assignment, char **out_name, const char **out_value, GError **error);
gboolean        gxc_cli_assign       (const GxEntity *entity, gpointer data, const char *const *assignments, guint n, GError **error);
void            gxc_cli_print_row    (const char *label, const char *value);
void            gxc_cli_print_padded (const char *text, guint width);

G_END_DECLS
