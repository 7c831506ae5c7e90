/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One customer of the demo bank: the record, its profile, document, contacts, address, and ties to others. Every number
 * passes the validators of R-VALID.
 */
#include "gxs-demo.h"

#include "gx-address.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-identifier.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"
#include "gx-relationship.h"
#include "gx-valid.h"
#include "gxs-demo-words.h"

/* Up to which of the 46 draws a fact is not known. */
#define UNKNOWN_WORK   1
#define UNKNOWN_INCOME 5

static const GxsDemoRegion *
draw_region (GxsDemo *demo,
             guint    branch)
{
  return &gxs_demo_regions[branch * GXS_DEMO_REGIONS_A_BRANCH + gx_random_below (demo->random, GXS_DEMO_REGIONS_A_BRANCH)];
}

static int
draw_tier (GxsDemo *demo)
{
  guint draw = gx_random_below (demo->random, 100);

  return draw < 60 ? GX_TIER_STANDARD : draw < 84 ? GX_TIER_GOLD : draw < 94 ? GX_TIER_PLATINUM
         : draw < 99 ? GX_TIER_DIAMOND : GX_TIER_PRIVATE;
}

/* R-STAGE's distances: nobody is loyal before two years, and nobody goes who has hardly come. */
static int
draw_stage (GxsDemo               *demo,
            const GxsDemoCustomer *customer)
{
  guint draw = gx_random_below (demo->random, 100);
  gint32 days = demo->today - customer->since;

  if (customer->status == GX_CUSTOMER_PROSPECT)
    return GX_STAGE_PROSPECT;
  if (days < 90)
    return GX_STAGE_NEW;
  if (draw < 55 || days < 300)
    return GX_STAGE_MATURE;
  if (draw < 82)
    return days >= 800 ? GX_STAGE_LOYAL : GX_STAGE_MATURE;

  return draw < 92 ? GX_STAGE_DECLINING : draw < 95 ? GX_STAGE_LOST : GX_STAGE_WON_BACK;
}

static int
value_of (GxsDemo               *demo,
          const GxsDemoCustomer *customer)
{
  if (customer->tier >= GX_TIER_PLATINUM)
    return GX_VALUE_CORE;

  return gxs_demo_chance (demo, 300) ? GX_VALUE_POTENTIAL : GX_VALUE_BASIC;
}

static gint32
draw_since (GxsDemo               *demo,
            const GxsDemoCustomer *customer)
{
  if (customer->status == GX_CUSTOMER_PROSPECT)
    return demo->today - (gint32) gxs_demo_between (demo, 0, 60);

  return demo->today - (gint32) (gxs_demo_chance (demo, 60) ? gxs_demo_between (demo, 5, 89) : gxs_demo_between (demo, 95, 4000));
}

/* Every manager has somebody to congratulate in the next days. */
static void
draw_birthday (GxsDemo         *demo,
               GxsDemoCustomer *customer)
{
  static const int ahead[] = { 1, 0, 3, 6 };
  guint *given = &demo->birthdays[customer->rm_index];

  customer->born = demo->today - (gint32) gxs_demo_between (demo, 20 * 365, 78 * 365);
  if (customer->org || customer->status != GX_CUSTOMER_ACTIVE || *given == G_N_ELEMENTS (ahead))
    return;

  customer->birthday = demo->today + ahead[(*given)++];
  customer->born = gx_date_add_months (customer->birthday, -12 * (int) gxs_demo_between (demo, 24, 72));
}

/**
 * gxs_demo_draw_customer:
 * @rm: whose customer, an index of GxsDemo.rms
 * @out_customer: (out caller-allocates)
 *
 * Draws who it is; nothing is written.
 */
void
gxs_demo_draw_customer (GxsDemo         *demo,
                        guint            rm,
                        GxsDemoCustomer *out_customer)
{
  guint status = gx_random_below (demo->random, 100);

  *out_customer = (GxsDemoCustomer) { .id = gxs_batch_new_id (demo->batch), .rm_index = rm, .rm = demo->rms[rm], .branch = rm / 4,
                                      .birthday = GX_INT32_NONE, .matures = GX_INT32_NONE };
  out_customer->org = gxs_demo_chance (demo, 150);
  out_customer->male = gxs_demo_chance (demo, 500);
  out_customer->status = status < 88 ? GX_CUSTOMER_ACTIVE : status < 96 ? GX_CUSTOMER_PROSPECT : GX_CUSTOMER_DORMANT;
  out_customer->met = out_customer->since = draw_since (demo, out_customer);
  out_customer->tier = out_customer->status == GX_CUSTOMER_PROSPECT ? GX_TIER_STANDARD : draw_tier (demo);
  out_customer->stage = draw_stage (demo, out_customer);
  draw_birthday (demo, out_customer);
  gxs_demo_draw_path (demo, out_customer);
}

