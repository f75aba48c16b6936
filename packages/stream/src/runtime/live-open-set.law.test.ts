import { factsTopic, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace, type FactRecord } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFactChange, type FactMessage } from "../core/codec/fact-codec.ts";
import { Topology } from "../driver/topology.ts";
import { dealClosed, leadCreated, stageChanged, touched } from "../testing/sample-events.ts";
import { toldRecords } from "../testing/told-records.ts";
import { LiveOpenSet } from "./live-open-set.ts";

const minuteMs = 60_000;
const fromMs = Date.UTC(2026, 5, 1, 9);
const leads = ["L0", "L1", "L2"] as const;

const step = fc.record({
  lead: fc.constantFrom(...leads),
  minute: fc.integer({ min: 0, max: 400 }),
  what: fc.constantFrom("touch", "stage", "stage", "close", "again", "void"),
  stage: fc.constantFrom("new", "qualified", "proposal", "negotiation"),
  owner: fc.constantFrom({}, { owner: "ana" }, { owner: "bogdan", team: "south" }),
  amount: fc.constantFrom({}, { amount_minor: 500, currency: "USD" }, { expected_close_on: 20_700 }),
  deal: fc.constantFrom({}, {}, { deal_id: "D1" }),
  automated: fc.boolean(),
  of: fc.nat({ max: 30 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Every event has an instant of its own, so that what came last is plain to see. */
const eventsOf = (steps: ReadonlyArray<Step>): ReadonlyArray<SalesEvent> => {
  const events: Array<SalesEvent> = leads.map((lead, n) => leadCreated(lead, fromMs + n));
  for (const [n, { lead, minute, what, stage, owner, amount, deal, automated, of }] of steps.entries()) {
    const [atMs, id] = [fromMs + minute * minuteMs + n + 5, `${lead}-${n}`];
    const known = events[of % events.length];
    if (what === "touch") events.push(touched(lead, `${n}`, atMs, { automated, ...owner }));
    else if (what === "stage")
      events.push(stageChanged(lead, stage, atMs, { event_id: id, ...owner, ...amount, ...deal }));
    else if (what === "close") events.push(dealClosed(lead, atMs, 900, { event_id: id, outcome: "lost", ...deal }));
    else if (known !== undefined && known.type !== "lead-created")
      events.push({ ...known, revision: known.revision + 1, voided: what === "void", occurred_at: atMs });
  }
  return events;
};

/** What the tasks tell on the facts topic: one batch for each event. */
const toldOf = (events: ReadonlyArray<SalesEvent>) => {
  const told: Array<{ readonly bytes: Buffer; readonly changes: ReadonlyArray<FactMessage> }> = [];
  const topology = new Topology(defaultWorkspace, catalogue.measures, { generation: "g" }, (batch) => {
    if (batch.topic !== factsTopic("g")) return;
    const bytes = Buffer.from(batch.bytes);
    const records = toldRecords([{ ...batch, batch: bytes, count: 0, release: () => undefined }]);
    told.push({ bytes, changes: records.map(({ value }) => decodeFactChange(value, 0, value.length)) });
  });
  for (const [n, event] of events.entries()) {
    topology.arrive({ event, appendTimeMs: fromMs + 86_400_000 + n });
    topology.tellFacts();
  }
  return told;
};
type Told = ReturnType<typeof toldOf>;

/** The facts that stand after some of the batches, by plain keeping of the last word on each. */
const standing = (told: Told): Map<string, FactMessage> => {
  const newest = new Map<string, FactMessage>();
  for (const { changes } of told) for (const change of changes) newest.set(change.fact.factId, change);
  return newest;
};

const levelOf = (facts: ReadonlyArray<FactRecord>) => {
  const ordered = facts.toSorted((a, b) => a.atMs - b.atMs || a.count - b.count);
  const level = ordered.reduce((sum, { count }) => sum + count, 0);
  const last = ordered.findLast(({ count }) => count > 0);
  let openedAtMs = Number.NaN;
  for (const [n, { count, atMs }] of ordered.entries())
    if (count > 0 && ordered[n - 1]?.atMs !== atMs) openedAtMs = atMs;
  return level === 1 && last !== undefined ? { last, openedAtMs } : undefined;
};

/** What waits, worked out from all facts at once. */
const naive = (newest: Map<string, FactMessage>) => {
  const facts = [...newest.values()].filter(({ present }) => present).map(({ fact }) => fact);
  const of = (kind: string, lead: string) => facts.filter((fact) => fact.kind === kind && fact.leadId === lead);
  const waiting = leads.flatMap((leadId) => {
    const level = levelOf(of("lead_unanswered", leadId));
    if (level === undefined) return [];
    const { owner, team } = level.last.dimensions;
    return [`${leadId} created ${of("lead_created", leadId)[0]?.atMs} since ${level.last.atMs} ${owner} ${team}`];
  });
  const open = leads.flatMap((leadId) =>
    [leadId, "D1"].flatMap((dealId) => {
      const level = levelOf(of("deal_pipeline", leadId).filter((fact) => fact.dealId === dealId));
      if (level === undefined) return [];
      const { last, openedAtMs } = level;
      const acts = of("activity", leadId).filter(({ outcome, atMs }) => outcome !== "automated" && atMs > openedAtMs);
      const lastMs = acts.length === 0 ? null : Math.max(...acts.map(({ atMs }) => atMs));
      const { owner, team, stage } = last.dimensions;
      return [
        `${leadId}/${dealId} ${openedAtMs} ${lastMs} ${last.dueAtMs} ${last.amountMinor} ${owner} ${team} ${stage}`,
      ];
    }),
  );
  return [...waiting, ...open].sort();
};

const shown = (open: LiveOpenSet): ReadonlyArray<string> => {
  const waiting = [...open.waitingLeads()].map(
    ({ leadId, created, sinceMs, dimensions: { owner, team } }) =>
      `${leadId} created ${created.atMs} since ${sinceMs} ${owner} ${team}`,
  );
  const deals = [...open.openDeals()].map(({ leadId, dealId, opened, lastActivity, due, amountMinor, dimensions }) => {
    const { owner, team, stage } = dimensions;
    return `${leadId}/${dealId} ${opened.atMs} ${lastActivity?.atMs ?? null} ${due?.atMs ?? null} ${amountMinor} ${owner} ${team} ${stage}`;
  });
  return [...waiting, ...deals].sort();
};

const follow = (open: LiveOpenSet, told: Told): void => {
  for (const { bytes } of told) open.applyBatches(bytes, 0);
};
const emptySet = (settledMax?: number): LiveOpenSet =>
  new LiveOpenSet({ workspace: defaultWorkspace, ...(settledMax === undefined ? {} : { settledMax }) });
/** What a correction means to an entity that was let go is not always plain (LevelBook). */
const isNoCorrection = ({ what }: Step): boolean => what !== "again" && what !== "void";
const stories = fc.array(step, { maxLength: 25 });

/** Of a deal that a late event opens, what was done before its lead was held is not known. */
const withoutActivity = (line: string): string => line.replace(/^(\S+\/\S+ \d+) \S+/u, "$1");

/** Of a lead whose answer is taken back after it was let go, whose it was before is not known. */
const withoutPast = (line: string): string => withoutActivity(line).replace(/since \d+/u, "");

test("holds what waits by all the facts, after every change, and however often changes are told again", () => {
  fc.assert(
    fc.property(stories, fc.nat(), fc.nat(), (steps, cut, back) => {
      const told = toldOf(eventsOf(steps));
      const open = emptySet();
      const at = cut % (told.length + 1);
      for (const [n, batch] of told.slice(0, at).entries()) {
        follow(open, [batch]);
        expect(shown(open)).toEqual(naive(standing(told.slice(0, n + 1))));
      }
      const before = shown(open);
      for (const batch of told.slice(back % (at + 1), at)) {
        follow(open, [batch]);
        expect(shown(open)).toEqual(before);
      }
      follow(open, told.slice(at));
      expect(shown(open)).toEqual(naive(standing(told)));
    }),
    { numRuns: 70 },
  );
});

test("a set that is loaded, from later than it is followed from, comes to the same", () => {
  fc.assert(
    fc.property(stories, fc.nat(), fc.nat(), (all, a, b) => {
      const steps = all.filter(isNoCorrection);
      const told = toldOf(eventsOf(steps));
      const [from, stored] = [a % (told.length + 1), b % (told.length + 1)].sort((x, y) => x - y) as [number, number];
      const newest = standing(told.slice(0, stored));
      const whole = emptySet();
      follow(whole, told.slice(0, stored));
      const held = new Set([...whole.waitingLeads(), ...whole.openDeals()].map(({ leadId }) => leadId));
      const facts = [...newest.values()].filter(({ fact }) => held.has(fact.leadId));
      const open = emptySet();
      open.load({ positions: new Map(), facts, heard: [] });
      expect(shown(open)).toEqual(naive(newest));
      follow(open, told.slice(from));
      expect(shown(open).map(withoutPast)).toEqual(naive(standing(told)).map(withoutPast));
    }),
    { numRuns: 70 },
  );
});

test("while events come in order, nothing but what is open need be held", () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const inOrder = steps.filter(isNoCorrection).toSorted((x, y) => x.minute - y.minute);
      const told = toldOf(eventsOf(inOrder));
      const open = emptySet(0);
      follow(open, told);
      const whole = naive(standing(told)).map(withoutActivity);
      expect(shown(open).map(withoutActivity)).toEqual(whole);
      expect(open.state.size).toBeLessThanOrEqual(2 * whole.length);
      // A task that goes on from further back says nothing new.
      for (const batch of told) {
        follow(open, [batch]);
        expect(shown(open).map(withoutActivity)).toEqual(whole);
      }
    }),
    { numRuns: 60 },
  );
});
