/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gxc-desk.h"
#include "gxc-preferences.h"

G_BEGIN_DECLS

#define GXC_REMINDER_QUEUE "queue"    /* id of what is told at the end */

#define GXC_TYPE_REMINDERS (gxc_reminders_get_type ())
G_DECLARE_FINAL_TYPE (GxcReminders, gxc_reminders, GXC, REMINDERS, GObject)

GxcReminders *gxc_reminders_new   (GxcDesk *desk, GxcPreferences *preferences);
void          gxc_reminders_check (GxcReminders *self);
void          gxc_reminders_leave (GxcReminders *self);

G_END_DECLS