static void
draw_name (GxsDemo         *demo,
           gboolean         male,
           const char      *city,
           GxsDemoCustomer *customer)
{
  if (customer->org)
    g_snprintf (customer->name, sizeof customer->name, "%.6s%s%s%s有限公司", city, gxs_demo_word (demo, gxs_demo_company_first),
                gxs_demo_word (demo, gxs_demo_company_second), gxs_demo_word (demo, gxs_demo_company_trade));
  else
    g_snprintf (customer->name, sizeof customer->name, "%s%s", gxs_demo_word (demo, gxs_demo_surnames),
                gxs_demo_word (demo, male ? gxs_demo_given_male : gxs_demo_given_female));
}

/* By no chance, so that what is drawn of a bank does not hang on it. Some were never asked, some a long time ago. */
static gint64
verified_at (GxsDemo               *demo,
             const GxsDemoCustomer *customer)
{
  gint32 days = (customer->met * 37 + customer->since) % 430;

  if (customer->status == GX_CUSTOMER_PROSPECT || demo->today - days < customer->since)
    return 0;

  return MIN (gx_time_from_date (demo->today - days, demo->zone) + G_GINT64_CONSTANT (10) * 3600 * 1000, demo->now);
}

static gboolean
make_record (GxsDemo          *demo,
             GxsDemoCustomer  *customer,
             GError          **error)
{
  GxCustomer *row = gx_entity_new (&gx_customer_entity);

  row->meta.id = customer->id;
  row->type = customer->org ? GX_CUSTOMER_ORG : GX_CUSTOMER_PERSON;
  row->name = g_strdup (customer->name);
  row->status = customer->status;
  row->tier = customer->tier;
  row->lifecycle_stage = customer->stage;
  row->value_class = value_of (demo, customer);
  row->need_diversity = gxs_demo_between (demo, 0, 5);
  row->key_account = customer->tier >= GX_TIER_DIAMOND;
  row->primary_rm_id = customer->rm;
  if (demo->wealth_left > 0 && gx_id_equal (&customer->rm, &demo->rms[0]))
    {
      row->wealth_mgr_id = demo->rms[1];
      demo->wealth_left--;
    }
  row->org_id = demo->branches[customer->branch];
  row->first_contact_at = gxs_demo_moment (demo, customer->met);
  row->onboarded_on = customer->status == GX_CUSTOMER_PROSPECT ? GX_INT32_NONE : customer->since;
  customer->unknown = gxs_demo_between (demo, 0, 45);
  row->pref_channel = (int) gxs_demo_between (demo, 1, 4);
  row->dnd = gxs_demo_chance (demo, 30);
  row->lang = g_strdup ("zh_CN");
  row->confidentiality = 1;
  return gxs_demo_put (demo, &gx_customer_entity, row, error);
}

static gboolean
make_person (GxsDemo                *demo,
             const GxsDemoCustomer  *customer,
             gboolean                male,
             GError                **error)
{
  static const char *const maritals[] = { "10", "20", "21", "30", "40", NULL };
  static const char *const educations[] = { "10", "20", "30", "40", "60", "70", NULL };
  static const char *const hobbies[] = { "钓鱼", "羽毛球", "旅行", "书法", "摄影", "登山", "茶艺", "马拉松", NULL };
  GxPersonProfile *row = gx_entity_new (&gx_person_profile_entity);
  guint age = (guint) (demo->today - customer->born) / 365;

  row->meta.id = row->customer_id = customer->id;
  row->gender = g_strdup (male ? "1" : "2");
  row->birth_date = customer->born;
  row->nationality = g_strdup ("CN");
  row->marital = g_strdup (gxs_demo_word (demo, maritals));
  row->education = g_strdup (gxs_demo_word (demo, educations));
  row->occupation = g_strdup (gxs_demo_word (demo, gxs_demo_occupations));
  if (customer->unknown <= UNKNOWN_WORK)
    g_clear_pointer (&row->occupation, g_free);
  row->occ_group = age > 62 ? GX_OCC_RETIRED : (int) gxs_demo_between (demo, GX_OCC_EMPLOYEE, GX_OCC_FREELANCE);
  row->income_band = (int) gxs_demo_between (demo, GX_INCOME_LOW, GX_INCOME_HIGH);
  row->annual_income = gxs_demo_between (demo, 6, 90) * 1000000;
  if (customer->unknown > UNKNOWN_WORK && customer->unknown <= UNKNOWN_INCOME)
    row->annual_income = GX_INT_NONE;
  row->hobbies = g_strdup (gxs_demo_word (demo, hobbies));
  row->invest_years = gxs_demo_between (demo, 0, 20);
  return gxs_demo_put (demo, &gx_person_profile_entity, row, error);
}

