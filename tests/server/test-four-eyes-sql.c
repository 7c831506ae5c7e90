/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dual review against plain SQL: a stranger's connection, foreign_keys and recursive_triggers off, and no server between.
 * First what the honest order of writing may do, then everything that must be refused (trust.md 1.3).
 */
#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-db-driver.h"
#include "gx-sql.h"
#include "gxs-guards.h"
#include "gxs-migrations.h"

#include <string.h>

#define SIGNATURE "zeroblob(44)"

/* In an importer's order, children before their customer: c1 is ACTIVE, c2 a PROSPECT. d1 is c1's primary mobile, d2 another
 * one of c1, d3 c2's. f1 is c1's ID card. e1 asks. */
static const char bank[] =
  "INSERT INTO org_unit(id,v,v0,code,name,kind,path) VALUES(x'0b',1,1,'B1','B1',3,'/HQ/B1/');"
  "INSERT INTO employee(id,v,v0,staff_no,name,org_id,status)"
  " VALUES(x'e1',1,1,'1','a',x'0b',1),(x'e2',1,1,'2','b',x'0b',1),(x'e3',1,1,'3','c',x'0b',1);"
  "INSERT INTO login(id,v,v0,employee_id,login,status) VALUES(x'a1',1,1,x'e1','rm1',1),(x'a2',1,1,x'e1','rm1b',1);"
  "INSERT INTO person_profile(id,v,v0,customer_id,birth_date) VALUES(x'c1',1,1,x'c1',100),(x'c2',1,1,x'c2',NULL);"
  "INSERT INTO contact_point(id,v,v0,customer_id,kind,value,value_bi,value_tail,is_primary) VALUES"
  "(x'd1',1,1,x'c1',1,x'01',x'b1',x'01',1),(x'd2',1,1,x'c1',1,x'02',x'b2',x'02',0),(x'd3',1,1,x'c2',1,x'03',x'b3',x'03',1);"
  "INSERT INTO identifier(id,v,v0,customer_id,kind,number,number_bi,valid_to) VALUES(x'f1',1,1,x'c1',1,x'01',x'b1',20000);"
  "INSERT INTO customer(id,v,v0,cif_no,type,name,status,lifecycle_stage,value_class,tier,primary_rm_id,org_id,first_contact_at)"
  " VALUES(x'c1',1,1,'1000000001',1,'Old',2,2,3,1,x'e1',x'0b',1),(x'c2',1,1,NULL,1,'Maybe',1,1,3,1,x'e1',x'0b',1);"
  "INSERT INTO address(id,v,v0,customer_id,line) VALUES(x'91',1,1,x'c1','Road 1');";

static GxDb *
open_bank (void)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = gx_db_open (&gx_db_sqlite, &(GxDbOptions) { .location = ":memory:", .flags = GX_DB_CREATE }, &error);

  g_assert_no_error (error);
  gxs_migrate (db, gx_clock_system (), &error);
  g_assert_no_error (error);
  gx_db_exec (db, "PRAGMA foreign_keys=OFF; PRAGMA recursive_triggers=OFF;", &error);
  g_assert_no_error (error);
  gx_db_exec (db, bank, &error);
  g_assert_no_error (error);
  return db;
}

