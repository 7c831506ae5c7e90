/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding widgets by what a person sees: only what is mapped counts. */

#include "gxt-find.h"

#include <string.h>

#include "gxt-screenshot.h"

typedef gboolean (*Matches) (GtkWidget *widget, gconstpointer data);

static void
collect (GtkWidget *widget, Matches matches, gconstpointer data, GPtrArray *found)
{
  if (gtk_widget_get_mapped (widget) && matches (widget, data))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      collect (child, matches, data, found);
}

static gboolean
has_type (GtkWidget *widget, gconstpointer type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, GPOINTER_TO_SIZE (type));
}

static gboolean
says (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text);
}

/** gxt_find_all: (transfer container): in the tree's order */
GPtrArray *
gxt_find_all (GtkWidget *root, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (root, has_type, GSIZE_TO_POINTER (type), found);
  return found;
}

/** gxt_find_first: (nullable) */
GtkWidget *
gxt_find_first (GtkWidget *root, GType type)
{
  g_autoptr(GPtrArray) found = gxt_find_all (root, type);

  return found->len ? found->pdata[0] : NULL;
}

static GtkWidget *
first (GtkWidget *root, Matches matches, gconstpointer data)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  collect (root, matches, data, found);
  return found->len ? found->pdata[0] : NULL;
}

/** gxt_find: (nullable): the first of @type that can be seen */
GtkWidget *
gxt_find (GtkWidget *root, GType type)
{
  return first (root, has_type, GSIZE_TO_POINTER (type));
}

/** gxt_find_saying: (nullable): the first label that holds @text */
GtkWidget *
gxt_find_saying (GtkWidget *root, const char *text)
{
  return first (root, says, text);
}

/** gxt_find_above: (nullable): the nearest of @type around the first label that holds @text */
GtkWidget *
gxt_find_above (GtkWidget *root, const char *text, GType type)
{
  GtkWidget *label = gxt_find_saying (root, text);

  return label ? gtk_widget_get_ancestor (label, type) : NULL;
}

/** gxt_count_saying: how many labels hold @text */
guint
gxt_count_saying (GtkWidget *root, const char *text)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  collect (root, says, text, found);
  return found->len;
}

/** gxt_wait_saying: until exactly @n labels hold @text; FALSE if that does not come about */
gboolean
gxt_wait_saying (GtkWidget *root, const char *text, guint n)
{
  for (gint64 until = 0; gxt_count_saying (root, text) != n && gxt_wait_more (&until);)
    ;
  return gxt_count_saying (root, text) == n;
}