static char *
draw_resident_id (GxsDemo             *demo,
                  const GxsDemoRegion *region,
                  gint32               born,
                  gboolean             male)
{
  int year, month, day;
  guint order = gx_random_below (demo->random, 500) * 2 + (male ? 1 : 0);
  g_autofree char *first = NULL;

  gx_date_to_ymd (born, &year, &month, &day);
  first = g_strdup_printf ("%s%04d%02d%02d%03u", region->code, year, month, day, order);
  return g_strdup_printf ("%s%c", first, gx_resident_id_check_digit (first));
}

static char *
draw_uscc (GxsDemo             *demo,
           const GxsDemoRegion *region)
{
  g_autofree char *code = g_strdup_printf ("MA%06u", gx_random_below (demo->random, 1000000));
  g_autofree char *first = g_strdup_printf ("91%s%s%c", region->code, code, gx_org_code_check_digit (code));

  return g_strdup_printf ("%s%c", first, gx_uscc_check_digit (first));
}

static gboolean
make_company (GxsDemo                *demo,
              const GxsDemoCustomer  *customer,
              const char             *uscc,
              GError                **error)
{
  static const char *const industries[] = { "C34", "C39", "F51", "C17", "E47", "C14", "G54", "I65", "C26", "N77", NULL };
  GxOrgProfile *row = gx_entity_new (&gx_org_profile_entity);
  GxsDemoCustomer person = { .org = FALSE };
  gboolean male = gxs_demo_chance (demo, 700);
  g_autofree char *representative = NULL;

  draw_name (demo, male, NULL, &person);
  representative = draw_resident_id (demo, draw_region (demo, customer->branch),
                                     demo->today - (gint32) gxs_demo_between (demo, 30 * 365, 65 * 365), male);
  row->meta.id = row->customer_id = customer->id;
  row->uscc = g_strdup (uscc);
  row->legal_rep = g_strdup (person.name);
  row->legal_rep_id = g_steal_pointer (&representative);
  row->reg_capital = gxs_demo_between (demo, 50, 5000) * 1000000;
  row->reg_date = customer->since - (gint32) gxs_demo_between (demo, 100, 3000);
  row->industry = g_strdup (gxs_demo_word (demo, industries));
  row->employees = gxs_demo_between (demo, 5, 600);
  row->annual_revenue = gxs_demo_between (demo, 300, 30000) * 1000000;
  if (customer->unknown > UNKNOWN_WORK && customer->unknown <= UNKNOWN_INCOME)
    row->annual_revenue = GX_INT_NONE;
  row->total_assets = gxs_demo_between (demo, 200, 20000) * 1000000;
  row->enterprise_size = (int) gxs_demo_between (demo, GX_SIZE_MICRO, GX_SIZE_MEDIUM);
  row->tax_rating = (int) gxs_demo_between (demo, GX_TAX_A, GX_TAX_M);
  return gxs_demo_put (demo, &gx_org_profile_entity, row, error);
}

static gboolean
make_identifier (GxsDemo                *demo,
                 const GxsDemoCustomer  *customer,
                 const char             *number,
                 GError                **error)
{
  GxIdentifier *row = gx_entity_new (&gx_identifier_entity);

  row->customer_id = customer->id;
  row->kind = customer->org ? GX_IDENTIFIER_USCC : GX_IDENTIFIER_ID_CARD;
  row->number = g_strdup (number);
  row->verified_at = customer->verified_at;
  row->verify_method = row->verified_at ? g_strdup ("DOCUMENT") : NULL;
  row->valid_from = customer->since - 400;
  row->valid_to = customer->org ? gx_date_from_ymd (9999, 12, 31) : demo->today + (gint32) gxs_demo_between (demo, -40, 4000);
  return gxs_demo_put (demo, &gx_identifier_entity, row, error);
}