static void
run (GxDb       *db,
     const char *sql)
{
  g_autoptr(GError) error = NULL;

  g_test_message ("%s", sql);
  gx_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Refused, and by a guard: a trigger's words begin with a slug of the error table. */
static void
refuse (GxDb       *db,
        const char *sql)
{
  g_autoptr(GError) error = NULL;
  const char *message;

  g_test_message ("%s", sql);
  run (db, "SAVEPOINT s");
  g_assert_false (gx_db_exec (db, sql, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CONSTRAINT);
  message = strstr (error->message, ": ");
  g_assert_nonnull (message);
  g_assert_nonnull (strchr (message + 2, ':'));
  {
    g_autofree char *slug = g_strndup (message + 2, (gsize) (strchr (message + 2, ':') - message - 2));

    g_assert_nonnull (gx_error_info_by_slug (slug));
  }
  run (db, "ROLLBACK TO s; RELEASE s");
}

/* A request of e1 in hex @cr, as the server writes it. */
static void
submit (GxDb       *db,
        const char *cr,
        const char *kind,
        const char *op,
        const char *tbl,
        const char *entity,
        const char *after)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO change_request(id,v,v0,kind,op,tbl,entity_id,branch_id,rev,lock_v,digest,state,maker_id,required_n,strict)"
    " VALUES(x'%s',1,1,'%s','%s','%s',x'%s',x'0b',1,1,'dig','PENDING',x'e1',2,1);"
    "INSERT INTO cr_party(cr_id,person_id,role) VALUES(x'%s',x'e1','maker');"
    "INSERT INTO cr_rev(cr_id,rev,base_v,base_fv,before_j,before_sha,after_j,reason,digest,maker_sig,at)"
    " VALUES(x'%s',1,1,'{}','{}','s','%s','because of this','dig',hex(" SIGNATURE "),1);", cr, kind, op, tbl, entity, cr, cr, after);

  run (db, sql);
}

static void
decide (GxDb       *db,
        const char *cr,
        const char *person)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO cr_party(cr_id,person_id,role) VALUES(x'%s',x'%s','checker');"
    "INSERT INTO cr_decision(cr_id,rev,person_id,step,verdict,digest,step_up_at,dev_sig,at)"
    " VALUES(x'%s',1,x'%s',1,'approve','dig',1,hex(" SIGNATURE "),1);", cr, person, cr, person);

  run (db, sql);
}

static void
set_state (GxDb       *db,
           const char *cr,
           const char *state)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE change_request SET state='%s', lock_v=lock_v+1, applied_seq=%s WHERE id=x'%s'",
                                          state, strcmp (state, "APPLIED") == 0 ? "9" : "NULL", cr);

  run (db, sql);
}

static void
approve (GxDb       *db,
         const char *cr)
{
  decide (db, cr, "e2");
  decide (db, cr, "e3");
  set_state (db, cr, "APPROVED");
}

static void
test_honest_order_passes (void)
{
  g_autoptr(GxDb) db = open_bank ();

  submit (db, "01", "customer.identity", "patch", "customer", "c1", "{\"name\":\"New\",\"wealth_mgr_id\":\"e3\"}");
  run (db, "INSERT INTO cr_field_lock VALUES('customer',x'c1','name',x'01')");
  approve (db, "01");
  run (db, "UPDATE customer SET name='New', wealth_mgr_id=x'e3', last_cr_id=x'01' WHERE id=x'c1'");
  set_state (db, "01", "APPLIED");
  run (db, "DELETE FROM cr_field_lock WHERE cr_id=x'01'");
  run (db, "UPDATE change_request SET v=7, updated_at=8 WHERE id=x'01'");

  submit (db, "02", "customer.contact", "create", "contact_point", "d9",
          "{\"customer_id\":\"c1\",\"kind\":1,\"value\":\"09\",\"value_bi\":\"b9\",\"is_primary\":1}");
  approve (db, "02");
  run (db, "UPDATE contact_point SET is_primary=0, last_cr_id=x'02' WHERE id=x'd1'");
  run (db, "INSERT INTO contact_point(id,v,v0,last_cr_id,customer_id,kind,value,value_bi,value_tail,is_primary)"
           " VALUES(x'd9',2,2,x'02',x'c1',1,x'aa',x'b9',x'aa',1)");
  set_state (db, "02", "APPLIED");

  submit (db, "03", "customer.identity", "delete", "identifier", "f1", "{}");
  approve (db, "03");
  run (db, "UPDATE identifier SET del=1, last_cr_id=x'03' WHERE id=x'f1'");
  set_state (db, "03", "APPLIED");

  submit (db, "04", "customer.wealth_mgr", "patch", "customer", "c1", "{\"wealth_mgr_id\":null}");
  approve (db, "04");
  run (db, "UPDATE customer SET wealth_mgr_id=NULL, last_cr_id=x'04' WHERE id=x'c1'");
  set_state (db, "04", "APPLIED");
}

