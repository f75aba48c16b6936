import type { AlertChanged, AlertRecord } from "@leadwire/events";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AlertRule } from "../rule/rule.ts";
import { alertRule } from "../testing/alert-rules.ts";
import { observationOf, ScriptedEvaluator } from "../testing/scripted-evaluator.ts";
import { AlertBook } from "./alert-book.ts";
import type { Observation, Standing } from "./observation.ts";
import { RuleSetEngine } from "./rule-set-engine.ts";

/** What happens at a time: some groups are seen anew. */
interface Moment {
  readonly atMs: number;
  readonly seen: ReadonlyArray<Observation>;
}

const standings: ReadonlyArray<Standing> = ["fires", "fires", "clear", "between", "unknown"];

const sight = fc.record({
  lead: fc.constantFrom("L1", "L2", "L3"),
  owner: fc.constantFrom("ana", "bogdan"),
  standing: fc.constantFrom(...standings),
  step: fc.nat(2),
  earlierMs: fc.nat(5),
});

const patience = { _tag: "Clock", ms: 1 } as const;
const rules = fc.record({ forMs: fc.constantFrom(0, 10), keepFiringForMs: fc.constantFrom(0, 15) }).map((times) =>
  alertRule({
    ...times,
    summary: "{{lead}} of {{owner}}",
    escalation: [
      { patience, severity: "critical", labels: { to: "manager" } },
      { patience, severity: "critical", labels: { to: "head" } },
    ],
  }),
);

const stories = fc
  .tuple(
    rules,
    fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.array(sight, { maxLength: 3 })), { maxLength: 25 }),
  )
  .map(([rule, parts]) => {
    let atMs = 1_000;
    const moments = parts.map(([passedMs, sights]): Moment => {
      atMs += passedMs;
      const seen = sights.map(({ lead, owner, standing, step, earlierMs }) =>
        observationOf(rule, { standing, atMs: atMs - earlierMs, group: { lead, owner }, identity: { lead }, step }),
      );
      return { atMs, seen };
    });
    return { rule, moments };
  });

interface Played {
  readonly engine: RuleSetEngine;
  readonly evaluator: ScriptedEvaluator;
}

const opened = (rule: AlertRule, book: AlertBook): Played => {
  const evaluator = new ScriptedEvaluator();
  const ruleSets = [{ name: "sales", rules: [rule] }];
  return {
    engine: new RuleSetEngine({ book, ruleSets, evaluators: [evaluator], epoch: 1, generation: "g1" }),
    evaluator,
  };
};

/** The records of each moment. */
const play = (
  { engine, evaluator }: Played,
  moments: ReadonlyArray<Moment>,
): ReadonlyArray<ReadonlyArray<AlertChanged>> =>
  moments.map(({ atMs, seen }) => {
    evaluator.say(...seen);
    const records = engine.step(atMs);
    for (const record of records) expect(engine.applied(record)).toBe(true);
    return records;
  });

const asRecord = (record: AlertChanged): AlertRecord => ({ name: "alert-changed", record });

const foldOf = (records: ReadonlyArray<AlertChanged>): AlertBook => {
  const book = new AlertBook();
  for (const record of records) book.apply(asRecord(record));
  return book;
};

/** What evaluators that begin anew say first: the newest of each lead. */
const newestSeen = (moments: ReadonlyArray<Moment>): ReadonlyArray<Observation> => [
  ...new Map(moments.flatMap(({ seen }) => seen.map((one) => [one.identity.lead, one] as const))).values(),
];

const cuts = fc.nat(24);

test("an owner that begins anew at any cut of the log decides on as the one before would have", () => {
  fc.assert(
    fc.property(stories, cuts, ({ rule, moments }, cut) => {
      const instant = { ...rule, keepFiringForMs: 0 };
      const whole = play(opened(instant, new AlertBook()), moments);
      const before = play(opened(instant, new AlertBook()), moments.slice(0, cut)).flat();
      expect(before).toEqual(whole.slice(0, cut).flat());
      const [next, ...rest] = moments.slice(cut);
      if (next === undefined) return;
      const again = { ...next, seen: [...newestSeen(moments.slice(0, cut)), ...next.seen] };
      expect(play(opened(instant, foldOf(before)), [again, ...rest]).flat()).toEqual(whole.slice(cut).flat());
    }),
    { numRuns: 300 },
  );
});

test("keep_firing_for never ends earlier by a restart", () => {
  fc.assert(
    fc.property(stories, cuts, ({ rule, moments }, cut) => {
      const firingAfter = (records: ReadonlyArray<AlertChanged>): ReadonlySet<string> =>
        new Set([...foldOf(records).alive()].map(({ record }) => record.fingerprint));
      const lasting = { ...rule, forMs: 0 };
      const whole = play(opened(lasting, new AlertBook()), moments);
      const before = whole.slice(0, cut).flat();
      const [next, ...rest] = moments.slice(cut);
      if (next === undefined) return;
      const again = { ...next, seen: [...newestSeen(moments.slice(0, cut)), ...next.seen] };
      const after = play(opened(lasting, foldOf(before)), [again, ...rest]).flat();
      const restarted = firingAfter([...before, ...after]);
      for (const fingerprint of firingAfter(whole.flat())) expect(restarted).toContain(fingerprint);
    }),
    { numRuns: 300 },
  );
});

test("what is decided while an append is under way is what would be decided after it", () => {
  fc.assert(
    fc.property(stories, fc.array(fc.boolean(), { maxLength: 25 }), ({ rule, moments }, waits) => {
      const { engine, evaluator } = opened(rule, new AlertBook());
      const records: AlertChanged[] = [];
      let appended = 0;
      moments.forEach(({ atMs, seen }, index) => {
        evaluator.say(...seen);
        records.push(...engine.step(atMs));
        if (waits[index] === true) return;
        for (const record of records.slice(appended)) expect(engine.applied(record)).toBe(true);
        appended = records.length;
      });
      expect(records).toEqual(play(opened(rule, new AlertBook()), moments).flat());
    }),
    { numRuns: 300 },
  );
});

test("every episode begins inactive and goes from state to state, and no two transitions share an id", () => {
  fc.assert(
    fc.property(stories, fc.integer({ min: 1, max: 3 }), ({ rule, moments }, rememberedMax) => {
      const records = play(opened(rule, new AlertBook(rememberedMax)), moments).flat();
      const last = new Map<string, AlertChanged>();
      for (const record of records) {
        const former = last.get(record.fingerprint);
        const isAlive = former?.status === "pending" || former?.status === "firing";
        expect(record.former).toBe(isAlive ? former?.status : "inactive");
        expect(record.at).toBeGreaterThanOrEqual(isAlive ? (former?.at ?? 0) : record.started_at);
        last.set(record.fingerprint, record);
      }
      expect(new Set(records.map(({ transition_id }) => transition_id)).size).toBe(records.length);
    }),
    { numRuns: 300 },
  );
});
