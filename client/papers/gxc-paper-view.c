/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document, looked at: a picture or a page with zoom, turning and paging; a text as it is; of anything else what it is
 * and how large, and that it can be saved. It takes bytes and fetches nothing. Keys while it has the focus: + − 0 zoom,
 * t turns, PageUp, PageDown, Home and End leaf. */

#include "gxc-paper-view.h"

#include <glib/gi18n.h>

#include "gxc-compat.h"
#include "gxc-format.h"
#include "gxc-paper.h"
#include "gxc-paper-out.h"

#define ZOOM_STEP 1.25
#define ZOOM_MIN  0.2
#define ZOOM_MAX  5.0

struct _GxcPaperView
{
  GtkBox        parent_instance;

  GBytes       *bytes;      /* (owned) (nullable) */
  char         *title;      /* (owned) */
  GCancellable *cancellable;    /* (owned) (nullable): of the drawing under way */
  GxcPaperKind  kind;
  guint         page, n_pages, quarters;
  double        zoom;       /* 0: as large as the room */

  /* Borrowed References */
  GtkStack     *stack;
  GtkWidget    *picture;
  GtkTextBuffer *text;
  GtkWidget    *words;
  GtkWidget    *position;
  GtkWidget    *size;
};

G_DEFINE_FINAL_TYPE (GxcPaperView, gxc_paper_view, GTK_TYPE_BOX)

static void
stop (GxcPaperView *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
gxc_paper_view_dispose (GObject *object)
{
  GxcPaperView *self = GXC_PAPER_VIEW (object);

  stop (self);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (gxc_paper_view_parent_class)->dispose (object);
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

/* Those that are shown: not all of a very long paper. */
static guint
count_pages (GxcPaperView *self)
{
  return MIN (self->n_pages, GXC_PAPER_MAX_PAGES);
}

static void
update_actions (GxcPaperView *self)
{
  gboolean drawn = self->kind == GXC_PAPER_IMAGE || self->kind == GXC_PAPER_PDF;
  static const char * const actions[] = { "paper.larger", "paper.smaller", "paper.fit", "paper.turn" };
  g_autofree char *position = self->n_pages > 1 ? g_strdup_printf (_("page %u of %u"), self->page + 1, self->n_pages) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], drawn);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.next", self->page + 1 < count_pages (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.last", self->page + 1 < count_pages (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.previous", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.first", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.save", self->bytes != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.open", self->bytes && gxc_paper_extension (self->bytes));
  gtk_label_set_text (GTK_LABEL (self->position), position ? position : "");
}

/* At a zoom of 1 a page has its own size; without one the picture takes the room there is. */
static void
size_picture (GxcPaperView *self)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (GTK_PICTURE (self->picture));
  double density = self->kind == GXC_PAPER_PDF ? 1.5 * self->zoom : 1;
  int width = -1, height = -1;

  if (paintable && self->zoom > 0)
    {
      width = gdk_paintable_get_intrinsic_width (paintable) / density * self->zoom;
      height = gdk_paintable_get_intrinsic_height (paintable) / density * self->zoom;
    }
  gtk_widget_set_size_request (self->picture, width, height);
}

static void
on_drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcPaperView) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcPaperPage) page = gxc_paper_finish_draw (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->bytes)
    return;
  if (!page)
    {
      gxc_paper_view_say (self, error->message);
      return;
    }
  self->n_pages = page->n_pages;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (page->texture));
  size_picture (self);
  gtk_stack_set_visible_child_name (self->stack, "picture");
  update_actions (self);
}

static void
draw (GxcPaperView *self)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  gxc_paper_draw (self->bytes, self->page, self->zoom > 0 ? self->zoom : 1, self->quarters, self->cancellable, on_drawn_cb, g_object_ref (self));
}

static void
say_what_it_is (GxcPaperView *self, const char *mime)
{
  g_autofree char *size = gxc_format_size (g_bytes_get_size (self->bytes)), *type = g_content_type_from_mime_type (mime);
  g_autofree char *kind = type ? g_content_type_get_description (type) : g_strdup (mime);
  g_autofree char *words = g_strdup_printf (_("%s, %s: it is not shown here. It can be saved and opened with care."), kind, size);

  gxc_paper_view_say (self, words);
}

