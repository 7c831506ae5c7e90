/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pictures of papers, so that a person recognises the one that is meant. Only what this desk has is drawn: nothing is
 * asked of the bank for a picture. They are drawn one after another, each within the limits of the papers, and kept while
 * their page is. Behind the curtain there is none: the screen may be seen by others. */

#include "gxc-paper-faces.h"

#include "gxc-format.h"
#include "gxc-paper.h"

#define DRAWN 112           /* px of the longer side: 27 pt at 150 % text on a screen of double density */

typedef struct
{
  char       *facts;        /* (owned) (nullable): of those whose bytes were seen */
  GdkTexture *texture;      /* (owned) (nullable) */
  gboolean    asked;
} Known;

/* Somebody waits for a picture. */
typedef struct
{
  char    *sha256;
  GBytes  *bytes;           /* (nullable): what was seen already; else this desk is asked */
  GWeakRef image;
  GWeakRef facts;           /* label */
} Wish;

struct _GxcPaperFaces
{
  GObject     parent_instance;

  /* Owned References */
  GxcDesk    *desk;
  GHashTable *known;        /* sha256 → Known */
  GQueue      wishes;       /* of Wish; the first is being fulfilled while @busy */

  gboolean    busy;
};

G_DEFINE_FINAL_TYPE (GxcPaperFaces, gxc_paper_faces, G_TYPE_OBJECT)

static void
known_free (gpointer data)
{
  Known *known = data;

  g_free (known->facts);
  g_clear_object (&known->texture);
  g_free (known);
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->sha256);
  g_clear_pointer (&wish->bytes, g_bytes_unref);
  g_weak_ref_clear (&wish->image);
  g_weak_ref_clear (&wish->facts);
  g_free (wish);
}

static Known *
know (GxcPaperFaces *self, const char *sha256)
{
  Known *known = g_hash_table_lookup (self->known, sha256);

  if (known)
    return known;
  known = g_new0 (Known, 1);
  g_hash_table_insert (self->known, g_strdup (sha256), known);
  return known;
}

/** gxc_paper_facts_words: (transfer full): "PDF document · 3.1 MB"; @mime: (nullable) */
char *
gxc_paper_facts_words (const char *mime,
                       guint64     size)
{
  g_autofree char *type = mime ? g_content_type_from_mime_type (mime) : NULL, *words = type ? g_content_type_get_description (type) : NULL;
  g_autofree char *amount = gxc_format_size (size);

  return words ? g_strdup_printf ("%s · %s", words, amount) : g_steal_pointer (&amount);
}

/* --- one after another ---------------------------------------------------------------------------------------------- */

static void begin_next (GxcPaperFaces *self);

static void
show (const Known *known, GtkWidget *image, GtkWidget *facts)
{
  if (facts && known->facts)
    gtk_label_set_text (GTK_LABEL (facts), known->facts);
  if (!image || !known->texture)
    return;
  gtk_widget_remove_css_class (image, "gx-face-icon");
  gtk_image_set_from_paintable (GTK_IMAGE (image), GDK_PAINTABLE (known->texture));
}

static void
end_wish (GxcPaperFaces *self)
{
  Wish *wish = g_queue_pop_head (&self->wishes);
  g_autoptr(GtkWidget) image = g_weak_ref_get (&wish->image), facts = g_weak_ref_get (&wish->facts);

  show (know (self, wish->sha256), image, facts);
  wish_free (wish);
  self->busy = FALSE;
  begin_next (self);
}

static void
on_drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcPaperFaces) self = data;
  g_autoptr(GxcPaperPage) page = gxc_paper_finish_draw (result, NULL);
  Wish *wish = g_queue_peek_head (&self->wishes);

  if (page)
    g_set_object (&know (self, wish->sha256)->texture, page->texture);
  end_wish (self);
}

