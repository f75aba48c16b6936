import type {
  ActivityLogged,
  DealClosed,
  DealLine,
  EventHead,
  LeadCreated,
  SalesEvent,
  StageChanged,
} from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { localDay } from "./local-time.ts";
import type { Random } from "./random.ts";
import { regions, reps, teams } from "./random-workspace.ts";

/** What the makers of random events share. */
export interface Making {
  readonly random: Random;
  readonly workspace: Workspace;
  readonly fromMs: number;
  readonly toMs: number;
  /** A new identity; the same ids recur under different source systems. */
  readonly head: (occurredAtMs: number) => EventHead;
  /** An instant of the company's time, often one of a few that many events share. */
  readonly moment: () => number;
}

type Stated<K extends string, V> = { readonly [P in K]?: V };

/** The field where there is a value, no field at all where there is none. */
export const stated = <K extends string, V>(key: K, value: V | undefined): Stated<K, V> =>
  value === undefined ? {} : ({ [key]: value } as Stated<K, V>);

export const channels = ["google-ads", "referral", "fair", "web"] as const;
export const campaigns = ["spring", "brand"] as const;
export const accounts = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10"] as const;
const products = ["GTX", "MG", "alpha"] as const;

/** Mostly a currency with a rate; sometimes one without, which ends in quarantine. */
export const currencyOf = ({ random, workspace }: Making): string =>
  random.chance(0.6)
    ? workspace.currency
    : random.chance(0.9)
      ? random.pick(["USD", "EUR", "JPY", "RON"])
      : random.pick(["GBP", "CHF"]);

const amountOf = ({ random }: Making): number =>
  random.chance(0.15) ? 0 : random.chance(0.3) ? 100_000 : random.whole(1, 2_000_000);

const ownerAndTeam = ({ random }: Making, silent: number) => ({
  ...stated("owner", random.maybe(silent, reps)),
  ...stated("team", random.maybe(Math.min(0.97, silent + 0.3), teams)),
});

/** A day around an instant that a deal is expected to close on. */
const expectedClose = ({ random, workspace }: Making, atMs: number, silent: number) =>
  random.chance(silent) ? {} : { expected_close_on: localDay(atMs, workspace.timeZone) + random.whole(-5, 50) };

export const leadCreated = (making: Making, leadId: string, atMs: number): LeadCreated => {
  const { random, workspace } = making;
  const missing = random.pick([0, 0.3, 0.9]);
  const pipelines = [...workspace.pipelines.map(({ id }) => id), "unheard-of"];
  const money = random.chance(0.5)
    ? { expected_value_minor: amountOf(making), ...stated("currency", random.maybe(0.3, [currencyOf(making)])) }
    : {};
  return {
    type: "lead-created",
    lead_id: leadId,
    ...making.head(atMs),
    ...ownerAndTeam(making, 0.3),
    ...stated("account_id", random.maybe(0.4, accounts)),
    ...stated("channel", random.maybe(missing, channels)),
    ...stated("campaign", random.maybe(missing, campaigns)),
    ...stated("region", random.maybe(missing, regions)),
    ...stated("segment", random.maybe(missing, ["smb", "enterprise"])),
    ...stated("product", random.maybe(missing, products)),
    ...stated("pipeline", random.maybe(0.5, pipelines)),
    ...expectedClose(making, atMs, 0.7),
    ...money,
  };
};

export const activityLogged = (making: Making, leadId: string, atMs: number): ActivityLogged => ({
  type: "activity-logged",
  lead_id: leadId,
  ...making.head(atMs),
  kind: making.random.pick(["call", "email", "message", "meeting_booked", "meeting_held"]),
  rep: making.random.pick(reps),
  direction: making.random.chance(0.75) ? "outbound" : "inbound",
  automated: making.random.chance(0.25),
});

export const stageChanged = (making: Making, leadId: string, deal: string | undefined, atMs: number): StageChanged => {
  const { random, workspace } = making;
  const stages = workspace.pipelines.flatMap((pipeline) => pipeline.stages.map(({ id }) => id));
  const money = random.chance(0.5)
    ? { amount_minor: amountOf(making), ...stated("currency", random.maybe(0.3, [currencyOf(making)])) }
    : {};
  return {
    type: "stage-changed",
    lead_id: leadId,
    ...stated("deal_id", deal),
    ...making.head(atMs),
    to_stage: random.chance(0.02) ? "no-such-stage" : random.pick(stages),
    ...ownerAndTeam(making, 0.6),
    ...expectedClose(making, atMs, 0.6),
    ...money,
  };
};

