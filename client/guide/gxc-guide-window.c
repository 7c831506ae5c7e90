/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's guide beside the desk (F1): chapters on the left, the text on the right, a search line over both. It needs
 * neither network nor browser, and opens at the chapter of the page that was looked at.
 */
#include "gxc-guide-window.h"

#include <glib/gi18n.h>

#include "gxc-guide.h"
#include "gxc-guide-text.h"

struct _GxcGuideWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwLeaflet     *leaflet;
  GtkWidget      *back;
  GtkWidget      *content;
  GtkSearchEntry *search;
  GtkListBox     *chapters;
  GtkWidget      *none;
  GtkWidget      *scroller;
  GtkWidget      *clamp;

  /* Owned References */
  GPtrArray      *guide;
  char           *language;
};

G_DEFINE_FINAL_TYPE (GxcGuideWindow, gxc_guide_window, ADW_TYPE_WINDOW)

static GtkWidget *
row_new (const GxcChapter *chapter)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", chapter->title, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "chapter", (gpointer) chapter);
  return row;
}

static void
show_chapter (GxcGuideWindow   *self,
              const GxcChapter *chapter)
{
  adw_clamp_set_child (ADW_CLAMP (self->clamp), gxc_guide_text_new (chapter->text, self->language));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  gtk_window_set_title (GTK_WINDOW (self), chapter->title);
}

static void
on_row_selected_cb (GxcGuideWindow *self,
                    GtkListBoxRow  *row)
{
  if (row)
    show_chapter (self, g_object_get_data (G_OBJECT (row), "chapter"));
}

/* On a narrow window the list and the text take turns. */
static void
on_row_activated_cb (GxcGuideWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->content);
}

static void
fill_list (GxcGuideWindow *self)
{
  g_autoptr(GPtrArray) found = gxc_guide_find (self->guide, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->chapters, 0)))
    gtk_list_box_remove (self->chapters, GTK_WIDGET (row));
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (self->chapters, row_new (found->pdata[i]));
  gtk_widget_set_visible (self->none, found->len == 0);
  if (found->len > 0)
    gtk_list_box_select_row (self->chapters, gtk_list_box_get_row_at_index (self->chapters, 0));
}

static void
choose (GxcGuideWindow *self, const char *name)
{
  GtkListBoxRow *row;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill_list (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->chapters, i)); i++)
    if (g_strcmp0 (((GxcChapter *) g_object_get_data (G_OBJECT (row), "chapter"))->name, name) == 0)
      gtk_list_box_select_row (self->chapters, row);
  adw_leaflet_set_visible_child (self->leaflet, self->content);
}

/**
 * gxc_guide_window_show:
 * @name: (nullable): of a chapter; one that the guide does not have shows the first
 *
 * Brings the window to the front, first of all: a window that comes moves the keys on by one, and in the list of chapters
 * that would choose the next one.
 */
void
gxc_guide_window_show (GxcGuideWindow *self,
                       const char     *name)
{
  g_return_if_fail (GXC_IS_GUIDE_WINDOW (self));

  gtk_window_present (GTK_WINDOW (self));
  choose (self, name);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->chapters)));
}

static void
show_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gxc_guide_window_show (GXC_GUIDE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  adw_leaflet_navigate (GXC_GUIDE_WINDOW (widget)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
search_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  adw_leaflet_navigate (GXC_GUIDE_WINDOW (widget)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_grab_focus (GTK_WIDGET (GXC_GUIDE_WINDOW (widget)->search));
}

static void
on_folded_cb (GxcGuideWindow *self)
{
  gtk_widget_set_visible (self->back, adw_leaflet_get_folded (self->leaflet));
}

static void
gxc_guide_window_finalize (GObject *object)
{
  GxcGuideWindow *self = GXC_GUIDE_WINDOW (object);

  g_clear_pointer (&self->guide, g_ptr_array_unref);
  g_free (self->language);
  G_OBJECT_CLASS (gxc_guide_window_parent_class)->finalize (object);
}

static void
gxc_guide_window_class_init (GxcGuideWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gxc_guide_register ();
  G_OBJECT_CLASS (klass)->finalize = gxc_guide_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/guide/gxc-guide-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, back);
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, content);
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, search);
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, chapters);
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, none);
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, GxcGuideWindow, clamp);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_list);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_cb);
  gtk_widget_class_install_action (widget_class, "guide.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "guide.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "guide.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "guide.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "guide.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gxc_guide_window_init (GxcGuideWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * gxc_guide_window_new:
 * @parent: (nullable): of the same application; the guide stands beside it, not over it
 * @language: as of gxc_guide_load()
 */
GtkWidget *
gxc_guide_window_new (GtkWindow  *parent,
                      const char *language)
{
  GxcGuideWindow *self = g_object_new (GXC_TYPE_GUIDE_WINDOW, "application",
                                       parent ? gtk_window_get_application (parent) : NULL, NULL);
  g_autoptr(GError) error = NULL;

  self->language = g_strdup (language);
  self->guide = gxc_guide_load (language, &error);
  if (!self->guide)
    g_error ("the guide is part of the program: %s", error->message);
  choose (self, NULL);
  return GTK_WIDGET (self);
}
