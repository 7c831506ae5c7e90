/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process that holds keys owes them: when it dies, its memory is not written to a disk, and no other process of the same
 * person looks into it. Keys themselves lie in memory that is locked (sodium_malloc); this is for all that they opened.
 */
#include "gx-process.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* The sanitizers' leak check looks through ptrace. */
#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define READABLE 1
#else
#define READABLE 0
#endif

/* Whoever runs it under a debugger wants to look. */
static gboolean
is_watched (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return FALSE;
  line = strstr (status, "\nTracerPid:");

  return line != NULL && g_ascii_strtoll (line + strlen ("\nTracerPid:"), NULL, 10) != 0;
}

/**
 * gx_process_keep_secrets:
 *
 * No core dumps, and no other process reads this one's memory. To be called first of all; what cannot be had is done without:
 * a program that would not start because of it protects nobody.
 */
void
gx_process_keep_secrets (void)
{
  const struct rlimit none = { 0, 0 };

  if (is_watched ())
    return;

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, READABLE, 0, 0, 0);
}