static void
show_text (GxcPaperView *self)
{
  gboolean cut;
  g_autofree char *text = gxc_paper_dup_text (self->bytes, &cut);
  g_autofree char *all = cut ? g_strdup_printf ("%s\n\n%s", text, _("… it is longer; save it to read the rest.")) : NULL;

  gtk_text_buffer_set_text (self->text, all ? all : text, -1);
  gtk_stack_set_visible_child_name (self->stack, "text");
}

/* --- what the buttons do ------------------------------------------------------------------------------------------ */

static void
zoom_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcPaperView *self = GXC_PAPER_VIEW (widget);
  double now = self->zoom > 0 ? self->zoom : 1;

  self->zoom = g_str_has_suffix (name, "fit") ? 0 : CLAMP (g_str_has_suffix (name, "larger") ? now * ZOOM_STEP : now / ZOOM_STEP, ZOOM_MIN, ZOOM_MAX);
  draw (self);
}

static void
turn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcPaperView *self = GXC_PAPER_VIEW (widget);

  self->quarters = (self->quarters + 1) % 4;
  draw (self);
}

static void
leaf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcPaperView *self = GXC_PAPER_VIEW (widget);

  if (g_str_has_suffix (name, "first") || g_str_has_suffix (name, "last"))
    self->page = g_str_has_suffix (name, "first") ? 0 : count_pages (self) - 1;
  else
    self->page += g_str_has_suffix (name, "next") ? 1 : -1;
  draw (self);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcPaperView) self = data;
  g_autoptr(GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    gxc_paper_view_say (self, error->message);
}

