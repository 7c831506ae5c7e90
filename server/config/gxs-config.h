/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-listener.h"

G_BEGIN_DECLS

/**
 * GxsConfig: everything about `guanxi-server serve` that a bank may choose. Each member is one row of the table in
 * gxs-config.c, which makes it a command line option, an environment variable, a line of the key file and of --help.
 */
typedef struct
{
  /* what and where; text is owned, and NULL where nothing was said */
  char         *data_dir;
  char         *config_file;
  char         *listen;
  char         *certificate;
  char         *key;
  char         *client_ca;
  char         *log_file;
  char         *accept_fork;
  gboolean      is_lab;               /* no client certificates are asked for, on any address */

  /* threads and queues */
  guint         io_workers;           /* 0 = one a core, at least 2 */
  guint         read_threads;
  guint         read_queue;
  guint         hash_threads;
  guint         hash_queue;
  guint         blob_threads;
  guint         blob_queue;
  guint         commit_batch;         /* mutations of one transaction */
  guint         commit_queue;

  /* connections and requests */
  guint         max_connections;
  guint         max_per_ip;
  GxsTimeouts   timeouts;
  gint64        sweep;                /* ms */
  gint64        drain;                /* ms */
  GxsGateLimits limits;
  gsize         max_blob;             /* bytes of an attachment */
  GxsRateLimit  rates[GXS_N_RATES];

  /* sessions */
  gint64        session_idle;         /* ms */
  gint64        session_max;          /* ms */
  gint64        step_up_age;          /* ms */
} GxsConfig;

void      gxs_config_init             (GxsConfig *config);
void      gxs_config_clear            (GxsConfig *config);
gboolean  gxs_config_load             (GxsConfig *config, const char *summary, int *argc, char ***argv, GError **error);
gboolean  gxs_config_load_file        (GxsConfig *config, const char *path, GError **error);
gboolean  gxs_config_load_environment (GxsConfig *config, char **environment, GError **error);
gboolean  gxs_config_set              (GxsConfig *config, const char *name, const char *text, GError **error);
char     *gxs_config_get              (const GxsConfig *config, const char *name);
char     *gxs_config_to_text          (const GxsConfig *config);
guint     gxs_config_get_names        (const char ***out_names);

void      gxs_config_fill_listener    (const GxsConfig *config, GxsListenerSetup *out_setup);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxsConfig, gxs_config_clear)

G_END_DECLS