/* What needs no review goes without: other fields, secondary contacts, whatever a prospect has, an importer's order. */
static void
test_what_is_free_passes (void)
{
  g_autoptr(GxDb) db = open_bank ();

  run (db, "UPDATE customer SET key_account=1, name_pinyin='x', v=2 WHERE id=x'c1'");
  run (db, "UPDATE customer SET name='Other' WHERE id=x'c2'");
  run (db, "UPDATE customer SET cif_no='1000000002' WHERE id=x'c2'");
  run (db, "UPDATE person_profile SET birth_date=5 WHERE id=x'c2'");
  run (db, "UPDATE contact_point SET value=x'07', value_bi=x'b7', value_tail=x'07' WHERE id=x'd3'");
  run (db, "UPDATE contact_point SET del=1 WHERE id=x'd3'");
  run (db, "UPDATE contact_point SET del=1 WHERE id=x'd2'");
  run (db, "INSERT INTO contact_point(id,v,v0,customer_id,kind,value,value_bi,value_tail,is_primary)"
           " VALUES(x'd8',1,1,x'c1',1,x'02',x'b2',x'02',0),(x'd7',1,1,x'c2',1,x'02',x'b2',x'02',1),(x'd6',1,1,x'c9',1,x'02',x'b2',x'02',1)");
  run (db, "INSERT INTO identifier(id,v,v0,customer_id,kind,number,number_bi,valid_to) VALUES(x'f9',1,1,x'c9',1,x'01',x'b1',20000)");
}

