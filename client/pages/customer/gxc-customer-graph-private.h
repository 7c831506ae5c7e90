/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-graph.h"

#include "gxc-graph-place.h"

G_BEGIN_DECLS

/* The graph: gxc-customer-graph.c has its nodes, keys and pointer, gxc-customer-graph-draw.c how it looks. */
typedef struct
{
  GxId         id;
  char        *name;        /* (owned): of the customer */
  char        *tail;        /* (owned) (nullable): of his number */
  PangoLayout *words[2];    /* (owned) (nullable): the name and the tail, of the last allocation */
} GxcGraphNode;

/* From or to the middle. */
typedef struct
{
  guint    node;
  gboolean out;             /* the middle is what the label says, of the node */
  char    *label;           /* (owned) */
} GxcGraphEdge;

struct _GxcCustomerGraph
{
  GtkWidget        parent_instance;

  GArray          *nodes;   /* (owned) of GxcGraphNode, the first is the middle */
  GArray          *edges;   /* (owned) of GxcGraphEdge */
  graphene_rect_t  boxes[GXC_GRAPH_MAX];        /* of the last allocation */
  int              cursor;  /* -1: none */
};

GxcGraphNode *gxc_customer_graph_node     (GxcCustomerGraph *self, guint i);
GxcGraphEdge *gxc_customer_graph_edge     (GxcCustomerGraph *self, guint i);
void          gxc_customer_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void          gxc_customer_graph_allocate (GtkWidget *widget, int width, int height, int baseline);
void          gxc_customer_graph_measure  (GtkWidget *widget, GtkOrientation orientation, int for_size,
                                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline);

G_END_DECLS
