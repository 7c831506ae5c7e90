/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor's bank as a function of a row's number: ids, Chinese names and their pinyin.
 *
 * It is not the demo generator (server/admin makes whole, valid banks through the model). The floor has no model: it
 * needs names of a natural distribution to search in, and ids that both it and the load generator can compute. */

#include "gxb-bank.h"

#include <string.h>

typedef struct
{
  const char *han;
  const char *latin;
} Syllable;

/* Surnames by how common they are in China: a draw squared towards zero gives 王 and 李 their real weight. */
static const Syllable surnames[] = {
  { "王", "wang" }, { "李", "li" }, { "张", "zhang" }, { "刘", "liu" }, { "陈", "chen" }, { "杨", "yang" },
  { "黄", "huang" }, { "赵", "zhao" }, { "吴", "wu" }, { "周", "zhou" }, { "徐", "xu" }, { "孙", "sun" },
  { "马", "ma" }, { "朱", "zhu" }, { "胡", "hu" }, { "郭", "guo" }, { "何", "he" }, { "林", "lin" },
  { "高", "gao" }, { "罗", "luo" }, { "郑", "zheng" }, { "梁", "liang" }, { "谢", "xie" }, { "宋", "song" },
  { "唐", "tang" }, { "许", "xu" }, { "韩", "han" }, { "冯", "feng" }, { "邓", "deng" }, { "曹", "cao" },
  { "彭", "peng" }, { "曾", "zeng" }, { "肖", "xiao" }, { "田", "tian" }, { "董", "dong" }, { "潘", "pan" },
  { "袁", "yuan" }, { "蔡", "cai" }, { "蒋", "jiang" }, { "余", "yu" }, { "于", "yu" }, { "杜", "du" },
  { "叶", "ye" }, { "程", "cheng" }, { "魏", "wei" }, { "苏", "su" }, { "吕", "lü" }, { "丁", "ding" },
  { "任", "ren" }, { "卢", "lu" }, { "姚", "yao" }, { "沈", "shen" }, { "钟", "zhong" }, { "姜", "jiang" },
  { "崔", "cui" }, { "谭", "tan" }, { "陆", "lu" }, { "范", "fan" }, { "汪", "wang" }, { "廖", "liao" },
  { "欧阳", "ouyang" }, { "司马", "sima" }, { "诸葛", "zhuge" }, { "上官", "shangguan" },
};

static const Syllable given[] = {
  { "伟", "wei" }, { "芳", "fang" }, { "娜", "na" }, { "敏", "min" }, { "静", "jing" }, { "丽", "li" },
  { "强", "qiang" }, { "磊", "lei" }, { "军", "jun" }, { "洋", "yang" }, { "勇", "yong" }, { "艳", "yan" },
  { "杰", "jie" }, { "娟", "juan" }, { "涛", "tao" }, { "明", "ming" }, { "超", "chao" }, { "秀", "xiu" },
  { "霞", "xia" }, { "平", "ping" }, { "刚", "gang" }, { "桂", "gui" }, { "英", "ying" }, { "华", "hua" },
  { "玉", "yu" }, { "兰", "lan" }, { "红", "hong" }, { "建", "jian" }, { "国", "guo" }, { "春", "chun" },
  { "梅", "mei" }, { "文", "wen" }, { "辉", "hui" }, { "宇", "yu" }, { "浩", "hao" }, { "轩", "xuan" },
  { "梓", "zi" }, { "涵", "han" }, { "欣", "xin" }, { "怡", "yi" }, { "晨", "chen" }, { "雨", "yu" },
  { "博", "bo" }, { "思", "si" }, { "佳", "jia" }, { "嘉", "jia" }, { "子", "zi" }, { "睿", "rui" },
  { "志", "zhi" }, { "鹏", "peng" }, { "飞", "fei" }, { "斌", "bin" }, { "波", "bo" }, { "鑫", "xin" },
  { "丹", "dan" }, { "萍", "ping" }, { "颖", "ying" }, { "琳", "lin" }, { "云", "yun" }, { "海", "hai" },
};

const char *const gxb_questions[20] = {
  "王", "李", "欧阳", "建国", "王伟", "张丽", "志鹏", "秀英", "陈思", "诸葛",
  "wang", "li", "ouyang", "jianguo", "zhangli", "chen", "mei", "xiuying", "zhao", "hao",
};

/* SplitMix64: a number's own stream, so that row n is the same whatever was made before it. */
static guint64
mix (guint64 x)
{
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static void
append (GxbPerson *person, const Syllable *syllable)
{
  char initial[2] = { syllable->latin[0], '\0' };

  g_strlcat (person->name, syllable->han, GXB_MAX_NAME);
  g_strlcat (person->pinyin, syllable->latin, GXB_MAX_NAME);
  g_strlcat (person->initials, initial, GXB_MAX_NAME);
}

/**
 * gxb_bank_id:
 *
 * Returns: the UUIDv7-shaped id of row @number of @kind; ascending with @number
 */
GxId
gxb_bank_id (GxbKind kind, guint number)
{
  guint64 time = G_GUINT64_CONSTANT (1735689600000) + kind * G_GUINT64_CONSTANT (10000000) + number;
  guint64 tail = mix (number * 8 + kind);
  GxId id;

  for (guint i = 0; i < 6; i++)
    id.b[i] = time >> (40 - 8 * i);
  for (guint i = 0; i < 8; i++)
    id.b[8 + i] = tail >> (8 * i);
  id.b[6] = 0x70 | (number & 0x0f);
  id.b[7] = mix (tail) & 0xff;
  id.b[8] = (id.b[8] & 0x3f) | 0x80;
  return id;
}

/**
 * gxb_bank_person:
 * @number: the customer's number, from 0
 * @out_person: (out caller-allocates): its names
 */
void
gxb_bank_person (guint number, GxbPerson *out_person)
{
  guint64 draw = mix (number + G_GUINT64_CONSTANT (1000003));
  double u = (draw & 0xffff) / 65536.0;

  memset (out_person, 0, sizeof *out_person);
  append (out_person, &surnames[(guint) (u * u * G_N_ELEMENTS (surnames))]);
  append (out_person, &given[(draw >> 16) % G_N_ELEMENTS (given)]);
  if ((draw >> 32) % 4 != 0)
    append (out_person, &given[(draw >> 40) % G_N_ELEMENTS (given)]);
}