static const char *const reviewed_columns[] = {
  "UPDATE customer SET name='New' WHERE id=x'c1'",
  "UPDATE customer SET name=NULL WHERE id=x'c1'",
  "UPDATE customer SET tier=2 WHERE id=x'c1'",
  "UPDATE customer SET tier=2 WHERE id=x'c2'",                                      /* not even a prospect's */
  "UPDATE customer SET status=2 WHERE id=x'c2'",
  "UPDATE customer SET status=1 WHERE id=x'c1'",
  "UPDATE customer SET status=1, name='New' WHERE id=x'c1'",
  "UPDATE customer SET status=2, name='New' WHERE id=x'c2'",
  "UPDATE customer SET primary_rm_id=x'e3' WHERE id=x'c1'",
  "UPDATE customer SET wealth_mgr_id=x'e3' WHERE id=x'c1'",                          /* NULL before */
  "UPDATE customer SET primary_rm_id=NULL WHERE id=x'c1'",
  "UPDATE customer SET org_id=x'0d' WHERE id=x'c1'",
  "UPDATE customer SET name='New', last_cr_id=x'99' WHERE id=x'c1'",
  "UPDATE customer SET del=1 WHERE id=x'c1'",
  "UPDATE customer SET cif_no='1000000009' WHERE id=x'c1'",
  "UPDATE customer SET cif_no=NULL WHERE id=x'c1'",
  "UPDATE customer SET id=x'cc' WHERE id=x'c1'",
  "UPDATE customer SET rowid=99 WHERE id=x'c1'",
  "UPDATE OR REPLACE customer SET rowid=(SELECT rowid FROM customer WHERE id=x'c1') WHERE id=x'c2'",
  "UPDATE OR REPLACE customer SET cif_no='1000000001' WHERE id=x'c2'",
  "UPDATE person_profile SET birth_date=101 WHERE id=x'c1'",
  "UPDATE person_profile SET birth_date=NULL WHERE id=x'c1'",
  "UPDATE person_profile SET customer_id=x'c2' WHERE id=x'c1'",
  "UPDATE contact_point SET value=x'07', value_bi=x'b7' WHERE id=x'd1'",
  "UPDATE contact_point SET value=x'07' WHERE id=x'd1'",
  "UPDATE contact_point SET value_bi=x'b7' WHERE id=x'd1'",
  "UPDATE contact_point SET value_tail=x'b7' WHERE id=x'd1'",
  "UPDATE contact_point SET is_primary=0 WHERE id=x'd1'",
  "UPDATE contact_point SET is_primary=1 WHERE id=x'd2'",
  "UPDATE contact_point SET customer_id=x'c2' WHERE id=x'd1'",
  "UPDATE contact_point SET customer_id=x'c1' WHERE id=x'd3'",
  "UPDATE contact_point SET del=1 WHERE id=x'd1'",
  "UPDATE contact_point SET is_primary=0, del=1 WHERE id=x'd1'",
  "UPDATE identifier SET number=x'07', number_bi=x'b7' WHERE id=x'f1'",
  "UPDATE identifier SET valid_to=30000 WHERE id=x'f1'",
  "UPDATE identifier SET del=1 WHERE id=x'f1'",
  "UPDATE address SET line='Road 2' WHERE id=x'91'",
  "UPDATE login SET status=2 WHERE id=x'a1'",
  "UPDATE employee SET org_id=x'0c' WHERE id=x'e1'",
  "UPDATE OR REPLACE login SET login='rm1' WHERE id=x'a2'",
  "DELETE FROM customer WHERE id=x'c1'",
  "DELETE FROM customer WHERE id=x'c2'",
  "DELETE FROM contact_point WHERE id=x'd1'",
  "DELETE FROM identifier",
  "DELETE FROM contact_point WHERE id=x'd1';"
    "INSERT INTO contact_point SELECT id,v,v0,fv,org_path,created_at,created_by,updated_at,updated_by,del,last_cr_id,customer_id,"
    "kind,x'07',x'b7',x'07',label,1,verified_at,verify_method,opt_out FROM contact_point WHERE id=x'd2'",
  "REPLACE INTO customer(id,v,v0,type,name,status,lifecycle_stage,value_class,tier,org_id,first_contact_at)"
    " VALUES(x'c1',1,1,1,'New',2,2,3,1,x'0b',1)",
  "REPLACE INTO customer(id,v,v0,cif_no,type,name,status,lifecycle_stage,value_class,tier,org_id,first_contact_at)"
    " VALUES(x'c7',1,1,'1000000001',1,'New',2,2,3,1,x'0b',1)",
  "REPLACE INTO customer(rowid,id,v,v0,type,name,status,lifecycle_stage,value_class,tier,org_id,first_contact_at)"
    " VALUES((SELECT rowid FROM customer WHERE id=x'c1'),x'c7',1,1,1,'New',2,2,3,1,x'0b',1)",
  "INSERT INTO customer(id,v,v0,type,name,status,lifecycle_stage,value_class,tier,org_id,first_contact_at)"
    " VALUES(x'c1',1,1,1,'New',2,2,3,1,x'0b',1) ON CONFLICT(id) DO UPDATE SET name='New'",
  "REPLACE INTO contact_point(id,v,v0,customer_id,kind,value,value_bi,value_tail,is_primary)"
    " VALUES(x'd1',1,1,x'c1',1,x'07',x'b7',x'07',1)",
  "REPLACE INTO login(id,v,v0,employee_id,login,status) VALUES(x'a9',1,1,x'e3','rm1',1)",
  "INSERT INTO contact_point(id,v,v0,customer_id,kind,value,value_bi,value_tail,is_primary)"
    " VALUES(x'd9',1,1,x'c1',1,x'07',x'b7',x'07',1)",
  "INSERT OR IGNORE INTO identifier(id,v,v0,customer_id,kind,number,number_bi,valid_to) VALUES(x'f9',1,1,x'c1',2,x'07',x'b7',30000)",
};

static void
test_reviewed_columns_are_refused (void)
{
  g_autoptr(GxDb) db = open_bank ();

  for (guint i = 0; i < G_N_ELEMENTS (reviewed_columns); i++)
    refuse (db, reviewed_columns[i]);
}

