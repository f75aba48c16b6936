import { type CheckedQuestion, answerCompared, answerKpi, type KpiPlan, partialsOfFacts, planCompared, planKpi } from "@leadwire/kpis";
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
    const level = window === "all" || w % 3 === 0 ? never.level : w % 3 === 1 ? prior : year;
    return [
      thresholdRule({ ...never, id: `${id} by ${plain}`, metric, window, by: plain }),
      thresholdRule({ ...never, id: `${id} of ana`, metric, window, where: [["owner", "ana"]] }),
      thresholdRule({ id: `${id} against`, metric, window, by: ["owner"], comparator: ">", level }),
    ];
  }),
);

type Step =
  | { readonly _tag: "Add"; readonly kind: number; readonly owner: string; readonly agoMs: number; readonly amount: number; readonly up: boolean }
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
        agoMs: fc.oneof(
          fc.integer({ min: -10 * minuteMs, max: 2 * hourMs }),
          fc.integer({ min: 0, max: 70 * dayMs }),
        ),
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

const kinds = ["lead_created", "deal_won", "deal_lost", "lead_responded", "lead_sla", "deal_pipeline", "deal_won"] as const;

const apply = (world: ThresholdWorld, step: Step, nowMs: number): void => {
  if (step._tag === "Remove") world.remove(step.index % Math.max(1, world.facts.length));
  if (step._tag !== "Add") return;
  const { amount, owner, up } = step;
  const atMs = nowMs - step.agoMs;
  const kind = kinds[step.kind] ?? "lead_created";
  const dimensions = { owner, channel: owner === "ana" ? "ads" : "mail" };
  const shared = { atMs, dimensions, cohortAtMs: atMs - amount * 100, amountMinor: amount, durationMs: amount };
  world.add({ ...shared, kind: "lead_created" });
  if (kind === "lead_created") return;
  const outcome = kind === "lead_sla" ? (up ? "met" : "missed") : "";
  world.add({ ...shared, kind, outcome, count: kind === "deal_pipeline" && !up ? -1 : 1 });
};

const found = (plan: KpiPlan, world: ThresholdWorld) => plan.queries.map(({ query }) => partialsOfFacts(world.facts, query));

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
      JSON.stringify({ ...Object.fromEntries(rule.condition._tag === "Threshold" ? rule.condition.where : []), ...group }),
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
