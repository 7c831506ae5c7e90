/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the widgets' templates known. The linker drops a resource constructor that sits in a static library, so the
 * resource is compiled with --manual-register and registered here. */

#include "gxc-widgets.h"

#include "gxc-look.h"
#include "gxc-widgets-resources.h"

/**
 * gxc_widgets_init: call once, after GTK; also dresses the default display
 */
void
gxc_widgets_init (void)
{
  static gboolean done;

  if (done)
    return;
  done = TRUE;
  gxc_widgets_register_resource ();
  gxc_look_install (gdk_display_get_default ());
}