static const char *const requests[] = {
  /* born further than it may be */
  "INSERT INTO change_request(id,v,v0,kind,op,tbl,entity_id,branch_id,rev,lock_v,digest,state,maker_id,required_n,strict,applied_seq)"
    " VALUES(x'07',1,1,'customer.contact','patch','customer',x'c1',x'0b',1,1,'d','APPLIED',x'e1',1,1,9)",
  "INSERT INTO change_request(id,v,v0,kind,op,tbl,entity_id,branch_id,rev,lock_v,digest,state,maker_id,required_n,strict)"
    " VALUES(x'07',1,1,'customer.contact','patch','customer',x'c1',x'0b',1,1,'d','APPROVED',x'e1',1,1)",
  "INSERT INTO change_request(id,v,v0,kind,op,tbl,entity_id,branch_id,rev,lock_v,digest,state,maker_id,required_n,strict)"
    " VALUES(x'07',1,1,'customer.contact','patch','customer',x'c1',x'0b',2,1,'d','PENDING',x'e1',1,1)",
  /* laxer than its policy, or of no policy */
  "INSERT INTO change_request(id,v,v0,kind,op,tbl,entity_id,branch_id,rev,lock_v,digest,state,maker_id,required_n,strict)"
    " VALUES(x'07',1,1,'tier.change','patch','customer',x'c1',x'0b',1,1,'d','PENDING',x'e1',1,1)",
  "INSERT INTO change_request(id,v,v0,kind,op,tbl,entity_id,branch_id,rev,lock_v,digest,state,maker_id,required_n,strict)"
    " VALUES(x'07',1,1,'tier.change','patch','customer',x'c1',x'0b',1,1,'d','PENDING',x'e1',2,0)",
  "INSERT INTO change_request(id,v,v0,kind,op,tbl,entity_id,branch_id,rev,lock_v,digest,state,maker_id,required_n,strict)"
    " VALUES(x'07',1,1,'my.own','patch','customer',x'c1',x'0b',1,1,'d','PENDING',x'e1',1,1)",
  "UPDATE review_policy SET steps_j='[]'", "DELETE FROM review_policy",
  "REPLACE INTO review_policy VALUES('tier.change','[]',0,0,1,1,2)",
  /* what it is about */
  "UPDATE change_request SET maker_id=x'e2' WHERE id=x'01'", "UPDATE change_request SET required_n=1 WHERE id=x'01'",
  "UPDATE change_request SET entity_id=x'c2' WHERE id=x'01'", "UPDATE change_request SET kind='customer.contact' WHERE id=x'01'",
  "UPDATE change_request SET strict=0 WHERE id=x'01'", "UPDATE change_request SET op='delete' WHERE id=x'01'",
  "UPDATE change_request SET id=x'08' WHERE id=x'01'", "UPDATE change_request SET rev=2 WHERE id=x'01'",
  "UPDATE change_request SET digest='other' WHERE id=x'01'",
  "REPLACE INTO change_request SELECT * FROM change_request WHERE id=x'01'", "DELETE FROM change_request WHERE id=x'01'",
  /* states */
  "UPDATE change_request SET state='APPROVED' WHERE id=x'01'",
  "UPDATE change_request SET state='APPLIED', applied_seq=9 WHERE id=x'01'",
  "UPDATE change_request SET state='DRAFT' WHERE id=x'01'",
  "UPDATE change_request SET state='APPROVED' WHERE id=x'02'",                       /* one of two approvals */
  "UPDATE change_request SET state='PENDING' WHERE id=x'03'",                        /* withdrawn */
  "UPDATE change_request SET due_at=9 WHERE id=x'03'", "UPDATE change_request SET del=1 WHERE id=x'03'",
  /* parties: the maker, a second part of the same person, by any name */
  "INSERT INTO cr_party VALUES(x'01',x'e1','checker')", "REPLACE INTO cr_party VALUES(x'01',x'e1','checker')",
  "INSERT INTO cr_party VALUES(x'01',x'e2','maker')", "INSERT INTO cr_party VALUES(x'77',x'e2','checker')",
  "UPDATE cr_party SET role='checker' WHERE cr_id=x'01'", "DELETE FROM cr_party WHERE cr_id=x'01'",
  "UPDATE OR REPLACE cr_party SET person_id=x'e2' WHERE cr_id=x'01'",
  "REPLACE INTO cr_party(rowid,cr_id,person_id,role) VALUES((SELECT rowid FROM cr_party WHERE cr_id=x'01'),x'01',x'e9','checker')",
  /* revisions */
  "UPDATE cr_rev SET after_j='{\"name\":\"Evil\"}' WHERE cr_id=x'01'", "DELETE FROM cr_rev WHERE cr_id=x'01'",
  "REPLACE INTO cr_rev SELECT cr_id,rev,base_v,base_fv,before_j,before_sha,'{\"name\":\"Evil\"}',reason,digest,maker_sig,at FROM cr_rev WHERE cr_id=x'01'",
  "INSERT INTO cr_rev SELECT cr_id,2,base_v,base_fv,before_j,before_sha,'{\"name\":\"Evil\"}',reason,'d2',maker_sig,at FROM cr_rev WHERE cr_id=x'01'",
  /* decisions: by the maker, by nobody, on another digest or revision, twice, changed */
  "INSERT INTO cr_decision(cr_id,rev,person_id,step,verdict,digest,step_up_at,dev_sig,at) VALUES(x'01',1,x'e1',1,'approve','dig',1,hex(" SIGNATURE "),1)",
  "INSERT INTO cr_decision(cr_id,rev,person_id,step,verdict,digest,step_up_at,dev_sig,at) VALUES(x'01',1,x'e3',1,'approve','dig',1,hex(" SIGNATURE "),1)",
  "INSERT INTO cr_party VALUES(x'01',x'e3','checker');"
    "INSERT INTO cr_decision(cr_id,rev,person_id,step,verdict,digest,step_up_at,dev_sig,at) VALUES(x'01',1,x'e3',1,'approve','old',1,hex(" SIGNATURE "),1)",
  "INSERT INTO cr_party VALUES(x'01',x'e3','checker');"
    "INSERT INTO cr_decision(cr_id,rev,person_id,step,verdict,digest,step_up_at,dev_sig,at) VALUES(x'01',2,x'e3',1,'approve','dig',1,hex(" SIGNATURE "),1)",
  "INSERT INTO cr_party VALUES(x'03',x'e3','checker');"
    "INSERT INTO cr_decision(cr_id,rev,person_id,step,verdict,digest,step_up_at,dev_sig,at) VALUES(x'03',1,x'e3',1,'approve','dig',1,hex(" SIGNATURE "),1)",
  "INSERT INTO cr_decision SELECT * FROM cr_decision WHERE cr_id=x'02'", "REPLACE INTO cr_decision SELECT * FROM cr_decision WHERE cr_id=x'02'",
  "UPDATE cr_decision SET verdict='reject'", "DELETE FROM cr_decision",
  /* evidence and locks */
  "INSERT INTO cr_evidence VALUES(x'01',1,'sha','ID_IMAGE',x'e2','contributor')",
  "UPDATE cr_evidence SET sha256='other'", "DELETE FROM cr_evidence",
  "DELETE FROM cr_field_lock", "UPDATE cr_field_lock SET cr_id=x'02'",
  "REPLACE INTO cr_field_lock VALUES('customer',x'c1','name',x'02')",
};