static void
on_save_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcPaperView) self = data;

  if (file && self->bytes)
    g_file_replace_contents_bytes_async (file, self->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_saved_cb, g_object_ref (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcPaperView *self = GXC_PAPER_VIEW (widget);

  gxc_compat_save_file (widget, _("Save the document"), self->title, on_save_chosen_cb, g_object_ref (self));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcPaperView *self = GXC_PAPER_VIEW (widget);

  gxc_paper_out_open (widget, self->title, self->bytes);
}

static void
gxc_paper_view_class_init (GxcPaperViewClass *klass)
{
  static const struct { guint key; const char *action; } keys[] = {
    { GDK_KEY_plus, "paper.larger" }, { GDK_KEY_KP_Add, "paper.larger" }, { GDK_KEY_equal, "paper.larger" }, { GDK_KEY_minus, "paper.smaller" },
    { GDK_KEY_KP_Subtract, "paper.smaller" }, { GDK_KEY_0, "paper.fit" }, { GDK_KEY_t, "paper.turn" }, { GDK_KEY_Page_Down, "paper.next" },
    { GDK_KEY_Page_Up, "paper.previous" }, { GDK_KEY_KP_Page_Down, "paper.next" }, { GDK_KEY_KP_Page_Up, "paper.previous" },
    { GDK_KEY_Home, "paper.first" }, { GDK_KEY_End, "paper.last" },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_paper_view_dispose;
  gtk_widget_class_install_action (widget_class, "paper.larger", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "paper.smaller", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "paper.fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "paper.turn", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "paper.next", NULL, leaf_action);
  gtk_widget_class_install_action (widget_class, "paper.previous", NULL, leaf_action);
  gtk_widget_class_install_action (widget_class, "paper.first", NULL, leaf_action);
  gtk_widget_class_install_action (widget_class, "paper.last", NULL, leaf_action);
  gtk_widget_class_install_action (widget_class, "paper.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "paper.open", NULL, open_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
}

/* --- how it is put together --------------------------------------------------------------------------------------- */

static void
append_button (GtkWidget *bar, const char *icon_name, const char *action, const char *label)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", icon_name, "action-name", action, "tooltip-text", label, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (bar), button);
}

static GtkWidget *
make_bar (GxcPaperView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->position = g_object_new (GTK_TYPE_LABEL, "css-classes", (const char *[]) { "gx-caption", NULL }, NULL);
  self->size = g_object_new (GTK_TYPE_LABEL, "css-classes", (const char *[]) { "gx-caption", NULL }, "hexpand", TRUE, "xalign", 0.0,
                             "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_box_append (GTK_BOX (bar), self->size);
  append_button (bar, "go-previous-symbolic", "paper.previous", _("Previous page"));
  gtk_box_append (GTK_BOX (bar), self->position);
  append_button (bar, "go-next-symbolic", "paper.next", _("Next page"));
  append_button (bar, "zoom-out-symbolic", "paper.smaller", _("Smaller"));
  append_button (bar, "zoom-fit-best-symbolic", "paper.fit", _("Fit to the window"));
  append_button (bar, "zoom-in-symbolic", "paper.larger", _("Larger"));
  append_button (bar, "object-rotate-right-symbolic", "paper.turn", _("Rotate right"));
  append_button (bar, "document-open-symbolic", "paper.open", _("Open with another program"));
  append_button (bar, "document-save-symbolic", "paper.save", _("Save the document"));
  return bar;
}

static GtkWidget *
scroll (GtkWidget *child)
{
  return g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", child, "vexpand", TRUE, NULL);
}

static void
gxc_paper_view_init (GxcPaperView *self)
{
  GtkWidget *view = g_object_new (GTK_TYPE_TEXT_VIEW, "editable", FALSE, "cursor-visible", FALSE, "monospace", TRUE, "wrap-mode", GTK_WRAP_WORD_CHAR,
                                  "left-margin", 16, "right-margin", 16, "top-margin", 10, NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->picture = g_object_new (GTK_TYPE_PICTURE, "can-shrink", TRUE, "content-fit", GTK_CONTENT_FIT_CONTAIN, "halign", GTK_ALIGN_FILL, NULL);
  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  self->words = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 48, "vexpand", TRUE,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (self->words, "gx-dim");
  gtk_stack_add_named (self->stack, self->words, "words");
  gtk_stack_add_named (self->stack, scroll (self->picture), "picture");
  gtk_stack_add_named (self->stack, scroll (view), "text");
  gtk_box_append (GTK_BOX (self), make_bar (self));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-paper");
  update_actions (self);
}

GtkWidget *
gxc_paper_view_new (void)
{
  return g_object_new (GXC_TYPE_PAPER_VIEW, NULL);
}

static void
begin (GxcPaperView *self, const char *title, GBytes *bytes)
{
  stop (self);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  g_free (self->title);
  self->title = g_strdup (title);
  self->kind = GXC_PAPER_OTHER;
  self->page = self->n_pages = self->quarters = 0;
  self->zoom = 0;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), title);
}

/** gxc_paper_view_wait: the bytes are on their way */
void
gxc_paper_view_wait (GxcPaperView *self,
                     const char   *title)
{
  begin (self, title, NULL);
  gtk_label_set_text (GTK_LABEL (self->size), title);
  gxc_paper_view_say (self, _("Fetching…"));
}

/** gxc_paper_view_tell: so many bytes of so many are here; for the time between gxc_paper_view_wait() and what follows it */
void
gxc_paper_view_tell (GxcPaperView *self,
                     goffset       done,
                     goffset       total)
{
  g_autofree char *here = gxc_format_size (done), *all = gxc_format_size (total), *words = g_strdup_printf (_("Fetching: %s of %s"), here, all);

  gxc_paper_view_say (self, words);
}

/** gxc_paper_view_show: @title is also the name under which it is saved */
void
gxc_paper_view_show (GxcPaperView *self,
                     const char   *title,
                     GBytes       *bytes)
{
  g_autofree char *size = gxc_format_size (g_bytes_get_size (bytes)), *head = g_strdup_printf ("%s · %s", title, size);
  const char *mime;

  begin (self, title, bytes);
  self->kind = gxc_paper_sniff (bytes, &mime);
  gtk_label_set_text (GTK_LABEL (self->size), head);
  update_actions (self);
  if (self->kind == GXC_PAPER_TEXT)
    show_text (self);
  else if (self->kind == GXC_PAPER_OTHER)
    say_what_it_is (self, mime);
  else
    {
      gxc_paper_view_say (self, _("Drawing…"));
      draw (self);
    }
}

/** gxc_paper_view_say: words in the document's place: why it cannot be seen */
void
gxc_paper_view_say (GxcPaperView *self,
                    const char   *words)
{
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_stack_set_visible_child_name (self->stack, "words");
  update_actions (self);
}

/** gxc_paper_view_dup_state: (transfer full): "picture", "text", or the words that stand in its place */
char *
gxc_paper_view_dup_state (GxcPaperView *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  return g_strdup (g_str_equal (shown, "words") ? gtk_label_get_text (GTK_LABEL (self->words)) : shown);
}
