/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line to type in and a dozen rows under it, over whatever page is shown: customers, tasks, pages, commands. The rows
 * are made once and written anew at each keystroke. The line keeps the focus; ↑ and ↓ choose, Enter does it, Esc or a click
 * beside it closes. It decides nothing: what it finds comes from gxc-palette-search.c, what is done are the window's actions. */

#include "gxc-palette.h"

#include <glib/gi18n.h>

#include "gxc-keycap.h"
#include "gxc-palette-search.h"
#include "gxc-places.h"

#define WIDTH 560       /* px at 100 % */

typedef struct
{
  GtkWidget *row, *icon, *title, *detail, *keys, *kind;     /* (borrowed) */
} Line;

struct _GxcPalette
{
  GtkWidget       parent_instance;

  /* Borrowed References */
  GtkWidget      *card;
  GtkWidget      *entry;
  GtkListBox     *list;
  GtkWidget      *nothing;
  Line            lines[GXC_PALETTE_MOST];

  /* Owned References */
  GxcDesk        *desk;
  GxcPreferences *preferences;
  GPtrArray      *items;        /* (nullable): of GxcPaletteItem */
  GtkWidget      *focus;        /* (nullable) (weak): where the focus goes back to */
};

G_DEFINE_FINAL_TYPE (GxcPalette, gxc_palette, GTK_TYPE_WIDGET)

/* --- what is listed ----------------------------------------------------------------------------------------------- */

/* What was found nowhere, and what to do next. */
static void
write_nothing (GxcPalette *self)
{
  g_autofree char *title = g_strdup_printf (_("Nothing found for “%s”"), gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *words = g_strjoin ("\n", title, _("Try fewer letters, or another word."), NULL);

  gtk_label_set_text (GTK_LABEL (self->nothing), words);
}

static int
chosen (GxcPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? gtk_list_box_row_get_index (row) : -1;
}

static void
choose (GxcPalette *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);
  const GxcPaletteItem *item = index >= 0 && (guint) index < self->items->len ? self->items->pdata[index] : NULL;
  g_autofree char *spoken = item ? g_strjoin (", ", item->title, item->kind, item->detail, NULL) : NULL;

  gtk_list_box_select_row (self->list, item ? row : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  spoken ? spoken : gtk_label_get_text (GTK_LABEL (self->nothing)), -1);
  if (item)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
}

static void
set_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static void
write_line (const Line *line, const GxcPaletteItem *item)
{
  gtk_widget_set_visible (line->row, item != NULL);
  if (!item)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (line->icon), item->icon_name);
  set_label (line->title, item->title);
  set_label (line->detail, item->detail);
  set_label (line->keys, item->keys);
  set_label (line->kind, item->kind);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->row), GTK_ACCESSIBLE_PROPERTY_LABEL, item->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, item->kind, -1);
}

static void
update (GxcPalette *self)
{
  g_auto(GStrv) recent = gxc_preferences_get_recent (self->preferences);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = gxc_palette_search (self->desk, gtk_editable_get_text (GTK_EDITABLE (self->entry)), (const char * const *) recent);
  for (guint i = 0; i < GXC_PALETTE_MOST; i++)
    write_line (&self->lines[i], i < self->items->len ? self->items->pdata[i] : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->items->len > 0);
  if (self->items->len == 0)
    write_nothing (self);
  gtk_widget_set_visible (self->nothing, self->items->len == 0);
  choose (self, 0);
}

/* --- what is done ------------------------------------------------------------------------------------------------- */