static void
test_requests_are_refused (void)
{
  g_autoptr(GxDb) db = open_bank ();

  submit (db, "01", "customer.identity", "patch", "customer", "c1", "{\"name\":\"New\"}");
  run (db, "INSERT INTO cr_field_lock VALUES('customer',x'c1','name',x'01')");
  run (db, "INSERT INTO cr_evidence VALUES(x'01',1,'sha0','ID_IMAGE',x'e1','maker')");
  submit (db, "02", "tier.change", "patch", "customer", "c1", "{\"tier\":2}");
  decide (db, "02", "e2");
  submit (db, "03", "customer.contact", "patch", "address", "91", "{\"line\":\"Road 3\"}");
  set_state (db, "03", "WITHDRAWN");

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    refuse (db, requests[i]);
}

/* One no outweighs any number of ayes. */
static void
test_a_no_outweighs (void)
{
  g_autoptr(GxDb) db = open_bank ();

  submit (db, "01", "customer.identity", "patch", "customer", "c1", "{\"name\":\"New\"}");
  decide (db, "01", "e2");
  decide (db, "01", "e3");
  run (db, "INSERT INTO cr_party VALUES(x'01',x'e4','checker');"
           "INSERT INTO cr_decision(cr_id,rev,person_id,step,verdict,digest,step_up_at,dev_sig,at)"
           " VALUES(x'01',1,x'e4',1,'return','dig',1,hex(" SIGNATURE "),1)");
  refuse (db, "UPDATE change_request SET state='APPROVED' WHERE id=x'01'");
}

