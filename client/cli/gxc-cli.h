/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

/* Exit codes. */
#define GXC_CLI_DONE    0
#define GXC_CLI_REFUSED 1
#define GXC_CLI_USAGE   2
#define GXC_CLI_OFFLINE 3

/**
 * GxcCliOptions: one bit an option of the command line, for the table of subcommands.
 */
typedef enum
{
  GXC_CLI_CA            = 1 << 0,
  GXC_CLI_USER          = 1 << 1,
  GXC_CLI_WHERE         = 1 << 3,
  GXC_CLI_SEARCH        = 1 << 4,
  GXC_CLI_LIMIT         = 1 << 5,
  GXC_CLI_REASON        = 1 << 6,
  GXC_CLI_EVIDENCE      = 1 << 7,
  GXC_CLI_NOTE          = 1 << 8,
  GXC_CLI_BOX           = 1 << 9,
  GXC_CLI_NEW_PASSWORD  = 1 << 10,
  GXC_CLI_SHOWS         = 1 << 11,    /* no option: it tells what lies here, which a locked desk does not */
} GxcCliOptions;

/**
 * GxcCli: one run of the program.
 */
typedef struct
{
  GxcContext *context;
  char      **args;             /* after the subcommand's word */
  guint       n_args;
  gboolean    json;
  char       *ca;
  char       *user;
  char       *password_file;
  char       *new_password_file;
  char      **where;
  char       *search;
  int         limit;
  char       *reason;
  char      **evidence;
  char       *note;
  char       *box;
} GxcCli;

typedef gboolean (*GxcCliFunc) (GxcCli *cli, GError **error);

gboolean    gxc_cli_sign_in   (GxcCli *cli, GError **error);
gboolean    gxc_cli_sign_out  (GxcCli *cli, GError **error);
gboolean    gxc_cli_password  (GxcCli *cli, GError **error);
gboolean    gxc_cli_devices   (GxcCli *cli, GError **error);
gboolean    gxc_cli_sync      (GxcCli *cli, GError **error);
gboolean    gxc_cli_status    (GxcCli *cli, GError **error);
gboolean    gxc_cli_list      (GxcCli *cli, GError **error);
gboolean    gxc_cli_show      (GxcCli *cli, GError **error);
gboolean    gxc_cli_new       (GxcCli *cli, GError **error);
gboolean    gxc_cli_set       (GxcCli *cli, GError **error);
gboolean    gxc_cli_delete    (GxcCli *cli, GError **error);
gboolean    gxc_cli_attach    (GxcCli *cli, GError **error);
gboolean    gxc_cli_get       (GxcCli *cli, GError **error);
gboolean    gxc_cli_carry     (GxcCli *cli, GError **error);
gboolean    gxc_cli_queue     (GxcCli *cli, GError **error);
gboolean    gxc_cli_export_locked (const char *directory, const char *file, GError **error);
gboolean    gxc_cli_issues    (GxcCli *cli, GError **error);
gboolean    gxc_cli_review    (GxcCli *cli, GError **error);

/* Shared by the subcommands. */
GxDb           *gxc_cli_db        (GxcCli *cli);
gboolean        gxc_cli_online    (GxcCli *cli, GxcCliFunc func, GError **error);
char           *gxc_cli_read_password (const char *path, GError **error);
const GxEntity *gxc_cli_entity    (const char *name, GError **error);
gboolean        gxc_cli_id        (const char *text, GxId *out_id, GError **error);
gboolean        gxc_cli_assign    (const GxEntity *entity, gpointer data, char **assignments, guint n, GError **error);

G_END_DECLS
