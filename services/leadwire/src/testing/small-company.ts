import type { SalesEvent } from "@leadwire/events";

/** How a deal went: outcome, days after the lead's creation, amount in whole units of the currency. */
type Close = readonly [outcome: "won" | "lost" | "no_decision", day: number, amount: number];
type Move = readonly [stage: string, day: number, amount: number];

/** A lead of the small company that the worked questions of docs/sql-questions.md are answered over. */
export interface SmallLead {
  readonly id: string;
  readonly created: string;
  readonly owner: string;
  readonly team: string;
  readonly channel: string;
  readonly campaign: string | null;
  readonly segment: string;
  readonly account: string | null;
  /** Minutes to the first call; null where nobody called. */
  readonly touch: number | null;
  /** Emails after the call, one a day, and the day of the meeting held after them. */
  readonly emails: number;
  readonly meeting: number | null;
  readonly moves: ReadonlyArray<Move>;
  readonly close: Close | null;
}

const teams: Readonly<Record<string, string>> = { ana: "north", bogdan: "north", carmen: "south", dan: "south" };

/** One line a lead: created, owner, channel/campaign, segment, touch, emails, meeting, moves, close, account. */
const lead = (
  id: string,
  created: string,
  owner: string,
  source: string,
  segment: string,
  touch: number | null,
  [emails, meeting]: readonly [number, number | null],
  moves: ReadonlyArray<Move>,
  close: Close | null = null,
  account: string | null = null,
): SmallLead => {
  const [channel = "", campaign = null] = source.split("/");
  return {
    ...{ id, created: `${created}:00Z`, owner, team: teams[owner] ?? "", channel, campaign, segment, account },
    ...{ touch, emails, meeting, moves, close },
  };
};

const proposal = (day: number, amount: number): Move => ["proposal", day, amount];

export const smallLeads: ReadonlyArray<SmallLead> = [
  lead("L01", "2026-01-05T09:00", "ana", "ads/brand", "small", 3, [1, 3], [proposal(4, 8000)], ["won", 10, 8000], "A1"),
  lead("L02", "2026-01-06T09:30", "ana", "ads/brand", "small", 4, [2, null], [proposal(5, 9000)], ["lost", 20, 9000]),
  lead("L03", "2026-01-07T14:00", "ana", "ads/generic", "large", 2, [0, 5], [proposal(6, 30000)], ["lost", 40, 30000]),
  lead("L04", "2026-01-08T09:10", "bogdan", "referral", "small", 45, [0, 2], [proposal(3, 12000)], ["won", 15, 11000]),
  lead("L05", "2026-01-12T16:00", "bogdan", "referral", "small", 90, [1, 3], [proposal(4, 10000)], ["won", 25, 9000]),
  lead("L06", "2026-01-13T10:00", "carmen", "email/news", "small", 4, [3, 6], [proposal(7, 5000)], ["won", 14, 5000]),
  lead(
    "L07",
    "2026-01-15T11:00",
    "carmen",
    "email/news",
    "large",
    3,
    [2, 9],
    [["qualified", 2, 0], proposal(12, 40000)],
  ),
  lead(
    "L08",
    "2026-01-20T20:00",
    "dan",
    "ads/generic",
    "small",
    600,
    [0, null],
    [["qualified", 3, 0]],
    ["lost", 8, 0],
    "A2",
  ),
  lead("L09", "2026-01-22T09:00", "dan", "ads/generic", "small", null, [0, null], []),
  lead("L10", "2026-01-26T09:00", "ana", "ads/brand", "small", 1, [1, null], [proposal(2, 7000)], ["lost", 9, 7000]),
  lead(
    "L11",
    "2026-02-02T09:00",
    "bogdan",
    "referral",
    "large",
    30,
    [2, 4],
    [proposal(6, 50000)],
    ["won", 30, 45000],
    "A3",
  ),
  lead("L12", "2026-02-03T15:00", "carmen", "email/news", "small", 60, [1, 2], [proposal(3, 6000)], ["won", 9, 6000]),
  lead(
    "L13",
    "2026-02-05T09:00",
    "ana",
    "ads/brand",
    "large",
    5,
    [0, null],
    [proposal(8, 25000)],
    ["no_decision", 30, 25000],
  ),
  lead("L14", "2026-02-09T22:00", "dan", "ads/generic", "small", 720, [1, 5], [proposal(9, 4000)], ["lost", 20, 4000]),
  lead("L15", "2026-02-12T09:00", "bogdan", "ads/brand", "small", 20, [0, 1], [proposal(2, 8000)], ["won", 12, 8000]),
  lead("L16", "2026-02-16T10:00", "carmen", "webinar/launch", "large", 2, [1, 3], [proposal(5, 20000)], null),
  lead("L17", "2026-03-02T09:00", "ana", "ads/brand", "small", 2, [0, null], [proposal(3, 9000)]),
  lead("L18", "2026-03-03T14:00", "bogdan", "referral", "small", 25, [2, 4], [proposal(5, 11000)]),
  lead("L19", "2026-03-09T09:00", "carmen", "email/news", "small", 4, [0, null], [["qualified", 4, 0]]),
  lead("L20", "2026-03-10T21:00", "dan", "ads/generic", "small", 660, [1, null], [["qualified", 3, 0]]),
];

const dayMs = 86_400_000;
const minuteMs = 60_000;
const currency = "USD";
const minor = (amount: number): number => Math.round(amount * 100);

type Part = Readonly<Record<string, unknown>> & Pick<SalesEvent, "type">;

const event = (event_id: string, atMs: number, part: Part): SalesEvent =>
  ({ event_id, source_system: "crm", occurred_at: atMs, revision: 0, voided: false, ...part }) as SalesEvent;