/** gxc_palette_open: with the focus in its line; what had the focus gets it back */
void
gxc_palette_open (GxcPalette *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    g_set_weak_pointer (&self->focus, root ? gtk_root_get_focus (root) : NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (self->entry);
}

/** gxc_palette_close: whether it was open */
gboolean
gxc_palette_close (GxcPalette *self)
{
  GtkWidget *focus = self->focus;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (focus && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  g_clear_weak_pointer (&self->focus);
  return TRUE;
}

static void
run (GxcPalette *self, int index)
{
  const GxcPaletteItem *item = index >= 0 && (guint) index < self->items->len ? self->items->pdata[index] : NULL;
  g_autoptr(GVariant) target = NULL;
  g_autofree char *name = NULL;

  if (!item || !g_action_parse_detailed_name (item->action, &name, &target, NULL))
    return;
  gxc_preferences_add_recent (self->preferences, item->action);
  gxc_palette_close (self);
  gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

static void
on_row_activated_cb (GxcPalette *self, GtkListBoxRow *row)
{
  run (self, gtk_list_box_row_get_index (row));
}

static void
on_activate_cb (GxcPalette *self)
{
  run (self, chosen (self));
}

static gboolean
on_key_cb (GxcPalette *self, guint key)
{
  int n = self->items ? (int) self->items->len : 0, now = chosen (self);

  if (key == GDK_KEY_Escape)
    gxc_palette_close (self);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down || key == GDK_KEY_Tab)
    choose (self, n ? (now + 1) % n : -1);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up || key == GDK_KEY_ISO_Left_Tab)
    choose (self, n ? (now + n - 1) % n : -1);
  else if (key == GDK_KEY_Page_Down)
    choose (self, n - 1);
  else if (key == GDK_KEY_Page_Up)
    choose (self, 0);
  else
    return FALSE;
  return TRUE;
}

/* Beside the card. */
static void
on_pressed_cb (GxcPalette *self, int n_press, double x, double y)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (self->card, GTK_WIDGET (self), &bounds)
      && !graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT (x, y)))
    gxc_palette_close (self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_palette_dispose (GObject *object)
{
  GxcPalette *self = GXC_PALETTE (object);

  g_clear_weak_pointer (&self->focus);
  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->desk);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (gxc_palette_parent_class)->dispose (object);
}

static void
gxc_palette_class_init (GxcPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_palette_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "palette");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static GtkWidget *
make_label (const char *css_class, PangoEllipsizeMode ellipsize)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", ellipsize, "single-line-mode", TRUE,
                       "css-classes", (const char *[]) { css_class, NULL }, NULL);
}

static void
make_line (GxcPalette *self, Line *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  line->row = gtk_list_box_row_new ();
  line->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  line->title = make_label ("gx-strong", PANGO_ELLIPSIZE_END);
  line->detail = make_label ("gx-caption", PANGO_ELLIPSIZE_END);
  line->keys = gxc_keycap_new ("");
  line->kind = make_label ("gx-faint", PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (box), line->icon);
  gtk_box_append (GTK_BOX (box), line->title);
  gtk_box_append (GTK_BOX (box), line->detail);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_BOX, "hexpand", TRUE, NULL));
  gtk_box_append (GTK_BOX (box), line->keys);
  gtk_box_append (GTK_BOX (box), line->kind);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line->row), box);
  gtk_widget_set_can_focus (line->row, FALSE);      /* the line keeps it */
  gtk_list_box_append (self->list, line->row);
}

static void
make_entry (GxcPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = g_object_new (GTK_TYPE_TEXT, "hexpand", TRUE, NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate_cb), self);
}

static void
make_card (GxcPalette *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "halign", GTK_ALIGN_CENTER,
                             "valign", GTK_ALIGN_START, "width-request", WIDTH, "overflow", GTK_OVERFLOW_HIDDEN, NULL);
  gtk_widget_add_css_class (self->card, "gx-palette");
  gtk_widget_add_css_class (line, "gx-palette-line");
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_IMAGE, "icon-name", "edit-find-symbolic",
                                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), gxc_keycap_new ("Esc"));
  gtk_box_append (GTK_BOX (self->card), line);
  gtk_box_append (GTK_BOX (self->card), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->card), self->nothing);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

static void
gxc_palette_init (GxcPalette *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  make_entry (self);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "gx-palette-list");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self);
  self->nothing = g_object_new (GTK_TYPE_LABEL, "justify", GTK_JUSTIFY_CENTER, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
  gtk_widget_add_css_class (self->nothing, "gx-palette-nothing");
  make_card (self);
  for (guint i = 0; i < GXC_PALETTE_MOST; i++)
    make_line (self, &self->lines[i]);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* In the language of now. */
static void
write_words (GxcPalette *self)
{
  const char *what = gxc_place_find (self->desk, "customers") ? _("Customers, tasks, pages, commands") : _("Pages, commands");

  gtk_text_set_placeholder_text (GTK_TEXT (self->entry), what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Found"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find anything"), -1);
}

/** gxc_palette_new: hidden until it is opened; its parent has the actions */
GtkWidget *
gxc_palette_new (GxcDesk        *desk,
                 GxcPreferences *preferences)
{
  GxcPalette *self = g_object_new (GXC_TYPE_PALETTE, NULL);

  self->desk = g_object_ref (desk);
  self->preferences = g_object_ref (preferences);
  write_words (self);
  return GTK_WIDGET (self);
}