/* An APPROVED request is good for its own row, fields and values, in the transaction that applies it; an APPLIED one for
 * nothing, nor two of them in turns. */
static void
test_a_request_is_good_for_itself_only (void)
{
  g_autoptr(GxDb) db = open_bank ();

  submit (db, "01", "customer.identity", "patch", "customer", "c1", "{\"name\":\"New\"}");
  refuse (db, "UPDATE customer SET name='New', last_cr_id=x'01' WHERE id=x'c1'");        /* only PENDING */
  approve (db, "01");
  refuse (db, "UPDATE customer SET name='Evil', last_cr_id=x'01' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET name=NULL, last_cr_id=x'01' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET name='New', tier=3, last_cr_id=x'01' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET name='New', wealth_mgr_id=x'e2', last_cr_id=x'01' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET primary_rm_id=NULL, last_cr_id=x'01' WHERE id=x'c1'");    /* absent is not null */
  refuse (db, "UPDATE customer SET del=1, last_cr_id=x'01' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET status=2, name='New', last_cr_id=x'01' WHERE id=x'c2'");
  refuse (db, "UPDATE customer SET name='New' WHERE id=x'c1'");
  run (db, "UPDATE customer SET name='New', last_cr_id=x'01' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET name='Old', last_cr_id=x'01' WHERE id=x'c1'");
  set_state (db, "01", "APPLIED");
  refuse (db, "UPDATE change_request SET state='APPROVED', applied_seq=NULL WHERE id=x'01'");

  submit (db, "02", "customer.identity", "patch", "customer", "c1", "{\"name\":\"Newer\"}");
  approve (db, "02");
  run (db, "UPDATE customer SET name='Newer', last_cr_id=x'02' WHERE id=x'c1'");
  set_state (db, "02", "APPLIED");
  refuse (db, "UPDATE customer SET name='New', last_cr_id=x'01' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET last_cr_id=x'01' WHERE id=x'c1'; UPDATE customer SET name='Evil', last_cr_id=x'02' WHERE id=x'c1'");
  refuse (db, "UPDATE customer SET name='New', last_cr_id=NULL WHERE id=x'c1'");
}

static void
test_a_new_primary_is_what_was_approved (void)
{
  static const char insert[] = "INSERT INTO contact_point(id,v,v0,last_cr_id,customer_id,kind,value,value_bi,value_tail,is_primary) VALUES";
  static const char *const wrong[] = {
    "(x'd8',2,2,x'02',x'c1',1,x'09',x'b9',x'09',1)",      /* another row */
    "(x'd9',2,2,x'02',x'c1',1,x'09',x'b8',x'09',1)",      /* another value */
    "(x'd9',2,2,x'02',x'c1',3,x'09',x'b9',x'09',1)",      /* another kind */
    "(x'd9',2,2,NULL,x'c1',1,x'09',x'b9',x'09',1)",       /* no request */
    "(x'd9',2,2,x'03',x'c1',1,x'09',x'b9',x'09',1)",      /* a request for another customer */
  };
  g_autoptr(GxDb) db = open_bank ();

  run (db, "INSERT INTO customer(id,v,v0,type,name,status,lifecycle_stage,value_class,tier,org_id,first_contact_at)"
           " VALUES(x'c5',1,1,1,'Third',2,2,3,1,x'0b',1)");
  submit (db, "02", "customer.contact", "create", "contact_point", "d9",
          "{\"customer_id\":\"c1\",\"kind\":1,\"value\":\"09\",\"value_bi\":\"b9\",\"is_primary\":1}");
  submit (db, "03", "customer.contact", "create", "contact_point", "d9",
          "{\"customer_id\":\"c5\",\"kind\":1,\"value\":\"09\",\"value_bi\":\"b9\",\"is_primary\":1}");
  refuse (db, "UPDATE contact_point SET is_primary=0, last_cr_id=x'02' WHERE id=x'd1'");
  approve (db, "02");
  approve (db, "03");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *sql = g_strconcat (insert, wrong[i], NULL);

      refuse (db, sql);
    }
  refuse (db, "UPDATE contact_point SET is_primary=0, last_cr_id=x'03' WHERE id=x'd1'");
  refuse (db, "UPDATE contact_point SET is_primary=0, del=1, last_cr_id=x'02' WHERE id=x'd1'");
  run (db, "UPDATE contact_point SET is_primary=0, last_cr_id=x'02' WHERE id=x'd1'");
}

