/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos and scans of a visit: below the fields, and never asked for. They are chosen, dropped or pasted, lie encrypted on this
 * desk at once, and go to the bank by themselves whenever there is a network. While the visit goes on each can be taken back.
 *
 * The row, its bytes and where a photo was taken (it forgets that) are the store's matter. */

#include "gxc-visits-photos.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gx-attachment.h"
#include "gx-visit.h"
#include "gxc-cards.h"
#include "gxc-compat.h"
#include "gxc-format.h"
#include "gxc-page.h"
#include "gxc-page-save.h"
#include "gxc-paper-faces.h"
#include "gxc-paper.h"
#include "gxc-visit-day.h"

#define SNIFFED 64          /* bytes that tell a picture from anything else */

/* One document as it is shown. */
typedef struct
{
  GxId       id;
  GtkWidget *facts;         /* (borrowed): its size and how far it is */
} Tile;

struct _GxcVisitsPhotos
{
  GtkWidget      parent_instance;

  GtkWidget     *box;       /* (owned): the only child; all others are borrowed */
  GtkWidget     *aside, *add, *hint, *flow;
  GArray        *tiles;     /* (owned) of Tile */
  GxcPaperFaces *faces;     /* (owned) */
  GxcDesk       *desk;      /* (owned) */
  GxRecord      *visit;     /* (owned) (nullable) */
  char          *kind;      /* (owned) (nullable): of what is being chosen */
};

G_DEFINE_FINAL_TYPE (GxcVisitsPhotos, gxc_visits_photos, GTK_TYPE_WIDGET)

static const GxVisit *
data_of (GxcVisitsPhotos *self)
{
  return gx_record_get_data (self->visit);
}

/** gxc_visit_read_papers: (transfer full) (element-type GxRecord): of the visit, in the order in which they were made */
GPtrArray *
gxc_visit_read_papers (GxcDesk    *desk,
                       const GxId *visit_id)
{
  g_autoptr(GPtrArray) rows = gxc_desk_read_where (desk, &gx_attachment_entity, "visit_id", visit_id, NULL, FALSE, NULL);
  GPtrArray *papers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; rows && i < rows->len; i++)
    if (rows->pdata[i])
      g_ptr_array_add (papers, g_object_ref (rows->pdata[i]));
  return papers;
}

/* --- what is seen ------------------------------------------------------------------------------------------------- */

/* (transfer full): "1.2 MB · waits to be sent" */
static char *
dup_facts (GxcVisitsPhotos *self, const GxAttachment *row)
{
  g_autofree char *size = gxc_format_size (row->size == GX_INT_NONE ? 0 : (guint64) row->size), *done = NULL;
  GxcSending sending;

  gxc_desk_get_sending (self->desk, row->sha256 ? row->sha256 : "", &sending);
  done = gxc_format_size ((guint64) sending.done);
  if (sending.state == GXC_SENDING_REFUSED)
    return g_strdup_printf (_("%s · not taken by the bank"), size);
  if (sending.state == GXC_SENDING_WAITS && sending.done > 0)
    return g_strdup_printf (_("%s · %s of it sent"), size, done);
  return g_strdup_printf (sending.state == GXC_SENDING_WAITS || row->meta.v == 0 ? _("%s · waits to be sent") : _("%s · at the bank"), size);
}

static const char *
name_of (const GxAttachment *row)
{
  return row->name && *row->name ? row->name : gx_choice_label (gx_attachment_kinds, row->kind) ? _(gx_choice_label (gx_attachment_kinds, row->kind)) : "\u2014";
}

static GtkWidget *
make_take_back (const GxAttachment *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *words = g_strdup_printf (_("Take back %s"), name_of (row));

  gtk_widget_set_css_classes (button, (const char *[]) { "flat", "circular", NULL });
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", GX_ID_STR (&row->meta.id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "photos.take-back");
  return button;
}

static void
add_tile (GxcVisitsPhotos *self, const GxAttachment *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "label", name_of (row), "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_MIDDLE,
                                  "width-chars", 8, "max-width-chars", 8, NULL);
  g_autofree char *facts = dup_facts (self, row);
  Tile tile = { row->meta.id, g_object_new (GTK_TYPE_LABEL, "label", facts, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                             "width-chars", 18, "max-width-chars", 18, NULL) };

  gtk_widget_add_css_class (box, "gx-visit-paper");
  gtk_widget_add_css_class (tile.facts, "gx-caption");
  gxc_label_tip_when_cut (name);
  gxc_label_tip_when_cut (tile.facts);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), name);
  gtk_box_append (GTK_BOX (lines), tile.facts);
  gtk_box_append (GTK_BOX (box), gxc_paper_faces_make (self->faces, row->sha256 ? row->sha256 : "", NULL));
  gtk_box_append (GTK_BOX (box), lines);
  if (gxc_visits_photos_may_add (self))
    gtk_box_append (GTK_BOX (box), make_take_back (row));
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), box);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
  g_array_append_val (self->tiles, tile);
}

