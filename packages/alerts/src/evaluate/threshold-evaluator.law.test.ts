import type { FactKind, FactOutcome } from "@leadwire/funnel";
import {
  answerCompared,
  answerKpi,
  type CheckedQuestion,
  type KpiPlan,
  partialsOfFacts,
  planCompared,
  planKpi,
} from "@leadwire/kpis";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Observation } from "../alert/observation.ts";
import type { AlertRule } from "../rule/rule.ts";
import { calendar, ThresholdWorld, thresholdRule, workspace } from "../testing/threshold-world.ts";
import { ThresholdEvaluator } from "./threshold-evaluator.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Bucharest goes to summer time on 29 March: days and hours of that week lie in every window. */
const startMs = Date.parse("2026-03-30T07:12:20Z");

const never = { level: Number.POSITIVE_INFINITY, comparator: "<" as const };
const prior = { _tag: "Relative", to: "prior", times: 1, plus: 0 } as const;
const year = { _tag: "Relative", to: "year", times: 1, plus: 0 } as const;

const metrics = [
  "new_leads",
  "win_rate",
  "win_rate.by_value",
  "sales",
  "sales_growth",
  "lead_response_time.p90",
  "lead_response_time.mean",
  "response_within_sla",
  "pipeline_value",
  "conversion_rate",
  "average_deal_size",
];
const windows = ["1h", "24h", "7d", "30d", "day", "week", "month", "all", "2026-Q1"];

/** Every metric and window, by one thing or nothing, so that a value of any kind is told whenever it changes. */
const rules: ReadonlyArray<AlertRule> = metrics.flatMap((metric, m) =>
  windows.flatMap((window, w) => {
    const id = `${metric} ${window}`;
    const plain = [[], ["owner"], ["channel"]][(m + w) % 3] ?? [];
    // A cohort before another instant than now is for facts alone.
    const isAlone = window === "all" || metric === "conversion_rate";
    const level = isAlone || w % 3 === 0 ? never.level : w % 3 === 1 ? prior : year;
    return [
      thresholdRule({ ...never, id: `${id} by ${plain}`, metric, window, by: plain }),
      thresholdRule({ ...never, id: `${id} of ana`, metric, window, where: [["owner", "ana"]] }),
      // Between two levels wherever it does not fire, so that every change of either number is told.
      thresholdRule({ id: `${id} against`, metric, window, by: ["owner"], level, resolve: Number.POSITIVE_INFINITY }),
    ];
  }),
);

type Step =
  | {
      readonly _tag: "Add";
      readonly kind: number;
      readonly owner: string;
      readonly agoMs: number;
      readonly amount: number;
      readonly up: boolean;
    }
  | { readonly _tag: "Remove"; readonly index: number }
  | { readonly _tag: "Wait"; readonly ms: number };

const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        _tag: fc.constant("Add" as const),
        kind: fc.nat(6),
        owner: fc.constantFrom("ana", "bogdan", "(none)"),
        agoMs: fc.oneof(fc.integer({ min: -10 * minuteMs, max: 2 * hourMs }), fc.integer({ min: 0, max: 70 * dayMs })),
        amount: fc.integer({ min: 1, max: 90_000 }),
        up: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant("Remove" as const), index: fc.nat(30) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        _tag: fc.constant("Wait" as const),
        ms: fc.constantFrom(5_000, minuteMs, 37 * minuteMs, hourMs, 11 * hourMs, dayMs),
      }),
    },
  ),
  { minLength: 3, maxLength: 14 },
);

const kinds: ReadonlyArray<readonly [kind: FactKind, up: FactOutcome, down: FactOutcome]> = [
  ["deal_closed", "won", "lost"],
  ["sale", "", ""],
  ["lead_responded", "first_touch", "first_touch"],
  ["lead_sla", "met", "missed"],
  ["deal_pipeline", "", ""],
  ["lead_won", "", ""],
];

const apply = (world: ThresholdWorld, step: Step, nowMs: number): void => {
  if (step._tag === "Remove") {
    // Leads stay: their creations say how far events have come.
    const others = world.facts.filter(({ kind }) => kind !== "lead_created");
    const fact = others[step.index % Math.max(1, others.length)];
    if (fact !== undefined) world.remove(fact);
  }
  if (step._tag !== "Add") return;
  const { amount, owner, up } = step;
  const atMs = nowMs - step.agoMs;
  const dimensions = { owner, channel: owner === "ana" ? "ads" : "mail" };
  const shared = { atMs, dimensions, cohortAtMs: atMs - amount * 100, amountMinor: amount, durationMs: amount };
  world.add({ ...shared, kind: "lead_created" });
  const [kind, whenUp, whenDown] = kinds[step.kind] ?? ["lead_created", "", ""];
  if (kind === "lead_created") return;
  world.add({ ...shared, kind, outcome: up ? whenUp : whenDown, count: kind === "deal_pipeline" && !up ? -1 : 1 });
};

