/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages there are, by section, with what is waiting on each; who is signed in at its foot. Below 1100 px it is a rail:
 * the same rows without labels, with tooltips. It knows no page: it says which name was chosen. */

#include "gxc-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gxc-look.h"

#define WIDE   204
#define NARROW 56
#define MOST   99u      /* that a count in the rail tells exactly: there is no room for more */
#define ROLE_COLUMNS 22 /* of the caption at the foot, in the width it has */

struct _GxcSidebar
{
  GtkWidget   parent_instance;

  /* Template widgets */
  GtkWidget  *box;
  GtkWidget  *brand;
  GtkWidget  *bank;
  GtkWidget  *menu;
  GtkListBox *list;
  GtkWidget  *person;
  GtkWidget  *avatar;
  GtkWidget  *person_words;
  GtkWidget  *person_name;
  GtkWidget  *person_role;

  gboolean    rail;
};

G_DEFINE_FINAL_TYPE (GxcSidebar, gxc_sidebar, GTK_TYPE_WIDGET)

enum { SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
name_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "gxc-name");
}

static GtkListBoxRow *
row_of (GxcSidebar *self, const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (g_strcmp0 (name_of (row), name) == 0)
      return row;
  return NULL;
}

static void
on_row_activated_cb (GxcSidebar *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SELECTED], 0, name_of (row));
}

static void
gxc_sidebar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_SIDEBAR);
  G_OBJECT_CLASS (gxc_sidebar_parent_class)->dispose (object);
}

static void
gxc_sidebar_class_init (GxcSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_sidebar_dispose;
  /** GxcSidebar::selected: a person chose the page of that name */
  signals[SELECTED] = g_signal_new ("selected", GXC_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/shell/gxc-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, brand);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, bank);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, menu);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, person);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, avatar);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, person_words);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, person_name);
  gtk_widget_class_bind_template_child (widget_class, GxcSidebar, person_role);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
gxc_sidebar_init (GxcSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-sidebar");
  gxc_sidebar_set_rail (self, FALSE);
}

void
gxc_sidebar_clear (GxcSidebar *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/** gxc_sidebar_add_section: a heading over the rows that follow, with the keys that lead there */
void
gxc_sidebar_add_section (GxcSidebar *self,
                         const char *title,
                         const char *keys)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "selectable", FALSE, "activatable", FALSE, "can-focus", FALSE, "focusable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *label = gtk_label_new (title), *hint = gtk_label_new (keys);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "gx-caption");
  gtk_widget_add_css_class (hint, "gx-faint");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (row, "gx-section");
  gtk_widget_set_visible (row, !self->rail);
  gtk_list_box_append (self->list, row);
}

/* Beside the words, or, in the rail, under the icon, which it would cover elsewhere. */
static void
place_count (GtkWidget *both, gboolean rail)
{
  GtkWidget *label = gtk_widget_get_last_child (both);
  guint count = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (label), "gxc-n"));
  g_autofree char *text = rail && count > MOST ? g_strdup_printf ("%u+", MOST) : g_strdup_printf ("%u", count);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (both), rail ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
gxc_sidebar_add (GxcSidebar *self,
                 const char *name,
                 const char *icon_name,
                 const char *text)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *both = g_object_new (GTK_TYPE_BOX, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "hexpand", self->rail,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "hexpand", TRUE, "visible", !self->rail, NULL);
  GtkWidget *count = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (count, "gx-count");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (both), box);
  gtk_box_append (GTK_BOX (both), count);
  place_count (both, self->rail);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), both);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (row), "gxc-name", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (row), "gxc-label", g_strdup (text), g_free);
  g_object_set_data (G_OBJECT (row), "gxc-words", label);
  g_object_set_data (G_OBJECT (row), "gxc-count", count);
  gtk_list_box_append (self->list, row);
}