/** Lines that fill the amount, fall short of it or exceed it. */
const linesOf = ({ random }: Making, amountMinor: number): ReadonlyArray<DealLine> => {
  if (random.chance(0.4)) return [];
  const share = Math.floor(amountMinor / random.pick([2, 2, 3]));
  const line = (amount: number): DealLine => ({
    product: random.pick(products),
    quantity: random.whole(1, 5),
    amount_minor: amount,
    ...stated("cost_minor", random.maybe(0.5, [Math.floor(amount / 2)])),
  });
  const second = random.chance(0.3) ? share : amountMinor - share + (random.chance(0.1) ? 17 : 0);
  return random.chance(0.3) ? [line(share)] : [line(share), line(second)];
};

export const dealClosed = (making: Making, leadId: string, deal: string | undefined, atMs: number): DealClosed => {
  const { random } = making;
  const outcome = random.pick(["won", "won", "lost", "no_decision"] as const);
  const amount = outcome !== "won" && random.chance(0.5) ? 0 : amountOf(making);
  return {
    type: "deal-closed",
    lead_id: leadId,
    ...stated("deal_id", deal),
    ...making.head(atMs),
    outcome,
    amount_minor: amount,
    currency: currencyOf(making),
    lines: outcome === "won" ? linesOf(making, amount) : [],
    ...stated("term_months", random.maybe(0.7, [1, 1, 3, 12, 36])),
    ...stated("recurring_amount_minor", random.maybe(0.6, [0, 12_000, 99_999, amount])),
    ...stated("account_id", random.maybe(0.8, accounts)),
    ...ownerAndTeam(making, 0.6),
  };
};

const dayMs = 86_400_000;

/** Instants around a creation that rules turn on: the early-touch limit, the creation itself, the SLA's deadline. */
const aroundCreation = ({ random, workspace }: Making, createdMs: number): number =>
  createdMs +
  random.pick([
    -dayMs - 1,
    -dayMs,
    -random.whole(1, dayMs),
    -1,
    0,
    1,
    workspace.responseSlaMs,
    workspace.responseSlaMs + 1,
    random.whole(0, workspace.responseSlaMs),
    random.whole(0, 3 * dayMs),
  ]);

export const times = <A>(count: number, make: () => A): ReadonlyArray<A> => Array.from({ length: count }, make);

const dealEvents = (
  making: Making,
  leadId: string,
  deal: string | undefined,
  afterMs: number,
): ReadonlyArray<SalesEvent> => {
  const { random } = making;
  const atMs = () => (random.chance(0.4) ? making.moment() : afterMs + random.whole(0, 12 * dayMs));
  return [
    ...times(random.pick([0, 1, 2, 3, 4, 7]), () => stageChanged(making, leadId, deal, atMs())),
    ...times(random.pick([0, 1, 1, 1, 2, 3]), () => dealClosed(making, leadId, deal, atMs())),
  ];
};

/** One lead's events: sometimes an orphan, created twice, or with several deals that open, close and come back. */
export const leadEvents = (making: Making, leadId: string): ReadonlyArray<SalesEvent> => {
  const { random } = making;
  const createdMs = making.moment();
  const creations = random.pick([0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  const createdAtMs = () => (random.chance(0.3) ? createdMs : createdMs + random.whole(0, 10 * dayMs));
  const deals = random.pick([
    [],
    [undefined],
    [undefined],
    [`${leadId}-a`],
    [undefined, `${leadId}-a`, `${leadId}-b`],
    [leadId],
  ]);
  return [
    ...times(creations, createdAtMs).map((atMs, i) => leadCreated(making, leadId, i === 0 ? createdMs : atMs)),
    ...times(random.pick([0, 1, 2, 3, 4, 9]), () => activityLogged(making, leadId, aroundCreation(making, createdMs))),
    ...deals.flatMap((deal) => dealEvents(making, leadId, deal, createdMs)),
  ];
};
