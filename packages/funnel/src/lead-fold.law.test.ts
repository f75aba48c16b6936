import fc from "fast-check";
import { expect, test } from "vitest";
import { compareCanonical } from "./canonical-order.ts";
import type { LeadEvent } from "./lead-event.ts";
import { LeadState } from "./lead-state.ts";
import { type FactSink, LiveFact, sameFact } from "./live-fact.ts";
import { LeadStory, type Told } from "./testing/lead-story.ts";
import { difference, foldWhole } from "./whole-fold.ts";
import { defaultWorkspace, type Workspace } from "./workspace.ts";

const minuteMs = 60_000;
/** A Friday, shortly before the business day ends. */
const fromMs = Date.UTC(2026, 2, 6, 16, 57);
/** Instants that rules turn on, often shared: the deadlines of both clocks among them. */
const minutes = [-1500, -1440, -10, 0, 1, 5, 5.01, 10, 60, 1440, 3842, 3843, 4000, 9000];

const workspace: Workspace = {
  ...defaultWorkspace,
  people: [
    { rep: "ana", team: "north", region: "West" },
    { rep: "bogdan", team: "south" },
    { rep: "bogdan", fromDay: 20_519, team: "east" },
  ],
  pipelines: [
    ...defaultWorkspace.pipelines,
    {
      id: "partners",
      stages: [
        { id: "qualified", probability: 3000 },
        { id: "signed", probability: 9000 },
      ],
      qualifiedFrom: 0,
      opportunityFrom: 1,
    },
  ],
};

const maybe = <A>(value: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> => fc.option(value, { nil: undefined });
const reps = fc.constantFrom("ana", "bogdan", "carla");

const happened = fc.record({
  what: fc.constantFrom("created", "stage", "stage", "stage", "activity", "activity", "activity", "won", "lost"),
  minute: fc.oneof(fc.constantFrom(...minutes), fc.integer({ min: -100, max: 5000 })),
  stage: fc.constantFrom("new", "contacted", "qualified", "proposal", "negotiation", "signed"),
  kind: fc.constantFrom("call", "meeting_booked", "meeting_held", "meeting_held"),
  how: fc.constantFrom("outbound", "outbound", "inbound", "automated"),
  deal: maybe(fc.constantFrom("d1", "d2")),
  owner: maybe(reps),
  team: maybe(fc.constantFrom("north", "west")),
  rep: reps,
  channel: maybe(fc.constant("web")),
  amountMinor: maybe(fc.constantFrom(0, 100, 250)),
  recurringMinor: maybe(fc.constantFrom(0, 120)),
  termMonths: maybe(fc.constantFrom(1, 12)),
  dueDay: maybe(fc.constantFrom(20_530, 20_540)),
});
type Happened = typeof happened extends fc.Arbitrary<infer T> ? T : never;

const stated = (h: Happened): Told => {
  const at = new Date(fromMs + h.minute * minuteMs).toISOString().slice(0, -1);
  const { what, stage: _stage, kind: _kind, how: _how, rep: _rep, minute: _minute, ...rest } = h;
  const said = Object.entries(rest).filter(([, value]) => value !== undefined);
  const told: Told = { at, ...Object.fromEntries(said) };
  return what === "activity" ? { at, owner: h.rep } : told;
};

const tell = (story: LeadStory, h: Happened): LeadStory => {
  switch (h.what) {
    case "created":
      return story.created(stated(h));
    case "activity":
      return story.activity(h.kind as "call", stated(h), h.how as "inbound");
    case "stage":
      return story.stage(h.stage, stated(h));
    default:
      return story.closed(h.what as "won" | "lost", stated(h));
  }
};

/** The facts that stand; each change has to say truly what it changes. */
class Standing implements FactSink {
  readonly facts = new Map<string, LiveFact>();
  assert = (fact: LiveFact): void => {
    if (this.facts.has(identity(fact))) throw new Error(`asserted twice: ${identity(fact)}`);
    this.facts.set(identity(fact), Object.assign(new LiveFact(), fact));
  };
  replace = (before: LiveFact, after: LiveFact): void => {
    this.take(before);
    this.assert(after);
  };
  retract = (fact: LiveFact): void => this.take(fact);
  private take(fact: LiveFact): void {
    const held = this.facts.get(identity(fact));
    if (held === undefined || !sameFact(held, fact)) throw new Error(`another fact stands: ${identity(fact)}`);
    this.facts.delete(identity(fact));
  }
}

const identity = ({ kind, birth, deal, ordinal }: LiveFact): string => `${birth}/${kind}/${deal}/${ordinal}`;

/** As a task does it: a step where an event follows all others, aside where it says nothing else, else all anew. */
const inArrival = (story: LeadStory, arrived: ReadonlyArray<LeadEvent>): { standing: Standing; steps: number } => {
  const standing = new Standing();
  const { fold, names } = story;
  const lead = names.intern("L");
  let state = new LeadState();
  state.lead = lead;
  let last: LeadEvent | undefined;
  let steps = 0;
  for (const [n, event] of arrived.entries()) {
    fold.rankStage(state, event);
    const follows =
      last === undefined ||
      event.occurredAtMs > last.occurredAtMs ||
      (event.occurredAtMs === last.occurredAtMs && event.rank > last.rank);
    const isStep = follows ? fold.step(state, event, standing) : fold.stepAside(state, event, standing);
    if (isStep) {
      steps += 1;
      if (follows) last = event;
      continue;
    }
    const before = foldWhole(fold, lead, arrived.slice(0, n));
    const after = foldWhole(fold, lead, arrived.slice(0, n + 1));
    difference(fold, before, after, standing);
    state = after.state;
    last = after.last;
  }
  return { standing, steps };
};

test("steps and folds of the whole history give the same facts, in any order of arrival", () => {
  let steps = 0;
  fc.assert(
    fc.property(
      fc.array(happened, { minLength: 1, maxLength: 14 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (told, isInOrder, picks) => {
        const story = told.reduce(tell, new LeadStory(workspace));
        const empty = foldWhole(story.fold, story.names.intern("L"), []);
        const expected = new Standing();
        difference(story.fold, empty, foldWhole(story.fold, story.names.intern("L"), story.events), expected);
        const arrived = isInOrder
          ? story.events.toSorted(compareCanonical)
          : story.events
              .map((event) => ({ event, place: picks.next().value as number }))
              .sort((a, b) => a.place - b.place)
              .map(({ event }) => event);
        const found = inArrival(story, arrived);
        steps += found.steps;
        const sorted = (standing: Standing) => [...standing.facts].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(sorted(found.standing)).toEqual(sorted(expected));
      },
    ),
    { numRuns: 1500 },
  );
  expect(steps).toBeGreaterThan(1500);
});

test("what is asserted of stages adds up: a deal comes into each stage once, and past it once", () => {
  fc.assert(
    fc.property(fc.array(happened, { minLength: 1, maxLength: 14 }), (told) => {
      const story = told.reduce(tell, new LeadStory(workspace));
      const facts = story.facts(["stage_entered", "stage_left"], "kind", "deal", "ordinal", "outcome");
      const firsts = facts
        .map((fact) => JSON.stringify(fact))
        .filter((fact) => /"(entered|skipped|advanced)"\]/.test(fact))
        .map((fact) => fact.replace('"skipped"', '"entered"'));
      expect(new Set(firsts).size).toBe(firsts.length);
    }),
    { numRuns: 300 },
  );
});