export const createdMs = ({ created }: SmallLead): number => Date.parse(created);
/** The instant of a day after a lead's creation. */
export const dayAfterMs = (of: SmallLead, day: number): number => createdMs(of) + day * dayMs;

const closed = (of: SmallLead, id: string, [outcome, day, amount]: Close, revision = 0): SalesEvent => ({
  ...event(id, dayAfterMs(of, day), {
    type: "deal-closed",
    lead_id: of.id,
    ...{ outcome, amount_minor: minor(amount), currency, lines: [] },
    ...(of.account === null ? {} : { account_id: of.account }),
  }),
  revision,
});

const moved = (of: SmallLead, id: string, [to_stage, day, amount]: Move): SalesEvent =>
  event(id, dayAfterMs(of, day), {
    ...{ type: "stage-changed", lead_id: of.id, to_stage },
    ...(amount === 0 ? {} : { amount_minor: minor(amount), currency }),
  });

const eventsOf = (of: SmallLead): ReadonlyArray<SalesEvent> => {
  const lead_id = of.id;
  const activity = {
    type: "activity-logged",
    lead_id,
    rep: of.owner,
    automated: false,
    direction: "outbound",
  } as const;
  const stated = { owner: of.owner, team: of.team, channel: of.channel, segment: of.segment };
  return [
    event(`${lead_id}-created`, createdMs(of), {
      ...{ type: "lead-created", lead_id, ...stated },
      ...(of.campaign === null ? {} : { campaign: of.campaign }),
      ...(of.account === null ? {} : { account_id: of.account }),
    }),
    ...(of.touch === null
      ? []
      : [event(`${lead_id}-call`, createdMs(of) + of.touch * minuteMs, { ...activity, kind: "call" })]),
    ...Array.from({ length: of.emails }, (_, n) =>
      event(`${lead_id}-email${n}`, dayAfterMs(of, n + 1), { ...activity, kind: "email" }),
    ),
    ...(of.meeting === null
      ? []
      : [event(`${lead_id}-meeting`, dayAfterMs(of, of.meeting), { ...activity, kind: "meeting_held" })]),
    ...of.moves.map((move, index) => moved(of, `${lead_id}-move${index}`, move)),
    ...(of.close === null ? [] : [closed(of, `${lead_id}-close`, of.close)]),
  ];
};

const byId = (id: string): SmallLead => {
  const found = smallLeads.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no lead ${id}`);
  return found;
};

const spend = (id: string, channel: string, month: string, days: number, amount: number): SalesEvent => {
  const first = Date.parse(`${month}-01`) / dayMs;
  return event(id, Date.parse(`${month}-28`), {
    ...{ type: "spend", channel, category: "advertising", amount_minor: minor(amount), currency },
    ...{ period_start: first, period_end: first + days - 1 },
  });
};

const mrr = (id: string, account_id: string, on: string, amount: number, reason: string): SalesEvent =>
  event(id, Date.parse(`${on}T12:00:00Z`), {
    ...{ type: "subscription-changed", account_id, subscription_id: `S-${account_id}` },
    ...{ mrr_minor: minor(amount), currency, reason },
  });

const forecast = (id: string, scope: string, amount: number): SalesEvent =>
  event(id, Date.parse("2026-02-26T10:00:00Z"), {
    ...{ type: "forecast-submitted", scope, period: "2026-03", amount_minor: minor(amount), currency },
  });

/** A Monday morning: what was known then was appended before it. */
export const mondayMs = Date.parse("2026-03-16T08:00:00Z");
/** The Monday after it, when the rest was appended. */
export const nextMondayMs = Date.parse("2026-03-23T08:00:00Z");

/** What was known by the first Monday, and what came in by the next. */
export const smallCompany = {
  first: [
    ...smallLeads.flatMap(eventsOf),
    // The customer came back, and bought after all.
    moved(byId("L02"), "L02-back", ["negotiation", 45, 9500]),
    closed(byId("L02"), "L02-again", ["won", 60, 9500]),
    // Told before it happened: such a record is put aside.
    closed(byId("L16"), "L16-close", ["won", 28, 20000]),
    ...[spend("s1", "ads", "2026-01", 31, 3100), spend("s2", "ads", "2026-02", 28, 2800)],
    ...[spend("s3", "email", "2026-01", 31, 310), spend("s4", "webinar", "2026-02", 28, 5600)],
    ...[mrr("m1", "A1", "2026-01-20", 500, "started"), mrr("m2", "A1", "2026-02-15", 800, "changed")],
    ...[mrr("m3", "A2", "2026-01-25", 300, "started"), mrr("m4", "A2", "2026-03-05", 0, "cancelled")],
    ...[mrr("m5", "A3", "2026-03-06", 1000, "started"), mrr("m6", "A3", "2026-03-12", 900, "changed")],
    ...[forecast("f1", "rep:ana", 20000), forecast("f2", "rep:bogdan", 30000), forecast("f3", "rep:carmen", 20000)],
  ],
  second: [
    // What happened in the week.
    event("L07-grown", Date.parse("2026-03-18T10:00:00Z"), {
      ...{ type: "stage-changed", lead_id: "L07", to_stage: "negotiation", amount_minor: minor(45000), currency },
    }),
    closed(byId("L18"), "L18-close", ["won", 16, 10000]),
    moved(byId("L20"), "L20-move1", ["proposal", 9, 3000]),
    // A closed month is put right: the deal of January had been won for more.
    closed(byId("L04"), "L04-close", ["won", 15, 12000], 1),
    // The same once more, as exports do.
    ...eventsOf(byId("L01")),
  ],
} satisfies Readonly<Record<string, ReadonlyArray<SalesEvent>>>;