/** gxc_sidebar_set_count: @red only for what is late */
void
gxc_sidebar_set_count (GxcSidebar *self,
                       const char *name,
                       guint       count,
                       gboolean    red)
{
  GtkListBoxRow *row = row_of (self, name);
  GtkWidget *label = row ? g_object_get_data (G_OBJECT (row), "gxc-count") : NULL;

  if (!label)
    return;
  g_object_set_data (G_OBJECT (label), "gxc-n", GUINT_TO_POINTER (count));
  place_count (gtk_widget_get_parent (label), self->rail);
  gtk_widget_set_visible (label, count > 0);
  if (red)
    gtk_widget_add_css_class (label, "red");
  else
    gtk_widget_remove_css_class (label, "red");
}

void
gxc_sidebar_select (GxcSidebar *self,
                    const char *name)
{
  gtk_list_box_select_row (self->list, row_of (self, name));
}

/** gxc_sidebar_dup_selected: (nullable): the name of what is selected */
char *
gxc_sidebar_dup_selected (GxcSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? g_strdup (name_of (row)) : NULL;
}

void
gxc_sidebar_set_rail (GxcSidebar *self,
                      gboolean    rail)
{
  GtkListBoxRow *row;

  self->rail = rail;
  gtk_widget_set_size_request (self->box, (rail ? NARROW : WIDE) * gxc_look_scale (GTK_WIDGET (self)), -1);
  gtk_widget_set_visible (self->brand, !rail);
  gtk_widget_set_hexpand (self->menu, rail);
  gtk_widget_set_halign (self->menu, rail ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
  gtk_widget_set_visible (self->person_words, !rail);
  gtk_widget_set_halign (self->person, rail ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    {
      GtkWidget *label = g_object_get_data (G_OBJECT (row), "gxc-words");

      if (label)
        {
          gtk_widget_set_hexpand (gtk_widget_get_prev_sibling (label), rail);     /* alone, the icon stands in the middle */
          place_count (gtk_list_box_row_get_child (row), rail);
        }
      gtk_widget_set_visible (label ? label : GTK_WIDGET (row), !rail);
      gtk_widget_set_tooltip_text (GTK_WIDGET (row), rail ? g_object_get_data (G_OBJECT (row), "gxc-label") : NULL);
    }
  if (rail)
    gtk_widget_add_css_class (GTK_WIDGET (self), "gx-rail");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "gx-rail");
}

/* In columns, of which a Chinese sign takes two. */
static guint
width_of (const char *words)
{
  guint width = 0;

  for (const char *at = words; *at; at = g_utf8_next_char (at))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return width;
}

/* On one line if both fit there, else on two: no line ends in a dot. */
static char *
join_place (const char *role, const char *unit)
{
  return g_strjoin (width_of (role) + width_of (unit) + 3 <= ROLE_COLUMNS ? " · " : "\n", role, unit, NULL);
}

static char *
role_words (const GxcPerson *person)
{
  for (int role = GX_ROLE_ADMIN; role >= GX_ROLE_RM; role--)
    if (person->roles & GX_ROLE_BIT (role))
      {
        const char *words = _(gx_choice_label (gx_roles, role));

        return person->unit && !g_str_equal (words, person->unit) ? join_place (words, person->unit) : g_strdup (words);
      }
  return g_strdup (person->unit);
}

void
gxc_sidebar_set_person (GxcSidebar      *self,
                        const GxcPerson *person)
{
  g_autofree char *words = person ? role_words (person) : NULL;
  const char *name = person ? person->name : NULL;

  gtk_widget_set_visible (self->person, person != NULL);
  gtk_label_set_text (GTK_LABEL (self->bank), person && person->bank ? person->bank : "");
  gtk_label_set_text (GTK_LABEL (self->person_name), name ? name : "");
  gtk_label_set_text (GTK_LABEL (self->person_role), words ? words : "");
  gtk_widget_set_tooltip_text (self->person, words);
  adw_avatar_set_text (ADW_AVATAR (self->avatar), name ? name : "");
}

void
gxc_sidebar_focus (GxcSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  gtk_widget_grab_focus (row ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}
