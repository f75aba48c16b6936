import type { SalesEvent } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Driver } from "../../testing/driver.ts";
import { dealClosed, leadCreated, stageChanged, touched } from "../../testing/sample-events.ts";

const minuteMs = 60_000;
const fromMs = Date.UTC(2026, 5, 1, 9);
const appendTimeMs = fromMs + 30 * 86_400_000;
const stages = ["new", "qualified", "proposal", "negotiation"] as const;

/** Long enough for the task to keep the history decoded once it was late. */
const base: ReadonlyArray<SalesEvent> = [
  touched("L", "early", fromMs - 50 * 3_600_000),
  leadCreated("L", fromMs),
  ...Array.from({ length: 300 }, (_, n) =>
    touched("L", `t${n}`, fromMs + (n + 20) * minuteMs, { automated: n % 3 === 0 }),
  ),
];

const late = fc.oneof(
  fc.record({
    what: fc.constant("touch" as const),
    minute: fc.integer({ min: -2000, max: 400 }),
    kind: fc.constantFrom("email" as const, "meeting_held" as const),
    rep: fc.constantFrom("ana", "bob"),
  }),
  fc.record({
    what: fc.constant("stage" as const),
    minute: fc.integer({ min: -5, max: 400 }),
    stage: fc.constantFrom(...stages),
    team: fc.constantFrom({}, { owner: "bob", team: "south" }, { team: "north" }),
  }),
  fc.record({ what: fc.constant("close" as const), minute: fc.integer({ min: 0, max: 400 }) }),
  fc.record({ what: fc.constant("void" as const), n: fc.nat({ max: 30 }) }),
  fc.record({ what: fc.constant("created" as const), minute: fc.integer({ min: -60, max: 60 }) }),
);
type Late = typeof late extends fc.Arbitrary<infer T> ? T : never;

const eventOf = (step: Late, index: number): SalesEvent => {
  const id = `late${index}`;
  switch (step.what) {
    case "touch":
      return touched("L", id, fromMs + step.minute * minuteMs + 1, { kind: step.kind, rep: step.rep });
    case "stage":
      return stageChanged("L", step.stage, fromMs + step.minute * minuteMs + 2, { event_id: id, ...step.team });
    case "close":
      return dealClosed("L", fromMs + step.minute * minuteMs + 3, 100 + index, { event_id: id });
    case "created":
      return leadCreated("L", fromMs + step.minute * minuteMs, { event_id: id, owner: "bob" });
    case "void":
      return touched("L", `t${step.n}`, fromMs + (step.n + 20) * minuteMs, { revision: 1, voided: true });
  }
};

const run = (events: ReadonlyArray<SalesEvent>, batch: number) => {
  const driver = new Driver(defaultWorkspace, catalogue.measures);
  driver.feed(
    events.map((event) => ({ event, appendTimeMs })),
    batch,
  );
  return { facts: driver.facts(), slices: driver.slices().map(({ version: _version, ...slice }) => slice) };
};

test("a long history with late events gives what it gives to a task that gets them in order", () => {
  fc.assert(
    fc.property(fc.array(late, { minLength: 1, maxLength: 12 }), (steps) => {
      const events = [...base, ...steps.map(eventOf)];
      const inOrder = [...events].sort((a, b) => a.occurred_at - b.occurred_at);
      expect(run(events, 7)).toEqual(run(inOrder, 100));
    }),
    { numRuns: 40 },
  );
});