/* The triggers in the database are those that the table of fields asks for, no more and no less. */
static void
test_triggers_agree_with_fields (void)
{
  g_autoptr(GxDb) db = open_bank ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = NULL;
  g_autoptr(GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_columns = 0;

  for (guint i = 0; i < gx_n_entities; i++)
    {
      g_autoptr(GPtrArray) triggers = NULL;
      gboolean reviewed = gx_entity_with_flags (gx_entities[i], GX_REVIEWED) != 0;

      g_assert_true (gxs_guards_apply_to (gx_entities[i]) == reviewed);
      if (!reviewed)
        continue;
      triggers = gxs_guards_of (db, gx_entities[i], &error);
      g_assert_no_error (error);
      for (guint j = 0; j < triggers->len; j++)
        g_hash_table_add (expected, g_strdup (g_ptr_array_index (triggers, j)));
      for (guint f = 0; f < gx_entities[i]->n_fields; f++)
        n_columns += (gx_entities[i]->fields[f].flags & GX_REVIEWED) != 0;
    }

  statement = gx_db_query (db, &error, "SELECT sql, name GLOB 'guard_*_*' FROM sqlite_schema WHERE type='trigger' AND name LIKE 'guard%'", NULL);
  while (gx_statement_next (statement, &error))
    {
      if (strstr (gx_statement_get_text (statement, 0), " AND j.atom IS ") != NULL)
        n_columns--;
      g_assert_true (g_hash_table_remove (expected, gx_statement_get_text (statement, 0)));
    }
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (expected), ==, 0);
  g_assert_cmpuint (n_columns, ==, 0);
}

static void
test_guards_can_be_made_anew (void)
{
  g_autoptr(GxDb) db = open_bank ();
  g_autoptr(GError) error = NULL;
  gint64 before, after;

  g_assert_true (gx_db_query_int (db, &before, &error, "SELECT COUNT(*) FROM sqlite_schema WHERE type='trigger'", NULL));
  gxs_guards_install (db, &error);
  g_assert_no_error (error);
  g_assert_true (gx_db_query_int (db, &after, &error, "SELECT COUNT(*) FROM sqlite_schema WHERE type='trigger'", NULL));
  g_assert_cmpint (before, ==, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/four-eyes-sql/honest_order_passes", test_honest_order_passes);
  g_test_add_func ("/server/four-eyes-sql/what_is_free_passes", test_what_is_free_passes);
  g_test_add_func ("/server/four-eyes-sql/reviewed_columns_are_refused", test_reviewed_columns_are_refused);
  g_test_add_func ("/server/four-eyes-sql/requests_are_refused", test_requests_are_refused);
  g_test_add_func ("/server/four-eyes-sql/a_no_outweighs", test_a_no_outweighs);
  g_test_add_func ("/server/four-eyes-sql/a_request_is_good_for_itself_only", test_a_request_is_good_for_itself_only);
  g_test_add_func ("/server/four-eyes-sql/a_new_primary_is_what_was_approved", test_a_new_primary_is_what_was_approved);
  g_test_add_func ("/server/four-eyes-sql/triggers_agree_with_fields", test_triggers_agree_with_fields);
  g_test_add_func ("/server/four-eyes-sql/guards_can_be_made_anew", test_guards_can_be_made_anew);
  return g_test_run ();
}
