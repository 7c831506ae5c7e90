/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes everything known that a window is built from; see gxc-widgets.c for why resources are registered by hand. */

#include "gxc-shell.h"

#include "gxc-pages-resources.h"
#include "gxc-shell-resources.h"
#include "gxc-widgets.h"

/** gxc_shell_register: before the application starts up; needs no GTK */
void
gxc_shell_register (void)
{
  static gboolean done;

  if (done)
    return;
  done = TRUE;
  gxc_pages_register_resource ();
  gxc_shell_register_resource ();
}

/** gxc_shell_init: once, after adw_init() */
void
gxc_shell_init (void)
{
  gxc_shell_register ();
  gxc_widgets_init ();
}
