import {
  flag,
  instant,
  integer,
  listOf,
  mapOf,
  named,
  number,
  object,
  oneOf,
  type Schema,
  said,
  text,
  tuple,
} from "./schema.ts";

const pairs = listOf(tuple(text, text));

const event = object({
  ...{ source: text, id: text, type: text, occurred_at: text },
  as: said(listOf(text), "origin, cause, creation."),
});

const fact = object(
  {
    fact_id: text,
    kind: text,
    at: instant,
    group: said(mapOf(text), "Of the question's dimensions."),
    count: number,
    value: said(number, "In the part's unit."),
    events: listOf(event),
  },
  { outcome: text, lead_id: text, deal_id: text, account_id: text, owner: text, weight: number },
);

const part = object(
  {
    ...{ part: text, what: text, measure: text, unit: text, total: number, facts_count: integer },
    shown: said(integer, "How many of them `facts` holds: ask with a higher `limit` for more."),
    adds_up: flag,
    facts: listOf(fact),
  },
  { weigh: oneOf("bin", "yearly") },
);

const plan = object(
  { kind: text, scope: text, period: text, value: number, unit: text, events: listOf(event) },
  { metric: text },
);

/** What stands behind a number. */
export const explainSchemas: Readonly<Record<string, Schema>> = {
  ExplainAnswer: object({
    tile: text,
    question: object({ metric: text, window: text, group: pairs, where: pairs, at: instant }),
    command: said(text, "As it is asked on the command line."),
    sql: said(text, "A ClickHouse statement whose column `value` is the number."),
    explanation: named("Explanation"),
  }),
  Explanation: object({
    answer: named("KpiAnswer"),
    formula: said(text, "In words."),
    adds_up: said(flag, "The facts of every part, added up, are what the answer was made of."),
    parts: listOf(part),
    plan: listOf(plan),
  }),
};