static gboolean
make_contact (GxsDemo                *demo,
              const GxsDemoCustomer  *customer,
              int                     kind,
              char                   *value,
              gboolean                primary,
              GError                **error)
{
  GxContactPoint *row = gx_entity_new (&gx_contact_point_entity);

  row->customer_id = customer->id;
  row->kind = kind;
  row->value = value;
  row->is_primary = primary;
  if (kind == GX_CONTACT_MOBILE && customer->verified_at)
    {
      row->verified_at = customer->verified_at;
      row->verify_method = g_strdup ("SMS");
    }
  return gxs_demo_put (demo, &gx_contact_point_entity, row, error);
}

static gboolean
make_contacts (GxsDemo                *demo,
               const GxsDemoCustomer  *customer,
               GError                **error)
{
  static const char *const prefixes[] = { "130", "136", "138", "139", "150", "158", "177", "186", "188", "199", NULL };
  char *mobile = g_strdup_printf ("%s%08u", gxs_demo_word (demo, prefixes), gx_random_below (demo->random, 100000000));

  if (!make_contact (demo, customer, GX_CONTACT_MOBILE, mobile, TRUE, error))
    return FALSE;
  if (customer->org || gxs_demo_chance (demo, 250))
    return make_contact (demo, customer, GX_CONTACT_EMAIL,
                         g_strdup_printf ("u%07u@example.cn", gx_random_below (demo->random, 10000000)), TRUE, error);

  return TRUE;
}

static gboolean
make_address (GxsDemo                *demo,
              const GxsDemoCustomer  *customer,
              const GxsDemoRegion    *region,
              GError                **error)
{
  GxAddress *row = gx_entity_new (&gx_address_entity);

  row->customer_id = customer->id;
  row->kind = customer->org ? GX_ADDRESS_REG : GX_ADDRESS_HOME;
  row->region_code = g_strdup (region->code);
  row->line = g_strdup_printf ("%s%s%d号%s%d幢%d室", region->name, gxs_demo_word (demo, gxs_demo_streets),
                               (int) gxs_demo_between (demo, 1, 900), gxs_demo_word (demo, gxs_demo_estates),
                               (int) gxs_demo_between (demo, 1, 30), (int) gxs_demo_between (demo, 101, 2704));
  row->postcode = g_strdup (region->postcode);
  return gxs_demo_put (demo, &gx_address_entity, row, error);
}

/**
 * gxs_demo_make_customer:
 * @customer: (inout): gets a name, if it has none
 *
 * The record, its profile, document, contacts and address.
 */
gboolean
gxs_demo_make_customer (GxsDemo          *demo,
                        GxsDemoCustomer  *customer,
                        GError          **error)
{
  const GxsDemoRegion *region = draw_region (demo, customer->branch);
  g_autofree char *number = NULL;

  if (*customer->name == '\0')
    draw_name (demo, customer->male, region->name + strlen ("浙江省"), customer);
  customer->verified_at = verified_at (demo, customer);
  number = customer->org ? draw_uscc (demo, region) : draw_resident_id (demo, region, customer->born, customer->male);

  /* What is reviewed goes in before its customer: afterwards the database wants a request for it. */
  return make_identifier (demo, customer, number, error)
      && make_contacts (demo, customer, error)
      && make_record (demo, customer, error)
      && (customer->org ? make_company (demo, customer, number, error) : make_person (demo, customer, customer->male, error))
      && make_address (demo, customer, region, error);
}

/**
 * gxs_demo_make_relation:
 *
 * Ties two customers of one RM: a person to a company as its legal representative, two persons as spouses.
 */
gboolean
gxs_demo_make_relation (GxsDemo                *demo,
                        const GxsDemoCustomer  *a,
                        const GxsDemoCustomer  *b,
                        GError                **error)
{
  GxRelationship *row;

  if (a->org)
    return TRUE;

  row = gx_entity_new (&gx_relationship_entity);
  row->from_id = a->id;
  row->to_id = b->id;
  row->kind = b->org ? GX_RELATION_LEGAL_REP : GX_RELATION_SPOUSE;
  row->from_date = MAX (a->since, b->since);
  row->source = g_strdup ("RM");
  return gxs_demo_put (demo, &gx_relationship_entity, row, error);
}