static gboolean
are_shown (GxcVisitsPhotos *self, GPtrArray *papers)
{
  gboolean same = self->tiles->len == papers->len;

  for (guint i = 0; same && i < papers->len; i++)
    same = gx_id_equal (&g_array_index (self->tiles, Tile, i).id, gx_record_get_id (papers->pdata[i]));
  return same;
}

static void
show_all (GxcVisitsPhotos *self, GPtrArray *papers)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->flow)))
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  g_array_set_size (self->tiles, 0);
  for (guint i = 0; i < papers->len; i++)
    add_tile (self, gx_record_get_data (papers->pdata[i]));
}

/* What goes on its way takes the focus from nobody. */
static void
show_facts (GxcVisitsPhotos *self, GPtrArray *papers)
{
  for (guint i = 0; i < papers->len; i++)
    {
      g_autofree char *facts = dup_facts (self, gx_record_get_data (papers->pdata[i]));

      gtk_label_set_text (GTK_LABEL (g_array_index (self->tiles, Tile, i).facts), facts);
    }
}

static void
show_head (GxcVisitsPhotos *self, guint n)
{
  g_autofree char *words = n > 0 ? g_strdup_printf (ngettext ("%u document, encrypted", "%u documents, encrypted", n), n) : g_strdup (_("if you like"));

  gtk_label_set_text (GTK_LABEL (self->aside), words);
  gtk_widget_set_visible (self->add, gxc_visits_photos_may_add (self));
  gtk_widget_set_visible (self->hint, gxc_visits_photos_may_add (self) && n == 0);
  gtk_widget_set_visible (self->flow, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || gxc_visits_photos_may_add (self));
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  guint *ticks = data;

  if (++*ticks < 3)
    return G_SOURCE_CONTINUE;           /* it has its place after the next layout */
  if (scrolled)
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
    }
  return G_SOURCE_REMOVE;
}

/* What was added by the button is looked for; whoever writes meanwhile is left where he is. */
static void
bring_into_sight (GxcVisitsPhotos *self)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)))
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, g_new0 (guint, 1), g_free);
}

/** gxc_visits_photos_show: nothing where there is none and none can be added */
void
gxc_visits_photos_show (GxcVisitsPhotos *self,
                        GxRecord        *visit)
{
  g_autoptr(GPtrArray) papers = gxc_visit_read_papers (self->desk, gx_record_get_id (visit));
  gboolean same = self->visit && gx_id_equal (gx_record_get_id (self->visit), gx_record_get_id (visit))
                  && data_of (self)->status == ((const GxVisit *) gx_record_get_data (visit))->status;

  g_set_object (&self->visit, visit);
  if (same && papers->len > self->tiles->len)
    bring_into_sight (self);
  if (same && are_shown (self, papers))
    show_facts (self, papers);
  else
    show_all (self, papers);
  show_head (self, papers->len);
}

/** gxc_visits_photos_may_add: while the visit goes on */
gboolean
gxc_visits_photos_may_add (GxcVisitsPhotos *self)
{
  return self->visit && gxc_visit_has_begun (data_of (self)) && gxc_desk_can (self->desk, GX_CAN_MAKE_CR);
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

typedef struct { GxcVisitsPhotos *self; char *name; } Adding;

static void
on_attached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Adding *adding = data;
  g_autoptr(GError) error = NULL;
  gboolean done = gxc_desk_finish (GXC_DESK (source), result, &error);
  g_autofree char *why = done ? NULL : gxc_error_words (error), *words = done ? NULL : g_strdup_printf ("%s: %s", adding->name, why);

  if (gtk_widget_get_root (GTK_WIDGET (adding->self)))
    gxc_page_toast (GTK_WIDGET (adding->self), done ? _("Saved; it goes to the bank by itself") : words);
  g_object_unref (adding->self);
  g_free (adding->name);
  g_free (adding);
}

/* An image is a photo unless somebody says what else it is. */
static gboolean
is_image (GFile *file, GBytes *bytes)
{
  g_autoptr(GFileInputStream) stream = file ? g_file_read (file, NULL, NULL) : NULL;
  g_autoptr(GBytes) head = stream ? g_input_stream_read_bytes (G_INPUT_STREAM (stream), SNIFFED, NULL, NULL) : bytes ? g_bytes_ref (bytes) : NULL;
  const char *mime;

  return head && gxc_paper_sniff (head, &mime) == GXC_PAPER_IMAGE;
}

static void
add (GxcVisitsPhotos *self, GFile *file, GBytes *bytes, const char *name, const char *kind)
{
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  const GxcNewPaper paper = { .path = path, .bytes = bytes, .name = name, .kind = kind, .valid_to = GX_INT32_NONE,
                              .visit_id = *gx_record_get_id (self->visit) };
  Adding *adding;

  if (!path && !bytes)
    return;
  adding = g_new (Adding, 1);
  *adding = (Adding) { g_object_ref (self), path ? g_path_get_basename (path) : g_strdup (name) };
  gxc_desk_attach (self->desk, &data_of (self)->customer_id, &paper, on_attached_cb, adding);
}