/* Takes the reference that @self was given for what is under way. */
static void
draw (GxcPaperFaces *self, const char *sha256, GBytes *bytes)
{
  Known *known = know (self, sha256);
  const char *mime;
  GxcPaperKind kind = gxc_paper_sniff (bytes, &mime);

  g_free (known->facts);
  known->facts = gxc_paper_facts_words (mime, g_bytes_get_size (bytes));
  if (kind == GXC_PAPER_IMAGE || kind == GXC_PAPER_PDF)
    {
      gxc_paper_draw_small (bytes, DRAWN, NULL, on_drawn_cb, self);
      return;
    }
  end_wish (self);
  g_object_unref (self);
}

/* Not here, or not what its name says: then it stays an icon, and whoever looks at it is told. */
static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcPaperFaces) self = data;
  g_autoptr(GBytes) bytes = gxc_desk_finish_blob (GXC_DESK (source), result, NULL);
  Wish *wish = g_queue_peek_head (&self->wishes);

  if (bytes)
    draw (g_object_ref (self), wish->sha256, bytes);
  else
    end_wish (self);
}

static void
begin_next (GxcPaperFaces *self)
{
  Wish *wish = g_queue_peek_head (&self->wishes);
  Known *known = wish ? know (self, wish->sha256) : NULL;

  if (!wish || self->busy)
    return;
  self->busy = TRUE;
  if (wish->bytes)
    draw (g_object_ref (self), wish->sha256, wish->bytes);
  else if (known->asked)
    end_wish (self);
  else
    {
      known->asked = TRUE;
      gxc_desk_fetch_blob (self->desk, wish->sha256, NULL, NULL, on_read_cb, g_object_ref (self));
    }
}

static void
wish_for (GxcPaperFaces *self, const char *sha256, GBytes *bytes, GtkWidget *image, GtkWidget *facts)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->sha256 = g_strdup (sha256);
  wish->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  g_weak_ref_init (&wish->image, image);
  g_weak_ref_init (&wish->facts, facts);
  g_queue_push_tail (&self->wishes, wish);
  begin_next (self);
}

/* --- the object ----------------------------------------------------------------------------------------------------- */

static void
gxc_paper_faces_finalize (GObject *object)
{
  GxcPaperFaces *self = GXC_PAPER_FACES (object);

  g_queue_clear_full (&self->wishes, wish_free);
  g_hash_table_unref (self->known);
  g_object_unref (self->desk);
  G_OBJECT_CLASS (gxc_paper_faces_parent_class)->finalize (object);
}

static void
gxc_paper_faces_class_init (GxcPaperFacesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_paper_faces_finalize;
}

static void
gxc_paper_faces_init (GxcPaperFaces *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  g_queue_init (&self->wishes);
}

GxcPaperFaces *
gxc_paper_faces_new (GxcDesk *desk)
{
  GxcPaperFaces *self = g_object_new (GXC_TYPE_PAPER_FACES, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

/**
 * gxc_paper_faces_make:
 * @facts: (nullable): a label for what kind of paper it is and how large, where nothing else says so
 *
 * Returns: (transfer floating): an icon, and the paper's picture in its place once it is drawn
 */
GtkWidget *
gxc_paper_faces_make (GxcPaperFaces *self,
                      const char    *sha256,
                      GtkWidget     *facts)
{
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "text-x-generic-symbolic", "valign", GTK_ALIGN_CENTER,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  const Known *known;

  g_return_val_if_fail (GXC_IS_PAPER_FACES (self), image);

  gtk_widget_add_css_class (image, "gx-face");
  gtk_widget_add_css_class (image, "gx-face-icon");
  if (!*sha256)
    return image;
  known = know (self, sha256);
  show (known, gxc_desk_get_curtain (self->desk) ? NULL : image, facts);
  if (!known->texture && !gxc_desk_get_curtain (self->desk))
    wish_for (self, sha256, NULL, image, facts);
  return image;
}

/** gxc_paper_faces_learn: these are its bytes: who looked at it knows it again */
void
gxc_paper_faces_learn (GxcPaperFaces *self,
                       const char    *sha256,
                       GBytes        *bytes)
{
  g_return_if_fail (GXC_IS_PAPER_FACES (self));

  if (!know (self, sha256)->texture)
    wish_for (self, sha256, bytes, NULL, NULL);
}
