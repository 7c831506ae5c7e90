/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's log: one JSON object a line, for a machine to read and a person to grep.
 *
 * A log travels further than a database, so it holds ids and codes and nothing of a customer. That is not left to the
 * callers: text outside ASCII, long text, and runs of digits that could be a number of somebody are struck out here.
 * Ordinary lines are gathered and written once a second (gxs_log_flush) or when 32 KiB are full; warnings go out at once.
 */
#include "gxs-log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "gx-error.h"
#include "gx-json-writer.h"

#define BUFFER_SIZE (32 * 1024)
#define MAX_CODE 160              /* bytes of a code or detail */
#define MAX_DIGITS 5              /* in a row; a port passes, a telephone number does not */

struct _GxsLog
{
  int          fd;
  gboolean     owns_fd;
  GxsLogLevel  min_level;
  GxClock     *clock;             /* (borrowed) */
  GMutex       lock;
  GString     *buffer;            /* (owned) */
};

static const char * const level_names[] = { "debug", "info", "warning", "error" };

/**
 * gxs_log_new:
 * @path: (nullable): file to append to, made with mode 0600; %NULL: standard error
 * @min_level: what is below it is not written
 */
GxsLog *
gxs_log_new (const char   *path,
             GxsLogLevel   min_level,
             GxClock      *clock,
             GError      **error)
{
  int fd = path != NULL ? open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : STDERR_FILENO;
  GxsLog *self;

  if (fd < 0)
    {
      gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
      return NULL;
    }

  self = g_new0 (GxsLog, 1);
  self->fd = fd;
  self->owns_fd = path != NULL;
  self->min_level = min_level;
  self->clock = clock;
  g_mutex_init (&self->lock);
  self->buffer = g_string_sized_new (BUFFER_SIZE);

  return self;
}

static void
flush_locked (GxsLog *self)
{
  const char *at = self->buffer->str;
  gsize left = self->buffer->len;

  while (left > 0)
    {
      gssize n = write (self->fd, at, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;        /* a full disk must not stop the bank */
      at += n;
      left -= (gsize) n;
    }
  g_string_truncate (self->buffer, 0);
}

void
gxs_log_free (GxsLog *self)
{
  flush_locked (self);
  if (self->owns_fd)
    close (self->fd);
  g_string_free (self->buffer, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gsize
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

static void
strike_out (const char *text,
            char        out[static MAX_CODE + 1])
{
  gsize n = 0;

  while (*text != '\0' && n < MAX_CODE)
    {
      gsize digits = count_digits (text);

      if (digits > MAX_DIGITS)
        {
          out[n++] = '#';
          text += digits;
        }
      else
        {
          out[n++] = g_ascii_isprint (*text) ? *text : '?';
          text++;
          /* the rest of a short run, so that its tail is not counted anew */
          for (; digits > 1 && n < MAX_CODE; digits--)
            out[n++] = *text++;
        }
    }
  out[n] = '\0';
}

static void
write_code (GxJsonWriter *writer,
            const char   *name,
            const char   *text)
{
  char clean[MAX_CODE + 1];

  strike_out (text, clean);
  gx_json_writer_put_string (writer, name, clean);
}

static void
write_field (GxJsonWriter      *writer,
             const GxsLogField *field)
{
  if (field->code != NULL)
    write_code (writer, field->name, field->code);
  else if (field->id != NULL)
    gx_json_writer_put_id (writer, field->name, field->id);
  else
    gx_json_writer_put_int (writer, field->name, field->number);
}

/**
 * gxs_log_write:
 * @event: what happened, a stable word
 * @fields: ended by one without a name
 *
 * Any thread.
 */
void
gxs_log_write (GxsLog            *self,
               GxsLogLevel        level,
               const char        *event,
               const GxsLogField *fields)
{
  GxJsonWriter writer;

  if (level < self->min_level)
    return;

  g_mutex_lock (&self->lock);
  gx_json_writer_init (&writer, self->buffer);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "t", gx_clock_now (self->clock));
  gx_json_writer_put_string (&writer, "l", level_names[level]);
  gx_json_writer_put_string (&writer, "e", event);
  for (; fields->name != NULL; fields++)
    write_field (&writer, fields);
  gx_json_writer_end_object (&writer);
  g_string_append_c (self->buffer, '\n');
  if (level >= GXS_LOG_WARNING || self->buffer->len >= BUFFER_SIZE)
    flush_locked (self);
  g_mutex_unlock (&self->lock);
}

/**
 * gxs_log_error:
 *
 * Logs the code of @error, and its sentence too where the fault is the server's own (status 500 and above).
 */
void
gxs_log_error (GxsLog       *self,
               GxsLogLevel   level,
               const char   *event,
               const GError *error)
{
  const GxErrorInfo *info = gx_error_info_by_slug (gx_error_slug (error));

  if (info->status >= 500)
    gxs_log (self, level, event, GXS_LOG_CODE ("code", info->slug), GXS_LOG_CODE ("detail", error->message));
  else
    gxs_log (self, level, event, GXS_LOG_CODE ("code", info->slug));
}

/**
 * gxs_log_flush:
 *
 * Writes what was gathered. Any thread.
 */
void
gxs_log_flush (GxsLog *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  flush_locked (self);
}