const found = (plan: KpiPlan, world: ThresholdWorld) =>
  plan.queries.map(({ query }) => partialsOfFacts(world.facts, query));

/** What facts say of a rule's groups, by the definition: value and, where it is asked for, the value compared with. */
const definition = (rule: AlertRule, atMs: number, world: ThresholdWorld): ReadonlyMap<string, string> => {
  if (rule.condition._tag !== "Threshold") throw new Error("a threshold was expected");
  const { question, level } = rule.condition;
  const meta = { currency: "EUR", completeThroughMs: null, hasActivity: true };
  const compare = level._tag === "Relative" && (level.to === "prior" || level.to === "year") ? level.to : null;
  const asked: CheckedQuestion = { ...question, atMs, compare };
  const plan = planKpi(asked, calendar, workspace);
  const other = planCompared(plan, calendar, workspace);
  const answers =
    compare === null
      ? answerKpi(plan, found(plan, world), meta)
      : answerCompared({ plan, found: found(plan, world) }, other && { plan: other, found: found(other, world) }, meta);
  return new Map(
    answers.map(({ group, value, compare: beside }) => [
      JSON.stringify({
        ...Object.fromEntries(rule.condition._tag === "Threshold" ? rule.condition.where : []),
        ...group,
      }),
      compare === null ? `${value}` : `${value} against ${beside?.value ?? null}`,
    ]),
  );
};

/** Every number is told as it changes, so that what was told last is what stands. */
class Told {
  readonly values = new Map<AlertRule, Map<string, string>>();

  take({ rule, group, cause, value, threshold }: Observation): void {
    const ofRule = this.values.get(rule) ?? new Map<string, string>();
    this.values.set(rule, ofRule);
    if (cause === "gone") ofRule.delete(JSON.stringify(group));
    else {
      const isCompared = rule.condition._tag === "Threshold" && rule.condition.level._tag === "Relative";
      ofRule.set(JSON.stringify(group), isCompared ? `${value} against ${threshold}` : `${value}`);
    }
  }
}

/** The instants that a rule may be read at: the first of them, unless it has to do with a minute of long ago. */
const instants = (rule: AlertRule, nowMs: number): ReadonlyArray<number> => {
  if (rule.condition._tag !== "Threshold") return [];
  const { level, question } = rule.condition;
  const edgeMs = calendar.minuteCeilMs(nowMs + 1);
  const endOfHourMs = calendar.localHourCeilMs(edgeMs);
  const isExact =
    level._tag === "Number" && question.metric.id !== "conversion_rate" && question.metric.id !== "sales_growth";
  const edges = isExact ? [edgeMs] : [edgeMs, endOfHourMs, calendar.localHourCeilMs(endOfHourMs + 1)];
  return question.metric.id === "pipeline_value"
    ? edges.flatMap((edge) => [edge, edge - 1])
    : edges.map((edge) => edge - 1);
};

/** What is not sliced by a dimension is asked of facts, under this name, and nobody answers here. */
const askedName = (rule: AlertRule): string => {
  if (rule.condition._tag !== "Threshold") return "";
  const { question } = rule.condition;
  return JSON.stringify([question.name, question.by[0]?.dimension ?? question.where[0]?.[0]]);
};

test("every group's value is what facts give by the metric's definition, whatever changed and however time passed", () => {
  let values = 0;
  fc.assert(
    fc.property(steps, (played) => {
      let nowMs = startMs;
      const world = new ThresholdWorld(nowMs);
      const asked = new Set<string>();
      const evaluator = new ThresholdEvaluator({
        rules,
        live: world.live,
        calendar,
        workspace,
        askFacts: (question) => asked.add(JSON.stringify([question.name, question.by[0]?.dimension])),
        answersMax: 150,
      });
      const told = new Told();
      for (const step of played) {
        if (step._tag === "Wait") nowMs += step.ms;
        apply(world, step, nowMs);
        world.live.slices.advance(nowMs);
        const change = world.live.takeChange();
        if (change !== undefined) evaluator.note(change);
        do for (const observation of evaluator.observe(nowMs)) told.take(observation);
        while (evaluator.nextDueMs() <= nowMs);
      }
      for (const rule of rules) {
        const held = told.values.get(rule) ?? new Map<string, string>();
        if (held.size === 0 && asked.has(askedName(rule))) continue;
        values += held.size;
        const stands = instants(rule, nowMs).map((atMs) => Object.fromEntries(definition(rule, atMs, world)));
        expect(stands, rule.id).toContainEqual(Object.fromEntries(held));
      }
    }),
    { numRuns: 30 },
  );
  expect(values).toBeGreaterThan(2_000);
});