/**
 * gxc_visits_photos_offer: as if it had been dropped: an image is a photo, anything else a document of no kind
 * @file: (nullable)
 * @bytes: (nullable)
 */
void
gxc_visits_photos_offer (GxcVisitsPhotos *self,
                         GFile           *file,
                         GBytes          *bytes,
                         const char      *name)
{
  g_return_if_fail (GXC_IS_VISITS_PHOTOS (self));

  if (gxc_visits_photos_may_add (self))
    add (self, file, bytes, name, is_image (file, bytes) ? "PHOTO" : "OTHER");
}

/* The camera's own folder, else where pictures are; (nullable): neither. */
static GFile *
find_pictures (void)
{
  static const char * const cameras[] = { "Camera", "DCIM/Camera", "DCIM", "" };
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);

  for (guint i = 0; pictures && i < G_N_ELEMENTS (cameras); i++)
    {
      g_autofree char *path = g_build_filename (pictures, cameras[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_file_new_for_path (path);
    }
  return NULL;
}

static void
on_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcVisitsPhotos) self = data;

  if (file && gxc_visits_photos_may_add (self))
    add (self, file, NULL, NULL, self->kind);
}

/* "photos.add": the code of a kind */
static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPhotos *self = GXC_VISITS_PHOTOS (widget);
  g_autoptr(GFile) folder = find_pictures ();

  if (!gxc_visits_photos_may_add (self))
    return;
  g_free (self->kind);
  self->kind = g_variant_dup_string (parameter, NULL);
  gxc_compat_open_file_in (widget, _("Choose a photo or a scan"), folder, on_chosen_cb, g_object_ref (self));
}

/* "photos.take-back": an id */
static void
take_back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPhotos *self = GXC_VISITS_PHOTOS (widget);
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GxRecord) paper = NULL;
  GxId id;

  if (!gxc_visits_photos_may_add (self) || !gx_id_parse (g_variant_get_string (parameter, NULL), &id))
    return;
  paper = gxc_desk_read_one (self->desk, &gx_attachment_entity, &id, NULL);
  if (!paper)
    return;
  g_ptr_array_add (changes, gxc_change_item_remove (paper));
  gxc_page_save (widget, self->desk, changes, g_strdup_printf (_("%s is taken back"), name_of (gx_record_get_data (paper))));
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_visits_photos_dispose (GObject *object)
{
  GxcVisitsPhotos *self = GXC_VISITS_PHOTOS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->tiles, g_array_unref);
  g_clear_pointer (&self->kind, g_free);
  g_clear_object (&self->faces);
  g_clear_object (&self->visit);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_visits_photos_parent_class)->dispose (object);
}

static void
gxc_visits_photos_class_init (GxcVisitsPhotosClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_visits_photos_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "photos.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "photos.take-back", "s", take_back_action);
}

static GtkWidget *
make_add (void)
{
  g_autoptr(GMenu) kinds = g_menu_new ();
  GtkWidget *button = adw_split_button_new ();

  for (const GxChoice *choice = gx_attachment_kinds; choice->code; choice++)
    {
      g_autofree char *action = g_strdup_printf ("photos.add::%s", choice->code);

      g_menu_append (kinds, _(choice->label), action);
    }
  adw_split_button_set_label (ADW_SPLIT_BUTTON (button), _("Add a photo …"));
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (button), G_MENU_MODEL (kinds));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "photos.add::PHOTO");
  gtk_widget_set_tooltip_text (button, _("The arrow adds a scan of another kind"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_head (GxcVisitsPhotos *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _("Photos and scans"), "xalign", 0.0, NULL);

  self->aside = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, NULL);
  self->add = make_add ();
  gtk_widget_add_css_class (title, "gx-strong");
  gtk_widget_add_css_class (self->aside, "gx-caption");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->aside);
  gtk_box_append (GTK_BOX (head), self->add);
  return head;
}

static void
gxc_visits_photos_init (GxcVisitsPhotos *self)
{
  self->tiles = g_array_new (FALSE, FALSE, sizeof (Tile));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->hint = g_object_new (GTK_TYPE_LABEL, "label", _("Drop a file here or paste an image. A photo forgets where it was taken."),
                             "xalign", 0.0, "wrap", TRUE, NULL);
  self->flow = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "column-spacing", 8, "row-spacing", 8,
                             "homogeneous", TRUE, "max-children-per-line", 3, NULL);
  gtk_widget_add_css_class (self->hint, "gx-caption");
  gtk_widget_add_css_class (self->flow, "gx-pair");
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), self->hint);
  gtk_box_append (GTK_BOX (self->box), self->flow);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gxc_visits_photos_new (GxcDesk *desk)
{
  GxcVisitsPhotos *self = g_object_new (GXC_TYPE_VISITS_PHOTOS, NULL);

  self->desk = g_object_ref (desk);
  self->faces = gxc_paper_faces_new (desk);
  return GTK_WIDGET (self);
}
